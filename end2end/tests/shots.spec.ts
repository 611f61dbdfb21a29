import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, test } from "@playwright/test";
import { World, goto, ready, setUp, signInToDemo, temporary, walk } from "../world";

/** Every page, both themes, three widths, with nothing, something and too much in it: into a folder, to be looked at. Run by `make shots`. */
const dir = join(process.env.NEXSENT_OUT ?? ".", "shots");
const SIZES = [
  [1440, 900],
  [768, 1024],
  [390, 844],
];

async function shoot(page: Page, content: string, name: string) {
  mkdirSync(join(dir, content), { recursive: true });
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    for (const theme of ["light", "dark"]) {
      await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
      // Long lists go on like that: the first screens are enough.
      const whole = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.screenshot({ path: join(dir, content, `${name}-${width}-${theme}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(whole, height * 3) } });
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  await page.setViewportSize({ width: 1440, height: 900 });
}

const file = (route: string) => route.slice(1).replace(/[/:]+/g, "-") || "landing";

const LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenbeauftragtenversa";

/** What nobody expects: long words, other scripts, thousands of rows. */
async function extremes(page: Page, world: World) {
  const post = (endpoint: string, data: object, json = true) =>
    page.request.post(`${world.base}/api/${endpoint}`, { ...(json ? { data } : { form: data as Record<string, string> }), headers: { "sec-fetch-site": "same-origin" } });
  for (const name of [LONG, "قائمة العملاء الدائمين في الشرق الأوسط", "🎉🎊 Party people 🎈🪩", "A list with a name that goes on for as long as a name may go on, and a bit"]) await post("save_list", { name, description: "" }, false);
  for (const name of [`${LONG}`, "حملة الخريف", "🍂 Autumn, winter, spring and summer: everything that grows, in one message"]) await post("create_campaign", { name }, false);
  await post("add_domain", { name: "a-subdomain.of-another-subdomain.with-a-very-long-name-indeed.somewhere-in-the-world.example" }, false);
  const people = temporary();
  const csv = join(people.dir, `${LONG}.csv`);
  const rows = Array.from({ length: 3_000 }, (_, i) => `person${i}@${"long-label-".repeat(4)}x.example,${["محمد", "😀", "Wolfeschlegelsteinhausenbergerdorff", "李雷"][i % 4]},${LONG.slice(0, 60)}`);
  writeFileSync(csv, `email,first_name,last_name\n${rows.join("\n")}\nno address,x,y\n`);
  await goto(page, `${world.base}/contacts/import`);
  await page.locator("input[type=file]").setInputFiles(csv);
  await page.waitForURL("**/contacts/import/imp_*");
  await ready(page);
  await shoot(page, "extreme", "contacts-import-mapping");
  await page.getByRole("button", { name: "Start the import" }).click();
  await page.getByText("Done", { exact: true }).waitFor();
  people.remove();
}

for (const content of ["empty", "typical", "extreme"]) {
  test(`screenshots with ${content} content`, async ({ page }) => {
    test.setTimeout(600_000);
    // Nothing moves while it is photographed.
    await page.emulateMedia({ reducedMotion: "reduce" });
    const world = await World.start(content === "empty");
    try {
      if (content === "empty") {
        await setUp(page, world, "Acme", "owner@acme.example");
        for (const path of ["/dashboard", "/contacts", "/contacts/lists", "/contacts/import", "/contacts/new", "/campaigns", "/domains", "/settings", "/settings/sending", "/settings/data", "/workspaces/new", "/settings/team", "/settings/account", "/settings/audit"]) {
          await goto(page, `${world.base}${path}`);
          await shoot(page, content, file(path));
        }
        return;
      }
      await signInToDemo(page, world);
      if (content === "extreme") await extremes(page, world);
      await walk(page, world, (route) => shoot(page, content, file(route)));
      if (content === "typical") {
        // Drafts and questions have pages of their own.
        await goto(page, `${world.base}/campaigns`);
        await page.getByLabel("A new campaign").fill("Winter news");
        await page.getByRole("button", { name: "Write it" }).click();
        await page.waitForURL("**/campaigns/cmp_*");
        await ready(page);
        await page.getByText("Saved", { exact: true }).waitFor();
        await shoot(page, content, "campaign-editor");
        await page.getByRole("button", { name: "Delete" }).click();
        await shoot(page, content, "question");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Control+k");
        await page.keyboard.type("re");
        await page.getByRole("option").first().waitFor();
        await shoot(page, content, "palette");
      }
    } finally {
      await world.stop();
    }
  });
}
