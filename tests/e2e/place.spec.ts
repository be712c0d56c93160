// What config.json says of a place: its title and language, the parts it offers, and connections that nobody changes.

import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "@playwright/test";
import { RECALL } from "./acts.ts";
import { overheard } from "./canary.ts";
import type { Cloud } from "./cloud.ts";
import { Desk, expect, test } from "./desk.ts";
import { ends, make, people, start } from "./running.ts";
import { PRACTICE, addresses, configuration } from "./stage/addresses.ts";
import { FAILED_CALL } from "./watch.ts";

test.use({ locale: "zh-CN" });

/** A connection as somebody types it in. */
const TYPED = { endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret, proxy: "./proxy/sandbox{path}{query}" };

/** Confirms the recall that stands in the form: with a connection that was typed in, the count is asked for. */
async function confirmed(desk: Desk): Promise<void> {
  await desk.submit();
  await desk.dialog.locator("#confirm-count").fill("1");
  await desk.confirm();
}

/** Recalls a message, and expects that nothing leaves. */
async function isKeptBack(desk: Desk, cloud: Cloud): Promise<void> {
  await desk.go(RECALL.operation);
  await desk.fill(await RECALL.values(cloud));
  await confirmed(desk);
  await expect(desk.result).toHaveAttribute("data-verdict", "not_sent");
  await expect(desk.result).toContainText("本页现在不发出任何请求");
}

test("title, language and parts are those of the place", async ({ desk, page }) => {
  const own = { title: { "zh-CN": "社区消息", en: "Community desk" }, language: "en", features: { jobs: false, paste: false } };
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...(configuration(addresses()) as object), ...own } }));
  await page.goto(`${addresses().page}/#/yunxin.recall`);
  await expect(page).toHaveTitle("Community desk");
  await expect(page.locator("header.bar strong")).toHaveText("Community desk");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.locator("#switch-language").click();
  await expect(page).toHaveTitle("社区消息");
  await expect(page.locator("#from-list")).toHaveCount(0);
  for (const part of ["jobs", "jobs/new/yunxin.recall", "paste"]) {
    await expect(page.locator(`nav a[href="#/${part}"]`)).toHaveCount(0);
    await desk.go(part);
    await expect(page.locator("#page-title")).toHaveText(desk.words.notFound);
  }
});

test("locked, only the listed connections can be used, and only their secret is typed", async ({ desk, cloud, page }) => {
  const production = {
    name: "正式", vendor: "yunxin", endpoint: "https://sandbox.invalid/yunxin", app_key: PRACTICE.appKey, proxy: "proxy/sandbox{path}{query}",
  };
  await page.route("**/config.json", (route) => route.fulfill({ json: { locked: true, connections: [production] } }));
  await page.goto(`${addresses().page}/#/connection`);
  const form = page.locator("form[data-connection]");
  const controls = () => form.locator("input, select, textarea").evaluateAll((all) => all.map((it) => (it as HTMLInputElement).name));
  await expect.poll(controls).toEqual(["app_secret"]);
  // Nothing is chosen yet: a secret alone opens nothing.
  await desk.control("app_secret").fill(PRACTICE.appSecret);
  await desk.submit();
  await expect(page.locator("#connection-problems")).toContainText("先在“现成的连接”里选一个");
  await expect(page.locator("section.where")).toContainText(desk.words.notConnected);
  await page.getByRole("button", { name: "正式" }).click();
  await expect.poll(controls).toEqual(["app_secret"]);
  await desk.axe();
  await desk.control("app_secret").fill(PRACTICE.appSecret);
  await desk.submit();
  await expect(page.locator("#test-finding")).toContainText(desk.words.connected);
  await expect(page.getByRole("region", { name: "当前连接" })).toContainText("生产环境");
  await desk.go(RECALL.operation);
  await desk.fill(await RECALL.values(cloud));
  await desk.submit();
  await expect(desk.dialog).toContainText("真实用户");
});

