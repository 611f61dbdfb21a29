import { type Locator, type Page, expect, test } from "@playwright/test";
import { World, goto, invite, ready, setUp, watch } from "../world";

/** Whoever has the focus shows it: by an outline, a shadow, or both. */
async function visible(page: Page) {
  const found = await page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const seen = (of: Element) => {
      const s = getComputedStyle(of);
      return (s.outlineStyle !== "none" && Number.parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
    };
    // A field without a frame of its own shows it on the box around it; a file's on the area that takes it.
    const around = e.closest(".tags, .drop, .palette");
    return { what: e.outerHTML.slice(0, 120), seen: seen(e) || (around !== null && seen(around)) };
  });
  if (found) expect(found.seen, `the focus is seen on ${found.what}`).toBe(true);
}

/** Moves by Tab alone until something has the focus. */
async function tabTo(page: Page, target: Locator, most = 60) {
  await expect(target).toBeVisible();
  for (let i = 0; i < most; i += 1) {
    if (await target.evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press("Tab");
    await visible(page);
  }
  throw new Error(`${most} tabs do not lead to ${target}`);
}

/** Types into a field that is reached by Tab, in place of what it holds. */
async function type(page: Page, label: string, text: string) {
  const field = page.getByRole("main").getByLabel(label, { exact: true });
  await tabTo(page, field);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

async function press(page: Page, name: string) {
  await tabTo(page, page.getByRole("main").getByRole("button", { name, exact: true }));
  await page.keyboard.press("Enter");
}

async function signIn(page: Page, world: World, email: string, password: string) {
  await goto(page, `${world.base}/sign-in`);
  await type(page, "E-mail", email);
  await type(page, "Password", password);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/dashboard");
  await ready(page);
  // Without a load in between the page has been alive since the sign-in; the keys are heard once the frame is there.
  await expect(page.getByRole("heading", { level: 1, name: "Dashboard" })).toBeVisible();
}

/** By the keys of the pages: g, then a letter. */
async function go(page: Page, letter: string, heading: string) {
  // A page that has just been loaded may still be busy: somebody would press again.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press(letter);
    await expect(page.getByRole("heading", { level: 1, name: heading, exact: true })).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: 25_000 });
}

/** The focus stays inside an open dialog, and Esc closes it. */
async function trapped(page: Page, name: string) {
  const dialog = page.getByRole("dialog", { name });
  await expect(dialog).toBeVisible();
  for (let i = 0; i < 8; i += 1) {
    await page.keyboard.press("Tab");
    await visible(page);
    const outside = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement?.closest("dialog[open]"));
    expect(outside, `the focus left ${name}`).toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}

/** A page that a role has no right to says so, and nothing of it is shown. */
async function refused(page: Page, world: World, path: string) {
  await goto(page, `${world.base}${path}`);
  await expect(page.getByText("This cannot be shown")).toBeVisible();
}

