import { expect, test } from "@playwright/test";
import { World, goto, ready, signInToDemo, watch } from "../world";

/** Parts of the module that pages load when they are opened. */
const PART = /\/pkg\/\w+\/(split|chunk)_\w+\.wasm$/;

test("a page's part comes when it is wanted; one that is gone since a deployment does not leave the tab dead", async ({ page }) => {
  test.setTimeout(120_000);
  const world = await World.start(false);
  const { errors, allow } = watch(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const parts = () => asked.splice(0).filter((path) => PART.test(path));
  const main = page.getByRole("navigation", { name: "Main" });
  const heading = (name: string) => page.getByRole("heading", { level: 1, name, exact: true });
  const loads = () => page.evaluate(() => performance.timeOrigin);
  try {
    await signInToDemo(page, world);
    parts();
    await goto(page, `${world.base}/dashboard`);
    expect(parts()).toEqual([]);

    // --- the pointer on a link is enough to fetch; the click then needs nothing more
    const answered = page.waitForResponse((response) => response.url().endsWith("/split_forms.wasm"));
    await main.getByRole("link", { name: "Forms" }).hover();
    expect((await answered).headers()["cache-control"]).toContain("immutable");
    await page.waitForLoadState("networkidle");
    expect(parts()).not.toEqual([]);
    const first = await loads();
    await main.getByRole("link", { name: "Forms" }).click();
    await expect(heading("Sign-up forms")).toBeVisible();
    expect(parts()).toEqual([]);
    expect(await loads()).toBe(first);

    // --- a page of a part, opened by its address: the document names the part's files
    await goto(page, `${world.base}/contacts`);
    const named = await page.locator("link[rel=preload][href$='/split_contacts.wasm']").count();
    expect(named).toBe(1);

    // --- the server has another build now: what this one would load is gone, the page itself is not
    await goto(page, `${world.base}/dashboard`);
    allow(/status of 404|Failed to load|MIME type|WebAssembly/);
    const before = await loads();
    let deployed = true;
    await page.route(PART, (route) => (deployed ? route.fulfill({ status: 404 }) : route.fallback()));
    await page.route("**/campaigns", (route) => {
      deployed = false;
      return route.fallback();
    });
    await main.getByRole("link", { name: "Campaigns" }).click();
    await expect(heading("Campaigns")).toBeVisible();
    await ready(page);
    expect(page.url()).toBe(`${world.base}/campaigns`);
    expect(await loads()).not.toBe(before);
    await main.getByRole("link", { name: "Domains" }).click();
    await expect(heading("Domains")).toBeVisible();

    // --- an address of another build is no address
    const gone = await page.request.get(`${world.base}/pkg/0000000000000000/nexsent_bg.wasm`);
    expect(gone.status()).toBe(404);
    expect(gone.headers()["cache-control"]).not.toContain("immutable");
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
