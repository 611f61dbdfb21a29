import { createHash, createPublicKey, createVerify } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Page, expect, test } from "@playwright/test";
import { World, accessible, goto, ready, setUp, watch } from "../world";

/** A page without a script is there when it is loaded. */
async function open(page: Page, url: string) {
  await page.goto(url);
  await page.waitForLoadState("load");
}

async function verify(page: Page, world: World, domain: string) {
  await goto(page, `${world.base}/domains`);
  await page.getByLabel("Add a domain").fill(domain);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Not found").first()).toBeVisible();
  await world.publish("spf.mail.nexsent.example", "TXT", "v=spf1 ip4:127.0.0.1 -all");
  await expect(page.locator(".record")).toHaveCount(5);
  for (const record of await page.locator(".record").all()) {
    const type = (await record.locator(".kind").innerText()).trim();
    const [name, value] = await record.locator(".copy code").allInnerTexts();
    await world.publish(name, type, value);
  }
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("Verified", { exact: true })).toBeVisible({ timeout: 30_000 });
}

/** Phone width, both themes: nothing runs out of the page; kept as pictures where they are asked for. */
async function phone(page: Page, name: string) {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), `${name} is wider than a phone`).toBeLessThanOrEqual(390);
  if (process.env.NEXSENT_OUT) {
    for (const theme of ["light", "dark"]) {
      await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
      await page.screenshot({ path: `${process.env.NEXSENT_OUT}/consent-${name}-390-${theme}.png`, fullPage: true });
    }
    await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  }
  if (size) await page.setViewportSize(size);
  if (process.env.NEXSENT_OUT) await page.screenshot({ path: `${process.env.NEXSENT_OUT}/consent-${name}.png`, fullPage: true });
}