test("each role does its work by the keyboard alone, and is refused the rest", async ({ page, browser }) => {
  test.setTimeout(400_000);
  const world = await World.start();
  const { errors, allow } = watch(page);
  const contexts = [];
  const other = async (name: string, role: string) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    contexts.push(context);
    const theirs = await context.newPage();
    const seen = watch(theirs);
    // The browser's own question before a page is left for good.
    theirs.on("dialog", (dialog) => dialog.accept());
    seen.allow(/status of 40[0-9]/);
    await invite(page, theirs, world, name, `${name.toLowerCase()}@example.com`, role);
    await theirs.getByRole("button", { name: "Sign out", exact: true }).click();
    await theirs.waitForURL("**/sign-in");
    await signIn(theirs, world, `${name.toLowerCase()}@example.com`, "long enough 2");
    return { theirs, seen };
  };
  try {
    allow(/status of 40[0-9]/);
    await setUp(page, world, "Acme", "owner@acme.example");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForURL("**/sign-in");

    // --- the owner: a setting, saved by Ctrl and Enter; the checklist has ticked itself
    await signIn(page, world, "owner@acme.example", "long enough 1");
    await expect(page.getByText("0 of 4 done")).toBeVisible();
    await go(page, "s", "Workspace");
    await type(page, "Postal address", "1 Main Street");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText("Saved.")).toBeVisible();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.locator("main").evaluate((e) => e.focus());
    await go(page, "d", "Dashboard");
    await expect(page.getByText("1 of 4 done")).toBeVisible();
    // The skip link leads past the navigation.
    await goto(page, `${world.base}/dashboard`);
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("main")).toBeFocused();

    // --- the admin: a domain; the question before it goes
    const { theirs: admin, seen: byAdmin } = await other("Ada", "admin");
    await go(admin, "o", "Domains");
    await type(admin, "Add a domain", "acme.example");
    await admin.keyboard.press("Enter");
    await expect(admin.getByRole("heading", { level: 1, name: "acme.example" })).toBeVisible();
    await press(admin, "Remove");
    await trapped(admin, "Remove this domain?");
    await expect(admin.getByRole("button", { name: "Remove", exact: true })).toBeFocused();
    await goto(admin, `${world.base}/settings/team`);
    await expect(admin.getByRole("button", { name: "Make owner" })).toHaveCount(0);

    // --- the marketer: a contact, with a mistake first; what is typed is not lost; a campaign
    const { theirs: marketer, seen: byMarketer } = await other("Mia", "marketer");
    await go(marketer, "c", "Contacts");
    await tabTo(marketer, marketer.getByRole("link", { name: "Add a contact" }));
    await marketer.keyboard.press("Enter");
    await expect(marketer.getByRole("heading", { level: 1, name: "Add a contact" })).toBeVisible();
    await type(marketer, "E-mail", "ann.example.com");
    await marketer.keyboard.press("Tab");
    await expect(marketer.getByText("The address has no @.")).toBeVisible();
    await marketer.keyboard.press("Control+k");
    await marketer.keyboard.type("dashb");
    await marketer.keyboard.press("Enter");
    await trapped(marketer, "Leave without saving?");
    await expect(marketer.getByRole("heading", { level: 1, name: "Add a contact" })).toBeVisible();
    await goto(marketer, `${world.base}/contacts/new`);
    await type(marketer, "E-mail", "ann@example.com");
    await type(marketer, "First name", "Ann");
    await marketer.keyboard.press("Control+Enter");
    await marketer.waitForURL("**/contacts/con_*");
    await press(marketer, "Delete");
    await trapped(marketer, "Delete this contact?");
    await marketer.locator("main").evaluate((e) => e.focus());
    await go(marketer, "m", "Campaigns");
    await type(marketer, "A new campaign", "November");
    await marketer.keyboard.press("Enter");
    await marketer.waitForURL("**/campaigns/cmp_*");
    await ready(marketer);
    await type(marketer, "Subject", "Hello");
    await expect(marketer.getByText("Saved", { exact: true })).toBeVisible();
    const campaign = new URL(marketer.url()).pathname;
    await goto(marketer, `${world.base}/domains`);
    await expect(marketer.getByLabel("Add a domain")).toHaveCount(0);
    await refused(marketer, world, "/settings/audit");

    // --- the agent: reads contacts, and nothing of campaigns
    const { theirs: agent, seen: byAgent } = await other("Abe", "agent");
    await go(agent, "c", "Contacts");
    await agent.keyboard.press("/");
    await agent.keyboard.type("ann@");
    await agent.keyboard.press("Enter");
    await tabTo(agent, agent.getByRole("link", { name: "ann@example.com" }));
    await agent.keyboard.press("Enter");
    await expect(agent.getByRole("heading", { level: 1, name: "ann@example.com" })).toBeVisible();
    await expect(agent.getByRole("button", { name: "Save" })).toHaveCount(0);
    await refused(agent, world, "/campaigns");
    await refused(agent, world, campaign);
    await refused(agent, world, "/settings/audit");

    // --- the viewer: reads both, changes nothing
    const { theirs: viewer, seen: byViewer } = await other("Vic", "viewer");
    await viewer.keyboard.press("Control+k");
    await viewer.keyboard.type("novem");
    await expect(viewer.getByRole("option", { selected: true })).toHaveText(/^November/);
    await viewer.keyboard.press("Enter");
    await expect(viewer.getByRole("heading", { level: 1, name: "November" })).toBeVisible();
    await goto(viewer, `${world.base}/campaigns`);
    await expect(viewer.getByLabel("A new campaign")).toHaveCount(0);
    await goto(viewer, `${world.base}/contacts`);
    await expect(viewer.getByRole("link", { name: "Add a contact" })).toHaveCount(0);
    await refused(viewer, world, "/settings/audit");
    await viewer.locator("main").evaluate((e) => e.focus());
    await viewer.keyboard.press("?");
    await trapped(viewer, "Keyboard shortcuts");

    for (const seen of [byAdmin, byMarketer, byAgent, byViewer]) expect(seen.errors).toEqual([]);
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
