import { type Page, expect, test } from "@playwright/test";
import { World, accessible, goto, setUp, watch } from "../world";

/** Publishes what the domain's page shows, and waits until it is verified. */
async function verify(page: Page, world: World, domain: string) {
  await goto(page, `${world.base}/domains`);
  await page.getByLabel("Add a domain").fill(domain);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: domain })).toBeVisible();
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
}

async function paste(page: Page, world: World, rows: string) {
  await goto(page, `${world.base}/contacts/import`);
  await page.getByText("Or paste rows").click();
  await page.getByLabel("Rows").fill(rows);
  await page.getByRole("button", { name: "Go on with these" }).click();
  await page.waitForURL("**/contacts/import/imp_*");
}

async function startImport(page: Page) {
  await page.getByRole("button", { name: "Start the import" }).click();
  await expect(page.getByText("Done", { exact: true })).toBeVisible();
}

const shot = async (page: Page, name: string) => {
  if (!process.env.NEXSENT_OUT) return;
  for (const [width, theme] of [[1440, "light"], [1440, "dark"], [390, "light"]] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate((t) => document.documentElement.setAttribute("data-theme", t), theme);
    await page.screenshot({ path: `${process.env.NEXSENT_OUT}/segments/${name}-${width}-${theme}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => document.documentElement.removeAttribute("data-theme"));
};

test("attributes with types, a segment with a nested group, a campaign to it", async ({ page }) => {
  test.setTimeout(240_000);
  const world = await World.start();
  const { errors, allow } = watch(page);
  // What is not saved may be left behind here.
  page.on("dialog", (dialog) => void dialog.accept());
  try {
    await setUp(page, world, "Acme", "owner@acme.example");
    await goto(page, `${world.base}/settings`);
    await page.getByLabel("Postal address").fill("1 Main Street\nSpringfield");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await verify(page, world, "acme.example");

    // --- attributes: one made by hand, others seen in an import; a row that does not fit is rejected with its reason
    await goto(page, `${world.base}/contacts/attributes`);
    await expect(page.getByText("No attributes yet")).toBeVisible();
    await accessible(page);
    await page.getByLabel("A new attribute").fill("Seats");
    await page.locator("#kind").selectOption("number");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect(page.getByRole("row", { name: /seats.*Number/ })).toBeVisible();
    const people = [
      "email,first name,city,seats,since",
      ...Array.from({ length: 12 }, (_, i) => `reader${i}@mailbox.example,Name ${i},${i % 3 === 0 ? "Paris" : "Lyon"},${i},2026-01-${10 + i}`),
      "late@mailbox.example,Late,Paris,many,soon",
    ];
    await paste(page, world, people.join("\n"));
    await expect(page.getByLabel("Where seats goes").locator("option", { hasText: "Attribute seats (number)" })).toHaveCount(1);
    await expect(page.getByText("“seats”: “many” is not a number such as 42 or 1.5.")).toBeVisible();
    await accessible(page);
    await startImport(page);
    await expect(page.locator(".stat", { hasText: "New contacts" }).locator("strong")).toHaveText("12");
    await expect(page.locator(".stat", { hasText: "Rejected" }).locator("strong")).toHaveText("1");
    await paste(page, world, "email,since\nodd@mailbox.example,some day");
    await startImport(page);
    await goto(page, `${world.base}/contacts/attributes`);
    await expect(page.getByRole("row", { name: /since.*Text.*13/ })).toBeVisible();
    // What another type would mean is said first.
    await page.getByRole("button", { name: "Change the type of since" }).click();
    const dialog = page.getByRole("dialog", { name: "Change the type" });
    await expect(dialog.getByRole("button", { name: "Change the type" })).toBeDisabled();
    await dialog.getByLabel("Type").selectOption("date");
    await expect(dialog.getByText("1 of 13 values would not fit, such as “some day”")).toBeVisible();
    await accessible(page);
    await shot(page, "attribute-kind");
    await dialog.getByRole("button", { name: "Change the type" }).click();
    await expect(page.getByRole("row", { name: /since.*Date/ })).toBeVisible();
    await shot(page, "attributes");

    // --- a contact's form checks by type
    await goto(page, `${world.base}/contacts/new`);
    allow(/status of 40[0-9]/);
    await page.getByLabel("E-mail").fill("new@mailbox.example");
    await page.getByLabel("seats").fill("a few");
    await page.getByLabel("since").fill("2026-03-01");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("“seats”: “a few” is not a number such as 42 or 1.5.")).toBeVisible();
    await accessible(page);
    await page.getByLabel("seats").fill("50");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL("**/contacts/con_*");

    // --- a segment: the count follows what is written
    await goto(page, `${world.base}/contacts/segments`);
    await expect(page.getByText("No segments yet")).toBeVisible();
    await accessible(page);
    await page.getByRole("link", { name: "New segment" }).click();
    await expect(page.getByText("Finish the conditions")).toBeVisible();
    const found = page.locator(".found-count strong");
    await page.getByLabel("Name", { exact: true }).fill("Paris or many seats");
    await page.getByLabel("Value").fill("@mailbox");
    await expect(found).toHaveText("14");
    await page.getByRole("button", { name: "Group", exact: true }).click();
    const inner = page.getByRole("group", { name: "Group" });
    await inner.getByLabel("Field").selectOption("attribute:city");
    await inner.getByLabel("Comparison").selectOption("is");
    await inner.getByLabel("Value").fill("PARIS");
    await expect(found).toHaveText("4");
    await inner.getByRole("button", { name: "Condition", exact: true }).click();
    const second = inner.locator(".condition").nth(1);
    await second.getByLabel("Field").selectOption("attribute:seats");
    await second.getByLabel("Comparison").selectOption("greater");
    await second.getByLabel("Value").fill("10");
    // Paris is 0, 3, 6 and 9; more than ten seats have 11 and the new one.
    await expect(found).toHaveText("6");
    await expect(page.getByRole("link", { name: "reader11@mailbox.example" })).toBeVisible();
    await page.getByLabel("How the group's conditions belong together").selectOption("all");
    await expect(found).toHaveText("0");
    await page.getByLabel("How the group's conditions belong together").selectOption("any");
    await expect(found).toHaveText("6");
    await accessible(page);
    await shot(page, "builder");
    // A mistake is said at its condition.
    await second.getByLabel("Value").fill("x");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(second.getByText("Give a number such as 42 or 1.5.")).toBeVisible();
    await second.getByLabel("Value").fill("10");
    // By the keyboard alone: one more condition, and away with it.
    await inner.getByRole("button", { name: "Condition", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(inner.locator(".condition")).toHaveCount(3);
    await inner.locator(".condition").nth(2).getByRole("button", { name: "Remove this condition" }).focus();
    await page.keyboard.press("Enter");
    await expect(inner.locator(".condition")).toHaveCount(2);
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL("**/contacts/segments/seg_*");
    await expect(page.getByRole("heading", { level: 1, name: "Paris or many seats" })).toBeVisible();
    await page.reload();
    await expect(found).toHaveText("6");

    // --- the list counts it, also when a contact changes elsewhere
    await goto(page, `${world.base}/contacts/segments`);
    await expect(page.getByRole("row", { name: /Paris or many seats.*6/ })).toBeVisible();
    await accessible(page);
    await shot(page, "list");
    // --- its contacts
    await page.getByRole("link", { name: "Show the contacts of Paris or many seats" }).click();
    await page.waitForURL("**/contacts?segment=seg_*");
    await expect(page.getByRole("link", { name: /@mailbox.example/ })).toHaveCount(6);
    await accessible(page);
    await shot(page, "contacts");

    // --- a campaign to it
    await goto(page, `${world.base}/campaigns`);
    await page.getByLabel("A new campaign").fill("To the segment");
    await page.getByRole("button", { name: "Write it" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "To the segment" })).toBeVisible();
    await page.getByLabel("Subject").fill("Hello {{ contact.first_name }}");
    await page.getByLabel("Paris or many seats").check();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Review" }).click();
    await page.waitForURL("**/review");
    await expect(page.getByText("Nothing stops it.")).toBeVisible();
    await expect(page.getByText("6 in the lists and segments")).toBeVisible();
    await page.getByRole("button", { name: "Send now" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send" }).click();
    await expect(page.getByText("Finished", { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.locator(".stat", { hasText: "Accepted" }).locator("strong")).toHaveText("6");
    const [mail] = await world.mail("reader11@mailbox.example");
    expect(mail.subject).toBe("Hello Name 11");
    expect((await (await fetch(`${world.sandbox}/api/messages?to=reader2@mailbox.example`)).json()) as unknown[]).toHaveLength(0);

    // --- who received it can be asked for at once
    await goto(page, `${world.base}/contacts/segments/new`);
    await expect(page.getByText("Finish the conditions")).toBeVisible();
    await page.getByLabel("Field").selectOption("received");
    await page.getByLabel("Campaign", { exact: true }).selectOption({ label: "To the segment" });
    await expect(found).toHaveText("6");
    await page.getByLabel("Comparison").selectOption("never");
    await expect(found).toHaveText("8");

    // --- an attribute goes only by its name, and not while a segment looks at it
    await goto(page, `${world.base}/contacts/attributes`);
    await page.getByRole("button", { name: "Delete since" }).click();
    const end = page.getByRole("dialog", { name: "Delete this attribute" });
    await expect(end.getByRole("button", { name: "Delete the attribute" })).toBeDisabled();
    await end.getByLabel("Its name").fill("since");
    await end.getByRole("button", { name: "Delete the attribute" }).click();
    await expect(page.getByRole("button", { name: "Delete since" })).toHaveCount(0);
    await page.getByRole("button", { name: "Delete seats" }).click();
    await end.getByLabel("Its name").fill("seats");
    await end.getByRole("button", { name: "Delete the attribute" }).click();
    await expect(end.getByText("The segment “Paris or many seats” looks at it.")).toBeVisible();
    await page.keyboard.press("Escape");
    expect(errors).toEqual([]);
  } finally {
    await world.stop();
  }
});