/** A DKIM signature (RFC 6376, relaxed/relaxed), checked here by other code than the product's, against the key in DNS. */
async function signed(world: World, id: number) {
  const raw = await (await fetch(`${world.sandbox}/api/messages/${id}/raw`)).text();
  const [head, body] = [raw.slice(0, raw.indexOf("\r\n\r\n")), raw.slice(raw.indexOf("\r\n\r\n") + 4)];
  const fields = head.split(/\r\n(?![ \t])/).map((f) => [f.slice(0, f.indexOf(":")).toLowerCase(), f.slice(f.indexOf(":") + 1)]);
  const relaxed = (name: string, value: string) => `${name}:${value.replace(/\r\n/g, "").replace(/[ \t]+/g, " ").trim()}`;
  const own = fields.find(([name]) => name === "dkim-signature")?.[1] ?? "";
  const tags = Object.fromEntries(own.split(";").map((t) => [t.slice(0, t.indexOf("=")).trim(), t.slice(t.indexOf("=") + 1).replace(/\s/g, "")]));
  const lines = body.split("\r\n").map((l) => l.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.length > 0 && lines[lines.length - 1] === "") lines.pop();
  const canonical = lines.length > 0 ? `${lines.join("\r\n")}\r\n` : "";
  expect(createHash("sha256").update(canonical).digest("base64")).toBe(tags.bh);
  const left = [...fields].reverse();
  const parts: string[] = [];
  for (const name of tags.h.split(":").map((n: string) => n.toLowerCase())) {
    const at = left.findIndex(([n]) => n === name);
    if (at >= 0) parts.push(relaxed(...(left.splice(at, 1)[0] as [string, string])));
  }
  parts.push(relaxed("dkim-signature", own.replace(/(;\s*b=)[^;]*/, "$1")));
  const zone = (await (await fetch(`${world.sandbox}/api/dns`)).json()) as { name: string; value: string }[];
  const record = zone.find((e) => e.name === `${tags.s}._domainkey.${tags.d}`)?.value ?? "";
  const key = createPublicKey({ key: Buffer.from(record.match(/p=([^;"]+)/)?.[1].replace(/[\s"]/g, "") ?? "", "base64"), format: "der", type: "spki" });
  expect(createVerify("sha256").update(parts.join("\r\n")).verify(key, Buffer.from(tags.b, "base64")), "the DKIM signature").toBe(true);
}

const LINK = /https?:\/\/[^\s"<>]+/;

test("from a stranger's sign-up to their erasure", async ({ page, browser }) => {
  test.setTimeout(300_000);
  const world = await World.start();
  const { errors, allow } = watch(page);
  // Somebody who is not signed in, in a browser without JavaScript.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const stranger = await context.newPage();
  try {
    await setUp(page, world, "Acme", "owner@acme.example");
    await goto(page, `${world.base}/settings`);
    await page.getByLabel("Postal address").fill("1 Main Street\nSpringfield");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.").last()).toBeVisible();
    await verify(page, world, "acme.example");

    // --- a list that asks for a confirmation
    await goto(page, `${world.base}/contacts/lists`);
    await page.getByLabel("A new list").fill("Newsletter");
    await page.getByRole("button", { name: "Make" }).click();
    await page.getByRole("link", { name: "Settings of Newsletter" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Newsletter" })).toBeVisible();
    await page.getByLabel("Who signs up by a form confirms by mail first").check();
    await page.getByLabel("Public name").fill("The garden letter");
    await page.getByLabel("Public description").fill("Once a month");
    allow(/status of 40[0-9]/);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Choose a verified domain to send from.")).toBeVisible();
    await page.getByLabel("Domain").selectOption({ label: "acme.example" });
    await page.getByLabel("Shown once it is confirmed").fill("Welcome to the garden.");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.").last()).toBeVisible();
    await accessible(page);
    await phone(page, "list");

    // --- a form, seen while it is written
    await page.getByRole("link", { name: "Forms" }).click();
    await page.getByLabel("A new form").fill("On the website");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.waitForURL("**/forms/frm_*");
    await ready(page);
    await page.getByLabel("Heading").fill("Garden news");
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview).toContainText("Garden news");
    await page.getByRole("button", { name: "Add a field" }).click();
    await page.getByRole("button", { name: "Add a field" }).click();
    const city = page.locator(".field-line").nth(1);
    await city.getByLabel("Fills in").selectOption("text");
    await city.getByLabel("Attribute").fill("city");
    await city.getByLabel("Label").fill("Your town");
    await expect(preview).toContainText("Your town");
    await page.getByLabel("Or go to this page").fill("http://example.com/thanks");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Write a whole address that starts with https://.")).toBeVisible();
    await page.getByLabel("Or go to this page").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.").last()).toBeVisible();
    await expect(page.locator(".copy code").nth(1)).toContainText("<iframe");
    await accessible(page);
    await phone(page, "form-editor");
    const form = page.url();
    const hosted = (await page.getByRole("link", { name: "Open the form" }).getAttribute("href")) ?? "";
    await page.getByRole("link", { name: "Forms" }).click();
    await expect(page.getByRole("link", { name: "On the website" })).toBeVisible();
    await accessible(page);
    await phone(page, "forms");

    // --- a stranger signs up
    const scripted = await (await browser.newContext()).newPage();
    const seen = watch(scripted);
    await open(scripted, hosted);
    await accessible(scripted);
    await phone(scripted, "form");
    await open(stranger, hosted);
    await stranger.getByLabel("E-mail", { exact: true }).fill("greta@mailbox.example");
    await stranger.getByLabel("First name").fill("Greta");
    await stranger.getByLabel("Your town").fill("Köln");
    await stranger.getByLabel("Yes, send me e-mail").check();
    // A person takes longer than this to read it.
    await stranger.waitForTimeout(2500);
    await stranger.getByRole("button", { name: "Sign up" }).click();
    await expect(stranger.getByText("One step is left")).toBeVisible();
    const [ask] = await world.mail("greta@mailbox.example");
    expect(ask.subject).toBe("Please confirm your sign-up");
    expect(ask.headers).toMatch(/From: [^\n]*hello@acme\.example/);
    expect(ask.headers).toMatch(/DKIM-Signature:[\s\S]*d=acme\.example/);
    await signed(world, ask.id);
    const confirm = ask.text.match(/https?:\S+\/c\/\S+/)?.[0] ?? "";
    await goto(page, `${world.base}/contacts`);
    await expect(page.getByText("No contacts yet")).toBeVisible();
    await open(stranger, confirm);
    await expect(stranger.getByText("The garden letter")).toBeVisible();
    await open(scripted, confirm);
    await accessible(scripted);
    await phone(scripted, "confirm");
    await stranger.getByRole("button", { name: "Confirm" }).click();
    await expect(stranger.getByText("Welcome to the garden.")).toBeVisible();

    // --- their page: the proof, a note, a field changed in place, a list
    await page.getByRole("link", { name: "greta@mailbox.example" }).click();
    await expect(page.getByText("E-mail in general", { exact: true })).toBeVisible();
    const proof = page.locator(".consent", { hasText: "Newsletter" });
    await expect(proof).toContainText("Sign-up form");
    await expect(proof).toContainText("Yes, send me e-mail");
    await expect(proof).toContainText("127.0.0.1");
    await expect(proof).toContainText("Confirmed");
    await expect(page.locator(".timeline li").first()).toContainText("Confirmed Newsletter");
    await page.getByLabel("Add a note").fill("Likes tulips");
    await page.getByRole("button", { name: "Add the note" }).click();
    await expect(page.locator(".timeline li").first()).toContainText("Likes tulips");
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await page.getByLabel("Change the note").fill("Likes roses");
    await page.getByRole("button", { name: "Save the note" }).click();
    await expect(page.locator(".timeline li").first()).toContainText("Likes roses");
    await page.getByRole("button", { name: /^city: Köln/ }).click();
    await page.keyboard.type("Bonn");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: /^city: Köln/ })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.getByLabel("city", { exact: true }).fill("Bonn");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: /^city: Bonn/ })).toBeVisible();
    await expect(page.locator(".timeline")).toContainText("Edited");
    // What is refused goes back, and says why.
    await page.getByRole("button", { name: /^E-mail: greta/ }).click();
    await page.getByLabel("E-mail", { exact: true }).fill("no address");
    await page.keyboard.press("Enter");
    await expect(page.getByText("This address has no @.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: /^E-mail: greta@mailbox\.example/ })).toBeVisible();
    await page.getByRole("button", { name: "Take off Newsletter" }).click();
    await expect(page.getByText("On no list.")).toBeVisible();
    await page.getByRole("combobox", { name: "Add to a list" }).fill("News");
    await page.getByRole("option", { name: "Newsletter" }).click();
    await page.getByLabel("Why, kept as proof").fill("Asked for it by phone");
    await page.locator("form", { has: page.getByLabel("Why, kept as proof") }).getByRole("button", { name: "Add" }).click();
    await expect(proof).toContainText("Asked for it by phone");
    await accessible(page);
    await phone(page, "contact");
    const contact = page.url();

    // --- a campaign: mailed, opened, clicked, on the timeline
    await goto(page, `${world.base}/campaigns`);
    await page.getByLabel("A new campaign").fill("Spring");
    await page.getByRole("button", { name: "Write it" }).click();
    await page.getByLabel("Subject").fill("Spring");
    await expect(page.getByLabel("Domain")).not.toHaveValue("");
    await page.getByLabel("Newsletter").check();
    await page.getByLabel("HTML", { exact: true }).fill('<p>Hi <a href="https://example.com/tulips">Tulips</a> <a href="{{ preferences_url }}">Choose</a></p>');
    await expect(page.frameLocator(".preview iframe").getByText("Tulips")).toBeVisible();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Review" }).click();
    await expect(page.getByText("Nothing stops it.")).toBeVisible();
    await page.getByRole("button", { name: "Send now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 60_000 });
    const message = (await world.mail("greta@mailbox.example", 2)).find((m) => m.subject === "Spring");
    const url = (mark: string) => message?.html.match(new RegExp(`https?://[^"]+${mark}[^"]+`))?.[0].replaceAll("&amp;", "&") ?? "";
    await fetch(url("/t/o/"));
    await fetch(url("/t/c/"), { redirect: "manual" });
    await goto(page, contact);
    for (const line of ["Mailed Spring", "Opened Spring", "Clicked in Spring"]) {
      await expect(page.locator(".timeline li", { hasText: line })).toBeVisible();
    }

    // --- the preference centre
    const preferences = url("/p/");
    await open(scripted, preferences);
    await accessible(scripted);
    await phone(scripted, "preferences");
    await open(scripted, preferences);
    await open(stranger, preferences);
    await expect(stranger.getByText("g…@mailbox.example")).toBeVisible();
    await stranger.getByLabel("The garden letter").uncheck();
    await stranger.getByRole("button", { name: "Save" }).click();
    await expect(stranger.getByText("Saved.")).toBeVisible();
    await expect(stranger.getByLabel("The garden letter")).not.toBeChecked();
    await expect(page.locator(".timeline li").first()).toContainText("Left");
    await expect(page.getByText("On no list.")).toBeVisible();
    const download = stranger.waitForEvent("download");
    await stranger.getByRole("button", { name: "Download my data" }).click();
    const data = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    expect(data.contact.email).toBe("greta@mailbox.example");
    expect(data.mails[0].campaign_name).toBe("Spring");
    expect(JSON.stringify(data.notes)).toContain("Likes roses");
    await stranger.goto(url("/u/"));
    await stranger.getByRole("link", { name: "Choose lists, see or erase your data" }).click();
    await stranger.getByRole("button", { name: "Unsubscribe from everything" }).click();
    await expect(stranger.getByText("You are unsubscribed")).toBeVisible();

    // --- erased
    await stranger.getByRole("button", { name: "Erase my data" }).click();
    await expect(stranger.getByText("Nothing is erased before.")).toBeVisible();
    await expect(async () => {
      const mails = await world.mail("greta@mailbox.example", 3);
      expect(mails.some((m) => m.subject === "Erase your data at Acme")).toBe(true);
    }).toPass({ timeout: 30_000 });
    const erase = (await world.mail("greta@mailbox.example")).find((m) => m.subject.startsWith("Erase"))?.text.match(/https?:\S+\/e\/\S+/)?.[0] ?? "";
    expect(erase).toMatch(LINK);
    await open(scripted, erase);
    await accessible(scripted);
    await phone(scripted, "erase");
    await open(stranger, erase);
    await stranger.getByRole("button", { name: "Erase everything" }).click();
    await expect(stranger.getByRole("heading", { name: "Your data are erased" })).toBeVisible();
    await goto(page, contact);
    await expect(page.getByText("This cannot be shown")).toBeVisible();
    await goto(page, `${world.base}/campaigns`);
    await page.getByRole("link", { name: "Spring" }).click();
    await page.getByRole("link", { name: "Every recipient" }).click();
    await expect(page.getByText(/^erased:/)).toBeVisible();
    await expect(page.getByText("greta@mailbox.example")).toHaveCount(0);
    await goto(page, form);
    await expect(page.locator(".stat", { hasText: "Confirmed" }).locator("strong")).toHaveText("1");
    expect(errors).toEqual([]);
    expect(seen.errors).toEqual([]);
  } finally {
    await context.close();
    await world.stop();
  }
});
