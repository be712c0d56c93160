// Anything pasted: messages are recognised in it, chosen, and acted on in the fewest requests.

import { type Cloud, SEEDED } from "./cloud.ts";
import { type Desk, expect, test } from "./desk.ts";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud, page }) => cloud.practice(page));

/** Pastes into the page of one cloud and reads it. */
async function recognised(desk: Desk, text: string): Promise<void> {
  await desk.page.locator("#paste-text").fill(text);
  await desk.page.locator("#paste-read").click();
  await expect(desk.page.locator("section.result h2").first()).toBeVisible();
}

/** The ids in the list, in its order. */
async function listed(desk: Desk): Promise<string[]> {
  return await desk.page.locator("tr[data-message]").evaluateAll((all) => all.map((it) => it.getAttribute("data-message")!));
}

/** Chooses everything and presses the act; then submits and confirms. */
async function allOfThem(desk: Desk, act: string): Promise<void> {
  await desk.page.locator("#select-all").click();
  await desk.page.locator(`[data-act-all="${act}"] button`).click();
  await expect(desk.form()).toHaveAttribute("data-operation", act);
}

test("Yunxin: callbacks, log lines and a column become one list, each message once, and are recalled one after the other", async ({ desk, cloud, page }) => {
  const message = async (id: string) => (await cloud.message(id))!;
  const [one, two] = [await message(SEEDED.fresh.message), await message(SEEDED.tenMinutesOld.message)];
  const callback = {
    eventType: "1", convType: "PERSON", to: "lisi", fromAccount: "zhangsan", msgTimestamp: String(one.create_time), msgType: "TEXT",
    msgidServer: SEEDED.fresh.message, body: "活动今晚八点开始",
  };
  await desk.open("paste");
  await recognised(desk, [
    JSON.stringify(callback, null, 2),
    `2026-11-21 09:00:01 INFO callback ${JSON.stringify(callback)} done`,
    "nobody understands this!",
    `${SEEDED.tenMinutesOld.message}\tzhangsan|1|wangwu\t${two.create_time}`,
  ].join("\n"));
  expect(await listed(desk)).toEqual([SEEDED.fresh.message, SEEDED.tenMinutesOld.message]);
  await expect(page.getByText("合并了 1 条重复的。")).toBeVisible();
  await page.locator("#paste-strange summary").click();
  await expect(page.locator("#paste-strange")).toContainText("nobody understands this!");
  await desk.axe();

  await allOfThem(desk, "yunxin.recall");
  await expect(page.locator("#several")).toContainText("2 次请求");
  await desk.fill({ type: "2", ingore_revoke_time: "1" });
  await desk.axe();
  await desk.submit();
  await expect(desk.dialog).toContainText("2");
  await desk.confirm();
  await expect(page.locator("#counts")).toHaveText("共 2 次请求：受理 2，部分 0，没有做成 0，未知 0");
  await desk.axe();
  const effects = await cloud.effects();
  expect(effects.map((effect) => effect.message_server_id).toSorted()).toEqual([SEEDED.fresh.message, SEEDED.tenMinutesOld.message].toSorted());
  expect(await cloud.requests("yunxin.recall")).toHaveLength(2);
});

test("Yunxin: a sheet with the names of its columns, and one of several that is refused is told apart", async ({ desk, cloud, page }) => {
  const one = (await cloud.message(SEEDED.fresh.message))!;
  await desk.open("paste");
  await recognised(desk, [
    "message_server_id\tsender_id\treceiver_id\tconversation_type\tcreate_time",
    `${SEEDED.fresh.message}\tzhangsan\tlisi\t1\t${one.create_time}`,
    `158844553334359999\tzhangsan\tlisi\t1\t${one.create_time}`,
  ].join("\n"));
  expect(await listed(desk)).toHaveLength(2);
  await allOfThem(desk, "yunxin.recall");
  await desk.fill({ type: "2" });
  await desk.submit();
  await desk.confirm();
  await expect(page.locator("#counts")).toHaveText("共 2 次请求：受理 1，部分 0，没有做成 1，未知 0");
  // What needs a person stands first.
  await expect(desk.result.locator("li[data-verdict]").first()).toHaveAttribute("data-verdict", "refused");
  expect((await cloud.effects()).map((effect) => effect.message_server_id)).toEqual([SEEDED.fresh.message]);
});

const tencent = async (cloud: Cloud, seq: number) => (await cloud.messagesOf("tencent")).find((it) => it.MsgSeq === seq);

