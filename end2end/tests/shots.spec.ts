import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";
import { World, goto, ready } from "../world";

/** Every page, both themes, three widths, into a folder: to be looked at. Run by `make shots`. */
test("screenshots of every page", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  test.setTimeout(300_000);
  const world = await World.start(false);
  const dir = join(process.env.NEXSENT_OUT ?? ".", "shots");
  mkdirSync(dir, { recursive: true });
  const shoot = async (name: string) => {
    for (const [width, height] of [[1440, 900], [768, 1024], [390, 844]]) {
      await page.setViewportSize({ width, height });
      for (const theme of ["light", "dark"]) {
        await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
        await page.screenshot({ path: join(dir, `${name}-${width}-${theme}.png`), fullPage: true });
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const visit = async (name: string, path: string) => {
    await goto(page, `${world.base}${path}`);
    await page.waitForLoadState("networkidle").catch(() => undefined);
    await shoot(name);
  };
  try {
    for (const [name, path] of [["landing", "/"], ["security", "/security"], ["sign-in", "/sign-in"], ["sign-up", "/sign-up"], ["forgot", "/forgot"], ["gallery", "/gallery"]]) await visit(name, path);
    await goto(page, `${world.base}/sign-in`);
    await page.getByLabel("E-mail").fill("owner@demo.example");
    await page.getByLabel("Password").fill("demo-password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/dashboard");
    await ready(page);
    for (const path of ["dashboard", "contacts", "contacts/lists", "contacts/import", "contacts/con_5", "campaigns", "domains", "settings", "settings/team", "settings/account", "settings/audit"]) await visit(path.replace("/", "-"), `/${path}`);
    await goto(page, `${world.base}/campaigns`);
    await page.getByRole("link", { name: "Autumn news" }).click();
    await page.waitForURL("**/campaigns/cmp_*");
    const report = new URL(page.url()).pathname;
    await visit("campaign", report);
    await visit("recipients", `${report}/recipients`);
    await goto(page, `${world.base}/domains`);
    await page.getByRole("link", { name: "demo.example" }).click();
    await page.waitForURL("**/domains/dom_*");
    await visit("domain", new URL(page.url()).pathname);
  } finally {
    await world.stop();
  }
});
