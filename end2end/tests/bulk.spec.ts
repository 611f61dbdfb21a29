import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, expect, test } from "@playwright/test";
import { World, accessible, goto, ready, setUp, temporary, watch } from "../world";

const PEOPLE = 20_000;

/** Phone and desk, light and dark, into a folder: to be looked at. */
async function shoot(page: Page, name: string) {
  const dir = join(process.env.NEXSENT_OUT ?? ".", "shots");
  mkdirSync(dir, { recursive: true });
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (const theme of ["light", "dark"]) {
      await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
      await page.screenshot({ path: join(dir, `bulk-${name}-${width}-${theme}.png`) });
    }
    // Nothing is wider than the phone.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, `${name} at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function rows(page: Page, path: string): Promise<string[]> {
  const answer = await page.request.get(path);
  expect(answer.status()).toBe(200);
  return (await answer.text()).trim().split("\r\n");
}

test("thousands at once: selected, added, undone; deleted and back; duplicates merged; exported", async ({ page }) => {
  test.setTimeout(300_000);
  const world = await World.start();
  const files = temporary();
  const { errors, allow } = watch(page);
  const toast = page.locator(".toast").last();
  try {
    await setUp(page, world, "Acme", "owner@acme.example");
    await goto(page, `${world.base}/contacts/lists`);
    await page.getByLabel("A new list").fill("VIPs");
    await page.getByRole("button", { name: "Make" }).click();
    await expect(page.getByRole("link", { name: "VIPs", exact: true })).toBeVisible();
    const csv = join(files.dir, "people.csv");
    const people = Array.from({ length: PEOPLE }, (_, i) => `p${i}@example.com,N${i},Paris,`);
    writeFileSync(csv, `email,first name,city,phone\n${people.join("\n")}\nann.b@gmail.com,Ann,Rome,+49 30 1234567\nannb+x@googlemail.com,Anna,Oslo,\n`);
    await goto(page, `${world.base}/contacts/import`);
    await page.locator("input[type=file]").setInputFiles(csv);
    await page.waitForURL("**/contacts/import/imp_*");
    await page.getByRole("button", { name: "Start the import" }).click();
    await expect(page.getByText("Done", { exact: true })).toBeVisible({ timeout: 60_000 });

    // --- everyone who matches, not just the page
    await goto(page, `${world.base}/contacts`);
    await accessible(page);
    await page.getByLabel("Select all on this page").check();
    const bar = page.getByRole("region", { name: "Selected contacts" });
    await expect(bar).toContainText("50 selected");
    await bar.getByRole("button", { name: "Select all 20,002 that match" }).click();
    await expect(bar).toContainText("20,002 selected");
    await bar.getByRole("button", { name: "Add to list" }).click();
    const dialog = page.getByRole("dialog", { name: "Add to a list" });
    await expect(dialog).toContainText("20,002 contacts will be in the list. Those in it already stay. This can be undone for 7 days.");
    await accessible(page);
    await dialog.getByRole("button", { name: "Add to list" }).click();
    await expect(dialog.getByText("Choose a list.")).toBeVisible();
    await dialog.getByLabel("List").selectOption({ label: "VIPs (0)" });
    await dialog.getByRole("button", { name: "Add to list" }).click();
    const going = page.getByRole("region", { name: "Going on" });
    await expect(going).toContainText("Add to “VIPs”");
    await expect(going.getByRole("progressbar")).toBeVisible();
    // It goes on while the page is loaded again.
    await page.reload();
    await ready(page);
    await expect(going).toContainText("Add to “VIPs”");
    await shoot(page, "going");
    await expect(toast).toContainText("20,002 contacts added.", { timeout: 60_000 });
    await expect(going).toHaveCount(0);
    await goto(page, `${world.base}/contacts/lists`);
    await expect(page.getByRole("row", { name: /VIPs/ })).toContainText("20,002");
    expect(await rows(page, `${world.base}/export/lists.csv`)).toHaveLength(2);

    // --- undone from the list of actions
    await page.getByRole("link", { name: "Actions" }).click();
    await expect(page.getByRole("row", { name: /Add to “VIPs”/ })).toContainText("20,002 contacts added");
    await accessible(page);
    await page.getByRole("button", { name: "Undo: Add to “VIPs”" }).click();
    const undo = page.getByRole("row", { name: /Undo: Add to “VIPs”/ });
    await expect(undo).toContainText("20,002 taken back", { timeout: 60_000 });
    await expect(page.getByText("Undone", { exact: true })).toBeVisible();
    await shoot(page, "actions");

    // --- one view of them: an attribute, cleared and undone by the keyboard
    await goto(page, `${world.base}/contacts?q=p77`);
    await page.getByLabel("Select all on this page").check();
    await expect(bar.getByRole("button", { name: /that match/ })).toHaveText("Select all 111 that match");
    await bar.getByRole("button", { name: /that match/ }).click();
    await bar.getByRole("button", { name: "Set attribute" }).click();
    await page.getByLabel("Attribute", { exact: true }).fill("email");
    await page.getByLabel("Value", { exact: true }).fill("x");
    allow(/status of 40[0-9]/);
    await page.getByRole("dialog").getByRole("button", { name: "Set attribute" }).click();
    await expect(page.getByText("That name is a field of every contact.")).toBeVisible();
    await page.getByLabel("Attribute", { exact: true }).fill("City");
    await page.getByLabel("Clear it instead").check();
    await accessible(page);
    await shoot(page, "dialog");
    await page.getByRole("dialog").getByRole("button", { name: "Set attribute" }).click();
    await expect(toast).toContainText("111 contacts changed.");
    const cities = (await rows(page, `${world.base}/export/contacts.csv?q=p77`)).slice(1);
    expect(cities).toHaveLength(111);
    expect(cities.some((row) => row.includes("Paris"))).toBe(false);
    await page.keyboard.press("Control+z");
    await expect(toast).toContainText("111 taken back.");
    expect((await rows(page, `${world.base}/export/contacts.csv?q=p77`)).slice(1).every((row) => row.includes("Paris"))).toBe(true);

    // --- deleted by hand, and back by the note's button
    await page.getByLabel("Search by the start of an address").fill("p1234@");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByLabel("Select p1234@example.com").check();
    await bar.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog", { name: "Delete these contacts?" }).getByRole("button", { name: "Delete" }).click();
    await expect(toast).toContainText("1 contact deleted.");
    await expect(page.getByText("Nobody matches")).toBeVisible();
    await accessible(page);
    await shoot(page, "toast");
    await toast.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "p1234@example.com" }).click();
    await expect(page.getByText("N1234", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.waitForURL("**/contacts");
    await toast.getByRole("button", { name: "Undo" }).click();
    await expect(toast).toContainText("1 taken back.");
    expect(await rows(page, `${world.base}/export/contacts.csv?q=p1234@`)).toHaveLength(2);

    // --- the suppression list
    await page.getByRole("link", { name: "Suppressed" }).click();
    await expect(page.getByText("Whoever unsubscribes, complains")).toBeVisible();
    await page.getByLabel("Never mail").fill("p1@example.com");
    await page.getByRole("button", { name: "Suppress", exact: true }).click();
    await expect(page.getByRole("cell", { name: "p1@example.com", exact: true })).toBeVisible();
    await page.getByLabel("Never mail").fill("P1@example.com");
    await page.getByRole("button", { name: "Suppress", exact: true }).click();
    await expect(page.getByText("is on the list already")).toBeVisible();
    await accessible(page);
    await shoot(page, "suppressed");
    expect(await rows(page, `${world.base}/export/suppressions.csv?q=p1`)).toHaveLength(2);
    expect(await rows(page, `${world.base}/export/suppressions.csv?reason=complaint`)).toHaveLength(1);
    await page.getByRole("button", { name: "Remove p1@example.com" }).click();
    await expect(page.getByRole("dialog")).toContainText("p1@example.com can be mailed again after this.");
    await accessible(page);
    await page.getByRole("button", { name: "Remove from the list" }).click();
    await expect(page.getByText("Whoever unsubscribes, complains")).toBeVisible();

    // --- duplicates
    await page.getByRole("link", { name: "Duplicates" }).click();
    await page.getByLabel("Also the same value of").fill("phone");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByText("20,002 contacts looked at, 1 group found.")).toBeVisible({ timeout: 60_000 });
    const group = page.getByRole("region", { name: "ann.b@gmail.com, annb+x@googlemail.com" });
    await expect(group).toContainText("One mailbox");
    await accessible(page);
    await shoot(page, "duplicates");
    await group.getByLabel("First name: Anna, of annb+x@googlemail.com").check();
    await group.getByRole("button", { name: "Merge" }).click();
    await expect(toast).toContainText("1 contact merged.");
    await expect(page.getByText("Nobody who was found is left")).toBeVisible();
    const merged = await rows(page, `${world.base}/export/contacts.csv?q=ann`);
    expect(merged).toHaveLength(2);
    expect(merged[1]).toContain("ann.b@gmail.com,Anna");
    expect(merged[1]).toContain("Rome");
    await toast.getByRole("button", { name: "Undo" }).click();
    await expect(toast).toContainText("taken back");
    await expect(group).toBeVisible();
    await group.getByRole("button", { name: "Not the same" }).click();
    await expect(group).toBeHidden();
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByText("20,002 contacts looked at, 0 groups found.")).toBeVisible({ timeout: 60_000 });
    expect(errors).toEqual([]);
  } finally {
    files.remove();
    await world.stop();
  }
});
