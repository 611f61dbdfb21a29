import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Page, expect, test } from "@playwright/test";
import { World, goto, signInToDemo, walk } from "../world";

/**
 * The interface's bars (`make bars`): how far pages shift while they load, how long it takes from one to the next, and what Lighthouse says. Not one of
 * the everyday tests: they depend on how busy the machine is. Writes `bars.json`, and prints it.
 */
const out = join(process.env.NEXSENT_OUT ?? ".", "bars.json");

/** The layout shift of this load so far. */
const shift = (page: Page) => page.evaluate(() => (window as unknown as { shifted: number }).shifted);

async function watchShift(page: Page) {
  await page.addInitScript(() => {
    const w = window as unknown as { shifted: number };
    w.shifted = 0;
    new PerformanceObserver((list) => {
      for (const e of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) if (!e.hadRecentInput) w.shifted += e.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** From the click to the first content of the other page, in milliseconds. */
async function step(page: Page, href: string, heading: string): Promise<number> {
  return page.evaluate(
    ([href, heading]) =>
      new Promise<number>((resolve, reject) => {
        const began = performance.now();
        const there = () => document.querySelector("h1")?.textContent === heading && !document.querySelector("main .loading");
        const seen = new MutationObserver(() => {
          if (!there()) return;
          seen.disconnect();
          resolve(performance.now() - began);
        });
        seen.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(() => reject(new Error(`${href} did not come`)), 10_000);
        (document.querySelector(`nav[aria-label=Main] a[href="${href}"]`) as HTMLElement).click();
      }),
    [href, heading],
  );
}

const percentile = (all: number[], p: number) => Math.round(all.sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * p))] * 10) / 10;

async function lighthouse(url: string, cookie: string): Promise<Record<string, number>> {
  const report = `${out}.${encodeURIComponent(new URL(url).pathname)}.json`;
  const flags = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
  const program = join(process.env.NEXSENT_CACHE ?? "", "node-bars/node_modules/.bin/lighthouse");
  const args = [url, "--preset=desktop", "--quiet", "--output=json", `--output-path=${report}`, "--only-categories=performance,accessibility,best-practices", `--chrome-flags=${flags}`];
  if (cookie) args.push(`--extra-headers=${JSON.stringify({ cookie })}`);
  await promisify(execFile)(program, args, { env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? "/usr/bin/chromium" }, timeout: 180_000 });
  const said = JSON.parse(readFileSync(report, "utf8"));
  const short = Object.entries(said.audits as Record<string, { score: number | null; title: string }>).filter(([, a]) => a.score !== null && a.score < 0.9);
  console.log(`${url}: below 0.9: ${short.map(([id, a]) => `${id} ${a.score}`).join(", ") || "nothing"}`);
  return Object.fromEntries(Object.entries(said.categories as Record<string, { score: number }>).map(([name, c]) => [name.replace("-", "_"), Math.round(c.score * 100)]));
}

test("the interface's bars", async ({ page }) => {
  test.setTimeout(900_000);
  const world = await World.start(false);
  const result: Record<string, unknown> = { bench: "bars" };
  try {
    await watchShift(page);
    await signInToDemo(page, world);
    const cls: Record<string, number> = {};
    await walk(page, world, async (route) => {
      await page.waitForTimeout(300);
      cls[route] = Math.round((await shift(page)) * 10_000) / 10_000;
    });
    result.cls_max = Math.max(...Object.values(cls));
    result.cls_shifting = Object.fromEntries(Object.entries(cls).filter(([, v]) => v > 0));

    // Each page once for the server's sake, then measured.
    const places: [string, string][] = [["/campaigns", "Campaigns"], ["/contacts", "Contacts"], ["/domains", "Domains"], ["/settings", "Workspace"], ["/dashboard", "Dashboard"]];
    await goto(page, `${world.base}/dashboard`);
    for (const [href, heading] of places) await step(page, href, heading);
    const times: number[] = [];
    for (let i = 0; i < 10; i += 1) for (const [href, heading] of places) times.push(await step(page, href, heading));
    result.navigation_p50_ms = percentile(times, 0.5);
    result.navigation_p95_ms = percentile(times, 0.95);

    const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
    result.lighthouse_sign_in = await lighthouse(`${world.base}/sign-in`, "");
    result.lighthouse_dashboard = await lighthouse(`${world.base}/dashboard`, cookie);
    const scores = ["lighthouse_sign_in", "lighthouse_dashboard"].flatMap((of) => Object.entries(result[of] as Record<string, number>).map(([name, v]) => ({ name: `${of}.${name}`, v })));
    result.missed = [
      ...((result.cls_max as number) > 0.02 ? ["cls"] : []),
      ...((result.navigation_p95_ms as number) > 100 ? ["navigation"] : []),
      ...scores.filter(({ name, v }) => v < (name.endsWith("accessibility") ? 100 : 95)).map(({ name }) => name),
    ];
    writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
    console.log(`\n${JSON.stringify(result)}`);
    expect(result.missed).toEqual([]);
  } finally {
    await world.stop();
  }
});
