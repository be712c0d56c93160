// What people do with jobs, from the first click to the last, with everything going wrong on the way.

import { readFileSync } from "node:fs";
import { Desk, expect, test } from "./desk.ts";
import { FAST, SHARED, ends, make, people, start, stored } from "./running.ts";
import { addresses } from "./stage/addresses.ts";
import { FAILED_CALL, Watch } from "./watch.ts";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud }) => {
  await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
});

test("announce to a list without double-sending: canary, a rate limit, a lost answer, a kill, and the file says who", async ({ desk, cloud, context, page }) => {
  test.setTimeout(90_000);
  desk.watch.expects(FAILED_CALL);
  await desk.open();
  const list = people(1_200);
  const place = await make(desk, "yunxin.batch_send", { list: { name: "名单.txt", bytes: Buffer.from(list.join("\n")) }, each: 20, canary: 1 });
  await start(desk, 1_200);
  await ends(desk, "asking", { sent: 1 });
  const late = { on: "yunxin.batch_send", kind: "delay", ms: 60 };
  await cloud.faults({ ...late, times: 8 }, { on: "yunxin.batch_send", kind: "status", code: 429, headers: { "Retry-After": "1" } }, { ...late, times: 8 }, { on: "yunxin.batch_send", kind: "cut_after" }, { ...late, times: 60 });
  await page.locator("#job-approve").click();
  await expect(page.locator("#job")).not.toHaveAttribute("data-unknown", "0");
  await page.close();

  const own = new Desk(await context.newPage(), new Watch(), "zh-CN");
  await own.page.goto(`${addresses().page}/${place}`);
  await expect(own.page.locator("section.where")).not.toContainText(own.words.notConnected);
  await ends(own, "paused", {});
  await own.page.locator("#job-resume").click();
  await ends(own, "failures", { planned: 0, rejected: 0 }, 60_000);
  const got = await stored(cloud);
  expect(new Set(got).size, "nobody got it twice").toBe(got.length);
  // What is unknown is looked up; what arrived is then known.
  await own.page.locator("#job-check").click();
  await own.page.waitForFunction(() => !document.querySelector("#job-looking")?.textContent, undefined, { timeout: 60_000 });
  const [download] = await Promise.all([own.page.waitForEvent("download"), own.page.locator("#job-csv").click()]);
  const states = new Map(readFileSync((await download.path())!, "utf8").trim().split("\r\n").slice(1).map((line) => line.split(",") as [string, string]));
  for (const receiver of list) {
    const arrived = got.includes(receiver);
    expect(states.get(receiver), receiver).toBe(arrived ? "sent" : "unknown");
  }
});

test("stop a spam wave: 300 pasted messages are a plan within six clicks, and then they are gone", async ({ desk, cloud, page }) => {
  test.setTimeout(90_000);
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

test("take back my mistake: the batch is a list for a recall with one press, and the window counts down", async ({ desk, cloud, page }) => {
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(7).join("\n"), shared: SHARED });
  await start(desk, 7);
  await ends(desk, "done", { sent: 7 });
  await expect(page.locator("#job-window")).toContainText("还剩");
  await page.locator("#job-recall").click();
  await expect(page.locator("#list-rows")).toContainText("7");
  await desk.form().locator('[name="type"][value="1"]').check();
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
