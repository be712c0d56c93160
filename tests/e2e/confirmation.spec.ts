// Asking before an act, as much as the act deserves, and the seconds in which it can be taken back.

import { RECALL, SEND, done } from "./acts.ts";
import { SEEDED } from "./cloud.ts";
import { expect, inBothLanguages, test } from "./desk.ts";

inBothLanguages(() => {
  test("the dialog says what will happen from the very request, and begins on Cancel", async ({ desk, cloud, page }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    const { recall, cancel } = desk.words;
    await expect(desk.dialog).toContainText(recall.act);
    for (const fact of [SEEDED.fresh.sender, SEEDED.fresh.receiver, SEEDED.fresh.message, recall.twoWay, recall.final]) {
      await expect(desk.dialog).toContainText(fact);
    }
    await expect(desk.dialog.getByRole("button", { name: cancel })).toBeFocused();
    // Neither Enter on Cancel nor Escape sends anything.
    await page.keyboard.press("Enter");
    await expect(desk.dialog).toHaveCount(0);
    await desk.submit();
    await expect(desk.dialog.getByRole("button", { name: cancel })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(desk.dialog).toHaveCount(0);
    await expect(desk.form().locator('button[type="submit"]')).toBeFocused();
    expect(await cloud.requests()).toEqual([]);
    await expect(desk.control("message_server_id")).toHaveValue(SEEDED.fresh.message);
  });

  test("what was confirmed can be taken back for five seconds, and then nothing was sent", async ({ desk, cloud, page }) => {
    await page.clock.install();
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await desk.dialog.locator("#confirm-go").click();
    const takeBack = page.locator("#take-back");
    await expect(takeBack).toBeFocused();
    await page.clock.fastForward(3_500);
    await takeBack.click();
    await expect(page.getByText(desk.words.takenBack)).toBeVisible();
    await page.clock.fastForward(20_000);
    await expect(page.getByText(desk.words.takenBack)).toBeVisible();
    expect(await cloud.requests()).toEqual([]);
    expect(desk.watch.requested.filter((request) => request.method !== "GET")).toEqual([]);
  });
});

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("left alone, a confirmed act leaves after five seconds", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await desk.dialog.locator("#confirm-go").click();
    await desk.page.waitForTimeout(4_000);
    expect(await cloud.requests()).toEqual([]);
    await desk.concludes("accepted");
  });

  test("a click meant for something else does not confirm: the button rests first", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    const go = desk.dialog.locator("#confirm-go");
    await expect(go).toHaveAttribute("aria-disabled", "true");
    await go.click({ force: true });
    await expect(desk.dialog).toBeVisible();
    expect(await cloud.requests()).toEqual([]);
  });

  test("Enter in the dialog's boxes does not confirm", async ({ desk, cloud, page }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await expect(desk.dialog.locator("#confirm-go")).toHaveAttribute("aria-disabled", "false");
    await desk.dialog.getByRole("textbox", { name: "原因" }).fill("发错群");
    await page.keyboard.press("Enter");
    await expect(desk.dialog).toBeVisible();
    await expect(page.locator("#take-back")).toHaveCount(0);
  });

  test("the reason goes into the record and not to the cloud", async ({ desk, cloud, page }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await desk.dialog.getByRole("textbox", { name: "原因" }).fill("发错群，值班经理要求");
    await desk.confirm();
    await desk.concludes("accepted");
    await desk.go("record");
    await expect(page.getByRole("listitem").filter({ hasText: SEEDED.fresh.message })).toContainText("发错群，值班经理要求");
    expect(JSON.stringify(desk.watch.requested)).not.toContain(encodeURIComponent("值班经理"));
  });

  test("a scripted click sends nothing", async ({ desk, cloud, page }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await expect(desk.dialog.locator("#confirm-go")).toHaveAttribute("aria-disabled", "false");
    await page.evaluate(() => (document.querySelector("#confirm-go") as HTMLElement).click());
    await expect(desk.dialog).toBeVisible();
    expect(await cloud.requests()).toEqual([]);
  });

  test("more than 50 people ask for the typed count", async ({ desk, cloud }) => {
    const people = Array.from({ length: 51 }, (_, at) => `user${String(at + 1).padStart(4, "0")}`);
    await desk.open(SEND.operation);
    await desk.fill({ ...(await SEND.values(cloud)), receiver_ids: people.join("\n") });
    await desk.submit();
    const [go, count] = [desk.dialog.locator("#confirm-go"), desk.dialog.getByRole("textbox", { name: /51/ })];
    await desk.page.waitForTimeout(800);
    await expect(go).toHaveAttribute("aria-disabled", "true");
    await count.fill("50");
    await expect(go).toHaveAttribute("aria-disabled", "true");
    await count.fill(" ５１ ");
    await expect(go).toHaveAttribute("aria-disabled", "false");
    await desk.confirm();
    await desk.concludes("accepted");
    expect(await done(cloud)).toHaveLength(51);
  });

  test("in production even one recall asks for the typed count, and says that people are affected", async ({ desk, cloud }) => {
    await desk.connectByHand();
    await expect(desk.page.getByRole("region", { name: "当前连接" })).toContainText("生产环境");
    await desk.go(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await expect(desk.dialog).toContainText("真实用户");
    await desk.axe();
    await desk.page.waitForTimeout(800);
    await expect(desk.dialog.locator("#confirm-go")).toHaveAttribute("aria-disabled", "true");
    await desk.dialog.getByRole("textbox", { name: /数量 1/ }).fill("1");
    await desk.confirm();
    await desk.concludes("accepted");
    expect(await done(cloud)).toEqual(RECALL.effects);
  });

  test("a second press while a request is on its way sends nothing more", async ({ desk, cloud }) => {
    await desk.open(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await cloud.faults({ kind: "delay", ms: 1500 });
    await desk.submit();
    await desk.confirm();
    await expect(desk.page.getByText("正在等待回答")).toBeVisible();
    await desk.form().locator('button[type="submit"]').click({ force: true });
    await expect(desk.dialog).toHaveCount(0);
    await desk.concludes("accepted");
    expect(await cloud.requests(RECALL.operation)).toHaveLength(1);
  });
});
