// One job, several pages and browsers: watched live, taken over, handed over, kept.

import { readFileSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";
import { Desk, expect, test } from "./desk.ts";
import { ask, ends, make, people, start, stored } from "./running.ts";
import { addresses } from "./stage/addresses.ts";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud }) => {
  await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
});

async function second(context: BrowserContext, desk: Desk, place: string): Promise<Desk> {
  const other = new Desk(await context.newPage(), desk.watch, "zh-CN");
  await other.page.goto(`${addresses().page}/${place}`);
  await expect(other.page.locator("#job")).toBeVisible();
  await expect(other.page.locator("section.where")).not.toContainText(desk.words.notConnected);
  return other;
}

test("a second page watches live what the first does, and takes over only when that is gone", async ({ desk, cloud, context, page }) => {
  await desk.open();
  const place = await make(desk, "yunxin.batch_send", { list: people(60).join("\n"), each: 2 });
  const other = await second(context, desk, place);
  const watched = other.page.locator("#job");
  await expect(watched).toHaveAttribute("data-phase", "elsewhere");
  // Nobody runs it yet, and that is not said either.
  await expect(other.page.locator("#job-phase")).toContainText("没有在执行");
  await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 300, times: 30 });
  await page.bringToFront();
  await start(desk, 60);
  // What it sees grows while the other page works.
  await expect.poll(async () => Number(await watched.getAttribute("data-sent"))).toBeGreaterThan(3);
  await expect(other.page.locator("#job-phase")).toContainText("进行中");
  await expect(other.page.locator("#job-open")).toHaveCount(0);
  await expect(other.page.locator("#job-pause")).toHaveCount(0);
  await page.locator("#job-pause").click();
  await ends(desk, "paused", { sending: 0 });
  await expect(other.page.locator("#job-phase")).toContainText("已暂停");
  const sent = await page.locator("#job").getAttribute("data-sent");
  await expect(watched).toHaveAttribute("data-sent", sent!);
  await page.close();
  await other.page.locator("#job-open").click();
  await ends(other, "paused", {});
  await other.page.locator("#job-resume").click();
  await ends(other, "done", { sent: 60 });
  expect((await stored(cloud)).sort()).toEqual(people(60));
});

test("a page that crashes frees its job at once, and what it had out is unknown", async ({ desk, cloud, context, page }) => {
  await desk.open();
  // Slow enough that one request is out at a time.
  const pace = { requests: "590", items: "600000" };
  const place = await make(desk, "yunxin.batch_send", { list: people(20).join("\n"), each: 2, pace });
  const other = await second(context, desk, place);
  await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 1_500, times: 3 });
  await page.bringToFront();
  await start(desk, 20);
  await expect(page.locator("#job")).toHaveAttribute("data-sending", "2");
  const session = await context.newCDPSession(page);
  // The crash ends the connection that would answer.
  await Promise.race([session.send("Page.crash").catch(() => undefined), new Promise((done) => setTimeout(done, 500))]);
  await other.page.bringToFront();
  await expect(other.page.locator("#job-open")).toBeVisible();
  // The list of jobs does not call under way what nobody waits for.
  await other.go("jobs");
  await expect(other.page.locator("#jobs > li")).toContainText("未知 2，人工认定 0，途中 0");
  await expect(other.page.locator("#jobs .pill")).toHaveText("有未知");
  await other.page.locator("#jobs > li a").click();
  await ends(other, "paused", { unknown: 2 });
  await other.page.locator("#job-resume").click();
  await ends(other, "failures", { sent: 18, unknown: 2 });
  const got = await stored(cloud);
  expect(new Set(got).size).toBe(got.length);
});

test("leaving the page of a job that rests lets another page open it", async ({ desk, context }) => {
  await desk.open();
  const place = await make(desk, "yunxin.batch_send", { list: people(4).join("\n") });
  const other = await second(context, desk, place);
  await expect(other.page.locator("#job")).toHaveAttribute("data-phase", "elsewhere");
  await desk.go("jobs");
  await other.page.locator("#job-open").click();
  await expect(other.page.locator("#job")).toHaveAttribute("data-phase", "checked");
});

