// What people do with jobs, from the first click to the last, with everything going wrong on the way.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { userSig } from "./apps.ts";
import { Desk, expect, test } from "./desk.ts";
import { Whole } from "./hidden.ts";
import { FAST, SHARED, counted, ends, goBack, make, people, start, stored } from "./running.ts";
import { addresses } from "./stage/addresses.ts";
import { FAILED_CALL, Watch } from "./watch.ts";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud }) => {
  await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
});

/** The page of a job that somebody opens again, connected and read. */
async function opened(page: Page, place: string): Promise<Desk> {
  const desk = new Desk(page, new Watch(), "zh-CN");
  await page.goto(`${addresses().page}/${place}`);
  await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
  return desk;
}

/** What is unknown is looked up. */
async function checked(desk: Desk): Promise<void> {
  await desk.page.locator("#job-check").click();
  await desk.page.waitForFunction(() => !document.querySelector("#job-looking")?.textContent, undefined, { timeout: 60_000 });
}

test("announce to a list without double-sending: canary, hidden, two rate limits, a lost answer, a kill, and the file says who", async ({ cloud, playwright }) => {
  test.setTimeout(180_000);
  const list = people(600);
  // Sixty requests, four a second. One whose answer is lost does not make more than a fifth of the last fifty items fail.
  const [each, pace] = [10, { requests: "240", items: "6000000" }];
  const browser = await Whole.start();
  try {
    let hands = await browser.held(playwright.chromium);
    const page = hands.contexts()[0]!.pages()[0]!;
    await page.bringToFront();
    const watch = await Watch.over(page.context(), page);
    watch.expects(FAILED_CALL);
    const desk = new Desk(page, watch, "zh-CN");
    await desk.open();
    const place = await make(desk, "yunxin.batch_send", { list: { name: "名单.txt", bytes: Buffer.from(list.join("\n")) }, each, canary: 1, pace });
    await start(desk, 600);
    await ends(desk, "asking", { sent: 1 });
    const on = "yunxin.batch_send";
    const peace = (times: number) => ({ on, kind: "delay", ms: 1, times });
    await cloud.faults(
      peace(8),
      { on, kind: "status", code: 429, headers: { "Retry-After": "2" } },
      peace(6),
      { on, kind: "vendor_code", code: 416, msg: "rate limited" },
      peace(6),
      { on, kind: "cut_after" },
    );
    await page.locator("#job-approve").click();
    await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "1");
    expect(watch.unexpected()).toEqual([]);
    await hands.close();

    // Somebody works in another tab: all of that happens behind it, and then the tab is gone.
    const tab = await browser.hide();
    await expect.poll(() => tab.job("unknown"), { timeout: 30_000 }).not.toBe("0");
    const before = Number(await tab.job("sent"));
    await expect.poll(async () => Number(await tab.job("sent")), { timeout: 30_000 }).toBeGreaterThan(before + 50);
    expect(await tab.ask("document.visibilityState")).toBe("hidden");
    expect(await tab.job("phase")).toBe("running");
    await tab.kill();

    hands = await browser.held(playwright.chromium);
    const own = await opened(await hands.contexts()[0]!.newPage(), place);
    await ends(own, "paused", {});
    await expect(own.page.locator("#job"), "a part of it is left").not.toHaveAttribute("data-planned", "0");
    const quiet = (await cloud.requests(on)).length;
    await own.page.waitForTimeout(1_000);
    expect((await cloud.requests(on)).length, "nothing leaves by itself").toBe(quiet);
    await own.page.locator("#job-resume").click();
    await ends(own, "failures", { planned: 0, rejected: 0 }, 60_000);
    const got = await stored(cloud);
    expect(new Set(got).size, "nobody got it twice").toBe(got.length);

    // Neither word of the vendor's was passed over, and the pace was kept from the first request to the last.
    const arrivals = (await cloud.requests(on)).sort((a, b) => a.at - b.at);
    const limited = arrivals.findIndex((it) => it.fault === "status");
    expect(arrivals[limited + 1]!.at - arrivals[limited]!.at, "Retry-After").toBeGreaterThanOrEqual(2_000);
    expect(arrivals.filter((it) => it.fault === "vendor_code")).toHaveLength(1);
    for (const { at } of arrivals) {
      // A burst, what drips in meanwhile, and what was up to a second late on its way.
      expect(arrivals.filter((it) => it.at >= at && it.at < at + 5_000).length).toBeLessThanOrEqual(2 + 5 * 4 + 4);
    }

    // What is unknown is looked up; what arrived is then known.
    await checked(own);
    const [download] = await Promise.all([own.page.waitForEvent("download"), own.page.locator("#job-csv").click()]);
    const states = new Map(readFileSync((await download.path())!, "utf8").trim().split("\r\n").slice(1).map((line) => line.split(",") as [string, string]));
    const wrong = list.filter((receiver) => states.get(receiver) !== (got.includes(receiver) ? "sent" : "unknown"));
    expect(wrong, "who got it is sent, and nobody else").toEqual([]);
    expect(list.length - got.length, "what was written down ahead when the tab went, and no more").toBeLessThanOrEqual(each);
  } finally {
    await browser.end();
  }
});

