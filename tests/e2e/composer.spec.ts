// A message of several elements, put together by keyboard; and what is kept when the cloud is switched.

import { type Desk, expect, test } from "./desk.ts";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud, page }) => cloud.practice(page));

/** The row a control of the list stands in; a person's position in it. */
const row = (desk: Desk, number: number) => desk.form().locator("fieldset.row").nth(number);

/** Sets a button of the composer off by keyboard, from where the focus is. */
async function press(desk: Desk, name: string): Promise<void> {
  const button = desk.page.getByRole("button", { name, exact: true });
  await button.focus();
  await desk.page.keyboard.press("Enter");
}

test("elements are added, moved and removed by keyboard, and the focus stays where the hands are", async ({ desk, cloud, page }) => {
  await desk.open("tencent.send");
  await desk.fill({ From_Account: "zhangsan", To_Account: "lisi" });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.getAttribute("name") ?? "");
  const text = (number: number) => desk.control(`MsgBody.${number}.MsgContent.Text`);
  for (const [number, words] of ["一", "二", "三"].entries()) {
    await press(desk, "添加元素");
    // The new element is ready to be filled in.
    await expect.poll(focused).toBe(`MsgBody.${number}.MsgType`);
    await desk.tabTo(text(number));
    await page.keyboard.insertText(words);
  }
  await desk.axe();
  await press(desk, "第 3 个元素 上移");
  await expect(text(1)).toHaveValue("三");
  await expect(text(2)).toHaveValue("二");
  await expect.poll(focused).toBe("第 2 个元素 上移");
  await page.keyboard.press("Enter");
  await expect(text(0)).toHaveValue("三");
  // At the top it can go no further; the focus is still there.
  await expect.poll(focused).toBe("第 1 个元素 上移");
  await page.keyboard.press("Enter");
  await expect(text(0)).toHaveValue("三");
  await press(desk, "第 2 个元素 删去");
  await expect(desk.form().locator("fieldset.row")).toHaveCount(2);
  await expect(text(1)).toHaveValue("二");
  // What had the focus is gone: it is with the list, and not lost.
  expect(await page.evaluate(() => document.activeElement !== document.body && document.querySelector("form")!.contains(document.activeElement))).toBe(true);
  await expect(row(desk, 1)).toBeVisible();

  // Elsewhere and back, everything is as it was.
  await desk.go("record");
  await page.goBack();
  await expect(text(0)).toHaveValue("三");
  await press(desk, "添加元素");
  await expect(desk.form().locator("fieldset.row")).toHaveCount(3);
  await press(desk, "第 3 个元素 删去");
  await desk.submit();
  await desk.confirm();
  await desk.concludes("accepted");
  const [effect] = await cloud.effects();
  expect(effect?.detail.MsgBody ?? effect?.detail.message?.MsgBody).toEqual([
    { MsgType: "TIMTextElem", MsgContent: { Text: "三" } },
    { MsgType: "TIMTextElem", MsgContent: { Text: "二" } },
  ]);
});

test("raw JSON goes out as it is; both at once is a problem; bytes are counted as the vendor counts", async ({ desk, cloud, page }) => {
  await desk.open("tencent.send");
  await desk.fill({ From_Account: "zhangsan", To_Account: "lisi" });
  const body = [{ MsgType: "TIMTextElem", MsgContent: { Text: "你好" } }, { MsgType: "TIMFaceElem", MsgContent: { Index: 1, Data: "smile" } }];
  await desk.fill({ MsgBody: JSON.stringify(body) });
  const bytes = new TextEncoder().encode(JSON.stringify(body)).length;
  // Counted towards the nearer of two limits: the one that warns.
  await expect(desk.form().locator("fieldset.list .count").first()).toHaveText(`${bytes} / 12000`);
  await press(desk, "添加元素");
  await desk.fill({ "MsgBody.0.MsgContent.Text": "也填了" });
  await desk.submit();
  await expect(desk.summary).toContainText("请只留一种");
  expect(await cloud.requests()).toEqual([]);
  await press(desk, "第 1 个元素 删去");
  await desk.submit();
  await desk.confirm();
  await desk.concludes("accepted");
  const [request] = await cloud.requests("tencent.send");
  expect(JSON.parse(request!.body).MsgBody).toEqual(body);
  await desk.fill({ MsgBody: JSON.stringify([{ MsgType: "TIMTextElem", MsgContent: { Text: "长".repeat(4100) } }]) });
  await expect(desk.form().locator("fieldset.list .count.over").first()).toBeVisible();
  await desk.submit();
  await expect(desk.summary).toBeFocused();
  await expect(page.locator("#summary")).toContainText("12288");
});

test("switching the cloud keeps the words and the people, and says what the other one cannot do", async ({ desk, page }) => {
  await desk.open("yunxin.batch_send");
  await desk.fill({ sender_id: "zhangsan", receiver_ids: "lisi\nwangwu", "message.message_type": "0", "message.text": "今晚十点维护" });
  const to = async (vendor: string, place: string) => {
    await desk.go("connection");
    await page.locator("#vendor").focus();
    await page.locator("#vendor").selectOption(vendor);
    await expect(page.locator(`form[data-connection="${vendor}"]`)).toBeVisible();
    // The form was drawn anew around the list somebody is choosing in.
    await expect(page.locator("#vendor")).toBeFocused();
    await page.locator(`a[data-verb="${place}"]`).click();
    await expect(page.locator("#page-title")).toBeFocused();
  };
  await to("tencent", "send");
  await expect(desk.form()).toHaveAttribute("data-operation", "tencent.batch_send");
  await expect(desk.control("From_Account")).toHaveValue("zhangsan");
  await expect(desk.control("To_Account")).toHaveValue("lisi\nwangwu");
  await expect(desk.form().locator("[name='MsgBody.0.MsgContent.Text']")).toHaveValue("今晚十点维护");
  await to("easemob", "send");
  await expect(desk.form()).toHaveAttribute("data-operation", "easemob.send_users");
  await expect(desk.control("from")).toHaveValue("zhangsan");
  await expect(desk.control("to")).toHaveValue("lisi\nwangwu");
  await expect(desk.control("body.msg")).toHaveValue("今晚十点维护");
  // What it cannot do is not hidden: the reason, and the nearest way.
  await page.locator('a[data-verb="recall"]').click();
  const gaps = page.locator("details.gaps");
  await gaps.locator("summary").click();
  await expect(gaps.locator("li.gap .hint").first()).not.toBeEmpty();
  await gaps.getByRole("link", { name: "最接近的做法" }).first().click();
  await expect(desk.form()).toHaveAttribute("data-operation", "easemob.delete_roaming");
});
