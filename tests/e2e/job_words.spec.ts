// What the pages of jobs say where it is easily said wrong: of whom, how many, until when, and what can still be done.

import { expect, test } from "./desk.ts";
import { SHARED, ends, goBack, make, people, start, stop } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";

const SEND = "yunxin.batch_send";
const SLOW = { requests: "590", items: "600000" };

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("a personalised text of a single send stands under its receiver", async ({ desk, page }) => {
    await desk.open();
    await desk.go("jobs/new/yunxin.send");
    await page.locator("#list-text").fill("conversation_id.receiver_id\t名字\nuser0001\t张三\nuser0002\t李四");
    await desk.fill({ "conversation_id.sender_id": "admin", "conversation_id.conversation_type": "1", "message.message_type": "0", "message.text": "{{名字}}，您好" });
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#first-texts p.hint")).toHaveText(["第 2 行 · user0001 · 文本内容", "第 3 行 · user0002 · 文本内容"]);
  });

  test("a warning about one row of a request is about that row, once", async ({ desk, page }) => {
    await desk.open();
    await desk.go(`jobs/new/${SEND}`);
    await page.locator("#list-text").fill(`接收人\nuser0001\n${"u".repeat(40)}\nuser0002`);
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles")).toContainText("40 个字符");
    await expect(page.locator("#troubles")).toContainText("（1 行：3）");
  });

  test("of a list with nothing below its first row no job is made", async ({ desk, page }) => {
    await desk.open();
    await desk.go(`jobs/new/${SEND}`);
    await desk.fill(SHARED);
    await page.locator("#list-file").setInputFiles({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from("接收人\r\n") });
    await expect(page.locator("#list-rows")).toContainText("0 行");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#dry-run .problem").first()).toBeVisible();
    await expect(page.locator("#job-create")).toHaveCount(0);
    await expect(desk.control("message.text")).toHaveValue(SHARED["message.text"]);
  });

  test("a job that waits says until when", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, SEND, { list: people(4).join("\n"), each: 2, pace: SLOW });
    await cloud.faults({ on: SEND, kind: "status", code: 429, headers: { "Retry-After": "6" } });
    await start(desk, 4);
    await ends(desk, "held", {});
    await expect(page.locator("#job-phase")).toContainText(/\d{2}:\d{2}:\d{2}/);
  });

  test("a stopped job offers nothing that would let it go on", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, SEND, { list: people(20).join("\n"), each: 2, pace: SLOW });
    await cloud.faults({ on: SEND, kind: "cut_after" }, { on: SEND, kind: "delay", ms: 400, times: 9 });
    await start(desk, 20);
    await expect(page.locator("#job")).toHaveAttribute("data-unknown", "2");
    await stop(desk);
    await ends(desk, "stopped", { sending: 0, unknown: 2 });
    await expect(page.locator("#job-check")).toBeVisible();
    await expect(page.locator("#job-again")).toHaveCount(0);
    await expect(page.locator("#unknowns").getByRole("button", { name: "再发一次" })).toHaveCount(0);
    await expect(page.locator("#job-hand-over")).toHaveCount(0);
  });

  test("a job that is opened by its address has the focus on its title, and another cloud's has its name in the list", async ({ desk, cloud, page }) => {
    await cloud.practice(page);
    await desk.open();
    const MsgBody = '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"今晚十点维护"}}]';
    const place = await make(desk, "tencent.batch_send", { list: people(2).join("\n"), shared: { MsgBody } });
    await desk.go("jobs");
    await goBack(desk, place);
    await expect.soft(page.locator("#page-title")).toBeFocused();
    // The cloud in use is another one.
    await make(desk, SEND, { list: people(2).join("\n") });
    await desk.go("jobs");
    await expect(page.locator("#jobs > li").last()).toContainText("批量发单聊消息");
    await page.reload();
    await expect(page.locator("#jobs > li")).toHaveCount(2);
    await expect(page.locator("#jobs > li").last()).toContainText("批量发单聊消息");
  });
});

test("in English, what is finished is found without what is unfinished", async ({ desk, page }) => {
  await desk.open();
  for (let job = 1; job <= 6; job += 1) await make(desk, SEND, { list: people(job).join("\n") });
  await start(desk, 6);
  await ends(desk, "done", { sent: 6 });
  await desk.go("jobs");
  await page.locator("#job-search").fill("finished");
  await expect(page.locator("#jobs > li")).toHaveCount(1);
});

test("in English, of one thing there is no plural", async ({ desk, page }) => {
  await desk.open();
  await desk.go(`jobs/new/${SEND}`);
  await page.locator("#list-text").fill("user0001\nuser0001");
  await desk.fill(SHARED);
  await page.locator("#per-minute").fill("1");
  await page.locator("#dry-run-start").click();
  await expect(page.locator("#plan")).toContainText("1 item → 1 request →");
  await expect(page.locator("#plan")).toContainText("at most 1 request a minute");
  await expect(page.locator("#dry-run")).toContainText("1 repeated row merged");
});