test("a job that another page only has open is opened here, and there it is watched from then on", async ({ desk, cloud, context, page }) => {
  await desk.open();
  const place = await make(desk, "yunxin.batch_send", { list: people(4).join("\n") });
  const other = await second(context, desk, place);
  await other.page.locator("#job-open").click();
  await ends(other, "checked", {});
  await ends(desk, "elsewhere", {});
  await expect(page.locator("#job-start")).toHaveCount(0);
  await start(other, 4);
  await ends(other, "done", { sent: 4 });
  await expect(page.locator("#job")).toHaveAttribute("data-sent", "4");
  expect((await stored(cloud)).sort()).toEqual(people(4));
});

test("who goes and comes back at once, even before the job was read, has it", async ({ desk, page }) => {
  await desk.open();
  const place = await make(desk, "yunxin.batch_send", { list: people(4).join("\n") });
  for (const pause of [0, 1, 5, 20, 60, 150, 300]) {
    await page.evaluate(
      async ({ place, pause }) => {
        const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
        for (let times = 0; times < 4; times += 1) {
          location.hash = "#/jobs";
          await wait(pause);
          location.hash = place;
          await wait(pause);
        }
      },
      { place, pause },
    );
    await ends(desk, "checked", { planned: 4 });
  }
  // One that is read while nobody waits for it any more is let go of.
  await page.evaluate((place) => {
    location.hash = place;
    setTimeout(() => (location.hash = "#/jobs"), 1);
  }, place);
  await expect(page.locator("#jobs > li")).toHaveCount(1);
  await expect.poll(() => page.evaluate(async () => (await navigator.locks.query()).held!.length)).toBe(0);
});

test("a job that asks after its canary is opened in another page, asks there, and goes on there", async ({ desk, cloud, context }) => {
  await desk.open();
  const place = await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), canary: 2 });
  await start(desk, 6);
  await ends(desk, "asking", { sent: 2, planned: 4 });
  const other = await second(context, desk, place);
  await ends(other, "elsewhere", { sent: 2, planned: 4 });
  await other.page.locator("#job-open").click();
  await ends(other, "asking", { sent: 2, planned: 4 });
  await ends(desk, "elsewhere", {});
  await other.page.locator("#job-approve").click();
  await ends(other, "done", { sent: 6 });
  await ends(desk, "elsewhere", { sent: 6 });
  expect((await stored(cloud)).sort()).toEqual(people(6));
});

test("what is being confirmed, or counts down, is called off when another page takes the job", async ({ desk, cloud, context, page }) => {
  await desk.open();
  const place = await make(desk, "yunxin.batch_send", { list: people(4).join("\n") });
  const other = await second(context, desk, place);
  await page.bringToFront();
  await ask(desk, 4);
  await other.page.locator("#job-open").click();
  await ends(other, "checked", {});
  await expect(desk.dialog).toHaveCount(0);
  await page.locator("#job-open").click();
  await ends(desk, "checked", {});
  await ask(desk, 4);
  await desk.agree();
  await expect(page.locator("#take-back")).toBeVisible();
  await other.page.locator("#job-open").click();
  await ends(other, "checked", {});
  await expect(page.locator("#take-back")).toHaveCount(0);
  await page.waitForTimeout(6_000);
  await ends(other, "checked", { planned: 4 });
  expect(await stored(cloud)).toEqual([]);
});

test("without locks a lease keeps a second page away, which says so", async ({ desk, cloud, context, page }) => {
  test.setTimeout(60_000);
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined }));
  await desk.open();
  const place = await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 2 });
  await expect(page.getByText("没有页面之间的锁")).toBeVisible();
  const other = await second(context, desk, place);
  await ends(other, "elsewhere", {});
  await page.bringToFront();
  // Longer than a lease: it is prolonged.
  await page.waitForTimeout(11_000);
  await start(desk, 6);
  await ends(desk, "done", { sent: 6 });
  await expect(other.page.locator("#job")).toHaveAttribute("data-sent", "6");
  await page.close();
  await other.page.bringToFront();
  await expect(other.page.locator("#job-phase")).toContainText("没有页面开着", { timeout: 20_000 });
  await other.page.locator("#job-open").click();
  await ends(other, "done", { sent: 6 });
  expect((await stored(cloud)).sort()).toEqual(people(6));
});

