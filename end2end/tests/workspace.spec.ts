import { request as ask } from "node:http";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { type Page, expect, test } from "@playwright/test";
import { World, accessible, goto, ready, setUp, watch } from "../world";

/** The checksum of PNG's chunks (ISO 3309). */
function crc32(data: Buffer): number {
  let c = 0xffffffff;
  for (const byte of data) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

/** A picture in one colour, as any program would save it. */
function png(width: number, height: number): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([30, 110, 200]))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** What the server answers when a reverse proxy hands it a request for that host. */
async function at(world: World, host: string, path: string, method = "GET"): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  const { hostname, port } = new URL(world.base);
  return new Promise((resolve, reject) => {
    const req = ask({ hostname, port, path, method, headers: { host, accept: "text/html" } }, (res) => {
      const parts: Buffer[] = [];
      res.on("data", (part) => parts.push(part));
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(parts) }));
    });
    req.on("error", reject);
    req.end();
  });
}

/** Types the password where the page asks who sits there. */
async function prove(page: Page) {
  const dialog = page.getByRole("dialog", { name: "Is it you?" });
  await dialog.getByLabel("Your password").fill("long enough 1");
  await dialog.getByRole("button", { name: "Go on" }).click();
  await expect(dialog).toBeHidden();
}

async function shoot(page: Page, name: string) {
  if (!process.env.SHOTS) return;
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (const theme of ["light", "dark"]) {
      await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
      await page.screenshot({ path: join(process.env.NEXSENT_OUT ?? ".", "shots", `${name}-${width}-${theme}.png`), fullPage: true });
    }
  }
  await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("a workspace: logo, sender, tracking domain, teams, its end and its return, a further one", async ({ page }) => {
  test.setTimeout(300_000);
  const world = await World.start();
  const { errors, allow } = watch(page);
  allow(/status of 40[0-9]/);
  try {
    await setUp(page, world, "Acme", "owner@acme.example");
    // --- the logo: what is no picture is refused, what is one is shown
    await page.getByRole("link", { name: "Settings" }).click();
    const file = page.locator("input[name=logo]");
    await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") });
    await expect(page.getByText("This is not a PNG, JPEG or WebP picture")).toBeVisible();
    await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png(600, 200) });
    await expect(page.getByText("The logo is set.")).toBeVisible();
    const shown = page.getByRole("img", { name: "The workspace's logo" });
    await expect(shown).toBeVisible();
    expect(await shown.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.naturalHeight])).toEqual([512, 171]);
    await page.getByLabel("Postal address").fill("1 Main Street\nSpringfield");
    await page.getByLabel("Language of the pages that recipients see").selectOption("es");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await accessible(page);
    await shoot(page, "workspace");
    // --- a domain, and with it the sender of new campaigns
    await goto(page, `${world.base}/domains`);
    await page.getByLabel("Add a domain").fill("acme.example");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.locator(".record")).toHaveCount(5);
    await world.publish("spf.mail.nexsent.example", "TXT", "v=spf1 ip4:127.0.0.1 -all");
    for (const record of await page.locator(".record").all()) {
      const type = (await record.locator(".kind").innerText()).trim();
      const [name, value] = await record.locator(".copy code").allInnerTexts();
      await world.publish(name, type, value);
    }
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText("Verified", { exact: true })).toBeVisible({ timeout: 30_000 });
    await goto(page, `${world.base}/settings/sending`);
    await page.getByLabel("Name", { exact: true }).first().fill("Acme News");
    await page.getByLabel("Before the @").fill("hello");
    await page.getByLabel("Domain", { exact: true }).selectOption({ label: "acme.example" });
    await page.getByLabel("Replies go to").fill("desk@acme");
    await page.getByRole("button", { name: "Save the sender" }).click();
    await expect(page.getByText("address has a domain without a dot.")).toBeVisible();
    await page.getByLabel("Replies go to").fill("desk@acme.example");
    await page.getByRole("button", { name: "Save the sender" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    // --- the tracking domain: a name of one's own, found by DNS
    const host = "click.acme.example";
    await page.getByPlaceholder("click.example.com").fill("click.somebody.example");
    await page.getByRole("button", { name: "Use this name" }).click();
    await expect(page.getByText("Choose a name under a verified sending domain")).toBeVisible();
    await page.getByPlaceholder("click.example.com").fill(host);
    await page.getByRole("button", { name: "Use this name" }).click();
    await expect(page.getByRole("heading", { name: host })).toBeVisible();
    // What the server writes down by itself is in the workspace's language.
    await expect(page.getByText("Todavía no hay ningún CNAME con este nombre.")).toBeVisible();
    await accessible(page);
    await shoot(page, "sending");
    const [name, value] = await page.locator(".record .copy code").allInnerTexts();
    expect(name.trim()).toBe(host);
    expect((await at(world, host, "/sign-in")).status, "nobody's yet").toBe(200);
    await world.publish(name, "CNAME", value);
    await page.getByRole("button", { name: "Check now" }).click();
    await expect(page.getByText("Verified", { exact: true })).toBeVisible({ timeout: 30_000 });
    // --- a campaign starts with that sender, and its links lead through that name
    await goto(page, `${world.base}/contacts/lists`);
    await page.getByLabel("A new list").fill("Newsletter");
    await page.getByRole("button", { name: "Make" }).click();
    await expect(page.getByRole("link", { name: "Newsletter", exact: true })).toBeVisible();
    await goto(page, `${world.base}/contacts/new`);
    await page.getByLabel("E-mail").fill("reader@mailbox.example");
    await page.getByLabel("Newsletter").check();
    await page.getByRole("button", { name: /Add|Save/ }).click();
    await page.waitForURL("**/contacts/con_*");
    await goto(page, `${world.base}/campaigns`);
    await page.getByLabel("A new campaign").fill("News");
    await page.getByRole("button", { name: "Write it" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "News" })).toBeVisible();
    expect(await page.locator("#from_name").inputValue()).toBe("Acme News");
    expect(await page.locator("#from_local").inputValue()).toBe("hello");
    expect(await page.locator("#reply_to").inputValue()).toBe("desk@acme.example");
    await page.getByLabel("Subject").fill("Hello");
    await page.getByLabel("Newsletter").check();
    await page.getByLabel("HTML", { exact: true }).fill('<p>Hi <a href="https://example.com/offer">The offer</a> <a href="{{ view_url }}">View</a></p>');
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Review" }).click();
    await page.waitForURL("**/review");
    await page.getByRole("button", { name: "Send now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 60_000 });
    const [message] = await world.mail("reader@mailbox.example");
    expect(message.headers).toMatch(/From: .*Acme News.*hello@acme\.example/);
    const { port } = new URL(world.base);
    const own = `http://${host}:${port}`;
    const unsubscribe = (message.headers.match(/List-Unsubscribe: <([^>]+)>/)?.[1] ?? "").replace(/\s/g, "");
    const links = [...message.links.filter((l) => /\/(t\/c|v|u)\//.test(l)), message.html.match(/src="([^"]+\/t\/o\/[^"]+)"/)?.[1] ?? "", unsubscribe];
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(link.startsWith(`${own}/`), link).toBe(true);
    expect(message.html).not.toContain("127.0.0.1");
    const path = (link: string) => link.slice(own.length);
    const click = await at(world, `${host}:${port}`, path(links.find((l) => l.includes("/t/c/")) ?? ""));
    expect(click.headers.location).toBe("https://example.com/offer");
    expect((await at(world, `${host}:${port}`, path(links.find((l) => l.includes("/t/o/")) ?? ""))).headers["content-type"]).toBe("image/gif");
    expect((await at(world, host, path(links.find((l) => l.includes("/v/")) ?? ""))).body.toString()).toContain("The offer");
    const leaving = await at(world, host, path(unsubscribe));
    expect(leaving.body.toString()).toContain("Cancelar la suscripción");
    const logo = await at(world, host, `${path(unsubscribe)}/logo.png`);
    expect([logo.status, logo.headers["content-type"], logo.headers["x-content-type-options"]]).toEqual([200, "image/png", "nosniff"]);
    // Neither the dashboard nor anything else is at that name.
    for (const nothing of ["/", "/sign-in", "/dashboard", "/logo", "/healthz", "/export/contacts.csv", "/live", "/api/me"]) {
      expect((await at(world, `${host}:${port}`, nothing)).status, nothing).toBe(404);
    }
    expect((await at(world, host, "/api/sign_in", "POST")).status).toBe(404);
    // The page as its recipient sees it.
    await page.goto(`${world.base}${path(unsubscribe)}`);
    await expect(page.getByRole("heading", { name: "Cancelar la suscripción" })).toBeVisible();
    await expect(page.getByRole("img", { name: "Acme" })).toBeVisible();
    await accessible(page);
    await shoot(page, "unsubscribe-es");
    await page.getByRole("button", { name: "Cancelar la suscripción" }).click();
    await expect(page.getByRole("heading", { name: "Suscripción cancelada" })).toBeVisible();
    // --- a team of agents
    await goto(page, `${world.base}/settings/team`);
    await page.getByRole("button", { name: "New team" }).click();
    await page.getByRole("button", { name: "Save the team" }).click();
    await expect(page.getByText("This is needed.")).toBeVisible();
    await page.getByLabel("Name of the team").fill("Support");
    await page.getByRole("checkbox", { name: /Owner/ }).check();
    await page.getByRole("button", { name: "Save the team" }).click();
    await expect(page.getByText("1 member", { exact: false })).toBeVisible();
    await accessible(page);
    await shoot(page, "team");
    // --- the end: by name and proof, said on every page, taken back
    await goto(page, `${world.base}/settings/data`);
    await page.getByLabel("Audit log", { exact: true }).fill("5");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Between 90 and 3650 days.")).toBeVisible();
    await page.getByLabel("Type Acme to confirm").fill("Acne");
    await page.getByRole("button", { name: "Delete the workspace" }).click();
    await expect(page.getByText("Type the name as it is written: Acme")).toBeVisible();
    await page.getByLabel("Type Acme to confirm").fill("Acme");
    await page.getByRole("button", { name: "Delete the workspace" }).click();
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await expect(dialog).toBeVisible();
    await accessible(page);
    await shoot(page, "proof");
    await dialog.getByLabel("Your password").fill("wrong");
    await dialog.getByRole("button", { name: "Go on" }).click();
    await expect(dialog.getByText("That is not your password.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(page.getByText("Nothing was changed: this needs your password first.")).toBeVisible();
    await page.getByRole("button", { name: "Delete the workspace" }).click();
    await expect(dialog.getByText("That is not your password.")).toHaveCount(0);
    await prove(page);
    await expect(page.getByText("This workspace will be deleted on")).toBeVisible();
    await ready(page);
    await accessible(page);
    await shoot(page, "data");
    const mails = await world.mail("owner@acme.example");
    // Who has chosen no language of their own gets mail in the workspace's.
    expect(mails.map((m) => m.subject)).toContain("Acme se eliminará");
    await goto(page, `${world.base}/campaigns`);
    await expect(page.getByText("This workspace will be deleted on")).toBeVisible();
    await page.getByRole("link", { name: "Restore it" }).click();
    await page.getByRole("button", { name: "Restore the workspace" }).click();
    await expect(page.getByText("This workspace will be deleted on")).toHaveCount(0);
    await expect(page.getByLabel("Type Acme to confirm")).toBeVisible();
    // The proof still holds: the next thing that needs one asks for none.
    await goto(page, `${world.base}/domains`);
    await page.getByRole("link", { name: "acme.example" }).click();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByRole("dialog", { name: "Remove this domain?" }).getByRole("button", { name: "Remove the domain" }).click();
    await page.waitForURL("**/domains");
    // --- a further workspace, and back
    await page.getByRole("link", { name: "New workspace" }).click();
    await expect(page.getByRole("heading", { name: "A further workspace" })).toBeVisible();
    await ready(page);
    await accessible(page);
    await page.getByLabel("Name of the workspace").fill("Second");
    await page.getByRole("button", { name: "Make the workspace" }).click();
    await page.waitForURL("**/dashboard");
    const choice = page.getByRole("combobox", { name: "Workspace" });
    await expect(choice.locator("option:checked")).toHaveText("Second");
    await goto(page, `${world.base}/contacts`);
    await expect(page.getByText("reader@mailbox.example")).toHaveCount(0);
    await choice.selectOption({ label: "Acme" });
    await page.waitForURL("**/dashboard");
    await ready(page);
    await expect(choice.locator("option:checked")).toHaveText("Acme");
    await goto(page, `${world.base}/contacts`);
    await expect(page.getByText("reader@mailbox.example")).toBeVisible();
    await accessible(page);
    // --- the log of it all, by person, action and day
    await goto(page, `${world.base}/settings/audit`);
    await page.locator("select[name=what]").selectOption("workspace");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.waitForURL("**what=workspace**");
    await expect(page.getByRole("cell", { name: "workspace.restore" })).toBeVisible();
    await expect(page.getByRole("cell", { name: "campaign.state" })).toHaveCount(0);
    await accessible(page);
    await shoot(page, "audit");
    const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export" }).click()]);
    let text = "";
    for await (const part of await csv.createReadStream()) text += part;
    expect(text).toContain("workspace.tracking_domain");
    expect(text).not.toContain("campaign.state");
    await page.getByLabel("Until").fill("2020-01-01");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByText("Nothing found")).toBeVisible();
    await page.getByLabel("Until").fill("");
    await page.locator("input[name=who]").fill("owner@acme.example");
    await page.locator("select[name=what]").selectOption("export");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await expect(page.getByRole("cell", { name: "export.audit" })).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