test("while config.json is wrong it says so by key, value and fix, and nothing is sent", async ({ desk, cloud, page }) => {
  await page.route("**/config.json", (route) => route.fulfill({ json: { caps: { recipients: 0 }, connections: [] } }));
  await page.goto(`${addresses().page}/#/connection`);
  const told = page.getByRole("alert").first();
  await expect(told).toContainText("请让部署人员修改：config.json 的 caps.recipients 现在是：0；应当是：1 到 10000000 之间的整数。");
  await page.locator("#switch-language").click();
  await expect(told).toContainText("ask whoever deployed the desk: config.json: caps.recipients is 0 and must be a whole number from 1 to 10000000");
  await page.locator("#switch-language").click();
  // Not the connection's fault, whatever it is tried for.
  await desk.fill(TYPED);
  await page.locator("#test-connection").click();
  await expect(desk.finding).toHaveAttribute("data-finding", "shut");
  await expect(desk.finding).toContainText("与这个连接无关");
  await expect(page.locator("#test-steps")).toContainText("没有发出");
  await desk.submit();
  await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
  await isKeptBack(desk, cloud);
  expect(await cloud.requests()).toEqual([]);
  expect(await cloud.effects()).toEqual([]);
});

test("while the sentences for a wrong config.json are on their way, its key is said", async ({ page, desk }) => {
  desk.watch.expects(FAILED_CALL, /Error: 503 http/);
  await page.route(/\/connecting-[^/]*\.wasm$/, (route) => route.fulfill({ status: 503, body: "" }));
  await page.route("**/config.json", (route) => route.fulfill({ json: { locked: "yes", connections: [] } }));
  await page.goto(`${addresses().page}/#/yunxin.recall`);
  await expect(page.getByRole("alert").first()).toHaveText("config.json 有误，改好之前什么都不会发出。请让部署人员修改：locked");
});

test("while config.json cannot be read it says what came and the fix, and nothing is sent before it was read", async ({ desk, cloud, page }) => {
  desk.watch.expects(FAILED_CALL);
  let broken = true;
  await page.route("**/config.json", (route) => route.fulfill(broken ? { status: 500, body: "no" } : { json: { connections: [] } }));
  await page.goto(`${addresses().page}/#/connection`);
  const told = page.getByRole("alert").first();
  await expect(told).toContainText("没有读到 config.json（HTTP 500）");
  await expect(told).toContainText("内容为 {} 的文件");
  await desk.axe();
  await desk.fill(TYPED);
  await desk.submit();
  await isKeptBack(desk, cloud);
  expect(await cloud.requests()).toEqual([]);
  await page.locator("#read-config").click();
  await expect(told).toContainText("没有读到 config.json");
  broken = false;
  await page.locator("#read-config").click();
  await expect(page.locator("#read-config")).toHaveCount(0);
  await confirmed(desk);
  await desk.concludes("accepted");
});

for (const [which, json] of Object.entries({
  "that is locked": { locked: true, connections: [] },
  "that names other proxies": { proxies: ["proxy/{host}{path}{query}"], connections: [] },
})) {
  test(`a connection that was typed before config.json was read is in use no longer under one ${which}`, async ({ desk, page }) => {
    desk.watch.expects(FAILED_CALL);
    let broken = true;
    await page.route("**/config.json", (route) => route.fulfill(broken ? { status: 500, body: "no" } : { json }));
    await page.goto(`${addresses().page}/#/connection`);
    await desk.fill(TYPED);
    await desk.submit();
    await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
    broken = false;
    await page.locator("#read-config").click();
    await expect(page.locator("section.where")).toContainText(desk.words.notConnected);
    await desk.submit();
    await expect(page.locator("#connection-problems, [data-rule].problem").filter({ visible: true }).first()).not.toBeEmpty();
    await expect(page.locator("section.where")).toContainText(desk.words.notConnected);
  });
}

test("until config.json was read nothing is sent; once its server says that there is none, calls leave", async ({ desk, cloud, page }) => {
  desk.watch.expects(FAILED_CALL);
  let release = () => {};
  const held = new Promise<void>((soon) => (release = soon));
  await page.route("**/config.json", async (route) => {
    await held;
    await route.fulfill({ status: 404, body: "" });
  });
  await page.goto(`${addresses().page}/#/connection`);
  await desk.fill(TYPED);
  await page.locator("#test-connection").click();
  await expect(desk.finding).toHaveAttribute("data-finding", "shut");
  expect(await cloud.requests()).toEqual([]);
  const answered = page.waitForResponse("**/config.json");
  release();
  await answered;
  await expect(async () => {
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "ready", { timeout: 3_000 });
  }).toPass();
  // Nothing typed is lost; the secret leaves its field by itself.
  for (const name of ["endpoint", "app_key", "proxy"] as const) await expect(desk.control(name)).toHaveValue(TYPED[name]);
});

