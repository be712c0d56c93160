// Many jobs: one of them is found by what it does, through which connection, or how it stands. The keyboard is enough.

import { SEEDED } from "./cloud.ts";
import { expect, inBothLanguages, test } from "./desk.ts";
import { ends, make, people, start } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";

const SEND = "yunxin.batch_send";
const TENCENT = { shared: { MsgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"今晚十点维护"}}]' } };
const RECALL = {
  list: `message_server_id\n${SEEDED.fresh.message}`,
  shared: { "conversation_id.sender_id": "zhangsan", "conversation_id.conversation_type": "1", "conversation_id.receiver_id": "lisi", type: "2" },
};
/** From so many jobs on there is a search. */
const MANY = 6;

const WORDS = {
  "zh-CN": { send: "批量发送单聊", recall: "撤回", failed: "有失败", unknown: "有未知", unfinished: "未完成", none: "没有符合的任务", looked: `${MANY} / ${MANY} 个任务的名单和内容`, shown: (some: number) => `显示 ${some} / ${MANY} 个` },
  "en-US": { send: "Batch send", recall: "recall a", failed: "With Failures", unknown: "unknown", unfinished: "unfinished", none: "No job fits", looked: `${MANY} of ${MANY} jobs`, shown: (some: number) => `${some} of ${MANY} shown` },
};

inBothLanguages((language) => {
  const { send, recall, failed, unknown, unfinished, none, looked, shown } = WORDS[language];

  test("a search appears with the sixth job, and finds by operation, connection and state", async ({ desk, cloud, page }) => {
    test.setTimeout(60_000);
    desk.watch.expects(FAILED_CALL);
    await cloud.practice(page);
    await desk.open();
    await make(desk, SEND, { list: people(2).join("\n") });
    await start(desk, 2);
    await ends(desk, "done", { sent: 2 });
    await make(desk, SEND, { list: `${people(3).join("\n")}\nghost01` });
    await start(desk, 4);
    await ends(desk, "failures", { sent: 3, rejected: 1 });
    await cloud.faults({ on: SEND, kind: "cut_after" });
    await make(desk, SEND, { list: people(4).join("\n") });
    await start(desk, 4);
    await ends(desk, "failures", { unknown: 4 });
    await make(desk, SEND, { list: people(5).join("\n") });
    await make(desk, "tencent.batch_send", { list: people(6).join("\n"), ...TENCENT });
    await desk.go("jobs");
    const jobs = page.locator("#jobs > li");
    const search = page.locator("#job-search");
    await expect(jobs).toHaveCount(MANY - 1);
    await expect(search).toHaveCount(0);
    const last = await make(desk, "yunxin.recall", RECALL);
    await desk.go("jobs");
    await expect(jobs).toHaveCount(MANY);

    await desk.tabTo(search);
    const look = async (wanted: string) => {
      await page.keyboard.press("Control+A");
      await page.keyboard.press("Backspace");
      await page.keyboard.insertText(wanted);
      await expect(search).toBeFocused();
    };
    const finds = async (wanted: string, count: number) => {
      await look(wanted);
      await expect(jobs, wanted).toHaveCount(count);
      await expect(page.getByRole("status").filter({ hasText: shown(count) }), wanted).toHaveCount(1);
    };
    await finds(send, 4);
    await finds("  YUNXIN.Recall ", 1);
    await finds("1400000001", 1);
    await finds(failed, 1);
    await finds(unknown, 1);
    await finds(unfinished, 3);
    await look("nothing of that name");
    await expect(jobs).toHaveCount(0);
    await expect(page.locator("main")).toContainText(none);
    // It says what was looked at.
    await expect(page.locator("#jobs-sought")).toContainText(looked);
    await desk.axe();
    // A receiver and a text stand in the jobs themselves; the numbers of rows and the names of fields are nobody's.
    const within = page.locator("#jobs-within > li");
    const holds = async (wanted: string, count: number) => {
      await look(wanted);
      await expect(page.locator("#jobs-sought")).toHaveRole("status");
      await expect(within, wanted).toHaveCount(count);
      await expect(jobs, wanted).toHaveCount(0);
    };
    await holds("USER0006", 1);
    await holds("ghost01", 1);
    await holds("十点维护", MANY - 1);
    await holds("message.text", 0);
    await desk.axe();
    await finds("", MANY);
    // And on to the job itself.
    await finds(recall, 1);
    await desk.tabTo(jobs.getByRole("link"));
    await page.keyboard.press("Enter");
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    expect(new URL(page.url()).hash).toBe(last);
  });
});
