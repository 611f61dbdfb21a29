import { createHmac } from "node:crypto";
import { type Page, expect, test } from "@playwright/test";
import { World, accessible, goto, ready, setUp, watch } from "../world";

/** What an authenticator app shows (RFC 6238), reckoned here by other code than the product's. */
function code(secret: string, steps = 0): string {
  const bits = [...secret].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function signIn(page: Page, world: World, email: string, password = "long enough 1") {
  await goto(page, `${world.base}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a team: invited, given roles, removed; a second factor; the log of it all", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const world = await World.start();
  const { errors, allow } = watch(page);
  const theirs = await browser.newContext();
  const bob = await theirs.newPage();
  const second = watch(bob);
  try {
    await setUp(page, world, "Acme", "owner@acme.example");
    // --- settings
    await page.getByRole("link", { name: "Settings" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Workspace" })).toBeVisible();
    await accessible(page);
    allow(/status of 40[0-9]/);
    await page.getByLabel("Time zone").fill("Nowhere");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Choose a time zone from the list")).toBeVisible();
    await page.getByLabel("Time zone").fill("Europe/Madrid");
    await page.getByLabel("Postal address").fill("1 Main Street\nSpringfield");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    // --- an invitation, accepted in another browser
    await page.getByRole("link", { name: "Team" }).click();
    await page.getByLabel("E-mail").fill("bob@example.com");
    await page.getByLabel("Role", { exact: true }).selectOption("viewer");
    await page.getByRole("button", { name: "Send the invitation" }).click();
    await expect(page.getByRole("heading", { name: "Invited" })).toBeVisible();
    await accessible(page);
    const [mail] = await world.mail("bob@example.com");
    const link = mail.text.match(/https?:\S+invite\S+/)?.[0] ?? "";
    await goto(bob, link);
    await expect(bob.getByRole("heading", { name: "Join Acme" })).toBeVisible();
    await accessible(bob);
    await bob.getByLabel("Your name").fill("Bob");
    await bob.getByLabel("Password").fill("long enough 2");
    await bob.getByRole("button", { name: "Join" }).click();
    await bob.waitForURL("**/dashboard");
    await ready(bob);
    // The owner's page shows it without being loaded again.
    await expect(page.getByRole("combobox", { name: "Role of Bob" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Invited" })).toHaveCount(0);
    // --- a viewer reads; a marketer writes, at once
    await bob.goto(`${world.base}/contacts`);
    await ready(bob);
    await expect(bob.getByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
    await expect(bob.getByRole("link", { name: "Add a contact" })).toHaveCount(0);
    await page.getByRole("combobox", { name: "Role of Bob" }).selectOption("marketer");
    await expect(bob.getByRole("link", { name: "Add a contact" })).toBeVisible();
    // --- rows pasted from a spreadsheet
    await goto(bob, `${world.base}/contacts/import`);
    await bob.getByText("Or paste rows").click();
    await bob.getByLabel("Rows").fill("Mail\tName\nann@example.com\tAnn\nben@example.com\tBen");
    await bob.getByRole("button", { name: "Go on with these" }).click();
    await bob.getByRole("button", { name: "Start the import" }).click();
    await expect(bob.getByText("Done", { exact: true })).toBeVisible();
    await bob.goto(`${world.base}/settings/team`);
    await ready(bob);
    await expect(bob.getByText("What each role may do")).toBeVisible();
    await expect(bob.getByRole("button", { name: "Send the invitation" })).toHaveCount(0);
    await expect(bob.getByRole("link", { name: "Audit log" })).toHaveCount(0);
    // --- removed: out at once
    second.allow(/status of 40[0-9]/);
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog", { name: "Remove this member?" }).getByRole("button", { name: "Remove" }).click();
    const proof = page.getByRole("dialog", { name: "Is it you?" });
    await proof.getByLabel("Your password").fill("long enough 1");
    await proof.getByRole("button", { name: "Go on" }).click();
    await bob.waitForURL("**/sign-in");
    // --- in no workspace: told so, and able to make one
    await signIn(bob, world, "bob@example.com", "long enough 2");
    await bob.waitForURL("**/workspaces/new");
    await expect(bob.getByRole("heading", { name: "You belong to no workspace" })).toBeVisible();
    await ready(bob);
    await accessible(bob);
    await bob.goto(`${world.base}/dashboard`);
    await bob.waitForURL("**/sign-in");
    await goto(bob, `${world.base}/workspaces/new`);
    await bob.getByLabel("Name of the workspace").fill("Bob's own");
    await bob.getByRole("button", { name: "Make the workspace" }).click();
    await bob.waitForURL("**/dashboard");
    await ready(bob);
    await expect(bob.locator(".who").getByText("Bob's own")).toBeVisible();
    // --- the second factor
    await page.getByRole("link", { name: "Your account" }).click();
    await page.getByRole("button", { name: "Set it up" }).click();
    await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
    await accessible(page);
    const secret = (await page.locator(".copy code").first().innerText()).trim();
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await page.getByRole("button", { name: "Turn it on" }).click();
    await expect(page.getByText("This code is not right")).toBeVisible();
    await page.getByLabel("Code", { exact: true }).fill(code(secret, -1));
    await page.getByRole("button", { name: "Turn it on" }).click();
    await expect(page.getByText("Keep these recovery codes.")).toBeVisible();
    const recovery = (await page.locator(".copy code").first().innerText()).trim().split(/\s+/);
    expect(recovery).toHaveLength(10);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await expect(page.getByText("10 recovery codes left.")).toBeVisible();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await signIn(page, world, "owner@acme.example");
    await page.waitForURL("**/sign-in/code");
    await accessible(page);
    await page.getByLabel("Code", { exact: true }).fill(code(secret));
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/dashboard");
    // --- a second browser, by a recovery code; signed out from the first
    await signIn(bob, world, "owner@acme.example");
    await bob.waitForURL("**/sign-in/code");
    await bob.getByLabel("Code", { exact: true }).fill(recovery[0]);
    await bob.getByRole("button", { name: "Sign in" }).click();
    await bob.waitForURL("**/dashboard");
    await ready(bob);
    await goto(page, `${world.base}/settings/account`);
    await expect(page.getByText("9 recovery codes left.")).toBeVisible();
    await accessible(page);
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await bob.waitForURL("**/sign-in");
    // --- the log
    await page.getByRole("link", { name: "Audit log" }).click();
    await expect(page.getByRole("cell", { name: "account.two_factor_on" })).toBeVisible();
    await accessible(page);
    await page.getByRole("searchbox").fill("role");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByRole("cell", { name: "viewer → marketer" })).toBeVisible();
    await expect(page.getByRole("cell", { name: "account.two_factor_on" })).toHaveCount(0);
    const csv = await page.request.get(`${world.base}/export/audit.csv`);
    expect(await csv.text()).toContain("member.remove");
    expect(errors).toEqual([]);
    expect(second.errors).toEqual([]);
  } finally {
    await theirs.close();
    await world.stop();
  }
});