test("stop a spam wave: 300 pasted messages are a plan within six clicks, and then they are gone", async ({ desk, cloud, page }) => {
  test.setTimeout(120_000);
  const names = "conversation_id.sender_id,conversation_id.conversation_type,conversation_id.receiver_id,message_server_id,message_time";
  const rows: string[] = [];
  for (let at = 0; at < 300; at += 1) {
    const it = await cloud.plant({ conversation_type: 1, sender_id: "zhangsan", receiver_id: "lisi", text: `spam ${at}`, age_ms: 30_000 });
    rows.push(["zhangsan", "1", "lisi", it.message_server_id_text, String(it.create_time)].join(","));
  }
  await desk.open();
  let clicks = 0;
  const click = async (target: string) => {
    await page.locator(target).click();
    clicks += 1;
  };
  await click('a[href="#/jobs"]');
  await click('a[href="#/jobs/new/yunxin.recall"]');
  await page.locator("#list-text").fill(`${names}\n${rows.join("\n")}`);
  await expect(page.locator("#list-rows")).toContainText("300");
  await desk.form().locator('[name="type"][value="2"]').check();
  clicks += 1;
  await click("#dry-run-start");
  await expect(page.locator("#plan")).toContainText("300");
  expect(clicks).toBeLessThanOrEqual(6);
  await page.locator("#per-minute").fill(FAST.requests);
  await page.locator("#canary").fill("0");
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await start(desk, 300);
  await ends(desk, "done", { sent: 300, unknown: 0 }, 60_000);
  const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.message_server_id);
  expect(new Set(removed).size).toBe(300);
});

test("stop a spam wave: the token ends in the middle, the page gets another one, and nobody has to do anything", async ({ desk, cloud, page }) => {
  test.setTimeout(120_000);
  desk.watch.expects(FAILED_CALL);
  await cloud.practice(page);
  const planted = await Promise.all(people(300).map((_, at) => cloud.plantIn("easemob", { from: "zhangsan", to: "lisi", body: { msg: `spam ${at}` }, age_ms: 30_000 })));
  const spam = planted.map((it): string => it.msg_id);
  const rows = ["msg_id,chat_type,to,from", ...spam.map((id) => `${id},chat,lisi,zhangsan`)];
  await desk.open("easemob.batch_recall");
  await make(desk, "easemob.batch_recall", { list: rows.join("\n"), shared: {}, each: 10, pace: { requests: "300", items: "6000000" } });
  await start(desk, 300);
  await expect(page.locator("#job")).toHaveAttribute("data-sent", /^\d{2,3}$/);
  const tokens = await cloud.tokens();
  await cloud.endTokens();
  expect(Number(await page.locator("#job").getAttribute("data-sent")), "it is in the middle").toBeLessThan(300);
  await ends(desk, "done", { sent: 300, unknown: 0, rejected: 0 }, 30_000);
  expect(await cloud.tokens(), "one token for all that was left").toBe(tokens + 1);
  const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.message_server_id);
  expect(removed.sort(), "each of them once").toEqual(spam.sort());
  const refused = (await cloud.requests("easemob.batch_recall")).length - 30;
  expect(refused, "what the old token was refused").toBeGreaterThan(0);
});

