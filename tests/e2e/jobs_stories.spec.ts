// What people do with jobs, from the first click to the last, with everything going wrong on the way.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
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

/** Counts the presses of a person: a click on anything but a box that is typed into, wherever it lands. */
async function counted(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    (window as any).presses = [];
    document.addEventListener("click", (click) => {
      const target = (click.target as Element).closest("button, a, input:not([type=text]), select, summary, label");
      if (click.isTrusted && target) (window as any).presses.push(target.id || target.textContent);
    }, true);
  });
  return () => page.evaluate(() => (window as any).presses);
}

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
