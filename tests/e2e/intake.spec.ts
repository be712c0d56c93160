// Lists that people bring: every kind of file, read as it is or refused with one clear answer.

import { expect, test } from "./desk.ts";
import { workbook } from "./workbook.ts";

const SHARED = { sender_id: "admin", "message.message_type": "0", "message.text": "今晚十点维护" };
const NEW = "jobs/new/yunxin.batch_send";
const sheetFile = (buffer: Buffer, name = "名单.xlsx") => ({ name, mimeType: "application/octet-stream", buffer });

test.describe("lists", () => {
  test.use({ locale: "zh-CN" });

  test("an announcement to the people on an XLSX sheet: read, chosen, mended, sent, each of them once", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go(NEW);
    expect(await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("sheet-")).length), "the reader is not there before it is needed").toBe(0);
    const people = [["接收人", "名字"], ["user0001", "张三"], [], ["user0002", "李四"]];
    await page.locator("#list-file").setInputFiles(sheetFile(workbook({ 说明: [["请看第二页"]], 名单: people, 旧: [["接收人"], [158844553334358019]] })));
    await expect(page.locator("#list-sheet option")).toHaveText(["说明", "名单", "旧"]);
    await expect(page.locator("#list-rows")).toContainText("1 行");
    await desk.fill({ ...SHARED, "message.text": "{{名字}}，您好" });
    // A number with more digits than a spreadsheet keeps is no id any more.
    await page.locator("#list-sheet").selectOption({ label: "旧" });
    await expect(page.locator("#list-columns tbody")).toContainText("1.58844553334358E+17");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles")).toContainText("1 行：2");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await page.locator("#list-sheet").selectOption({ label: "名单" });
    await expect(page.locator("#list-columns tbody th")).toHaveText(["2", "4"]);
    await desk.axe();
    await page.locator("#canary").fill("0");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("2 条 → 2 次请求");
    await page.locator("#job-create").click();
    await page.locator("#job-start").click();
    await desk.confirm();
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "done", { timeout: 30_000 });
    const texts = (await cloud.effects()).filter((it) => it.change === "stored").map((it) => [it.receiver_id, JSON.stringify(it.detail)]);
    expect(texts).toEqual([["user0001", expect.stringContaining("张三，您好")], ["user0002", expect.stringContaining("李四，您好")]]);
  });

  test("a file that is no list gets one clear answer, and the list that stands there stays", async ({ desk, page }) => {
    await desk.open();
    await desk.go(NEW);
    await page.locator("#list-text").fill("user0001");
    const fault = page.locator("#list-fault");
    const cut = workbook({ 一: [["user0001"]] });
    const wide = (text: string) => Buffer.from(text, "utf16le");
    const old = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(120)]);
    for (const [name, bytes, said] of [
      ["empty.csv", Buffer.alloc(0), "空的"],
      ["picture.csv", Buffer.from("89504e470d0a1a0a", "hex"), "图片"],
      ["paper.csv", Buffer.from("%PDF-1.7 ..."), "文档"],
      ["list.xls", Buffer.concat([old, wide("Workbook")]), "另存为 .xlsx"],
      ["list.xlsx", Buffer.concat([old, wide("EncryptedPackage")]), "密码"],
      ["cut.xlsx", cut.subarray(0, cut.length - 40), "已损坏"],
      ["page.xls", Buffer.from("<html><table><tr><td>u1"), "网页"],
    ] as const) {
      await page.locator("#list-file").setInputFiles(sheetFile(bytes, name));
      await expect(fault, name).toContainText(said);
      await expect(page.locator("#list-text"), name).toHaveValue("user0001");
    }
    await desk.axe();
  });
});
