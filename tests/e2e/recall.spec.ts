// Recalling one message.

import { RECALL, carryOut, done } from "./acts.ts";
import { SEEDED } from "./cloud.ts";
import { expect, inBothLanguages, test } from "./desk.ts";
import { everyEnding } from "./endings.ts";

everyEnding("a recall", RECALL);

inBothLanguages(() => {
  test("a newcomer recalls a first message with the keyboard alone", async ({ desk, cloud, page }) => {
    const type = async (name: string, text: string) => {
      await desk.tabTo(desk.control(name));
      await page.keyboard.insertText(text);
    };
    await desk.open();
    await desk.tabTo(page.getByRole("link", { name: desk.words.operations.recall, exact: true }));
    await page.keyboard.press("Enter");
    await expect(page.locator("#page-title")).toBeFocused();
    await type("conversation_id.sender_id", SEEDED.fresh.sender);
    await desk.tabTo(desk.control("conversation_id.conversation_type"));
    await page.keyboard.press("ArrowDown");
    await expect(desk.control("conversation_id.conversation_type")).toHaveValue("1");
    await type("conversation_id.receiver_id", SEEDED.fresh.receiver);
    await type("message_server_id", SEEDED.fresh.message);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await expect(desk.form().locator('[name="type"][value="2"]')).toBeChecked();
    await type("description", "发错了");
    await desk.tabTo(desk.form().locator('button[type="submit"]'));
    await page.keyboard.press("Enter");
    await expect(desk.dialog.getByRole("button", { name: desk.words.cancel })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(desk.dialog.getByRole("button", { name: desk.words.recall.act })).toBeFocused();
    await expect(desk.dialog.getByRole("button", { name: desk.words.recall.act })).toHaveAttribute("aria-disabled", "false");
    await page.keyboard.press("Enter");
    await expect(page.locator("#take-back")).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await desk.concludes("accepted");
    const [effect] = await cloud.effects();
    expect(effect).toMatchObject({ change: "removed", message_server_id: SEEDED.fresh.message, detail: { type: 2, description: "发错了" } });
  });

  test("the form, the dialog, the pause and the result have no accessibility violation", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.axe();
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await expect(desk.dialog).toBeVisible();
    await desk.axe();
    await desk.dialog.locator("#confirm-go").click();
    await desk.axe();
    await desk.page.locator("#leave-now").click();
    await desk.concludes("accepted");
    await desk.axe();
  });
});

test.describe("what leaves", () => {
  test.use({ locale: "zh-CN" });

  test("everything that was typed arrives byte for byte", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill({
      ...(await RECALL.values(cloud)),
      description: "撤回 了+1 & 100%",
      push_content: "一条消息已撤回 😀",
      push_payload: '{"pushTitle":"公告"}',
      route_environment: "prod-1",
      attach: "a=b&c",
    });
    await carryOut(desk, RECALL);
    await desk.concludes("accepted");
    const [request] = await cloud.requests("yunxin.recall");
    expect(request?.path).toBe(`/yunxin/im/v2/conversations/zhangsan%7C1%7Clisi/messages/${SEEDED.fresh.message}`);
    expect(request?.body).toBe("");
    expect(Object.fromEntries(new URLSearchParams(request?.query))).toEqual({
      type: "2", description: "撤回 了+1 & 100%", push_content: "一条消息已撤回 😀", push_payload: '{"pushTitle":"公告"}',
      route_environment: "prod-1", attach: "a=b&c",
    });
    expect(request?.trace_id).toMatch(/^[0-9a-f]{32}$/);
  });

  test("a message of a super team is only recalled both ways", async ({ desk, cloud }) => {
    const { sender, receiver, message } = SEEDED.ofSuperTeam;
    await desk.open(RECALL.operation);
    await desk.fill({
      "conversation_id.sender_id": sender, "conversation_id.conversation_type": "3", "conversation_id.receiver_id": receiver,
      message_server_id: message, type: "3",
    });
    await desk.submit();
    await expect(desk.problem("Y-DEL-2")).toBeVisible();
    await desk.fill({ type: "2" });
    await expect(desk.problem("Y-DEL-2")).toHaveCount(0);
    await carryOut(desk, RECALL);
    await desk.concludes("accepted");
    expect(await done(cloud)).toEqual([`removed ${receiver}`]);
  });

  test("a message outside the window is recalled once the window is ignored", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill({ ...(await RECALL.values(cloud)), ...RECALL.refused.values });
    await carryOut(desk, RECALL);
    await desk.concludes("refused");
    await desk.fill({ ingore_revoke_time: "1" });
    await carryOut(desk, RECALL);
    await desk.concludes("accepted");
    expect(await done(cloud)).toEqual(["removed wangwu"]);
  });

  test("no answer within the deadline is unknown, and nothing is repeated", async ({ desk, cloud, page }) => {
    await page.clock.install();
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await cloud.faults({ kind: "delay", ms: 8_000 });
    await carryOut(desk, RECALL);
    await expect.poll(async () => (await cloud.requests("yunxin.recall")).length).toBe(1);
    await page.clock.fastForward(29_000);
    await expect(desk.result).toHaveCount(0);
    await page.clock.fastForward(2_000);
    await desk.concludes("unknown");
    expect(await done(cloud)).toEqual(["removed lisi"]);
  });

  test("a repeat of what ended unknown is named as such and keeps its trace id", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await cloud.faults({ kind: "not_json" });
    await carryOut(desk, RECALL);
    await desk.concludes("unknown");
    await desk.submit();
    await expect(desk.dialog).toContainText("上一次结果未知");
    await desk.confirm();
    await desk.concludes("accepted");
    const traces = (await cloud.requests("yunxin.recall")).map((request) => request.trace_id);
    expect(traces).toHaveLength(2);
    expect(traces[0]).toBe(traces[1]);
    // And what was accepted once is named before it is done again.
    await desk.submit();
    await expect(desk.dialog).toContainText("已经受理过");
  });
});
