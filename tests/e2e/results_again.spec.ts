// Lists that are more than a column of ids: the first of them is nobody's header, and results come back as they went.

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
  test(`results as ${name} are dropped back in: the same people, and what of them was done is said`, async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, SEND, { list: people(6).join("\n"), each: 2 });
    await cloud.faults({ on: SEND, kind: "cut_after" });
    await start(desk, 6);
    await ends(desk, "failures", { sent: 4, unknown: 2 });
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
    await desk.go(`jobs/new/${SEND}`);
    await page.locator("#list-file").setInputFiles((await download.path())!);
    await expect(page.locator("#list-rows")).toContainText("6");
    await desk.fill({ "message.text": "别的话" });
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("6 条");
    await expect(page.locator("#troubles")).toContainText("其中 4 行已经成功，2 行结果未知");
    await expect(page.locator("#job-create")).toBeVisible();
    await desk.axe();
  });
}
