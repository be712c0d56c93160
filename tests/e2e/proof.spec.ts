// Looking at a message again: what an act did is proved, or contradicted, or left open; and the original can be put back.

import { MODIFY } from "./acts.ts";
import { SEEDED } from "./cloud.ts";
import { type Desk, expect, test } from "./desk.ts";

test.use({ locale: "zh-CN" });

const proof = (desk: Desk) => desk.result.locator("[data-proof]");

test("an edit that the cloud accepted and did not make is contradicted; one nobody can look at stays open", async ({ desk, cloud }) => {
  await desk.open(MODIFY.operation);
  await desk.fill(await MODIFY.values(cloud));
  await cloud.faults({ on: "yunxin.modify", kind: "vendor_code", code: 200, msg: "success" });
  await desk.submit();
  await desk.concludes("accepted");
  await expect(proof(desk)).toHaveAttribute("data-proof", "contradicted");
  await expect(proof(desk)).toHaveText("核实时仍是原样");
  await desk.axe();
  expect(await cloud.effects()).toEqual([]);
  await cloud.faults({ on: "yunxin.find_message", kind: "not_json", times: 2 });
  await desk.submit();
  await desk.concludes("accepted");
  await expect(proof(desk)).toHaveAttribute("data-proof", "open");
  await expect(proof(desk)).toHaveText("已受理（未核实）");
  expect(await cloud.effects()).toHaveLength(1);
  // The proof neither takes the focus from the result nor is anything written a second time.
  await expect(desk.result).toBeFocused();
  expect(await cloud.requests("yunxin.modify")).toHaveLength(2);
});

test("the original is looked up beside the new text, and written back it stands as before", async ({ desk, cloud, page }) => {
  const before = (await cloud.message(SEEDED.fresh.message))!.text!;
  await desk.open(MODIFY.operation);
  await desk.fill(await MODIFY.values(cloud));
  await page.locator("#look-up").click();
  await expect(page.locator("#original-text")).toHaveText(before);
  await expect(page.locator("blockquote.new")).toHaveText("会议改到三点 (3 pm)");
  await desk.submit();
  await expect(proof(desk)).toHaveAttribute("data-proof", "verified");
  await page.locator("#write-back").click();
  await expect(desk.control("message.text")).toHaveValue(before);
  await expect(page.locator("#original-text")).toHaveText(before);
  await expect(desk.result).toHaveCount(0);
  await desk.submit();
  await desk.concludes("accepted");
  await expect(proof(desk)).toHaveAttribute("data-proof", "verified");
  expect((await cloud.message(SEEDED.fresh.message))!.text).toBe(before);
  expect((await cloud.effects()).map((effect) => effect.detail.after.text)).toEqual(["会议改到三点 (3 pm)", before]);
});

test("Tencent and Easemob: an original that was found is written back", async ({ desk, cloud, page }) => {
  await cloud.practice(page);
  const key = (await cloud.messagesOf("tencent")).find((it) => it.MsgSeq === 1001);
  await desk.open("tencent.modify_c2c");
  await page.locator("#fill-sample").click();
  await expect(desk.control("MsgKey")).toHaveValue(key.MsgKey);
  await page.locator("#look-up").click();
  const original = page.locator("#original-text");
  await expect(original).toHaveText(key.MsgBody[0].MsgContent.Text);
  await desk.submit();
  await desk.concludes("accepted");
  await page.locator("#write-back").click();
  await desk.submit();
  await expect(proof(desk)).toHaveAttribute("data-proof", "verified");
  expect((await cloud.messagesOf("tencent")).find((it) => it.MsgKey === key.MsgKey).MsgBody).toEqual(key.MsgBody);

  // Easemob's edit does not say where the message is: pasted with its conversation, it can be looked at.
  const message = (await cloud.messagesOf("easemob")).find((it) => it.body.msg === "活动今晚八点开始");
  await desk.go("easemob.rewrite");
  await expect(desk.form("easemob.rewrite")).toBeVisible();
  await desk.go("paste");
  await page.locator("#paste-text").fill(JSON.stringify({
    msg_id: message.msg_id, timestamp: String(message.timestamp), from: message.from, to: message.to, chat_type: "chat",
    payload: { bodies: [{ msg: message.body.msg, type: "txt" }], ext: {}, from: message.from, to: message.to },
  }));
  await page.locator("#paste-read").click();
  await page.locator('[data-act="easemob.rewrite"] button').click();
  await expect(original).toHaveText("活动今晚八点开始");
  await desk.fill({ "new_msg.msg": "改错了" });
  await desk.submit();
  await expect(proof(desk)).toHaveAttribute("data-proof", "verified");
  await page.locator("#write-back").click();
  await expect(desk.control("new_msg.msg")).toHaveValue("活动今晚八点开始");
  await desk.submit();
  await expect(proof(desk)).toHaveAttribute("data-proof", "verified");
  const now = (await cloud.messagesOf("easemob")).find((it) => it.msg_id === message.msg_id);
  expect(now.body.msg).toBe("活动今晚八点开始");
});