test("stop a spam wave: the pasted UserSig ends in the middle, the job pauses at once and goes on with another one", async ({ desk, cloud, page }) => {
  test.setTimeout(120_000);
  desk.watch.expects(FAILED_CALL);
  const planted = await Promise.all(people(50).map((_, at) => cloud.plantIn("tencent", { From_Account: "zhangsan", To_Account: "lisi", text: `spam ${at}`, age_ms: 30_000 })));
  const spam = planted.map((it): string => it.MsgKey);
  const rows = ["From_Account,To_Account,MsgKey", ...spam.map((key) => `zhangsan,lisi,${key}`)];
  const prove = async (usersig: string) => {
    await desk.typeIn("tencent", { sdkappid: "1400000001", identifier: "administrator", usersig });
    await desk.submit();
    await expect(page.locator("#test-finding")).toContainText(desk.words.connected);
  };
  await prove(userSig({ lifetime: 86_400 }));
  const place = await make(desk, "tencent.recall_c2c", { list: rows.join("\n"), shared: {}, pace: { requests: "300", items: "" } });
  await start(desk, 50);
  await expect(page.locator("#job")).toHaveAttribute("data-sent", /^\d{2}$/);
  // Two days later, by the cloud's clock.
  await cloud.clock(2 * 86_400_000);
  await ends(desk, "paused", { unknown: 0, rejected: 0, sending: 0 });
  await expect(page.locator("#job-phase")).toContainText("云服务不接受密钥、签名或时钟");
  const left = Number(await page.locator("#job").getAttribute("data-planned"));
  expect(left).toBeGreaterThan(0);
  const before = (await cloud.requests("tencent.recall_c2c")).length;
  expect(before, "one was refused, and no more left").toBe(50 - left + 1);

  await prove(userSig({ lifetime: 90 * 86_400 }));
  await goBack(desk, place);
  await ends(desk, "paused", { planned: left });
  await page.locator("#job-resume").click();
  await ends(desk, "done", { sent: 50, unknown: 0, rejected: 0 }, 30_000);
  const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.message_server_id);
  expect(removed.sort(), "each of them once").toEqual(spam.sort());
  expect((await cloud.requests("tencent.recall_c2c")).length).toBe(before + left);
});

/** The dialog once its button no longer rests. */
async function armed(desk: Desk): Promise<void> {
  await desk.page.waitForFunction(() => document.querySelector("#confirm-go")?.getAttribute("aria-disabled") === "false");
}

