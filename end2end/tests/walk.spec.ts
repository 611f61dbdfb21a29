import { expect, test } from "@playwright/test";
import { World, flaws, signInToDemo, walk, watch } from "../world";

/** Nothing serious for axe on any page, in both themes and at three widths, and nothing that is wider than the page. */
test("every page, both themes, three widths", async ({ page }) => {
  test.setTimeout(900_000);
  const world = await World.start(false);
  const { errors, allow } = watch(page);
  // What a link of nobody leads to is refused.
  allow(/status of 4\d\d/);
  try {
    await signInToDemo(page, world);
    const seen: string[] = [];
    const found: string[] = [];
    await walk(page, world, async (route) => {
      seen.push(route);
      for (const [width, height] of [[1440, 900], [768, 1024], [390, 844]]) {
        await page.setViewportSize({ width, height });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) found.push(`${route} is ${wide} px too wide at ${width}`);
        found.push(...(await flaws(page)).map((flaw) => `${width}: ${flaw}`));
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      // What is shown as an example only, and is inert, is no part of the page's outline.
      if ((await page.locator("h1:not([inert] *)").count()) > 1) found.push(`${route} has several headings of the first rank`);
      if (!/NexSent/.test(await page.title())) found.push(`${route} has no title`);
    });
    expect(found).toEqual([]);
    expect(seen).toContain("/contacts/:id");
    expect(seen).toContain("/campaigns/:id/recipients");
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
