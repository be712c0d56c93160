// A wave of spam: whatever was pasted is recognised, chosen, and recalled as a job, with its pace, its canary and its ledger.

import { type Cloud, SEEDED } from "./cloud.ts";
import { type Desk, expect, inBothLanguages, test } from "./desk.ts";
import { ask, counted, ends, people } from "./running.ts";

const MANY = 60;

test.beforeEach(async ({ cloud, page }) => cloud.practice(page));

/** A message of the wave: what the cloud calls it, and the callback that told of it. */
type Spam = [id: string, callback: object];

const inYunxin = async (cloud: Cloud, at: number): Promise<Spam> => {
  const it = await cloud.plant({ conversation_type: 1, sender_id: "zhangsan", receiver_id: "lisi", text: `spam, "${at}"`, age_ms: 30_000 });
  return [it.message_server_id_text, {
    eventType: "1", convType: "PERSON", to: "lisi", fromAccount: "zhangsan", msgTimestamp: String(it.create_time), msgType: "TEXT",
    msgidServer: it.message_server_id_text, body: `spam, "${at}"`,
  }];
};

const inTencent = async (cloud: Cloud, at: number): Promise<Spam> => {
  const it = await cloud.plantIn("tencent", { From_Account: "zhangsan", To_Account: "lisi", text: `spam ${at}`, age_ms: 30_000 });
  return [it.MsgKey, {
    CallbackCommand: "C2C.CallbackAfterSendMsg", From_Account: it.From_Account, To_Account: it.To_Account, MsgSeq: it.MsgSeq,
    MsgRandom: it.MsgRandom, MsgTime: it.MsgTimeStamp, MsgKey: it.MsgKey, MsgBody: it.MsgBody,
  }];
};

/** Puts a wave into the cloud, and what its callbacks say onto the page that recognises it; gives the ids. */
async function pasted(desk: Desk, cloud: Cloud, spam: (cloud: Cloud, at: number) => Promise<Spam>): Promise<string[]> {
  const wave = await Promise.all(people(MANY).map((_, at) => spam(cloud, at)));
  await desk.page.locator("#paste-text").fill(wave.map(([, callback]) => `[INFO] ${JSON.stringify(callback)}`).join("\n"));
  return wave.map(([id]) => id);
}

/** Reads what was pasted, chooses all of it, and makes it the list of a job. */
async function asAJob({ page }: Desk, operation: string): Promise<void> {
  await page.locator("#paste-read").click();
  await page.locator("#select-all").click();
  // Where they are many, the job comes first.
  await expect(page.locator(".chosen button").first()).toHaveClass(/\bdo\b/);
  await page.locator(`[data-job-all="${operation}"] button`).click();
  await expect(page.locator("#list-rows")).toContainText(String(MANY));
}

/** Each of them was recalled, once. */
async function eachOnce(cloud: Cloud, operation: string, ids: string[]): Promise<void> {
  const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.message_server_id);
  expect(removed.sort()).toEqual(ids.sort());
  expect(await cloud.requests(operation)).toHaveLength(ids.length);
}

inBothLanguages((language) => {
  test("stop a spam wave: pasted callbacks are a plan to confirm six presses later, and each message is recalled once", async ({ desk, cloud, page }) => {
    test.setTimeout(120_000);
    await desk.open("paste");
    const ids = await pasted(desk, cloud, inYunxin);
    const presses = await counted(page);
    await asAJob(desk, "yunxin.recall");
    // No message says in which way it is to be recalled: that is named, and nothing is tried before.
    await expect(page.locator("#list-next")).toContainText(language === "zh-CN" ? "还缺：撤回方式" : "Still missing: Recall type");
    await expect(page.locator("#job-window")).toContainText(language === "zh-CN" ? "还剩" : "left");
    await expect(page.locator("#dry-run")).toHaveCount(0);
    await desk.axe();
    await desk.form().locator('[name="type"][value="2"]').check();
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText(new RegExp(`${MANY}.*${MANY}`));
    await expect(page.locator("#troubles .problem")).toHaveCount(0);
    await expect(page.locator("#canary-goes-on"), "what was pasted is asked about after the canary").not.toBeChecked();
    await desk.axe();

    await ask(desk, MANY, "#job-create-start");
    await expect(page.locator("#confirm-window")).toContainText(language === "zh-CN" ? "还剩" : "left");
    expect((await presses()).length).toBeLessThanOrEqual(6);
    expect(await cloud.requests("yunxin.recall"), "nothing has left so far").toHaveLength(0);
    await desk.confirm();
    await ends(desk, "asking", { sent: 1, planned: MANY - 1 });
    await page.locator("#job-approve").click();
    await ends(desk, "done", { sent: MANY, rejected: 0, unknown: 0 }, 60_000);
    await eachOnce(cloud, "yunxin.recall", ids);
  });
});

