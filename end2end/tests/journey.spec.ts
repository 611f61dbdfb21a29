import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, expect, test } from "@playwright/test";
import { World, accessible, goto, ready, setUp, signUp, temporary, watch } from "../world";

/** Publishes what the domain's page shows, and waits until it is verified. */
async function verify(page: Page, world: World, domain: string) {
  await goto(page, `${world.base}/domains`);
  await page.getByLabel("Add a domain").fill(domain);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: domain })).toBeVisible();
  await expect(page.getByText("Not found").first()).toBeVisible();
  await accessible(page);
  await world.publish("spf.mail.nexsent.example", "TXT", "v=spf1 ip4:127.0.0.1 -all");
  const records = page.locator(".record");
  await expect(records).toHaveCount(5);
  for (const record of await records.all()) {
    const type = (await record.locator(".kind").innerText()).trim();
    const [name, value] = await record.locator(".copy code").allInnerTexts();
    await world.publish(name, type, value);
  }
  await page.getByRole("button", { name: "Check now" }).click();
  await expect(page.getByText("Verified", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Right", { exact: true })).toHaveCount(5);
}

test("from sign-up to who received it", async ({ page }) => {
  test.setTimeout(300_000);
  const world = await World.start();
  const files = temporary();
  const { errors, allow } = watch(page);
  try {
    // --- the front page, the set-up link, signing out and in
    await goto(page, world.base);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Email that arrives");
    await accessible(page);
    await page.getByRole("link", { name: "Security" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("stays yours");
    await expect(page.getByRole("link", { name: "security@127.0.0.1" })).toBeVisible();
    await accessible(page);
    await setUp(page, world, "Acme", "owner@acme.example");
    await expect(page.getByText("First steps")).toBeVisible();
    await accessible(page);
    // --- what stands under every bulk message
    await goto(page, `${world.base}/settings`);
    await page.getByLabel("Postal address").fill("1 Main Street\nSpringfield");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL("**/sign-in");
    await ready(page);
    await accessible(page);
    allow(/status of 40[0-9]/);
    await page.getByLabel("E-mail").fill("owner@acme.example");
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("The address or the password is wrong.")).toBeVisible();
    // --- a forgotten password
    await goto(page, `${world.base}/forgot`);
    await page.getByLabel("E-mail").fill("owner@acme.example");
    await page.getByRole("button", { name: "Send a link" }).click();
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
    const [reset] = await world.mail("owner@acme.example");
    await goto(page, reset.text.match(/https?:\S+reset\S+/)?.[0] ?? "");
    await page.getByLabel("New password").fill("a new long one");
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.waitForURL("**/sign-in?reset=done");
    await ready(page);
    await page.getByLabel("E-mail").fill("owner@acme.example");
    await page.getByLabel("Password").fill("a new long one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/dashboard");

    // --- the domain
    await verify(page, world, "acme.example");

    // --- a list, and an import with rows that are wrong
    await goto(page, `${world.base}/contacts/lists`);
    await page.getByLabel("A new list").fill("Newsletter");
    await page.getByRole("button", { name: "Make" }).click();
    await expect(page.getByRole("link", { name: "Newsletter", exact: true })).toBeVisible();
    await accessible(page);
    const csv = join(files.dir, "people.csv");
    const rows = Array.from({ length: 30 }, (_, i) => `reader${i}@mailbox.example;Änne ${i};Plan ${i % 3}`);
    writeFileSync(csv, `\uFEFFE-Mail;Vorname;Tarif\n${rows.join("\n")}\nunknown1@mailbox.example;Nobody;x\ngreylist1@mailbox.example;Grey;x\nno address;x;y\n`);
    await goto(page, `${world.base}/contacts/import`);
    await accessible(page);
    await page.locator("input[type=file]").setInputFiles(csv);
    await page.waitForURL("**/contacts/import/imp_*");
    await expect(page.getByText("Line 34")).toBeVisible();
    await expect(page.getByLabel("Where E-Mail goes")).toHaveValue("email");
    await expect(page.getByLabel("Delimiter")).toHaveValue(";");
    await accessible(page);
    await page.getByLabel("Everyone in the file joins “Newsletter”").check();
    await page.getByRole("button", { name: "Start the import" }).click();
    await expect(page.getByText("Done", { exact: true })).toBeVisible();
    await expect(page.locator(".stat", { hasText: "New contacts" }).locator("strong")).toHaveText("32");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Rejected rows" }).click();
    const rejected = await (await download).createReadStream();
    let text = "";
    for await (const part of rejected) text += part;
    expect(text).toContain("34,The address has no @.,no address");
    // It is all still there after a reload.
    await page.reload();
    await ready(page);
    await expect(page.getByText("Done", { exact: true })).toBeVisible();

    // --- contacts: found, opened, changed
    await goto(page, `${world.base}/contacts`);
    await accessible(page);
    await page.getByLabel("Search by the start of an address").fill("reader7");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("link", { name: "reader7@mailbox.example" }).click();
    await expect(page.getByRole("button", { name: /^tarif: Plan 1/ })).toBeVisible();
    await accessible(page);
    await page.getByRole("button", { name: /^First name: Änne 7/ }).click();
    await page.getByLabel("First name", { exact: true }).fill("Zoë");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: /^First name: Zoë/ })).toBeVisible();

    // --- the campaign: a mistake at its line, mended, previewed, tested, sent
    await goto(page, `${world.base}/campaigns`);
    await page.getByLabel("A new campaign").fill("November news");
    await page.getByRole("button", { name: "Write it" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "November news" })).toBeVisible();
    await expect(page.getByLabel("Domain")).not.toHaveValue("");
    await page.getByLabel("Subject").fill("Hello {{ contact.first_name | default('there') }} — ñandú");
    await page.getByLabel("Newsletter").check();
    await page.getByLabel("HTML", { exact: true }).fill("<p>One</p>\n<p>{{ contact.tarif | loud }}</p>");
    await expect(page.getByText("html, line 2: Unknown filter")).toBeVisible();
    await page
      .getByLabel("HTML", { exact: true })
      .fill('<p>Dear {{ contact.first_name }}, your {{ contact.tarif }}</p><script>alert(1)</script><p><a href="https://example.com/offer?a=1&amp;b=2">The offer</a> <a href="{{ view_url }}">View in browser</a></p>');
    await expect(page.frameLocator(".preview iframe").getByText("The offer")).toBeVisible();
    await page.getByRole("button", { name: "Phone" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await accessible(page);
    await page.getByRole("button", { name: "Review" }).click();
    await page.waitForURL("**/review");
    await expect(page.getByText("Nothing stops it.")).toBeVisible();
    await accessible(page);
    await page.getByLabel("Send a test to").fill("tester@mailbox.example");
    await page.getByRole("button", { name: "Send the test" }).click();
    await expect(page.getByText("tester@mailbox.example: 250")).toBeVisible();
    const [sample] = await world.mail("tester@mailbox.example");
    expect(sample.subject).toBe("[Test] Hello there — ñandú");
    await page.getByRole("button", { name: "Send now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.locator(".stat", { hasText: "Accepted" }).locator("strong")).toHaveText("31");
    await expect(page.locator(".stat", { hasText: "Failed" }).locator("strong")).toHaveText("1");

    // --- what arrived
    const [message] = await world.mail("reader7@mailbox.example");
    expect(message.subject).toBe("Hello Zoë — ñandú");
    expect(message.html).toContain("Dear Zoë, your Plan 1");
    expect(message.html).not.toContain("<script");
    expect(message.headers).toMatch(/DKIM-Signature:[\s\S]*d=acme\.example/);
    expect(message.headers).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(message.text).toContain("Dear Zoë");

    // --- open, click, look at it in the browser, leave
    const pixel = message.html.match(/src="([^"]+\/t\/o\/[^"]+)"/)?.[1] ?? "";
    expect((await fetch(pixel)).headers.get("content-type")).toBe("image/gif");
    const link = message.links.find((l) => l.includes("/t/c/")) ?? "";
    const click = await fetch(link, { redirect: "manual" });
    expect(click.headers.get("location")).toBe("https://example.com/offer?a=1&b=2");
    expect((await fetch(`${link}x`, { redirect: "manual" })).status).toBe(404);
    const unsubscribe = (message.headers.match(/List-Unsubscribe: <([^>]+)>/)?.[1] ?? "").replace(/\s/g, "");
    expect((await fetch(unsubscribe.replace(/\/u\/.*/, "/v/x"))).status).toBe(404);
    const view = await fetch(message.links.find((l) => l.includes("/v/")) ?? "");
    expect(view.headers.get("content-security-policy")).toMatch(/^sandbox /);
    expect(await view.text()).toContain("Dear Zoë");
    await expect(page.locator(".stat", { hasText: "Opened" }).locator("strong")).toHaveText("1");
    await expect(page.locator(".stat", { hasText: "Clicked" }).locator("strong")).toHaveText("1");
    await expect(page.locator(".bars")).toContainText("https://example.com/offer?a=1&b=2");
    await accessible(page);
    // A scanner's GET changes nothing; the one-click POST does.
    await page.goto(unsubscribe);
    await expect(page.getByRole("heading", { name: "Unsubscribe" })).toBeVisible();
    await accessible(page);
    await page.getByRole("button", { name: "Unsubscribe" }).click();
    await expect(page.getByRole("heading", { name: "You are unsubscribed" })).toBeVisible();
    const [other] = await world.mail("reader8@mailbox.example");
    const oneClick = (other.headers.match(/List-Unsubscribe: <([^>]+)>/)?.[1] ?? "").replace(/\s/g, "");
    const posted = await fetch(oneClick, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "List-Unsubscribe=One-Click" });
    expect(posted.status).toBe(200);

    // --- who received it
    await goto(page, `${world.base}/campaigns`);
    await page.getByRole("link", { name: "November news" }).click();
    await expect(page.locator(".stat", { hasText: "Unsubscribed" }).locator("strong")).toHaveText("2");
    await page.getByRole("link", { name: "Every recipient" }).click();
    await page.getByLabel("State").selectOption("failed");
    await expect(page.getByText("550 5.1.1 No such user here")).toBeVisible();
    await page.getByLabel("State").selectOption("");
    await page.getByLabel("A whole address").fill("greylist1@mailbox.example");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(page.getByText("2 tries")).toBeVisible();
    await expect(page.getByText("TLSv1.3").first()).toBeVisible();
    await accessible(page);
    await goto(page, `${world.base}/dashboard`);
    await expect(page.locator(".stat", { hasText: "Accepted" }).locator("strong")).toHaveText("31");
    await accessible(page);
    expect(errors).toEqual([]);
  } finally {
    files.remove();
    await world.stop();
  }
});

test("two workspaces side by side never see each other", async ({ browser }) => {
  test.setTimeout(180_000);
  const world = await World.start();
  try {
    const [a, b] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()];
    const seen = watch(b);
    seen.allow(/status of 40[0-9]/);
    await setUp(a, world, "Alpha", "owner@alpha.example");
    await signUp(b, world, "Beta", "owner@beta.example");
    await goto(a, `${world.base}/contacts/new`);
    await a.getByLabel("E-mail").fill("secret@alpha.example");
    await a.getByRole("button", { name: "Save" }).click();
    await a.waitForURL("**/contacts/con_*");
    await goto(a, `${world.base}/campaigns`);
    await a.getByLabel("A new campaign").fill("Alpha's plan");
    await a.getByRole("button", { name: "Write it" }).click();
    await a.waitForURL("**/campaigns/cmp_*");
    const campaign = a.url();
    await goto(a, `${world.base}/domains`);
    await a.getByLabel("Add a domain").fill("alpha.example");
    await a.getByRole("button", { name: "Add", exact: true }).click();
    await a.waitForURL("**/domains/dom_*");
    for (const url of [campaign, `${campaign}/recipients`, a.url(), `${world.base}/contacts/con_1`]) {
      await goto(b, url);
      await expect(b.getByText("This cannot be shown")).toBeVisible();
    }
    for (const path of ["contacts", "campaigns", "domains", "dashboard"]) {
      await goto(b, `${world.base}/${path}`);
      await expect(b.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(b.locator("main")).not.toContainText("alpha");
      await expect(b.locator("main")).not.toContainText("Alpha");
    }
    const id = campaign.split("/").pop();
    for (const path of [`/export/ledger/${id}.csv`, `/preview/${id}`]) {
      expect((await b.request.get(`${world.base}${path}`)).status()).toBe(404);
    }
    expect(await (await b.request.get(`${world.base}/export/contacts.csv`)).text()).not.toContain("alpha");
    expect(seen.errors).toEqual([]);
  } finally {
    await world.stop();
  }
});

test("what a stranger is refused", async ({ page }) => {
  const world = await World.start();
  try {
    await setUp(page, world, "Acme", "owner@acme.example");
    const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
    const call = (headers: Record<string, string>) =>
      fetch(`${world.base}/api/add_domain`, { method: "POST", headers: { cookie, "content-type": "application/x-www-form-urlencoded", ...headers }, body: "name=evil.example" });
    expect((await call({ origin: "https://evil.example", "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await call({ origin: world.base, "sec-fetch-site": "same-origin" })).ok).toBe(true);
    const signedOut = await fetch(`${world.base}/api/domains`, { method: "POST", headers: { "sec-fetch-site": "same-origin" } });
    expect(signedOut.status).toBe(401);
    const res = await fetch(`${world.base}/sign-in`);
    expect(res.headers.get("content-security-policy")).toMatch(/script-src 'self' 'nonce-[^']+' 'wasm-unsafe-eval'/);
    expect(res.headers.get("content-security-policy")).not.toContain("unsafe-inline");
    expect(res.headers.get("x-content-type-options")).toBe("nosniff");
    expect(res.headers.get("x-request-id")).toBeTruthy();
    const session = (await page.context().cookies()).find((c) => c.name === "nexsent");
    expect(session?.httpOnly).toBe(true);
    expect(session?.sameSite).toBe("Lax");
    expect((await fetch(`${world.base}/healthz`)).status).toBe(200);
    expect((await fetch(`${world.base}/readyz`)).status).toBe(200);
    expect((await fetch(`${world.base}/nothing/here`)).status).toBe(404);
    // Refused by an answer, or by closing while the rest is still on its way.
    const long = await fetch(`${world.base}/api/save_campaign`, { method: "POST", headers: { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" }, body: "x".repeat(5 * 1024 * 1024) }).then(
      (answer) => answer.status,
      () => 413,
    );
    expect(long).toBe(413);
  } finally {
    await world.stop();
  }
});
