// Filling in: problems, counters, fields that come and go, input methods, pasted text. Nothing wrong leaves, nothing typed is lost.

import { MODIFY, RECALL, SEND } from "./acts.ts";
import { SEEDED } from "./cloud.ts";
import { expect, inBothLanguages, test } from "./desk.ts";

inBothLanguages((language) => {
  test("every problem is shown at once, at its field and in a summary that leads there", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill({
      "conversation_id.conversation_type": "2",
      "conversation_id.receiver_id": "2366968294x",
      message_server_id: "1.58844553334358E+17",
      description: "说".repeat(129),
      type: "2",
      push_payload: "{“a”：1}",
    });
    await desk.submit();
    await expect(desk.summary).toBeFocused();
    await expect(desk.summary.getByRole("heading")).toHaveText(desk.words.summary(5));
    expect(await desk.rules()).toEqual(["Y-ID-4", "Y-ID-2", "Y-ID-3", "Y-DEL-5", "Y-DEL-7"]);
    // The same words in both places, and each link moves the focus to its control: into a folded group, too.
    const links = desk.summary.getByRole("link");
    const shown = await desk.form().locator(".problem[data-rule]").allTextContents();
    expect(await links.allTextContents()).toEqual(shown);
    const names = ["conversation_id.sender_id", "conversation_id.receiver_id", "message_server_id", "description", "push_payload"];
    for (const [at, name] of names.entries()) {
      await links.nth(at).click();
      await expect(desk.control(name)).toBeFocused();
      await expect(desk.control(name)).toHaveAttribute("aria-invalid", "true");
      await expect(desk.control(name)).toHaveAccessibleDescription(containing(shown[at] ?? ""));
    }
    await desk.axe();
    // Nothing left, and nothing typed was lost.
    expect(await cloud.requests()).toEqual([]);
    await expect(desk.control("message_server_id")).toHaveValue("1.58844553334358E+17");
    await expect(desk.control("description")).toHaveValue("说".repeat(129));
    // Limit, count and what to do: in words.
    for (const number of ["128", "129", "1"]) await expect(desk.problem("Y-DEL-5")).toContainText(number);
    // Mending one takes it away from both places.
    await desk.fill({ description: "发错了" });
    await expect(desk.problem("Y-DEL-5")).toHaveCount(0);
    await expect(desk.summary.getByRole("heading")).toHaveText(desk.words.summary(4));
  });

  test("switching the language keeps everything typed and says the problems anew", async ({ desk, page }) => {
    await desk.open(MODIFY.operation);
    await desk.fill({ operator: "zhangsan", type: "2", "message.text": "草稿 draft", "message.message_server_id": "12x", "push_config.push_content": "推送" });
    await desk.submit();
    const before = await desk.problem("Y-ID-3").textContent();
    await page.getByRole("button", { name: desk.words.other }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", language === "zh-CN" ? /^en/ : /^zh/);
    await expect(desk.problem("Y-ID-3")).not.toHaveText(before ?? "");
    await expect(desk.control("operator")).toHaveValue("zhangsan");
    await expect(desk.control("type")).toHaveValue("2");
    await expect(desk.control("message.text")).toHaveValue("草稿 draft");
    await expect(desk.control("push_config.push_content")).toHaveValue("推送");
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("nothing is said while something is typed for the first time, and it is said on leaving", async ({ desk, page }) => {
    await desk.open(RECALL.operation);
    await desk.control("message_server_id").pressSequentially("12a");
    expect(await desk.rules()).toEqual([]);
    await page.keyboard.press("Tab");
    await expect(desk.problem("Y-ID-3")).toBeVisible();
    // Once shown, it goes as soon as it is mended.
    await desk.control("message_server_id").press("End");
    await page.keyboard.press("Backspace");
    await expect(desk.problem("Y-ID-3")).toHaveCount(0);
  });

  test("the first press on the button counts, also when the field just left gets a problem", async ({ desk, page }) => {
    await desk.open(RECALL.operation);
    await desk.control("push_payload").evaluate((element) => element.closest("details")?.setAttribute("open", ""));
    await desk.fill({ type: "2" });
    await desk.control("push_payload").pressSequentially("{");
    const button = (await desk.form().locator('button[type="submit"]').boundingBox())!;
    // As a hand does it: down and up at the same place, wherever the button has gone meanwhile.
    await page.mouse.move(button.x + button.width / 2, button.y + button.height / 2);
    await page.mouse.down();
    await page.waitForTimeout(80);
    await page.mouse.up();
    await expect(desk.summary).toBeFocused();
  });

  test("fields come and go with what they depend on", async ({ desk }) => {
    await desk.open(MODIFY.operation);
    await desk.fill({ "message.message_type": "0" });
    await expect(desk.control("message.attachment")).toBeHidden();
    await desk.fill({ "message.message_type": "4" });
    for (const [name, there] of [["lng", true], ["lat", true], ["title", true], ["url", false], ["dur", false]] as const) {
      await expect(desk.control(`message.attachment.${name}`)).toBeVisible({ visible: there });
    }
    await desk.fill({ type: "1" });
    await expect(desk.page.getByText("接收人", { exact: false }).first()).toBeVisible();
    await desk.fill({ type: "3" });
    await expect(desk.page.getByLabel("群 ID")).toBeVisible();
  });

  test("a filled field that no longer applies is a problem, not a silence", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill({ ...(await RECALL.values(cloud)), push_content: "撤回了" });
    await desk.fill({ type: "3" });
    await expect(desk.control("push_content")).toBeVisible();
    await desk.submit();
    await expect(desk.problem("Y-DEL-3")).toBeVisible();
    expect(await cloud.requests()).toEqual([]);
    await desk.field("push_content").getByRole("button", { name: "清空" }).click();
    await expect(desk.control("push_content")).toBeHidden();
    await desk.submit();
    await desk.confirm();
    await desk.concludes("accepted");
    expect((await cloud.requests())[0]?.query).toBe("type=3");
  });

  test("a limit is counted in the vendor's unit before it is an error", async ({ desk, page }) => {
    await desk.open(RECALL.operation);
    const field = desk.field("description");
    await desk.control("description").fill("好😀");
    await expect(field).toContainText("3 / 128");
    await desk.control("description").fill("好".repeat(128));
    await page.keyboard.press("Tab");
    await expect(desk.problem("Y-DEL-5")).toHaveCount(0);
    await desk.control("description").fill(`${"好".repeat(127)}😀`);
    await page.keyboard.press("Tab");
    await expect(desk.problem("Y-DEL-5")).toContainText("129");
    await expect(desk.control("description")).not.toHaveAttribute("maxlength");
  });

  test("an input method's unfinished text is neither counted nor judged nor submitted", async ({ desk, cloud, page, context }) => {
    await desk.open(RECALL.operation);
    const field = desk.field("description");
    const ime = await context.newCDPSession(page);
    await desk.control("description").focus();
    for (const text of ["c", "ch", "che", "chehui"]) {
      await ime.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    }
    await expect(desk.control("description")).toHaveValue("chehui");
    await expect(field).toContainText("0 / 128");
    // Enter belongs to the input method.
    await ime.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 });
    await ime.send("Input.dispatchKeyEvent", { type: "keyUp", key: "Enter", code: "Enter", windowsVirtualKeyCode: 13 });
    await expect(desk.summary).toHaveCount(0);
    await ime.send("Input.insertText", { text: "撤回" });
    await expect(desk.control("description")).toHaveValue("撤回");
    await expect(field).toContainText("2 / 128");
    // After a composition Enter means Enter again.
    await page.keyboard.press("Enter");
    await expect(desk.summary).toBeFocused();
    expect(await cloud.requests()).toEqual([]);
  });

  test("a shown problem is not judged anew in the middle of a composition", async ({ desk, page, context }) => {
    await desk.open(SEND.operation);
    await desk.fill({ "message.message_type": "0", "message.text": "长".repeat(5001) });
    await page.keyboard.press("Tab");
    await expect(desk.problem("Y-BAT-4")).toContainText("5001");
    const ime = await context.newCDPSession(page);
    await desk.control("message.text").focus();
    await page.keyboard.press("Control+End");
    await ime.send("Input.imeSetComposition", { text: "zhong", selectionStart: 5, selectionEnd: 5 });
    await expect(desk.problem("Y-BAT-4")).toContainText("5001");
    await ime.send("Input.insertText", { text: "中" });
    await expect(desk.problem("Y-BAT-4")).toContainText("5002");
  });

  test("pasted full-width digits and spaces are read for what they mean, and the page says so", async ({ desk, cloud, page }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.control("message_server_id").fill("");
    await page.keyboard.insertText(" １５８８４４５５３３３４３５８０１９\u200b ");
    await desk.control("conversation_id.sender_id").fill(" ZhangSan ");
    await page.keyboard.press("Tab");
    await expect(desk.page.getByText(`将按“${SEEDED.fresh.message}”发送`).first()).toBeVisible();
    await desk.submit();
    await desk.confirm();
    await desk.concludes("accepted");
    expect((await cloud.effects())[0]?.message_server_id).toBe(SEEDED.fresh.message);
  });

  test("going elsewhere and back loses nothing, and a cleared form can be had back", async ({ desk, page }) => {
    await desk.open(SEND.operation);
    await desk.fill({ sender_id: "admin", receiver_ids: "zhangsan\nlisi", "message.message_type": "0", "message.text": "公告" });
    await desk.go("record");
    await page.goBack();
    await expect(desk.control("receiver_ids")).toHaveValue("zhangsan\nlisi");
    await page.getByRole("button", { name: "清空表单" }).click();
    await expect(desk.control("receiver_ids")).toHaveValue("");
    await page.getByRole("button", { name: "撤销" }).click();
    await expect(desk.control("receiver_ids")).toHaveValue("zhangsan\nlisi");
    await expect(desk.control("message.text")).toHaveValue("公告");
  });

  test("a folded group shows how many values it holds", async ({ desk }) => {
    await desk.open(MODIFY.operation);
    const group = desk.group("push_config.push_content");
    await expect(group.locator("summary")).not.toContainText("项");
    await desk.fill({ "push_config.push_content": "推送", "push_config.push_nick_enabled": "false" });
    await expect(group.locator("summary")).toContainText("已设 2 项");
  });
});

/** A pattern that finds this text anywhere. */
function containing(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
