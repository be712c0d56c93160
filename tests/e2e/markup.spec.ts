// Markup in everything that is displayed: it is shown as the text it is, and nothing runs, moves or is fetched (SEC-34).

import type { Page } from "@playwright/test";
import { RECALL, SEND } from "./acts.ts";
import { Desk, expect, test } from "./desk.ts";
import { PAYLOADS } from "./payloads.ts";
import { PRACTICE, addresses, configuration } from "./stage/addresses.ts";

/** Elements that only a payload can have brought. */
const FOREIGN = "script:not([src]), img, iframe, object, embed, svg script, svg[onload], math, base, marquee, portal, video, audio, form[action*=evil], a[href^=javascript], a[href*=evil], link[href*=evil], [onerror], [onload], [onfocus], [onclick], [ontoggle], [style*=evil]";

/** Everything is there as text, and nothing came of it. */
async function shown({ scene }: Desk, payloads: readonly string[]): Promise<void> {
  await expect(scene.locator(FOREIGN)).toHaveCount(0);
  // What a person reads, with what stands in boxes.
  const text = await scene.evaluate(() => document.body.textContent + [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map((it) => it.value).join("\n"));
  const plain = (said: string) => said.replace(/\s+/g, "");
  for (const payload of payloads) expect(plain(text), payload).toContain(plain(payload));
}

async function nothingHappened(page: Page): Promise<void> {
  const frames = page.frames();
  for (const frame of frames) expect(await frame.evaluate(() => (window as any).struck)).toBeUndefined();
  // In a portal, its page and the desk; else the desk alone.
  const { portal, page: own } = addresses();
  const origins = frames.map((frame) => new URL(frame.url()).origin);
  expect(origins).toEqual(origins[0] === portal ? [portal, own] : [own]);
}

/** A desk in the frame of a portal that speaks the contract by itself: `say` posts anything, `told` is what the desk has said. */
async function framed({ page, watch, words }: Desk, place: string, init: object): Promise<Desk> {
  const { portal, page: own } = addresses();
  watch.expects(new RegExp(`^a call to a stranger: ${portal}/`));
  await page.goto(`${portal}/host/`);
  await page.evaluate(async ({ src, init }) => {
    const portal = window as any;
    portal.told = [];
    const text = (more: object) => JSON.stringify({ ns: "message-desk", v: [1, 0], ...more });
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => portal.told.push(JSON.parse(data));
    portal.say = (more: object) => port1.postMessage(text(more));
    const frame = Object.assign(document.createElement("iframe"), { title: "desk", src, width: "1100", height: "800" });
    addEventListener("message", ({ data }) => frame.contentWindow!.postMessage(text({ type: "init", nonce: JSON.parse(data).nonce, ...init }), "*", [port2]), { once: true });
    document.body.append(frame);
  }, { src: `${own}/#/${place}`, init });
  await expect(page.frameLocator("iframe").locator("section.where.practice")).toBeVisible();
  return new Desk(page, watch, words.language, page.frames()[1]!);
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

test("as the desk's own title, in both languages", async ({ desk, page }) => {
  const title = { "zh-CN": PAYLOADS.join(" "), en: PAYLOADS.toReversed().join(" ") };
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...(configuration(addresses()) as object), title } }));
  await desk.open(RECALL.operation);
  for (const words of [title["zh-CN"], title.en]) {
    await expect(page).toHaveTitle(words);
    await expect(page.locator("header.bar strong")).toHaveText(words);
    await shown(desk, PAYLOADS);
    await page.locator("#switch-language").click();
  }
});

test("in what a portal says: texts to fill in, pages, looks, and words nobody asked for", async ({ desk: alone, page }) => {
  const whole = PAYLOADS.join(" ");
  const more = { reason: whole, title: whole, message: whole, about: whole };
  const desk = await framed(alone, SEND.operation, { ...more, prefill: { operation: SEND.operation, values: { "message.text": whole } }, approves: true });
  const say = async (...said: object[]) => await page.evaluate((said) => said.forEach((it) => (window as any).say(it)), said);
  await expect(desk.control("message.text")).toHaveValue(whole);
  await desk.go(RECALL.operation);
  for (const payload of PAYLOADS) {
    await say({ type: "prefill", prefill: { operation: RECALL.operation, values: { description: payload, "conversation_id.sender_id": payload } }, ...more });
    await expect(desk.control("description")).toHaveValue(payload);
    await expect(desk.scene.locator(FOREIGN), payload).toHaveCount(0);
  }
  // What it finds wrong with them says them again.
  await desk.submit();
  await shown(desk, [PAYLOADS.at(-1)!]);
  // Names, pages and looks that are none are refused; the answers say so, a hundred at most.
  for (const payload of PAYLOADS.slice(0, 12)) {
    await say(
      { type: "prefill", prefill: { operation: payload, values: {} } },
      { type: "prefill", prefill: { operation: RECALL.operation, values: { [payload]: payload } } },
      { type: "navigate", to: payload }, { type: "navigate", to: `#/${payload}` }, { type: "locale", locale: payload },
      { type: "theme", theme: { look: payload, colours: { accent: payload } } }, { type: payload }, { type: "focus", ...more },
    );
  }
  const refused = () => page.evaluate(() => (window as any).told.filter(({ type }: any) => type === "error").length);
  await expect.poll(refused, "each but the last of the eight").toBeGreaterThanOrEqual(12 * 6);
  await shown(desk, []);
  expect(await desk.scene.evaluate(() => document.documentElement.outerHTML), "no word of it that nobody asked for").not.toContain(PAYLOADS[0]);
  await desk.scene.evaluate(() => ((window as any).before = true));
  await say({ type: "lock", ...more });
  await desk.scene.waitForFunction(() => !(window as any).before && document.body.textContent);
  await shown(desk, []);
});

test("as a second person's reason, which has no place: the desk says its own words", async ({ desk: alone, cloud, page }) => {
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...(configuration(addresses()) as object), approval: 1 } }));
  const desk = await framed(alone, RECALL.operation, { approves: true });
  await desk.fill(await RECALL.values(cloud));
  await desk.submit();
  await expect(desk.scene.locator("[data-approval]")).toHaveAttribute("data-approval", "waits");
  await page.evaluate((payloads) => {
    const { told, say } = window as any;
    const { digest } = told.find(({ type }: any) => type === "approve");
    // Also as another digest, and as an answer that is neither yes nor no: the first good one counts.
    for (const payload of payloads) say({ type: "approval", digest: payload, approved: payload, reason: payload });
    say({ type: "approval", digest, approved: false, reason: payloads.join(" "), title: payloads.join(" ") });
  }, PAYLOADS);
  await expect(desk.scene.locator("[data-approval]")).toHaveText("第二个人没有同意，不会发出。");
  await shown(desk, []);
  expect(await desk.scene.evaluate(() => document.documentElement.outerHTML)).not.toContain("evil.example");
});
