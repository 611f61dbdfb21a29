import { expect, test } from "@playwright/test";
import { World, accessible, goto, watch } from "../world";

test("a domain whose record breaks stops its campaign, says why, and goes on once it is mended", async ({ page }) => {
  test.setTimeout(180_000);
  // The demonstration's campaign still waits for a full mailbox.
  const world = await World.start(false);
  const { errors, allow } = watch(page);
  try {
    await goto(page, `${world.base}/sign-in`);
    await page.getByLabel("E-mail").fill("owner@demo.example");
    await page.getByLabel("Password").fill("demo-password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/dashboard");
    await goto(page, `${world.base}/domains`);
    await page.getByRole("link", { name: "demo.example" }).click();
    const dkim = page.locator(".record", { hasText: "_domainkey" });
    const [name, value] = await dkim.locator(".copy code").allInnerTexts();
    const domain = page.url();

    // --- the key is another one now
    const remove = (): Promise<Response> =>
      fetch(`${world.sandbox}/api/dns?${new URLSearchParams({ name, type: "TXT", value: "" })}`, { method: "DELETE" });
    expect((await remove()).ok).toBe(true);
    await world.publish(name, "TXT", "v=DKIM1; k=rsa; p=MIIB");
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(dkim.getByText("Wrong")).toBeVisible({ timeout: 30_000 });
    const [told] = await world.mail("owner@demo.example");
    expect(told.subject).toBe("demo.example cannot send: a DNS record is wrong");
    expect(told.text).toContain("A campaign that was being sent from it has been paused.");
    expect(told.text).toContain("p=MIIB");

    // --- the campaign says why it stopped, and does not go on
    await goto(page, `${world.base}/campaigns`);
    await page.getByRole("link", { name: "Autumn news" }).click();
    await expect(page.getByText("Paused by itself: demo.example is no longer vouched for by DNS (DKIM).")).toBeVisible();
    await accessible(page);
    allow(/status of 400/);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByText("a record is wrong now")).toBeVisible();
    await expect(page.getByText("Paused", { exact: true })).toBeVisible();

    // --- mended
    expect((await remove()).ok).toBe(true);
    await world.publish(name, "TXT", value);
    const campaign = page.url();
    await goto(page, domain);
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText("Verified", { exact: true })).toBeVisible({ timeout: 30_000 });
    await goto(page, campaign);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(page.getByText("Sending", { exact: true })).toBeVisible();
    await expect(page.getByText("Paused by itself")).toHaveCount(0);
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
