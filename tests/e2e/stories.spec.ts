// What people come for, from beginning to end, by keyboard alone and in a counted number of steps.

import { expect, test } from "./desk.ts";
import { SEEDED } from "./cloud.ts";
import { Hands } from "./hands.ts";

test.use({ locale: "zh-CN" });
test.describe.configure({ timeout: 60_000 });

const NEW = "活动改到今晚九点";

test.describe("fixing one message: find it, see it, change it, know that it changed", () => {
  test.beforeEach(async ({ cloud, page }) => cloud.practice(page));

  test("of Yunxin", async ({ desk, cloud, page }) => {
    const hands = new Hands(desk);
    const { create_time: time, text } = (await cloud.message(SEEDED.fresh.message))!;
    await desk.open("yunxin.modify");
    await hands.verb("find");
    await hands.tab("yunxin.find_history");
    await hands.fill({ "conversation_id.sender_id": "zhangsan" });
    await hands.choose("conversation_id.conversation_type", "1");
    await hands.fill({ "conversation_id.receiver_id": "lisi", begin_time: String(time - 60_000), end_time: String(time + 60_000) });
    await hands.submit();
    await expect(desk.result).toBeFocused();
    await desk.axe();
    await hands.press(page.locator(`tr[data-message="${SEEDED.fresh.message}"] [data-act="yunxin.modify"] button`));
    await expect(page.locator("#original-text")).toHaveText(text!);
    await hands.fill({ "message.text": NEW });
    await expect(page.locator("blockquote.new")).toHaveText(NEW);
    await desk.axe();
    await hands.submit();
    await desk.concludes("accepted");
    await expect(desk.result.locator("[data-proof]")).toHaveAttribute("data-proof", "verified");
    expect((await cloud.effects()).map((effect) => [effect.change, effect.detail.after.text])).toEqual([["modified", NEW]]);
    // Two to the search, one to make it, one to the message, one to change it.
    expect(hands).toMatchObject({ pressed: 5, typed: 6 });
  });

  test("of Tencent", async ({ desk, cloud, page }) => {
    const hands = new Hands(desk);
    const message = (await cloud.messagesOf("tencent")).find((it) => it.MsgSeq === 1001);
    await desk.open("tencent.modify_c2c");
    await hands.verb("find");
    await hands.fill({
      Operator_Account: "lisi", Peer_Account: "zhangsan", MinTime: String(message.MsgTimeStamp - 60), MaxTime: String(message.MsgTimeStamp + 60),
    });
    await hands.submit();
    await expect(desk.result).toBeFocused();
    await desk.axe();
    await hands.press(page.locator(`tr[data-message="${message.MsgKey}"] [data-act="tencent.modify_c2c"] button`));
    await expect(page.locator("#original-text")).toHaveText(message.MsgBody[0].MsgContent.Text);
    await hands.fill({ "MsgBody.0.MsgContent.Text": NEW });
    await hands.submit();
    await desk.concludes("accepted");
    await expect(desk.result.locator("[data-proof]")).toHaveAttribute("data-proof", "verified");
    expect((await cloud.effects()).map((effect) => effect.change)).toEqual(["modified"]);
    expect(hands).toMatchObject({ pressed: 4, typed: 5 });
  });

  test("of Easemob", async ({ desk, cloud, page }) => {
    const hands = new Hands(desk);
    const message = (await cloud.messagesOf("easemob")).find((it) => it.body.msg === "活动今晚八点开始");
    await desk.open("easemob.rewrite");
    await hands.verb("find");
    await hands.fill({ username: "lisi", to: "zhangsan" });
    await hands.submit();
    await expect(desk.result).toBeFocused();
    await desk.axe();
    await hands.press(page.locator(`tr[data-message="${message.msg_id}"] [data-act="easemob.rewrite"] button`));
    await expect(page.locator("#original-text")).toHaveText("活动今晚八点开始");
    await hands.fill({ "new_msg.msg": NEW });
    await hands.submit();
    await desk.concludes("accepted");
    await expect(desk.result.locator("[data-proof]")).toHaveAttribute("data-proof", "verified");
    expect((await cloud.effects()).map((effect) => effect.change)).toEqual(["modified"]);
    expect(hands).toMatchObject({ pressed: 4, typed: 3 });
  });
});