for (const locks of ["with locks", "without locks"]) {
  test(`${locks} two jobs do not go through one connection at once`, async ({ desk, cloud, context, page }) => {
    test.setTimeout(120_000);
    if (locks === "without locks") await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined }));
    await desk.open();
    const other = new Desk(await context.newPage(), desk.watch, "zh-CN");
    await other.open();
    await make(other, "yunxin.batch_send", { list: people(2).join("\n") });
    await page.bringToFront();
    // It goes on for longer than a lease lasts.
    await make(desk, "yunxin.batch_send", { list: people(90).join("\n"), each: 1, pace: { requests: "120", items: "120" } });
    await start(desk, 90);
    await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
    await other.page.bringToFront();
    const refused = async () => {
      await start(other, 2);
      await expect(other.page.getByRole("alert")).toContainText("正有另一个任务");
      await ends(other, "checked", { sent: 0 });
    };
    await refused();
    if (locks === "without locks") {
      await other.page.waitForTimeout(11_000);
      await refused();
    }
    // One that rests lets go of it at once.
    await page.bringToFront();
    await page.locator("#job-pause").click();
    await ends(desk, "paused", { sending: 0 });
    await other.page.bringToFront();
    await start(other, 2);
    await ends(other, "done", { sent: 2 });
  });
}

test("two jobs of one app do not run at once, though each has a proxy of its own", async ({ desk, cloud, context, page }) => {
  test.setTimeout(90_000);
  await desk.connect("same-origin");
  const other = new Desk(await context.newPage(), desk.watch, "zh-CN");
  await other.connect("cross-origin");
  await make(other, "yunxin.batch_send", { list: people(2).join("\n") });
  await page.bringToFront();
  await make(desk, "yunxin.batch_send", { list: people(90).join("\n"), each: 1, pace: { requests: "120", items: "120" } });
  await start(desk, 90);
  await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
  await other.page.bringToFront();
  await start(other, 2);
  await expect(other.page.getByRole("alert")).toContainText("这个应用正有另一个任务");
  await ends(other, "checked", { sent: 0 });
  await page.bringToFront();
  await page.locator("#job-pause").click();
  await ends(desk, "paused", { sending: 0 });
  const sent = await stored(cloud);
  // Each goes through its own connection all the same.
  await other.page.bringToFront();
  await Promise.all([other.page.waitForRequest((request) => request.url().startsWith(`${addresses().relay}/`)), start(other, 2)]);
  await ends(other, "done", { sent: 2 });
  expect((await stored(cloud)).slice(sent.length).sort()).toEqual(people(2));
});