test("a portal's handshake does not open what a wrong configuration shut", async ({ desk: alone, cloud, page }) => {
  const wrong = { name: "正式", vendor: "tencent", endpoint: "https://console.tim.qq.com", sdkapid: "1400000001" };
  const { connections, ...rest } = configuration(addresses()) as { connections: unknown[] };
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...rest, connections: [...connections, wrong] } }));
  // What only Tencent can find wrong is found after the greeting, and before its answer.
  let release = () => {};
  const held = new Promise<void>((soon) => (release = soon));
  await page.route(/tencent[^/]*\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  const desk = await overheard(alone, "tencent.recall_c2c", async (greeted) => {
    await greeted();
    release();
    await expect(page.frameLocator("iframe").getByRole("alert")).toContainText("config.json 里没有 connections[3].sdkapid 这个键");
  });
  await expect(desk.scene.locator("section.where")).toContainText(desk.words.notConnected);
  await desk.go("connection");
  await desk.vendor("yunxin");
  await desk.fill(TYPED);
  await desk.scene.locator("#test-connection").click();
  await expect(desk.finding).toHaveAttribute("data-finding", "shut");
  await desk.submit();
  await isKeptBack(desk, cloud);
  expect(await cloud.requests()).toEqual([]);
});

test("what config.json forbids after a job was made holds when it is to run, here and where it is handed over to", async ({ desk, cloud, page, browser }) => {
  let place: object = {};
  const route = (on: Page | BrowserContext) =>
    on.route("**/config.json", (route) => route.fulfill({ json: { ...(configuration(addresses()) as object), ...place } }));
  await route(page);
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(4).join("\n"), each: 1 });
  const held = async (at: Desk, rule: string, says: string) => {
    await at.page.locator("#job-start").click();
    await expect(at.page.locator(`#job-forbidden [data-rule=${rule}]`)).toContainText(says);
    await expect(at.dialog).toHaveCount(0);
    await expect(at.page.locator("#job")).toHaveAttribute("data-phase", "checked");
  };
  place = { protected: ["USER0002"] };
  await page.reload();
  await held(desk, "PROTECTED", "1 行：2");
  await expect(page.locator("#job")).toContainText("用它另建任务");
  await desk.axe();
  place = { caps: { recipients: 3 } };
  await page.reload();
  await held(desk, "CAP", "共 4 个，此处的设置最多允许 3 个");
  await page.locator("#job-hand-over").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-hand-over").click()]);
  const buffer = readFileSync((await download.path())!);

  // A file says nothing of what the place allows that it is read in.
  place = { protected: ["user000*"] };
  const elsewhere = await browser.newContext({ locale: "zh-CN" });
  await route(elsewhere);
  const other = new Desk(await elsewhere.newPage(), desk.watch, "zh-CN");
  await other.page.goto(`${addresses().page}/#/jobs`);
  await expect(other.page.locator("section.where")).not.toContainText(desk.words.notConnected);
  await other.page.locator("#job-import").setInputFiles({ name: "x.job.json", mimeType: "application/json", buffer });
  await held(other, "PROTECTED", "4 行：1, 2, 3, 4");
  expect(await cloud.requests("yunxin.batch_send")).toEqual([]);

  // A pace that is lower than the job's own is kept: one request a second.
  place = { caps: { per_minute: 60 } };
  await other.page.reload();
  await start(other, 4);
  await ends(other, "running", { sent: 1 });
  await ends(other, "done", { sent: 4 });
  const left = (await cloud.requests("yunxin.batch_send")).map((request) => request.at);
  expect(Math.max(...left) - Math.min(...left)).toBeGreaterThan(2_500);
  await elsewhere.close();
});
