import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

/** A fresh instance beside its sandbox: the same program that people run. */
export class World {
  private constructor(
    readonly base: string,
    readonly sandbox: string,
    readonly setup: string,
    private readonly child: ChildProcess,
  ) {}

  /** `fresh`: nobody has signed up yet; otherwise the main job has been run. */
  static async start(fresh = true): Promise<World> {
    const listen = `127.0.0.1:${await freePort()}`;
    const web = `127.0.0.1:${await freePort()}`;
    const child = spawn(process.env.NEXSENT_BIN ?? "nexsent", ["demo", ...(fresh ? ["--fresh"] : []), "--listen", listen, "--sandbox", web], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const setup = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stdout?.on("data", (part) => {
        text += part;
        const found = text.match(/set-up link: (\S+)/);
        if ((found || !fresh) && text.includes("Ctrl-C")) resolve(found?.[1] ?? "");
      });
      child.on("exit", () => reject(new Error(`the server ended:\n${text}`)));
      setTimeout(() => reject(new Error(`the server did not start in time:\n${text}`)), 60_000);
    });
    return new World(`http://${listen}`, `http://${web}`, setup, child);
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.on("exit", resolve));
    this.child.kill("SIGINT");
    await ended;
  }

  /** Messages that a mailbox of the sandbox has, newest first. */
  async mail(to: string, atLeast = 1): Promise<Message[]> {
    for (let i = 0; i < 100; i += 1) {
      const all = (await (await fetch(`${this.sandbox}/api/messages?to=${encodeURIComponent(to)}`)).json()) as Message[];
      if (all.length >= atLeast) return all;
      await new Promise((r) => setTimeout(r, 200));
    }
    throw new Error(`no mail for ${to}`);
  }

  /** Publishes a record, as a person does at their DNS provider. */
  async publish(name: string, type: string, value: string) {
    const answer = await fetch(`${this.sandbox}/api/dns`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, type, value }),
    });
    expect(answer.status).toBe(204);
  }
}

