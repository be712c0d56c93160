// Markup in everything that is displayed: it is shown as the text it is, and nothing runs, moves or is fetched (SEC-34).

import type { Page } from "@playwright/test";
import { RECALL, SEND } from "./acts.ts";
import { type Desk, expect, test } from "./desk.ts";
import { PAYLOADS } from "./payloads.ts";
import { PRACTICE, addresses } from "./stage/addresses.ts";

/** Elements that only a payload can have brought. */
const FOREIGN = "script:not([src]), img, iframe, object, embed, svg script, svg[onload], math, base, marquee, portal, video, audio, form[action*=evil], a[href^=javascript], a[href*=evil], link[href*=evil], [onerror], [onload], [onfocus], [onclick], [ontoggle], [style*=evil]";

/** Everything is there as text, and nothing came of it. */
async function shown({ page }: Desk, payloads: readonly string[]): Promise<void> {
  await expect(page.locator(FOREIGN)).toHaveCount(0);
  // What a person reads, with what stands in boxes.
  const text = await page.evaluate(() => document.body.textContent + [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map((it) => it.value).join("\n"));
  const plain = (said: string) => said.replace(/\s+/g, "");
  for (const payload of payloads) expect(plain(text), payload).toContain(plain(payload));
}

async function nothingHappened(page: Page): Promise<void> {
  expect(await page.evaluate(() => (window as any).struck)).toBeUndefined();
  expect(new URL(page.url()).origin).toBe(addresses().page);
  expect(page.frames()).toHaveLength(1);
}

test.use({ locale: "zh-CN" });

test.beforeEach(async ({ page, context }) => {
  page.on("dialog", (dialog) => {
    throw new Error(`a dialog: ${dialog.message()}`);
  });
  context.on("page", () => {
    throw new Error("another page was opened");
  });
});

test.afterEach(async ({ page }) => nothingHappened(page));

test("as names of ready-made connections, and in a configuration that is refused", async ({ desk, page }) => {
  expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(50);
  let config: unknown = {
    connections: PAYLOADS.map((name) => ({ name, vendor: "yunxin", practice: true, endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: "x", proxy: "proxy/sandbox{path}{query}" })),
  };
  await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: JSON.stringify(config) }));
  await desk.open("connection");
  await shown(desk, PAYLOADS);
  await page.getByRole("button", { name: PAYLOADS[12]! }).first().click();
  await expect(page.locator("section.where")).toContainText(PAYLOADS[12]!);
  config = { [PAYLOADS[0]!]: PAYLOADS[12] };
  await page.reload();
  await expect(page.getByRole("alert")).toContainText(PAYLOADS[0]!);
  await shown(desk, [PAYLOADS[0]!]);
});

test("as message bodies that were found, with the original beside the new", async ({ desk, cloud, page }) => {
  for (const text of PAYLOADS) await cloud.plant({ sender_id: "zhangsan", receiver_id: "lisi", conversation_type: 1, text });
  await desk.open("yunxin.find_history");
  await desk.fill({ "conversation_id.sender_id": "zhangsan", "conversation_id.conversation_type": "1", "conversation_id.receiver_id": "lisi", limit: "100" });
  await desk.submit();
  await expect(page.locator("tr[data-message]").first()).toBeVisible();
  await shown(desk, PAYLOADS);
  const row = page.locator("tr[data-message]").filter({ has: page.getByText(PAYLOADS[12]!, { exact: true }) });
  await row.first().locator('[data-act="yunxin.modify"] button').click();
  await expect(page.locator("#original-text")).toHaveText(PAYLOADS[12]!);
});

test("as a vendor's reasons and as an answer of something else", async ({ desk, cloud, page }) => {
  await desk.open(RECALL.operation);
  const whole = PAYLOADS.join(" | ");
  for (const fault of [{ kind: "vendor_code", code: 99_999, msg: whole }, { kind: "status", code: 502, body: whole, content_type: "text/html" }]) {
    await desk.fill(await RECALL.values(cloud));
    await cloud.faults(fault);
    if (fault.kind === "status") desk.watch.expects(/Failed to load resource/);
    await desk.submit();
    await desk.confirm();
    await expect(desk.result).toHaveAttribute("data-verdict", /unknown|refused/);
    await desk.result.locator("summary").click();
    await shown(desk, PAYLOADS);
  }
  await desk.go("record");
  await shown(desk, []);
});

test("in what is pasted, and in what is typed", async ({ desk, cloud, page }) => {
  await desk.open("paste");
  const callback = (text: string, at: number) =>
    JSON.stringify({ eventType: "1", convType: "PERSON", fromAccount: "zhangsan", to: "lisi", msgidServer: `1588445533343580${10 + at}`, msgTimestamp: String(Date.now()), msgType: "TEXT", body: text, fromNick: text });
  await page.locator("#paste-text").fill(PAYLOADS.map(callback).join("\n"));
  await page.locator("#paste-read").click();
  await expect(page.locator("tr[data-message]").first()).toBeVisible();
  await shown(desk, PAYLOADS);
  await desk.go(SEND.operation);
  await desk.fill({ ...(await SEND.values(cloud)), "message.text": PAYLOADS.join("\n").slice(0, 4900) });
  await shown(desk, PAYLOADS.slice(0, 30));
});

test("as headings and cells of a list, as a file's name, and in a job's results", async ({ desk, page }) => {
  await desk.open();
  await desk.go(`jobs/new/${SEND.operation}`);
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = PAYLOADS.map((payload, at) => `user${at},${cell(payload)}`);
  for (const [name, text, says] of [
    [`${PAYLOADS[12]}.csv`, `${cell(PAYLOADS[0]!)},${cell(PAYLOADS[12]!)}\r\n${rows.join("\r\n")}`, [PAYLOADS[0]!, PAYLOADS[12]!]],
    ["list.csv", `接收人\r\n${PAYLOADS.map(cell).join("\r\n")}`, []],
  ] as const) {
    await page.locator("#list-file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
    await expect(page.locator("#list-rows")).toBeVisible();
    await shown(desk, says);
    await desk.fill({ sender_id: "admin", "message.message_type": "0", "message.text": "x" });
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan, #troubles").first()).toBeVisible();
    await shown(desk, []);
  }
});
