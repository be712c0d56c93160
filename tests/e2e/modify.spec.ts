// Changing the content of a message that was already sent.

import { MODIFY, carryOut, done } from "./acts.ts";
import { SEEDED } from "./cloud.ts";
import { expect, inBothLanguages, test } from "./desk.ts";
import { everyEnding } from "./endings.ts";

everyEnding("a change", MODIFY);

inBothLanguages(() => {
  test("a message is changed, and the form, the side panel and the result have no accessibility violation", async ({ desk, cloud }) => {
    await desk.open(MODIFY.operation);
    await desk.axe();
    await desk.fill(await MODIFY.values(cloud));
    // The act needs no dialog in practice: the panel beside the form says what will happen before the button does it.
    const panel = desk.page.getByRole("complementary");
    for (const fact of [SEEDED.fresh.sender, SEEDED.fresh.receiver, SEEDED.fresh.message, "会议改到三点 (3 pm)"]) {
      await expect(panel).toContainText(fact);
    }
    await desk.axe();
    await desk.page.getByRole("button", { name: desk.words.modify.act }).click();
    await desk.concludes("accepted");
    await desk.axe();
    const [effect] = await cloud.effects();
    expect(effect?.detail).toMatchObject({ operator: "zhangsan", after: { text: "会议改到三点 (3 pm)" } });
  });
});

test.describe("what leaves", () => {
  test.use({ locale: "zh-CN" });

  test("the owner changes a message of a team, with its own options", async ({ desk, cloud }) => {
    const { message, sender, receiver } = SEEDED.ofTeam;
    await desk.open(MODIFY.operation);
    await desk.fill({
      operator: "admin",
      type: "2",
      "message.message_server_id": message,
      "message.sender_id": sender,
      "message.receiver_id": receiver,
      "message.time": String((await cloud.message(message))?.create_time),
      "message.message_type": "0",
      "message.text": "群公告：改期",
      "team_option.check_team_member_valid": "false",
      "push_config.push_forcepush_enable": "true",
      "push_config.push_forcepush_ids": "zhangsan，lisi",
      "push_config.push_forcepush_content": "请看群公告",
    });
    // Somebody else than the sender: the page says so beforehand.
    await expect(desk.page.getByRole("complementary")).toContainText("操作者不是发送者");
    await carryOut(desk, MODIFY);
    await desk.concludes("accepted");
    const [request] = await cloud.requests(MODIFY.operation);
    expect(request?.body).toContain(`"message_server_id":${message},`);
    expect(JSON.parse(request?.body ?? "")).toMatchObject({
      operator: "admin",
      type: 2,
      message: { receiver_id: receiver, text: "群公告：改期" },
      team_option: { check_team_member_valid: false },
      push_config: { push_forcepush_enable: true, push_forcepush_ids: ["zhangsan", "lisi"], push_forcepush_content: "请看群公告" },
    });
    expect(await done(cloud)).toEqual([`modified ${receiver}`]);
  });

  test("the picture of a message is changed through the cells of its attachment", async ({ desk, cloud }) => {
    const image = "158844553334358023";
    await desk.open(MODIFY.operation);
    await desk.fill({
      operator: "vip_kefu_03",
      type: "1",
      "message.message_server_id": image,
      "message.sender_id": "vip_kefu_03",
      "message.receiver_id": "lisi",
      "message.time": String((await cloud.message(image))?.create_time),
      "message.message_type": "1",
      "message.attachment.url": "https://cdn.example/新海报.png",
      "message.attachment.name": "新海报",
      "message.attachment.w": "640",
      "message.attachment.h": "480",
    });
    await carryOut(desk, MODIFY);
    await desk.concludes("accepted");
    const [effect] = await cloud.effects();
    expect(effect?.detail.after.attachment).toMatchObject({ url: "https://cdn.example/新海报.png", name: "新海报", w: 640, h: 480 });
  });

  test("an answer about another message is not called a success", async ({ desk, cloud }) => {
    await desk.open(MODIFY.operation);
    await desk.fill(await MODIFY.values(cloud));
    await cloud.faults({ kind: "huge_ids" });
    await carryOut(desk, MODIFY);
    await desk.concludes("unknown");
    await expect(desk.result.locator("details")).toContainText(String(BigInt(SEEDED.fresh.message) + 2n ** 63n));
  });

  test("an answer whose numbers are text, or whose data is missing, is still understood", async ({ desk, cloud }) => {
    await desk.open(MODIFY.operation);
    await desk.fill(await MODIFY.values(cloud));
    for (const kind of ["text_numbers", "bare_code", "drop_data"]) {
      await cloud.faults({ kind });
      await carryOut(desk, MODIFY);
      await expect(desk.page.getByText("正在等待回答").or(desk.page.getByText("稍候"))).toHaveCount(0);
      await desk.concludes("accepted");
    }
    expect(await done(cloud)).toEqual(["modified lisi", "modified lisi", "modified lisi"]);
  });

  test("two changes of one message keep the second apart that the cloud asks for", async ({ desk, cloud }) => {
    await desk.open(MODIFY.operation);
    await desk.fill(await MODIFY.values(cloud));
    for (const text of ["第一次", "第二次"]) {
      await desk.fill({ "message.text": text });
      await carryOut(desk, MODIFY);
      await expect.poll(async () => (await cloud.effects()).at(-1)?.detail.after.text).toBe(text);
      await desk.concludes("accepted");
    }
    const [first, second] = await cloud.requests(MODIFY.operation);
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(1000);
  });
});