test("Tencent: callbacks and log lines; several of one conversation are deleted in one request", async ({ desk, cloud, page }) => {
  const [one, two] = [await tencent(cloud, 1017), await tencent(cloud, 1018)];
  const callback = (it: any) => ({
    CallbackCommand: "C2C.CallbackAfterSendMsg", From_Account: it.From_Account, To_Account: it.To_Account, MsgSeq: it.MsgSeq,
    MsgRandom: it.MsgRandom, MsgTime: it.MsgTimeStamp, MsgKey: it.MsgKey, MsgBody: it.MsgBody,
  });
  await desk.open("tencent.recall_c2c");
  await desk.go("paste");
  await recognised(desk, `${JSON.stringify(callback(one))}\n[INFO] after-send ${JSON.stringify(callback(two))}\n${two.MsgKey}\tzhangsan\tlisi\n???\n`);
  expect((await listed(desk)).toSorted()).toEqual([one.MsgKey, two.MsgKey].toSorted());
  await expect(page.locator("#paste-strange")).toContainText("1");
  await allOfThem(desk, "tencent.delete_c2c");
  await expect(page.locator("#several")).toHaveCount(0);
  await desk.fill({ Operator_Account: "lisi", Peer_Account: "zhangsan" });
  await desk.submit();
  await desk.confirm();
  await desk.concludes("accepted");
  expect(await cloud.requests("tencent.delete_c2c")).toHaveLength(1);
  expect(await cloud.effects()).toHaveLength(2);
});

test("Tencent: numbers of a group's messages become one recall", async ({ desk, cloud, page }) => {
  await desk.open("tencent.recall_group");
  await desk.go("paste");
  await recognised(desk, ["GroupId,MsgSeq,From_Account", ...[26, 27, 28].map((seq) => `@TGS#2PRACTICE,${seq},lisi`)].join("\n"));
  expect((await listed(desk)).toSorted()).toEqual(["26", "27", "28"]);
  await allOfThem(desk, "tencent.recall_group");
  await expect(desk.control("MsgSeqList")).toHaveValue("26\n27\n28");
  await desk.submit();
  await desk.confirm();
  await desk.concludes("accepted");
  await expect(desk.result.locator("[data-proof]")).toHaveAttribute("data-proof", "verified");
  expect(await cloud.requests("tencent.recall_group")).toHaveLength(1);
  expect(await cloud.effects()).toHaveLength(3);
  await expect(page.locator("#counts").or(desk.result)).not.toHaveCount(0);
});

test("Easemob: callbacks, lines of a history file and a column are recalled in one request", async ({ desk, cloud, page }) => {
  const stored = await cloud.messagesOf("easemob");
  const by = (text: string) => stored.find((it) => it.body.msg === text);
  const [one, two, three] = [by("活动今晚八点开始"), by("发错了的一条"), by("群公告：明天维护")];
  const callback = {
    callId: "practice-org#message-desk_1", eventType: "chat", timestamp: one.timestamp, chat_type: "chat", group_id: "", from: one.from, to: one.to, msg_id: one.msg_id,
    payload: { bodies: [{ msg: one.body.msg, type: "txt" }], ext: {}, from: one.from, to: one.to, type: "chat" },
  };
  const history = {
    msg_id: two.msg_id, timestamp: String(two.timestamp), direction: "outgoing", from: two.from, to: two.to, chat_type: "chat",
    payload: { bodies: [{ msg: two.body.msg, type: "txt" }], ext: {}, from: two.from, to: two.to },
  };
  await desk.open("easemob.recall");
  await desk.go("paste");
  await recognised(desk, [
    `msg_id\tchat_type\tto\tfrom`, `${three.msg_id}\tgroupchat\t${three.to}\tkefu03`, `${two.msg_id}\tchat\tlisi\tzhangsan`,
    JSON.stringify(callback), `11:00:00 ${JSON.stringify(history)}`,
  ].join("\n"));
  expect((await listed(desk)).toSorted()).toEqual([one.msg_id, two.msg_id, three.msg_id].toSorted());
  await expect(page.getByText("合并了 1 条重复的。")).toBeVisible();
  await allOfThem(desk, "easemob.batch_recall");
  await desk.submit();
  await expect(desk.dialog).toContainText("3");
  await desk.confirm();
  await desk.concludes("accepted");
  expect(await cloud.requests("easemob.batch_recall")).toHaveLength(1);
  expect((await cloud.effects()).map((effect) => effect.message_server_id).toSorted()).toEqual([one.msg_id, two.msg_id, three.msg_id].toSorted());
});
