// A batch with a mistake in it: what it sent is changed, message by message, to what a person makes of the text.

import { expect, test } from "./desk.ts";
import { FAST, SHARED, ask, counted, ends, make, people, start } from "./running.ts";

test.use({ locale: "zh-CN" });

test("correct my mistake: the batch is a list for an edit with one press, and its text is there to be corrected", async ({ desk, cloud, page }) => {
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(7).join("\n"), shared: SHARED });
  await start(desk, 7);
  await ends(desk, "done", { sent: 7 });
  const presses = await counted(page);
  await page.locator("#job-correct").click();
  await expect(page.locator("#list-rows")).toContainText("7");
  await expect(desk.form("yunxin.modify")).toBeVisible();
  await expect(desk.control("message.text")).toHaveValue(SHARED["message.text"]);
  await expect(page.locator("#list-next")).toContainText("发出时的样子");
  // What was not corrected yet is not tried.
  await expect(page.locator("#dry-run")).toHaveCount(0);
  await desk.axe();

  await desk.fill({ "message.text": "明晚十点维护，不是今晚" });
  await page.locator("#dry-run-start").click();
  await expect(page.locator("#plan")).toContainText("7 条 → 7 次请求");
  await expect(page.locator("#troubles .problem")).toHaveCount(0);
  await expect(page.locator("#canary-goes-on"), "a new text is looked at before the rest follows").not.toBeChecked();
  await ask(desk, 7, "#job-create-start");
  await desk.agree();
  expect(await presses()).toEqual(["job-correct", "dry-run-start", "job-create-start", "confirm-go"]);
  await ends(desk, "asking", { sent: 1, planned: 6 });
  await page.locator("#job-approve").click();
  await ends(desk, "done", { sent: 7, rejected: 0, unknown: 0 });
  const changed = (await cloud.effects()).filter((it) => it.change === "modified");
  expect(changed.map((it) => it.receiver_id).sort(), "each of them once").toEqual(people(7));
  expect(new Set(changed.map((it) => it.detail.after.text))).toEqual(new Set(["明晚十点维护，不是今晚"]));
  // An edit can be recalled, and is corrected by correcting the batch again.
  await expect(page.locator("#job-recall")).toBeVisible();
  await expect(page.locator("#job-correct")).toHaveCount(0);
});

test("correct my mistake: a batch that is running is paused, and what has not gone stays where it is", async ({ desk, cloud, page }) => {
  await desk.open();
  await make(desk, "yunxin.batch_send", { list: people(40).join("\n"), shared: SHARED, each: 1, pace: { requests: "120", items: "6000000" } });
  await start(desk, 40);
  await expect(page.locator("#job")).toHaveAttribute("data-sent", /^([5-9]|[1-3]\d)$/);
  await page.locator("#job-correct").click();
  await expect(page.locator("#list-rows")).toBeVisible();
  const rows = Number((await page.locator("#list-rows").textContent())!.match(/\d+/)![0]);
  const reached = (await cloud.effects()).filter((it) => it.change === "stored").length;
  expect(rows, "all that was sent is on the list").toBe(reached);
  expect(rows).toBeLessThan(40);
});

test("correct my mistake: where each has a text of its own the new one is missing, and that is named", async ({ desk, page }) => {
  await desk.open();
  const list = ["接收人,名字", "user0001,张三", "user0002,李四"].join("\n");
  await make(desk, "yunxin.batch_send", { list, shared: { ...SHARED, "message.text": "{{名字}}，今晚十点" }, pace: FAST });
  await start(desk, 2);
  await ends(desk, "done", { sent: 2 });
  await page.locator("#job-correct").click();
  await expect(page.locator("#list-rows")).toContainText("2");
  await expect(page.locator("#list-next")).toContainText("还缺");
  await expect(desk.control("message.text")).toHaveValue("");
  await expect(page.locator("#dry-run")).toHaveCount(0);
});