test("a job goes on in another browser: nothing twice, unknown stays unknown, and here it is over", async ({ desk, cloud, browser, page }) => {
  desk.watch.expects(/Failed to load resource/);
  await desk.open();
  const list = people(40);
  await make(desk, "yunxin.batch_send", { list: list.join("\n"), each: 4, pace: { requests: "590", items: "600000" } });
  const late = { on: "yunxin.batch_send", kind: "delay", ms: 80, times: 2 };
  await cloud.faults(late, { on: "yunxin.batch_send", kind: "cut_after" }, { ...late, ms: 700 });
  await start(desk, 40);
  await expect(page.locator("#job")).toHaveAttribute("data-unknown", "4");
  await page.locator("#job-pause").click();
  await ends(desk, "paused", { sending: 0, unknown: 4 });
  await page.locator("#job-hand-over").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-hand-over").click()]);
  await ends(desk, "handed_over", {});
  await expect(page.locator("#job-resume")).toHaveCount(0);
  await desk.axe();
  const bytes = readFileSync((await download.path())!);
  expect(bytes.toString()).not.toContain("practice-secret");
  await page.reload();
  await ends(desk, "handed_over", {});

  const elsewhere = await browser.newContext({ locale: "zh-CN" });
  const other = new Desk(await elsewhere.newPage(), desk.watch, "zh-CN");
  await other.page.goto(`${addresses().page}/#/jobs`);
  await expect(other.page.locator("section.where")).not.toContainText(desk.words.notConnected);
  await other.axe();
  const file = (buffer: Buffer) => ({ name: "x.job.json", mimeType: "application/json", buffer });
  await other.page.locator("#job-import").setInputFiles(file(Buffer.from("{}")));
  await expect(other.page.getByRole("alert")).toContainText("不是任务文件");
  await other.page.locator("#job-import").setInputFiles(file(bytes));
  await ends(other, "paused", { unknown: 4 });
  // The list of jobs says so as well, and not what the head of the file said.
  const sent = await other.page.locator("#job").getAttribute("data-sent");
  expect(Number(sent)).toBeGreaterThan(0);
  await other.go("jobs");
  await other.page.reload();
  await expect(other.page.locator("#jobs > li")).toContainText(`成功 ${sent}，失败 0，未知 4`);
  await other.page.locator("#jobs a").first().click();
  await ends(other, "paused", { unknown: 4 });
  await other.page.locator("#job-resume").click();
  await ends(other, "failures", { sent: 36, unknown: 4 });
  expect((await stored(cloud)).sort()).toEqual(list);
  // And not a second time into the same browser.
  await other.go("jobs");
  await other.page.locator("#job-import").setInputFiles(file(bytes));
  await expect(other.page.getByRole("alert")).toContainText("已经在这个浏览器里");
  await elsewhere.close();
});

test("site data wiped in the middle: the job pauses, nothing leaves, and what is known can be saved", async ({ desk, cloud, page }) => {
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(60).join("\n"), each: 2 });
  await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 60, times: 30 });
  await start(desk, 60);
  await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: addresses().page, storageTypes: "indexeddb" });
  await ends(desk, "paused", {});
  const before = (await cloud.requests("yunxin.batch_send")).length;
  await page.waitForTimeout(400);
  expect(await cloud.requests("yunxin.batch_send")).toHaveLength(before);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-csv").click()]);
  const csv = readFileSync((await download.path())!, "utf8");
  const got = await stored(cloud);
  expect(got.length).toBeGreaterThan(0);
  for (const receiver of got) expect(csv).toMatch(new RegExp(`${receiver},(sent|unknown)`));
  expect(csv).toContain(",planned,");
});

test("old jobs that wait for a person are kept and named; ended ones go; the rest is found by a word", async ({ desk, page }) => {
  await desk.open();
  for (const count of [1, 2, 3]) await make(desk, "yunxin.batch_send", { list: people(count).join("\n") });
  await start(desk, 3);
  await ends(desk, "done", { sent: 3 });
  await desk.go("jobs");
  await expect(page.locator("#jobs > li")).toHaveCount(3);
  // All of them were made forty days ago.
  await page.evaluate(async () => {
    const open = indexedDB.open("message-desk");
    await new Promise((done) => (open.onsuccess = done));
    const heads = open.result.transaction("heads", "readwrite").objectStore("heads");
    const all = heads.getAll();
    await new Promise((done) => (all.onsuccess = done));
    for (const text of all.result) {
      const head = JSON.parse(text);
      heads.put(JSON.stringify({ ...head, created: head.created - 40 * 86_400_000 }), head.id);
    }
    await new Promise((done) => (heads.transaction.oncomplete = done));
    open.result.close();
  });
  await page.reload();
  await expect(page.locator("#jobs > li")).toHaveCount(2);
  await expect(page.locator("#jobs")).toContainText("较早，未完成");
  await expect(page.locator("#jobs")).not.toContainText("已完成");
});
