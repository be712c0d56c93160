// What is unknown is looked for with the vendor: only looks, and never a belief in absence.

import { expect, inBothLanguages, test } from "./desk.ts";
import { FAST, ends, make, people, quickly, start, stored } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";

inBothLanguages((language) => {
  test("half of what is unknown was sent: that is found and shown, the other half stays unknown", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 2, pace: { requests: "590", items: "600000" } });
    await cloud.faults({ on: "yunxin.batch_send", kind: "cut_after" }, { on: "yunxin.batch_send", kind: "cut_before" });
    await start(desk, 6);
    await ends(desk, "failures", { sent: 2, unknown: 4 });
    const writes = (await cloud.requests("yunxin.batch_send")).length;
    await page.locator("#job-check").click();
    await ends(desk, "failures", { sent: 4, unknown: 2 });
    await expect(page.locator("#unknowns tbody tr")).toHaveCount(2);
    await expect(page.locator("#unknowns")).toContainText(language === "zh-CN" ? "未找到" : "Not found as of");
    const ids = (await cloud.effects()).map((it) => it.message_server_id);
    for (const id of ids.slice(0, 2)) await expect(page.locator("#proved")).toContainText(id);
    expect(await cloud.requests("yunxin.batch_send"), "a look sends nothing").toHaveLength(writes);
    await desk.axe();
    // It is in the ledger: a reload knows it.
    await page.reload();
    await ends(desk, "failures", { sent: 4, unknown: 2 });
    await expect(page.locator("#proved tbody tr")).toHaveCount(2);
    await expect(page.locator("#unknowns")).toContainText(language === "zh-CN" ? "未找到" : "Not found as of");
  });
});

test.describe("of the other clouds", () => {
  test.use({ locale: "zh-CN" });

  test("what is sent again from a paused job waits with the rest, which is said before", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(30).join("\n"), each: 1, pace: { requests: "120", items: "60000" } });
    await cloud.faults({ on: "yunxin.batch_send", kind: "cut_before" });
    await start(desk, 30);
    await expect(page.locator("#job")).toHaveAttribute("data-unknown", "1");
    await page.locator("#job-pause").click();
    await ends(desk, "paused", { sending: 0, unknown: 1 });
    const left = Number(await page.locator("#job").getAttribute("data-planned"));
    const writes = (await cloud.requests("yunxin.batch_send")).length;
    await page.locator("#job-again").click();
    await expect(page.locator("#confirm-waits")).toContainText(`按“继续”时与其余 ${left} 条一起发出`);
    await desk.axe();
    await page.locator("#confirm-cancel").click();
    await start(desk, 1, "#job-again");
    await ends(desk, "paused", { unknown: 0, planned: left + 1 });
    expect(await cloud.requests("yunxin.batch_send")).toHaveLength(writes);
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: 30 });
    expect((await stored(cloud)).sort()).toEqual(people(30));
  });

  test("however many are unknown, few rows are live", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await cloud.limits({ batch_per_minute: 1_000_000 });
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: { name: "list.txt", bytes: Buffer.from(people(100).join("\n")) }, each: 100 });
    await cloud.faults({ on: "yunxin.batch_send", kind: "cut_before", times: 1 });
    await start(desk, 100);
    await ends(desk, "failures", { unknown: 100 });
    await expect(page.locator("#unknowns tbody tr")).toHaveCount(50);
    expect(await page.locator("tr, li").count()).toBeLessThanOrEqual(200);
  });

  for (const [operation, list] of [["tencent.batch_send", people(4)], ["easemob.send_users", ["user2", "user3"]]] as const) {
    test(`${operation}: found by what was sent`, async ({ desk, cloud, page }) => {
      desk.watch.expects(FAILED_CALL);
      await cloud.practice(page);
      await desk.open(operation);
      await page.locator("#fill-sample").click();
      await page.locator("#from-list").click();
      await page.locator("#list-text").fill(list.join("\n"));
      await page.locator("#per-minute").fill(FAST.requests);
      await page.locator("#canary").fill("0");
      await page.locator("#dry-run-start").click();
      await page.locator("#job-create").click();
      await cloud.faults({ on: operation, kind: "cut_after" });
      await start(desk, list.length);
      await ends(desk, "failures", { unknown: list.length });
      await page.locator("#job-check").click();
      await ends(desk, "done", { sent: list.length, unknown: 0 });
    });
  }

  const TEXT = "{{名字}}，您好";
  const SINGLES: { operation: string; receiver: string; shared: Record<string, string> }[] = [
    {
      operation: "yunxin.send",
      receiver: "conversation_id.receiver_id",
      shared: { "conversation_id.sender_id": "admin", "conversation_id.conversation_type": "1", "message.message_type": "0", "message.text": TEXT },
    },
    {
      operation: "tencent.send",
      receiver: "To_Account",
      shared: { From_Account: "zhangsan", MsgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${TEXT}"}}]` },
    },
  ];
  for (const { operation, receiver, shared } of SINGLES) {
    test(`${operation}: what a check found is taken back with its batch`, async ({ desk, cloud, page }) => {
      desk.watch.expects(FAILED_CALL);
      await cloud.practice(page);
      await desk.open(operation);
      await desk.go(`jobs/new/${operation}`);
      await page.locator("#list-text").fill(`${receiver},名字\nuser0001,张三\nuser0002,李四`);
      await desk.fill(shared);
      await cloud.faults({ on: operation, kind: "cut_after" });
      await quickly(desk, 2);
      await ends(desk, "failures", { sent: 1, unknown: 1 });
      await page.locator("#job-check").click();
      await ends(desk, "done", { sent: 2, unknown: 0 });
      await page.locator("#job-recall").click();
      await expect(page.locator("#list-rows")).toContainText("2");
      await expect(page.locator("#recall-unknown")).toHaveCount(0);
      await expect(page.locator("#recall-nameless")).toHaveCount(0);
      await quickly(desk, 2);
      await ends(desk, "done", { sent: 2 });
      const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.receiver_id);
      expect(removed.sort(), "the one whose answer was lost, too").toEqual(people(2));
    });
  }

  test("a recall whose answer was lost counts as done when the message is gone", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
    await desk.open();
    const older = await cloud.plant({ conversation_type: 1, sender_id: "zhangsan", receiver_id: "lisi", text: "older", age_ms: 70_000 });
    const spam = await cloud.plant({ conversation_type: 1, sender_id: "zhangsan", receiver_id: "lisi", text: "spam", age_ms: 60_000 });
    expect(older.message_server_id_text).toBeTruthy();
    const row = ["zhangsan", "1", "lisi", spam.message_server_id_text, String(spam.create_time)].join(",");
    const names = "conversation_id.sender_id,conversation_id.conversation_type,conversation_id.receiver_id,message_server_id,message_time";
    await make(desk, "yunxin.recall", { list: `${names}\n${row}`, shared: { type: "2" } });
    await cloud.faults({ on: "yunxin.recall", kind: "cut_after" });
    await start(desk, 1);
    await ends(desk, "failures", { unknown: 1 });
    await page.locator("#job-check").click();
    await ends(desk, "done", { sent: 1 });
    expect(await cloud.requests("yunxin.recall")).toHaveLength(1);
    expect(await stored(cloud)).toHaveLength(0);
  });
});
