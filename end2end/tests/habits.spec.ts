import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { World, accessible, goto, ready, signInToDemo, temporary, watch } from "../world";

test("what is typed is not lost, the address holds the page's state, and long things say how far they are", async ({ page, context }) => {
  test.setTimeout(300_000);
  const world = await World.start(false);
  const files = temporary();
  const { errors } = watch(page);
  try {
    await signInToDemo(page, world);

    // --- leaving a form that is not saved: by a link, by Back, by closing
    await goto(page, `${world.base}/contacts`);
    await page.getByRole("link", { name: "Add a contact" }).click();
    const name = page.getByLabel("First name");
    await expect(name).toBeVisible();
    const contact = page.url();
    const main = page.getByRole("navigation", { name: "Main" });
    await name.fill("Changed");
    await main.getByRole("link", { name: "Domains" }).click();
    const question = page.getByRole("dialog", { name: "Leave without saving?" });
    await expect(question).toBeVisible();
    await accessible(page);
    await question.getByRole("button", { name: "Keep" }).click();
    await expect(name).toHaveValue("Changed");
    expect(page.url()).toBe(contact);
    await page.evaluate(() => history.back());
    await expect(question).toBeVisible();
    await page.keyboard.press("Escape");
    expect(page.url()).toBe(contact);
    await expect(name).toHaveValue("Changed");
    const asked = page.waitForEvent("dialog");
    const reloaded = page.reload({ timeout: 3_000 }).catch(() => "stayed");
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    expect(await reloaded).toBe("stayed");
    await page.evaluate(() => history.back());
    await question.getByRole("button", { name: "Leave" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
    // Saved, it is left without a question.
    await goto(page, contact);
    await page.getByLabel("E-mail").fill("habits@mailbox.example");
    await page.getByLabel("First name").fill("Saved");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText("Saved.")).toBeVisible();
    await main.getByRole("link", { name: "Domains" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Domains" })).toBeVisible();

    // --- filters and pages are in the address: Back goes back, a reload shows the same
    await goto(page, `${world.base}/campaigns`);
    await page.getByRole("link", { name: "Autumn news" }).click();
    await page.getByRole("link", { name: "Every recipient" }).click();
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/after=/);
    const second = await page.locator("tbody tr td").first().innerText();
    await page.reload();
    await ready(page);
    await expect(page.locator("tbody tr td").first()).toHaveText(second);
    await page.getByLabel("State").selectOption("failed");
    await expect(page).toHaveURL(/state=failed/);
    await expect(page).not.toHaveURL(/after=/);
    await page.goBack();
    await expect(page).toHaveURL(/after=/);
    await page.goBack();
    await expect(page).not.toHaveURL(/after=/);
    await expect(page.getByText("First page")).toHaveAttribute("aria-disabled", "true");

    // --- an upload says how far it is
    const csv = join(files.dir, "people.csv");
    writeFileSync(csv, `email,first_name\n${Array.from({ length: 9_000 }, (_, i) => `upload${i}@mailbox.example,Name ${i}`).join("\n")}\n`);
    const network = await context.newCDPSession(page);
    await goto(page, `${world.base}/contacts/import`);
    await network.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100 * 1024 });
    await page.locator("input[type=file]").setInputFiles(csv);
    await expect(page.getByText(/Uploading… [1-9]\d?%/)).toBeVisible();
    await network.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await page.waitForURL("**/contacts/import/imp_*", { timeout: 30_000 });
    expect(errors).toEqual([]);
  } finally {
    files.remove();
    await world.stop();
  }
});

test("times tick; the exact one is in the tooltip", async ({ page }) => {
  const world = await World.start(false);
  const { errors } = watch(page);
  try {
    await signInToDemo(page, world);
    await page.clock.install();
    await goto(page, `${world.base}/campaigns`);
    const made = page.locator("tbody tr", { hasText: "Autumn news" }).locator("time");
    await expect(made).toHaveText(/just now|minutes? ago/);
    await page.clock.fastForward("03:00:00");
    await expect(made).toHaveText("3 hours ago");
    await expect(made).toHaveAttribute("title", /^\d{1,2} \w{3} \d{4}, \d\d:\d\d:\d\d$/);
    await page.clock.fastForward(10 * 86_400_000);
    await expect(made).toHaveText(/^\d{1,2} \w{3} \d{4}$/);
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
