import { expect, test, type Page } from "@playwright/test";
import { World, goto, ready, signInToDemo, walk, watch } from "../world";

/** What the demo has put in itself, and what is the same in every language. */
const DATA: RegExp[] = [
  /\bNexSent\b/g,
  /\b(Demo Garden|Demo Owner|Autumn news|Newsletter|On the website|Everybody who signed up on the website)\b/g,
  /\b(English|Español)\b/g,
  /\b(Chidi|Björn|Jörg|Emre|Fatima|Goran|Hana|Inés|Dolores|Keiko|Malmö|Lagos|Lisboa|Sevilla|Zagreb|Brno|Bogotá|Köln|Sapporo|Lyon|Rabat|city|plants)\b/g,
  // Templates; the form's own texts, which its workspace has written; a postal address.
  /\{\{[^}]*\}\}, your garden in autumn/g,
  /Stay in touch|Yes, send me e-mail\. I can leave at any time by a link in every mail\.|Sign up|1 Orchard Lane/g,
  // What has one name everywhere: records, units, browsers.
  /\b(TXT|DKIM|SPF|DMARC|CNAME|KB|UTC|Chrome|Linux)\b/g,
  // Addresses, hosts, links, files, ids, records, attributes' names, what a mail server answered.
  /\S+@\S+/g,
  /https?:\S+/g,
  /\b\d{3}(\s+\d\.\d\.\d)? (No such user here|The mailbox is full)/g,
  /\b[\w-]+(\.[\w-]+)+\b/g,
  /\b[a-z]{3}_[0-9a-z]{26}\b/g,
];

/** Texts that somebody reads or hears and that are as they were written in English: the pseudo-locale exchanges every consonant. */
async function forgotten(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    const skip = "script, style, code, pre, kbd, textarea, select[name=time_zone], svg [data-value], iframe, [translate=no], .timeline-text";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      const parent = n.parentElement;
      if (parent && !parent.closest(skip) && parent.checkVisibility()) found.push(n.textContent ?? "");
    }
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      for (const e of document.querySelectorAll(`[${name}]`)) {
        if (!e.closest("iframe, [translate=no]") && e.checkVisibility()) found.push(e.getAttribute(name) ?? "");
      }
    }
    return found;
  });
  const bare = texts.map((t) => DATA.reduce((left, data) => left.replace(data, " "), t).trim());
  return [...new Set(bare.filter((t) => /[bcdfghjklmnpqrstvwxyz]{2}|\b[bcdfghjklmnpqrstvwxyz][aeiou]\b/i.test(t)))];
}

test("nothing is left in English: every page in a language that nobody speaks, from right to left", async ({ page, context }) => {
  test.setTimeout(600_000);
  const world = await World.start(false);
  const { errors, allow } = watch(page);
  // What a link of nobody leads to is refused.
  allow(/status of 4\d\d/);
  try {
    await signInToDemo(page, world);
    await context.addCookies([{ name: "nexsent_language", value: "ar-XB", url: world.base }]);
    const found: string[] = [];
    await walk(page, world, async (route) => {
      expect(await page.evaluate(() => document.documentElement.dir), route).toBe("rtl");
      for (const text of await forgotten(page)) found.push(`${route}: ${text}`);
      // Texts are longer by a third: nothing may become wider than the page.
      for (const [width, height] of [[1440, 900], [768, 1024], [390, 844]]) {
        await page.setViewportSize({ width, height });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) found.push(`${route} is ${wide} px too wide at ${width}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    });
    expect(found).toEqual([]);
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});

test("a person reads their own language, chooses another, and keeps it", async ({ browser }) => {
  test.setTimeout(180_000);
  const world = await World.start(false);
  const context = await browser.newContext({ locale: "es-MX" });
  const page = await context.newPage();
  const { errors, allow } = watch(page);
  try {
    // --- by what the browser asks for
    await goto(page, `${world.base}/sign-in`);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("es");
    await page.getByLabel("Correo electrónico").fill("owner@demo.example");
    await page.getByLabel("Contraseña").fill("wrong password");
    allow(/status of 4\d\d/);
    await page.getByRole("button", { name: "Iniciar sesión" }).click();
    // What the server refuses, it refuses in the same language.
    await expect(page.getByRole("alert")).toContainText("contraseña");
    await page.getByLabel("Contraseña").fill("demo-password");
    await page.getByRole("button", { name: "Iniciar sesión" }).click();
    await page.waitForURL("**/dashboard");
    await ready(page);
    await expect(page.getByRole("heading", { level: 1, name: "Panel" })).toBeVisible();
    const main = page.getByRole("navigation").first();
    await main.getByRole("link", { name: "Contactos" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Contactos" })).toBeVisible();
    await expect(page.locator("tbody tr").first()).toBeVisible();

    // --- by choice
    await goto(page, `${world.base}/settings/account`);
    await page.getByLabel("Idioma de sus páginas y correos").selectOption({ label: "English" });
    await page.getByRole("button", { name: "Usar este idioma" }).click();
    await expect(page.getByLabel("Language of your pages and mails")).toBeVisible();
    await ready(page);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");

    // --- in another browser, which asks for Spanish: the choice is the account's
    const elsewhere = await (await browser.newContext({ locale: "es" })).newPage();
    await goto(elsewhere, `${world.base}/sign-in`);
    await elsewhere.getByLabel("Correo electrónico").fill("owner@demo.example");
    await elsewhere.getByLabel("Contraseña").fill("demo-password");
    await elsewhere.getByRole("button", { name: "Iniciar sesión" }).click();
    await elsewhere.waitForURL("**/dashboard");
    await expect(elsewhere.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
