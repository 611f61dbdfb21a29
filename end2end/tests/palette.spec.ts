import { expect, test } from "@playwright/test";
import { World, accessible, goto, watch } from "../world";

test("everything is found and reached by the keyboard", async ({ page }) => {
  test.setTimeout(240_000);
  const world = await World.start(false);
  const { errors } = watch(page);
  try {
    await goto(page, `${world.base}/sign-in`);
    await page.getByLabel("E-mail").fill("owner@demo.example");
    await page.getByLabel("Password").fill("demo-password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/dashboard");
    await goto(page, `${world.base}/contacts`);

    const palette = page.getByRole("dialog", { name: "Find" });
    const field = palette.getByRole("combobox");
    const chosen = palette.getByRole("option", { selected: true });
    const search = page.getByLabel("Search by the start of an address");

    // --- opened where one types, moved in, closed: the focus is back where it was
    await search.pressSequentially("gc?");
    await expect(page).toHaveURL(`${world.base}/contacts`);
    await page.keyboard.press("Control+k");
    await expect(field).toBeFocused();
    await expect(chosen).toHaveText(/^Dashboard/);
    await page.keyboard.press("End");
    await expect(chosen).toHaveText("Switch theme");
    await expect(chosen).toBeInViewport();
    await page.keyboard.press("ArrowDown");
    await expect(chosen).toHaveText(/^Dashboard/);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await expect(chosen).toHaveText(/^Campaigns/);
    await accessible(page);
    await page.keyboard.type("zzz");
    await expect(palette.getByText("Nothing found")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette).toBeHidden();
    await expect(search).toBeFocused();
    await expect(search).toHaveValue("gc?");

    // --- a page, a campaign, a contact
    await page.keyboard.press("Meta+k");
    await page.keyboard.type("doma");
    await expect(chosen).toHaveText(/^Domains/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Domains" })).toBeVisible();
    await page.getByRole("button", { name: "Find" }).click();
    await page.keyboard.type("TUMN");
    await expect(chosen).toHaveText(/^Autumn news/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Autumn news" })).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.keyboard.type("reader12@");
    await expect(chosen).toHaveText(/^reader12@mailbox2\.example/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "reader12@mailbox2.example" })).toBeVisible();

    // --- without the palette
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await expect(page.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
    await page.keyboard.press("/");
    await expect(search).toBeFocused();
    await search.blur();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(help.getByRole("row", { name: "Dashboard" }).locator("kbd")).toHaveText(["g", "d"]);
    await accessible(page);
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
