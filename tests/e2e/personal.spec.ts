// One message for each row, each with what its own row says.

import { expect, test } from "./desk.ts";
import { FAST, ends, start } from "./running.ts";

test.use({ locale: "zh-CN" });

// Quotes, line ends and marks belong to the text; two people may have one name.
const PEOPLE: [string, string, string][] = [
  ["user0001", "张三", '"一号"楼\n东门'],
  ["user0002", "李四", "二楼，左转"],
  ["user0003", "王五", "三楼"],
  ["user0004", "O'Neill \\ <b>", "{{名字}}"],
  ["user0005", "张三", "五楼"],
];
const TEXT = "{{名字}}，您好。请到{{地点}}。";
const textOf = ([, name, place]: [string, string, string]) => `${name}，您好。请到${place}。`;
const quoted = (cells: string[]) => cells.map((it) => `"${it.replaceAll('"', '""')}"`).join(",");

const SENDS = [
  {
    operation: "yunxin.send",
    receiver: "conversation_id.receiver_id",
    shared: { "conversation_id.sender_id": "admin", "conversation_id.conversation_type": "1", "message.message_type": "0", "message.text": TEXT },
    shown: (text: string) => text,
    got: (detail: any) => detail.text,
  },
  {
    // Here the text stands in JSON, which a quote in a cell must not break.
    operation: "tencent.send",
    receiver: "To_Account",
    shared: { From_Account: "zhangsan", MsgBody: `[{"MsgType":"TIMTextElem","MsgContent":{"Text":"${TEXT}"}}]` },
    shown: (text: string) => JSON.stringify([{ MsgType: "TIMTextElem", MsgContent: { Text: text } }]),
    got: (detail: any) => detail.MsgBody[0].MsgContent.Text,
  },
];

for (const { operation, receiver, shared, shown, got } of SENDS) {
  test(`${operation} for a list: the first three texts are shown, and each receiver gets their own once`, async ({ desk, cloud, page }) => {
    await cloud.practice(page);
    await desk.open(operation);
    await desk.go(`jobs/new/${operation}`);
    const list = [[receiver, "名字", "地点"], ...PEOPLE].map(quoted).join("\r\n");
    await page.locator("#list-file").setInputFiles({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
    await expect(page.locator("#list-rows")).toContainText(`${PEOPLE.length} 行`);
    await desk.fill(shared);
    await page.locator("#per-minute").fill(FAST.requests);
    await page.locator("#canary").fill("0");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#first-texts pre")).toHaveText(PEOPLE.slice(0, 3).map((row) => shown(textOf(row))));
    await expect(page.locator("#troubles .problem")).toHaveCount(0);
    await page.locator("#job-create").click();
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    expect(await cloud.requests(operation), "a dry run sends nothing").toHaveLength(0);
    // What was typed is to be read there, and not only what became of it.
    await page.locator("#job-settings summary").first().click();
    await expect(page.locator("#job-settings dl")).toContainText("{{名字}}，您好。请到{{地点}}。");
    await start(desk, PEOPLE.length);
    await ends(desk, "done", { sent: PEOPLE.length, rejected: 0, unknown: 0 });
    const arrived = (await cloud.effects()).map((it) => [it.change, it.receiver_id, got(it.detail)]);
    expect(arrived.sort()).toEqual(PEOPLE.map((row) => ["stored", row[0], textOf(row)]));
    expect(await cloud.requests(operation)).toHaveLength(PEOPLE.length);
  });
}

test("who stands in two rows with different texts is pointed out, and gets both once that is accepted", async ({ desk, cloud, page }) => {
  const { operation, receiver, shared } = SENDS[0]!;
  await cloud.practice(page);
  await desk.open(operation);
  await desk.go(`jobs/new/${operation}`);
  await page.locator("#list-text").fill(`${receiver},名字\nuser0001,张三\nuser0002,李四\nuser0001,张先生`);
  await desk.fill({ ...shared, "message.text": "{{名字}}，您好" });
  await page.locator("#per-minute").fill(FAST.requests);
  await page.locator("#canary").fill("0");
  await page.locator("#dry-run-start").click();
  await expect(page.locator("#troubles")).toContainText("同一个接收方会收到不止一条");
  await expect(page.locator("#troubles")).toContainText("4");
  await page.locator("#job-create").click();
  await start(desk, 3);
  await ends(desk, "done", { sent: 3 });
  expect((await cloud.effects()).map((it) => it.receiver_id)).toEqual(["user0001", "user0002", "user0001"]);
  // Tomorrow's list with other texts is the same list.
  await desk.go(`jobs/new/${operation}`);
  await page.locator("#list-text").fill(`${receiver},名字\nuser0002,小李\nuser0001,小张`);
  await page.locator("#dry-run-start").click();
  await expect(page.locator("#job-other-text")).toContainText("同一份名单");
});