export interface Message {
  id: number;
  from: string;
  to: string;
  subject: string;
  headers: string;
  text: string;
  html: string;
  links: string[];
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Fails a test on any console error, panic or hydration warning. Refusals that a test provokes are named. */
export function watch(page: Page): { errors: string[]; allow: (pattern: RegExp) => void } {
  const errors: string[] = [];
  // The preview's sandbox also stops the scripts that the test runner and axe put into every frame.
  const allowed: RegExp[] = [/^Blocked script execution in '[^']*' because the document's frame is sandboxed/];
  page.on("console", (message) => {
    const text = message.text();
    const bad = message.type() === "error" || /hydrat|panick/i.test(text);
    if (bad && !allowed.some((a) => a.test(text))) errors.push(text);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return { errors, allow: (pattern) => allowed.push(pattern) };
}

/** Waits until the page has come alive. */
export async function ready(page: Page) {
  await page.waitForLoadState("load");
  await page.waitForFunction(() => document.documentElement.hasAttribute("data-alive"), undefined, { timeout: 20_000 });
}

export async function goto(page: Page, url: string) {
  await page.goto(url);
  await ready(page);
}

/** Nothing serious for axe, in both themes. */
export async function accessible(page: Page) {
  expect(await flaws(page)).toEqual([]);
}

/** What axe finds serious, in both themes. */
export async function flaws(page: Page): Promise<string[]> {
  const found: string[] = [];
  // Colours that are on their way from one theme to the other are not looked at.
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const theme of ["light", "dark"]) {
    await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
    const { violations } = await new AxeBuilder({ page }).exclude("iframe").analyze();
    const serious = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
    found.push(...serious.map((v) => `${page.url()} ${theme}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`));
  }
  await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
  return found;
}

/** Fills in the set-up page. */
export async function setUp(page: Page, world: World, workspace: string, email: string) {
  await goto(page, world.setup);
  await person(page, workspace, email);
  await page.getByRole("button", { name: "Make the workspace" }).click();
  await page.waitForURL("**/dashboard");
  await ready(page);
}

async function person(page: Page, workspace: string, email: string) {
  await page.getByLabel("Your name").fill("Owner");
  await page.getByLabel("Workspace", { exact: true }).fill(workspace);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("long enough 1");
}

/** Signs up and confirms by mail. */
export async function signUp(page: Page, world: World, workspace: string, email: string) {
  await goto(page, `${world.base}/sign-up`);
  await person(page, workspace, email);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
  const [message] = await world.mail(email);
  const link = message.text.match(/https?:\S+confirm\S+/)?.[0] ?? "";
  await goto(page, link);
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await page.waitForURL("**/dashboard");
  await ready(page);
}

export async function signIn(page: Page, world: World, email: string, password: string) {
  await goto(page, `${world.base}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/dashboard");
  await ready(page);
}

/** The demo's owner, in the workspace where the main job has been run. */
export async function signInToDemo(page: Page, world: World) {
  await signIn(page, world, "owner@demo.example", "demo-password");
}

/** Invites somebody from the page of an admin who is signed in; their browser accepts. */
export async function invite(admin: Page, theirs: Page, world: World, name: string, email: string, role: string) {
  await goto(admin, `${world.base}/settings/team`);
  await admin.getByLabel("E-mail").fill(email);
  await admin.getByLabel("Role", { exact: true }).selectOption(role);
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  const [mail] = await world.mail(email);
  await goto(theirs, mail.text.match(/https?:\S+invite\S+/)?.[0] ?? "");
  await theirs.getByLabel("Your name").fill(name);
  await theirs.getByLabel("Password").fill("long enough 2");
  await theirs.getByRole("button", { name: "Join" }).click();
  await theirs.waitForURL("**/dashboard");
  await ready(theirs);
}

/** Every address that the app has a page for, read where they are defined: a new one cannot be forgotten. */
export function routes(): string[] {
  const source = readFileSync(join(process.env.NEXSENT_ROOT ?? "..", "app/src/lib.rs"), "utf8");
  const found = [...source.matchAll(/<Route path=path!\("([^"]*)"\)/g)].map((m) => m[1]);
  expect(found.length).toBeGreaterThan(25);
  return found;
}

/** Pages that no link leads to, or only one in a mail: what is shown of them. */
const UNLINKED: Record<string, string> = {
  "/setup": "/setup?token=not-a-token",
  "/confirm": "/confirm?token=not-a-token",
  "/reset": "/reset?token=not-a-token",
  "/invite": "/invite?token=not-a-token",
  "/contacts/segments/:id": "/contacts/segments/new",
};

/**
 * Goes to every page of the app: those with an id in their address by the first link to one that is met on the way. `look` is called on each.
 * Fails where a page is never reached.
 */
export async function walk(page: Page, world: World, look: (route: string) => Promise<void>) {
  const met: string[] = [];
  const all = routes();
  let left = all;
  while (left.length > 0) {
    const later: string[] = [];
    for (const route of left) {
      const pattern = new RegExp(`^${route.replace(/:\w+/g, "(?!new$)[^/]+")}$`);
      // A button leads to the review, not a link.
      if (route.endsWith("/review")) met.push(...met.filter((m) => /^\/campaigns\/cmp_[^/]+$/.test(m)).map((m) => `${m}/review`));
      const path = UNLINKED[route] ?? (route.includes(":") ? met.find((m) => pattern.test(m) && !all.includes(m)) : route);
      if (path === undefined) {
        later.push(route);
        continue;
      }
      await goto(page, `${world.base}${path}`);
      await page.waitForLoadState("networkidle").catch(() => undefined);
      met.push(...(await page.locator("a[href^='/']").evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).pathname))));
      await look(route);
    }
    if (later.length === left.length) throw new Error(`no link leads to ${later.join(", ")}: say in world.ts how they are reached`);
    left = later;
  }
}

export function temporary(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), "nexsent-e2e-"));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
