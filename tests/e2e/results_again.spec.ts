// Lists that are more than a column of ids: the first of them is nobody's header, and results come back as they went.

import { readFileSync } from "node:fs";
import { expect, test } from "./desk.ts";
import { ends, make, people, start, stored } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";

const SEND = "yunxin.batch_send";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud }) => {
  await cloud.limits({ batch_per_minute: 1_000_000 });
});

test("the first of a list gets what all get, though no digit is in the name; a header gets nothing", async ({ desk, cloud, page }) => {
  await desk.open();
  for (const [list, receivers, text] of [
    ["lisi\nuser0001\nuser0002", ["lisi", "user0001", "user0002"], "一"],
    ["User ID\nuser0001\nuser0002", ["user0001", "user0002"], "二"],
  ] as const) {
    const before = (await stored(cloud)).length;
    await make(desk, SEND, { list, shared: { sender_id: "admin", "message.message_type": "0", "message.text": text } });
    await start(desk, receivers.length);
    await ends(desk, "done", { sent: receivers.length });
    expect((await stored(cloud)).slice(before).sort()).toEqual([...receivers].sort());
  }
  await desk.go(`jobs/new/${SEND}`);
  await page.locator("#list-text").fill('user0001,"ab\nuser0002,cd');
  await page.locator("#dry-run-start").click();
  await expect(page.locator("#troubles")).toContainText("第 1 行的引号没有结束");
  await expect(page.locator("#job-create")).toHaveCount(0);
});

for (const [name, button] of [["csv", "#job-csv"], ["json", "#job-json"]] as const) {
  test(`results as ${name} are dropped back in: what of them was done is left out unless a person wants it again`, async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, SEND, { list: [...people(6), "nobody0001"].join("\n"), each: 2 });
    await cloud.faults({ on: SEND, kind: "cut_after" });
    await start(desk, 7);
    await ends(desk, "failures", { sent: 4, unknown: 2, rejected: 1 });
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
    await desk.go(`jobs/new/${SEND}`);
    await page.locator("#list-file").setInputFiles((await download.path())!);
    await expect(page.locator("#list-rows")).toContainText("7");
    await expect(page.locator("#list-card")).toContainText("其中 4 行已经成功，2 行结果未知");
    await desk.fill({ "message.text": "别的话" });
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("1 条");
    await expect(page.locator("#left-done")).toContainText("已略过 6 行");
    await expect(page.locator("#job-create")).toBeVisible();
    await desk.axe();
    // What was chosen since is another plan.
    await page.locator("#list-done-too").check();
    await expect(page.locator("#job-create")).toHaveCount(0);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("7 条");
    await expect(page.locator("#left-done")).toHaveCount(0);
    await expect(page.locator("#job-create")).toBeVisible();
  });
}

test("rows that are wrong are left out on a word, saved with why, and nobody protected gets anything", async ({ desk, cloud, page }) => {
  await desk.open();
  await desk.go(`jobs/new/${SEND}`);
  await page.locator("#list-text").fill(["accid,备注", "user0001,甲", "1.02844E+18,乙", "user0003 user0004,丙", "user0002,丁"].join("\n"));
  await desk.fill({ sender_id: "admin", "message.message_type": "0", "message.text": "三" });
  await page.locator("#canary").fill("0");
  await page.locator("#dry-run-start").click();
  await expect(page.locator("#leave-wrong")).toContainText("略过这 2 行");
  await expect(page.locator("#job-create")).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#save-wrong").click()]);
  const saved = readFileSync((await download.path())!, "utf8").trim().split("\r\n");
  expect(saved.length, saved.join("\n")).toBe(3);
  expect(saved[1]).toMatch(/^1\.02844E\+18,乙,planned,.*,3$/);
  expect(saved[2]).toMatch(/^user0003 user0004,丙,planned,.*,4$/);
  await page.locator("#leave-wrong").click();
  await expect(page.locator("#plan")).toContainText("2 条");
  await expect(page.locator("#left-wrong")).toContainText("已略过 2 行");
  await expect(page.locator("#troubles")).toContainText("已略过：");
  await desk.axe();
  // It was said of this list as it stands: whoever looks again is asked again.
  await page.locator("#list-text").fill(["accid,备注", "user0001,甲", "1.02844E+18,乙", "user0003 user0004,丙", "9.9E+18,戊", "user0002,丁"].join("\n"));
  await page.locator("#dry-run-start").click();
  await expect(page.locator("#leave-wrong")).toContainText("略过这 3 行");
  await expect(page.locator("#job-create")).toHaveCount(0);
  await page.locator("#leave-wrong").click();
  await expect(page.locator("#left-wrong")).toContainText("已略过 3 行");
  await page.locator("#job-create-start").click();
  await desk.confirm();
  await ends(desk, "done", { sent: 2 });
  expect((await stored(cloud)).sort()).toEqual(["user0001", "user0002"]);
});