for (const [state, count] of [["done", 25], ["running", 40], ["paused", 40]] as const) {
  test(`take back my mistake: a batch that is ${state} is being recalled three presses later`, async ({ desk, cloud, page }) => {
    await desk.open();
    const slow = state === "done" ? FAST : { requests: "120", items: "6000000" };
    await make(desk, "yunxin.batch_send", { list: people(count).join("\n"), shared: SHARED, each: 1, pace: slow });
    await start(desk, count);
    if (state === "done") await ends(desk, "done", { sent: count });
    else await expect(page.locator("#job")).toHaveAttribute("data-sent", /^([5-9]|[1-3]\d)$/);
    if (state === "paused") {
      await page.locator("#job-pause").click();
      await ends(desk, "paused", { sending: 0 });
    }
    await expect(page.locator("#job-window")).toContainText("还剩");
    const presses = await counted(page);

    await page.locator("#job-recall").click();
    // Everything is validated, and the exact requests are there, without being asked for.
    await expect(page.locator("#plan")).toContainText(/\d+ 条 → \d+ 次请求/);
    const rows = Number((await page.locator("#list-rows").textContent())!.match(/\d+/)![0]);
    await expect(page.locator("#plan")).toContainText(`${rows} 条`);
    const reached = (await stored(cloud)).length;
    expect(rows, "everything that was sent is on the list, and the batch goes on no more").toBe(reached);
    expect(state === "done" ? rows === count : rows < count).toBe(true);
    await expect(page.locator("#troubles .problem")).toHaveCount(0);
    await expect(page.locator(".sample")).toHaveCount(3);
    await expect(page.locator(".sample").first()).toContainText("双向撤回");
    await expect(page.locator("#job-window")).toContainText("还剩");
    await expect(page.locator("#canary-goes-on")).toBeChecked();
    await desk.axe();

    await page.locator("#job-create-start").click();
    await expect(desk.dialog).toContainText(`总共 ${rows} 条`);
    await expect(page.locator("#confirm-window")).toContainText("还剩");
    const typed = desk.dialog.locator("#confirm-count");
    if (rows > 20) {
      await expect(page.locator("#confirm-go")).toHaveAttribute("aria-disabled", "true");
      await typed.fill(String(rows));
    } else await expect(typed).toHaveCount(0);
    await armed(desk);

    await page.locator("#confirm-go").click();
    // Five seconds in which it can be taken back, then the canary, then by itself the rest.
    await expect(page.locator("#take-back")).toBeVisible();
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    await expect(page.locator("#job")).toContainText("全部成功就自动继续其余");
    await ends(desk, "done", { sent: rows }, 45_000);
    expect(await presses()).toEqual(["job-recall", "job-create-start", "confirm-go"]);
    const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.receiver_id);
    expect(removed.sort()).toEqual((await stored(cloud)).sort());
    const arrived = (await cloud.requests("yunxin.recall")).length;
    expect(arrived).toBe(rows);
  });
}

test("take back my mistake: a reload in the middle of the recall, the window counting down all the while", async ({ desk, cloud, page }) => {
  test.setTimeout(120_000);
  await desk.open();
  const list = people(40);
  await make(desk, "yunxin.batch_send", { list: list.join("\n"), shared: SHARED, each: 20 });
  await start(desk, 40);
  await ends(desk, "done", { sent: 40 });
  await expect(page.locator("#job-window")).toContainText("还剩 2 分钟");
  await page.locator("#job-recall").click();
  await expect(page.locator("#list-rows")).toContainText("40");
  // Slow enough that somebody can come in between.
  await expect(page.locator("#plan")).toBeVisible();
  await page.locator("#per-minute").fill("240");
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
  await start(desk, 40);
  await expect(page.locator("#job")).toHaveAttribute("data-sent", /^([5-9]|1\d)$/);
  const place = new URL(page.url()).hash;
  page.once("dialog", (leaving) => leaving.accept());
  await page.reload();

  await expect(page.locator("section.where")).not.toContainText(desk.words.notConnected);
  await ends(desk, "paused", {});
  expect(new URL(page.url()).hash).toBe(place);
  const quiet = (await cloud.requests("yunxin.recall")).length;
  // From a hundred seconds on it is said in seconds, whatever page says it.
  const left = async () => Number(/还剩 (\d+) 秒/.exec((await page.locator("#job-window").textContent()) ?? "")?.[1] ?? 100);
  await expect.poll(left, { timeout: 25_000 }).toBeLessThan(100);
  const before = await left();
  expect((await cloud.requests("yunxin.recall")).length, "nothing leaves by itself").toBe(quiet);
  await page.locator("#job-resume").click();
  await expect(page.locator("#job")).toHaveAttribute("data-phase", /done|failures/, { timeout: 30_000 });
  // What was under way is unknown, and asked for again only when a look did not find it done and a person says so.
  if ((await page.locator("#job").getAttribute("data-unknown")) !== "0") {
    await checked(desk);
    const unknown = Number(await page.locator("#job").getAttribute("data-unknown"));
    expect(unknown, "one at a time was under way").toBeLessThanOrEqual(1);
    if (unknown) {
      const asked = (await cloud.requests("yunxin.recall")).length;
      await start(desk, unknown, "#job-again");
      await expect.poll(async () => (await cloud.requests("yunxin.recall")).length).toBe(asked + unknown);
      await expect(page.locator("#job")).toHaveAttribute("data-sending", "0");
      await expect(page.locator("#job")).toHaveAttribute("data-phase", /done|failures/);
    }
    // The cloud saw that very request before: it did what it was asked, and a person who has looked says so.
    if ((await page.locator("#job").getAttribute("data-unknown")) !== "0") {
      await expect(page.locator("#job")).toContainText("431");
      await page.locator("#job-mark").click();
      await page.locator("#job-mark").click();
    }
  }
  await ends(desk, "done", { planned: 0, rejected: 0, unknown: 0 });
  // It ticks every ten seconds.
  await expect.poll(left, { message: "it goes on counting", timeout: 12_000 }).toBeLessThan(before);
  const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.receiver_id);
  expect(removed.sort(), "each of them once, and nobody was missed").toEqual(list);
  expect((await stored(cloud)).sort()).toEqual(list);
});