test.describe("as a job", () => {
  test.use({ locale: "zh-CN" });

  test("stop a spam wave: where messages say everything, the dry run is done by itself; paused, the job goes on where it stood", async ({ desk, cloud, page }) => {
    test.setTimeout(120_000);
    await desk.open("tencent.recall_c2c");
    await desk.go("paste");
    const ids = await pasted(desk, cloud, inTencent);
    const presses = await counted(page);
    await asAJob(desk, "tencent.recall_c2c");
    await expect(page.locator("#plan")).toContainText(`${MANY} 条 → ${MANY} 次请求`);
    await expect(page.locator("#list-next")).toContainText("已自动试运行");
    await ask(desk, MANY, "#job-create-start");
    expect(await presses()).toHaveLength(4);
    await desk.confirm();
    await ends(desk, "asking", { sent: 1 });
    await page.locator("#job-approve").click();
    await expect(page.locator("#job")).toHaveAttribute("data-sent", /^([5-9]|[1-5]\d)$/);
    await page.locator("#job-pause").click();
    await ends(desk, "paused", { sending: 0 });
    expect((await cloud.effects()).length, "it has stopped in the middle").toBeLessThan(MANY);
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: MANY, rejected: 0, unknown: 0 }, 60_000);
    await eachOnce(cloud, "tencent.recall_c2c", ids);
  });

  test("the list of a job that is being made gives way to the messages that were chosen, and one message is no job", async ({ desk, cloud, page }) => {
    const one = (await cloud.message(SEEDED.fresh.message))!;
    const row = (id: string) => `${id}\tzhangsan|1|lisi\t${one.create_time}`;
    await desk.open("jobs/new/yunxin.recall");
    await page.locator("#list-text").fill("message_server_id\n1\n2\n3");
    await expect(page.locator("#list-rows")).toContainText("3");
    await desk.go("paste");
    await page.locator("#paste-text").fill([row(SEEDED.fresh.message), row("158844553334359999")].join("\n"));
    await page.locator("#paste-read").click();
    await page.locator("tr[data-message] input").first().check();
    await expect(page.locator("[data-act-all]")).toHaveCount(1);
    await expect(page.locator("[data-job-all]")).toHaveCount(0);
    await page.locator("#select-all").click();
    // A few are an ordinary act first.
    await expect(page.locator(".chosen span[data-act-all], .chosen span[data-job-all]").first()).toHaveAttribute("data-act-all", "yunxin.recall");
    await page.locator('[data-job-all="yunxin.recall"] button').click();
    await expect(page.locator("#list-rows")).toContainText("2");
    await expect(page.locator("#list-text")).toHaveValue(new RegExp(SEEDED.fresh.message));
    await expect(desk.control("conversation_id.conversation_type")).toHaveValue("1");
    // It is given over once: whoever comes back finds what they made of it.
    await page.locator("#list-text").fill("message_server_id\n7");
    await desk.go("paste");
    await desk.go("jobs/new/yunxin.recall");
    await expect(page.locator("#list-rows")).toContainText("1");
  });

  test("a place without jobs offers none for the messages that were chosen", async ({ desk, cloud, page }) => {
    await cloud.practice(page, { features: { jobs: false } });
    await desk.open("paste");
    await page.locator("#paste-text").fill(["1", "2"].map((id) => `15884455333435900${id}\tzhangsan|1|lisi\t1700000000000`).join("\n"));
    await page.locator("#paste-read").click();
    await page.locator("#select-all").click();
    await expect(page.locator("[data-act-all]")).toHaveCount(1);
    await expect(page.locator("[data-job-all]")).toHaveCount(0);
  });
});
