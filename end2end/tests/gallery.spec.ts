import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, expect, test } from "@playwright/test";
import { accessible, watch } from "../world";

const dir = process.env.NEXSENT_GALLERY ?? "";
const kinds: Record<string, string> = { html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", svg: "image/svg+xml" };

/** A server that knows nothing but files. */
async function files(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((req, res) => {
    const name = (req.url ?? "/").split("?")[0].slice(1) || "index.html";
    const path = join(dir, name);
    if (name.includes("..") || !existsSync(path)) return res.writeHead(404).end();
    res.writeHead(200, { "content-type": kinds[name.split(".").pop() ?? ""] ?? "application/octet-stream" }).end(readFileSync(path));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`, stop: () => server.close() };
}

const card = (page: Page, title: string) => page.locator(".card", { has: page.getByRole("heading", { name: title, exact: true }) });

test("the gallery without a server: every component, by keyboard, in both themes and on a phone", async ({ page }) => {
  expect(existsSync(join(dir, "index.html")), "`make gallery` has built it").toBe(true);
  const server = await files();
  const { errors } = watch(page);
  try {
    await page.goto(server.url);
    await expect(page.getByRole("heading", { name: "Buttons" })).toBeVisible();
    for (const width of [1440, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await accessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `too wide at ${width}`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });

    // --- a mistake is found when the field is left, and goes when it is mended
    const address = page.getByLabel("Checked when it is left");
    await address.fill("ann.example.com");
    await expect(page.getByText("The address has no @.")).toHaveCount(0);
    await address.blur();
    await expect(page.getByText("The address has no @.")).toBeVisible();
    await expect(address).toHaveAttribute("aria-invalid", "true");
    await address.fill("ann@example.com");
    await expect(page.getByText("The address has no @.")).toHaveCount(0);
    // --- a counter
    await page.getByLabel("With a counter").fill("x".repeat(21));
    await expect(page.getByText("21 of 20")).toHaveClass(/over/);

    // --- a combobox
    const zone = page.getByRole("combobox", { name: "One of many" });
    await zone.fill("tok");
    await expect(page.getByRole("option", { name: "Asia/Tokyo" })).toBeVisible();
    await zone.press("Enter");
    await expect(zone).toHaveValue("Asia/Tokyo");
    await expect(page.locator(".combobox-list .option")).toHaveCount(0);
    await zone.press("ArrowDown");
    await expect(page.getByRole("option", { name: "Asia/Tokyo" })).toHaveAttribute("aria-selected", "true");
    await zone.press("ArrowDown");
    await zone.press("Escape");
    await expect(zone).toHaveValue("Asia/Tokyo");
    await zone.fill("zzz");
    await expect(page.getByText("Nothing fits")).toBeVisible();
    await zone.blur();

    // --- several words
    const tags = page.getByLabel("Several words");
    await tags.fill("trial");
    await tags.press("Enter");
    await expect(page.getByRole("button", { name: "Remove trial" })).toBeVisible();
    await tags.press("Backspace");
    await expect(page.getByRole("button", { name: "Remove trial" })).toHaveCount(0);
    await page.getByRole("button", { name: "Remove newsletter" }).click();
    await expect(page.getByRole("button", { name: "Remove newsletter" })).toHaveCount(0);
    const people = page.getByLabel("Several addresses");
    await people.fill("nobody");
    await people.press("Enter");
    await expect(page.getByText("The address has no @.")).toBeVisible();

    // --- a switch
    await page.getByRole("switch", { name: "Off" }).press(" ");
    await expect(page.getByRole("switch", { name: "Off" })).toBeChecked();

    // --- a menu
    const menu = page.getByRole("button", { name: "A menu" });
    await menu.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("End");
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
    await accessible(page);
    await page.keyboard.press("Escape");
    await expect(menu).toBeFocused();
    await expect(page.getByRole("menu")).toHaveCount(0);
    await menu.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Chosen: Duplicate")).toBeVisible();

    // --- a tooltip
    await page.getByRole("button", { name: "With a tooltip" }).focus();
    await expect(page.getByRole("tooltip")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("tooltip")).toBeHidden();

    // --- what opens over the page: Esc closes, the focus comes back
    for (const [button, name] of [["A question", "Delete this list?"], ["A drawer", "A contact"]]) {
      await page.getByRole("button", { name: button }).click();
      const dialog = page.getByRole("dialog", { name });
      await expect(dialog).toBeVisible();
      await accessible(page);
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(page.getByRole("button", { name: button })).toBeFocused();
    }
    await page.getByRole("button", { name: "A drawer" }).click();
    await page.mouse.click(20, 400);
    await expect(page.getByRole("dialog", { name: "A contact" })).toBeHidden();

    // --- tabs
    await page.getByRole("tab", { name: "Desktop" }).press("ArrowRight");
    await expect(page.getByRole("tab", { name: "Phone" })).toBeFocused();
    await expect(page.getByRole("tabpanel")).toHaveText("As in a hand.");

    // --- a table: sorted, ticked, columns chosen
    const table = card(page, "A table");
    const first = table.locator("tbody tr").first();
    await table.getByRole("button", { name: "Members" }).click();
    await expect(first).toContainText("قائمة العملاء");
    await table.getByRole("button", { name: "Members" }).click();
    await expect(first).toContainText("Newsletter");
    await expect(table.getByRole("columnheader", { name: "Members" })).toHaveAttribute("aria-sort", "descending");
    await table.getByRole("checkbox", { name: "Select Newsletter" }).check();
    await expect(table.getByText("1 selected")).toBeVisible();
    await table.getByRole("checkbox", { name: "Select all on this page" }).check();
    await expect(table.getByText("4 selected")).toBeVisible();
    await table.getByRole("button", { name: "Clear" }).click();
    await expect(table.getByText("4 selected")).toBeHidden();
    await table.getByText("Columns", { exact: true }).click();
    await table.getByRole("checkbox", { name: "Made" }).uncheck();
    await expect(table.getByRole("columnheader", { name: "Made" })).toHaveCount(0);
    await page.reload();
    await expect(table.getByRole("columnheader", { name: "Members" })).toBeVisible();
    await expect(table.getByRole("columnheader", { name: "Made" })).toHaveCount(0);

    // --- a chart says the value under the mouse, and the next one by the arrows
    const chart = card(page, "Over time");
    await chart.getByRole("img").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect(chart.locator(".legend")).toContainText("2 NovAccepted 57");
    await page.keyboard.press("Escape");
    await expect(chart.locator(".legend")).toContainText("In all");
    await chart.getByRole("img").hover({ position: { x: 4, y: 60 } });
    await expect(chart.locator(".legend")).toContainText("1 Nov");

    // --- copied
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy A request" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("curl -X POST");
    expect(errors).toEqual([]);
  } finally {
    server.stop();
  }
});