test("take back my mistake: a canary that fails asks, and nothing else leaves", async ({ desk, cloud, page }) => {
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), shared: SHARED });
  await start(desk, 6);
  await ends(desk, "done", { sent: 6 });
  await page.locator("#job-recall").click();
  await cloud.faults({ on: "yunxin.recall", kind: "vendor_code", code: 107314, msg: "window" });
  await page.locator("#job-create-start").click();
  await desk.confirm();
  await ends(desk, "asking", { rejected: 1, sent: 0 });
  expect((await cloud.requests("yunxin.recall")).length).toBe(1);
});

test("take back my mistake: a single message is confirmed to be recalled three presses after its result", async ({ desk, cloud, page }) => {
  await desk.open("yunxin.batch_send");
  await desk.fill({ ...SHARED, receiver_ids: "lisi" });
  await desk.submit();
  await desk.confirm();
  await desk.concludes("accepted");
  const presses = await counted(page);
  await desk.result.getByRole("button", { name: "撤回这条" }).click();
  await expect(desk.form("yunxin.recall").locator('[name="type"][value="2"]')).toBeChecked();
  await desk.submit();
  await armed(desk);
  await page.locator("#confirm-go").click();
  await expect(page.locator("#take-back")).toBeVisible();
  await desk.concludes("accepted");
  expect((await presses()).length).toBe(3);
  const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.receiver_id);
  expect(removed).toEqual(["lisi"]);
});

test("take back my mistake: the batch is a list for a recall with one press, and the window counts down", async ({ desk, cloud, page }) => {
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(7).join("\n"), shared: SHARED });
  await start(desk, 7);
  await ends(desk, "done", { sent: 7 });
  await expect(page.locator("#job-window")).toContainText("还剩");
  await page.locator("#job-recall").click();
  await expect(page.locator("#list-rows")).toContainText("7");
  await desk.form().locator('[name="type"][value="1"]').check();
  // The canary of a recall goes on by itself, unless somebody wants to be asked.
  await page.locator("#canary-goes-on").uncheck();
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
  await start(desk, 7);
  await ends(desk, "asking", {});
  await page.locator("#job-approve").click();
  await ends(desk, "done", { sent: 7 });
  const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.receiver_id);
  expect(removed.sort()).toEqual(people(7));
  // The record of the session has both.
  await desk.go("record");
  await expect(page.locator("ol.record > li")).toHaveCount(2);
  await expect(page.locator("ol.record")).toContainText("共 7 条，成功 7");
});