test.describe("finding a message among many", () => {
  test.beforeEach(async ({ cloud, page }) => cloud.practice(page));

  test("of Yunxin: page by page, then by its words", async ({ desk, cloud, page }) => {
    const hands = new Hands(desk);
    const planted = [];
    for (let number = 1; number <= 25; number += 1) {
      planted.push(await cloud.plant({ conversation_type: 1, sender_id: "lisi", receiver_id: "wangwu", text: `第 ${number} 条`, age_ms: number * 60_000 }));
    }
    await desk.open("yunxin.find_history");
    await hands.fill({ "conversation_id.sender_id": "wangwu" });
    await hands.choose("conversation_id.conversation_type", "1");
    const now = Date.now();
    await hands.fill({ "conversation_id.receiver_id": "lisi", begin_time: String(now - 3_600_000), end_time: String(now), limit: "10" });
    await hands.submit();
    const rows = page.locator("tr[data-message]");
    await expect(rows).toHaveCount(10);
    await hands.press(page.locator("#found-more"));
    await expect(rows).toHaveCount(20);
    await hands.press(page.locator("#found-more"));
    await expect(rows).toHaveCount(25);
    await expect(page.locator("#found-more")).toHaveCount(0);
    await hands.press(page.locator("#filter-text"));
    await page.keyboard.insertText("第 25 条");
    await expect(rows).toHaveCount(1);
    await expect(rows).toHaveAttribute("data-message", planted[24]!.message_server_id_text);
    await expect(desk.result).toContainText("显示 1 条，共 25 条");
  });

  test("of Tencent: page by page, and from both sides", async ({ desk, cloud, page }) => {
    const hands = new Hands(desk);
    const [one] = await cloud.messagesOf("tencent").then((all) => all.filter((it) => it.MsgSeq === 2002));
    await desk.open("tencent.find_c2c");
    const around = { MinTime: String(one.MsgTimeStamp - 7200), MaxTime: String(one.MsgTimeStamp + 7200) };
    await hands.fill({ Operator_Account: "user0001", Peer_Account: "user0002", ...around });
    await hands.submit();
    const rows = page.locator("tr[data-message]");
    await expect(desk.result).toBeFocused();
    const first = await rows.count();
    expect(first).toBeLessThan(60);
    let pages = 1;
    while (await page.locator("#found-more").isVisible()) {
      const before = await rows.count();
      await hands.press(page.locator("#found-more"));
      await expect.poll(() => rows.count()).toBeGreaterThan(before);
      pages += 1;
    }
    expect(pages).toBeGreaterThan(1);
    await expect(rows).toHaveCount(60);
    // The other side's view is one press away, filled in: what only the receiver has a copy of is there.
    await cloud.plantIn("tencent", { From_Account: "administrator", To_Account: "user0002", text: "只有收件方看得到", SyncOtherMachine: 2 });
    await hands.press(desk.result.getByRole("button", { name: /user0002/ }).last());
    await expect(desk.control("Operator_Account")).toHaveValue("user0002");
    await expect(desk.control("Peer_Account")).toHaveValue("user0001");
    await expect(desk.result).toHaveCount(0);
    await hands.submit();
    await expect(desk.result).toBeFocused();
    await expect(rows.first()).toBeVisible();
  });

  test("of Easemob: page by page", async ({ desk, cloud, page }) => {
    const hands = new Hands(desk);
    for (let number = 1; number <= 25; number += 1) {
      await cloud.plantIn("easemob", { from: "lisi", to: "wangwu", body: { msg: `第 ${number} 条` }, age_ms: number * 60_000 });
    }
    await desk.open("easemob.find_chat");
    await hands.fill({ username: "wangwu", to: "lisi" });
    await hands.submit();
    const rows = page.locator("tr[data-message]");
    await expect(rows).toHaveCount(20);
    await hands.press(page.locator("#found-more"));
    await expect(rows).toHaveCount(25);
    await hands.fill({});
    await page.locator("#filter-text").focus();
    await page.keyboard.insertText("第 7 条");
    await expect(rows).toHaveCount(1);
  });
});

test.describe("taking back what was just sent, in three presses", () => {
  test.beforeEach(async ({ cloud, page }) => cloud.practice(page));

  const SENDS = [
    { operation: "yunxin.send", recall: "yunxin.recall", label: /^撤回这条/ },
    { operation: "tencent.send", recall: "tencent.recall_c2c", label: /^撤回这条/ },
    { operation: "easemob.send_users", recall: "easemob.recall", label: /^撤回这条/ },
  ] as const;
  for (const { operation, recall, label } of SENDS) {
    test(operation, async ({ desk, cloud, page }) => {
      await page.clock.install();
      await desk.open(operation);
      await page.locator("#fill-sample").click();
      await expect(page.getByRole("complementary").locator("pre")).toBeVisible();
      await desk.submit();
      await desk.confirm();
      await desk.concludes("accepted");
      const sent = await cloud.effects();
      const hands = new Hands(desk);
      await hands.press(desk.result.getByRole("button", { name: label }).first());
      await expect(desk.form()).toHaveAttribute("data-operation", recall);
      // Yunxin wants to be told whether the sender's own copy goes, too.
      if (operation === "yunxin.send") await hands.choose("type", "2");
      await hands.submit();
      await hands.confirm();
      // Nobody has to press anything more: it leaves by itself.
      await page.clock.fastForward(5_500);
      await desk.concludes("accepted");
      const gone = (await cloud.effects()).slice(sent.length);
      expect(gone.map((effect) => [effect.change, effect.message_server_id])).toEqual([["removed", sent[0]!.message_server_id]]);
      expect(hands.pressed).toBe(3);
    });
  }
});
