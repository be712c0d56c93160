// Lists that people bring: every kind of file, read as it is or refused with one clear answer.

import { readFileSync } from "node:fs";
import { Desk, expect, test } from "./desk.ts";
import { ends, make, people, start, stored } from "./running.ts";
import { ROUTE_TITLES, addresses } from "./stage/addresses.ts";
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

  test("a file can be dropped onto the list", async ({ desk, page }) => {
    await desk.open();
    await desk.go(NEW);
    const carried = await page.evaluateHandle(() => {
      const carried = new DataTransfer();
      carried.items.add(new File(["user0001\nuser0002\nuser0003"], "dropped.txt"));
      return carried;
    });
    const over = await page.locator("#list-card").evaluate((card, dataTransfer) => !card.dispatchEvent(new DragEvent("dragover", { dataTransfer, cancelable: true })), carried);
    expect(over, "the card takes files").toBe(true);
    await page.locator("#list-card").dispatchEvent("drop", { dataTransfer: carried });
    await expect(page.locator("#list-name")).toHaveText("dropped.txt");
    await expect(page.locator("#list-rows")).toContainText("3 行");
  });

  test("a list as people type it is four people, and what was made of it is said", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go(NEW);
    const list = page.locator("#list-text");
    await list.fill("user0001，user0002；user0003、user0004");
    await expect(page.locator("#list-rows")).toContainText("4 行");
    await expect(page.locator("#list-accepted")).toHaveText("这份名单写法不一，是这样读的：， ； 、 当作分隔（3 处）；每一条按先后编号。");
    await desk.axe();
    // Full-width digits, a zero-width space, the mark of an encoding.
    await list.fill("\ufeffuser０００1\nuser0002\u200b\nuser0003");
    await expect(page.locator("#list-accepted")).toHaveText("这份名单写法不一，是这样读的：1 条里的全角字符改为半角；1 条里去掉了看不见的字符；开头的编码标记（BOM）不算内容。");
    await list.fill("user0001\nuser0002");
    await expect(page.locator("#list-accepted")).toHaveCount(0);
    // Two rows of two may be a table; what is not used is said, and can be said otherwise.
    await list.fill("user0001,user0002\nuser0003,user0004");
    await expect(page.locator("#list-rows")).toContainText("2 行");
    await expect(page.locator("#list-may-be")).toBeVisible();
    await page.locator("#list-delimiter").selectOption("entries");
    await expect(page.locator("#list-rows")).toContainText("4 行");
    await expect(page.locator("#list-may-be")).toHaveCount(0);
    await desk.go("jobs");
    await make(desk, "yunxin.batch_send", { list: "user0001，user0002；user0003、user0004" });
    await start(desk, 4);
    await ends(desk, "done", { sent: 4 });
    expect((await stored(cloud)).sort()).toEqual(people(4));
  });

  test("of two columns with one name it is said which is used, and the other can be chosen", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go(NEW);
    await desk.fill({ ...SHARED, "message.text": "{{名字}}，您好" });
    await page.locator("#canary").fill("0");
    await page.locator("#list-text").fill("receiver\treceiver\t名字\t名字\nuser0001\tuser0002\t张三\t李四");
    const columns = page.locator("#list-columns");
    await expect(columns.locator("thead")).toContainText("receiver (2)");
    await expect(page.getByText("只用第 1 列")).toBeVisible();
    await columns.locator("select").nth(1).selectOption("receiver_ids");
    await expect(page.getByText("只用第 2 列")).toBeVisible();
    await expect(columns.locator("select").first()).toHaveValue("");
    await desk.axe();
    // Which of two names a text means nobody can tell.
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles .problem")).toContainText("3 “名字”, 4 “名字”");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await page.locator("#job-create").click();
    await start(desk, 1);
    await ends(desk, "done", { sent: 1 });
    expect(await stored(cloud)).toEqual(["user0002"]);
  });

  test("one row with a cell too many leaves a table a table, and stops; a cell that is missing is said", async ({ desk, page }) => {
    await desk.open();
    await desk.go(NEW);
    await desk.fill(SHARED);
    await page.locator("#list-text").fill("接收人,message.text\nuser0001,你好\nuser0002,你好, 世界\nuser0003,你好");
    await expect(page.locator("#list-delimiter")).toHaveValue("comma");
    await expect(page.locator("#list-rows")).toContainText("3 行");
    await expect(page.locator("#list-card .problem")).toContainText("有 1 行的格数更多（行号：3）");
    await desk.axe();
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles")).toContainText("文本会在那里被截断");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await page.locator("#list-text").fill('接收人,message.text,备注\nuser0001,你好,甲\nuser0002,"你好, 世界"\nuser0003,你好,丙');
    await expect(page.locator("#list-card .problem")).toHaveCount(0);
    await expect(page.locator("#list-card .notice")).toContainText("有 1 行的格数较少（行号：3）");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#job-create")).toBeVisible();
  });

  test("a column of choices takes what the form calls them, and says how it was read", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go(NEW);
    await desk.fill(SHARED);
    await page.locator("#canary").fill("0");
    const list = page.locator("#list-text");
    await list.fill("接收人\tmessage.message_type\nuser0001\t文字\nuser0002\t0");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles .problem")).toContainText("0 (文本)");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await list.fill("接收人\tmessage.message_type\nuser0001\t文本\nuser0002\ttext\nuser0003\t0");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles")).toContainText("“文本” → 0, “text” → 0");
    await expect(page.locator("#plan")).toContainText("3 条 → 1 次请求");
    await page.locator("#job-create").click();
    await start(desk, 3);
    await ends(desk, "done", { sent: 3 });
    expect((await stored(cloud)).sort()).toEqual(people(3));
  });

  test("the first three personalised texts are shown as they will go, and what is empty is said", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go(NEW);
    await desk.fill({ ...SHARED, "message.text": "{{名字}}，您好。\n{{地点}}见" });
    await page.locator("#canary").fill("0");
    await page.locator("#list-text").fill("接收人\t名字\t地点\nuser0001\t张三\t一楼\nuser0002\t\t二楼\nuser0003\t王五\t三楼\nuser0004\t\t四楼");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#first-texts pre")).toHaveText(["张三，您好。\n一楼见", "，您好。\n二楼见", "王五，您好。\n三楼见"]);
    await expect(page.locator("#first-texts")).toContainText("第 3 行 · user0002");
    await expect(page.locator("#first-texts .notice")).toHaveText(["这一行的 “名字” 是空的。"]);
    await expect(page.locator("#troubles")).toContainText("2 行：3, 5");
    // Before the requests.
    expect(await page.locator("#first-texts").evaluate((texts) => Boolean(texts.compareDocumentPosition(document.querySelector(".sample")!) & Node.DOCUMENT_POSITION_FOLLOWING))).toBe(true);
    await desk.axe();
    await page.locator("#job-create").click();
    await start(desk, 4);
    await ends(desk, "done", { sent: 4 });
    const texts = (await cloud.effects()).filter((it) => it.change === "stored").map((it) => JSON.stringify(it.detail));
    expect(texts[0]).toContain("张三，您好。\\n一楼见");
    // Without a name in it there is nothing to show.
    await desk.go(NEW);
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#dry-run .sample").first()).toBeVisible();
    await expect(page.locator("#first-texts")).toHaveCount(0);
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

  test("every usual encoding is found out and can be said otherwise; a mixture is refused with its lines", async ({ desk, page }) => {
    const gbk = (hex: string) => Buffer.from(hex, "hex");
    const zhang = gbk("d5c5c8fd"); // 张三
    const text = "接收人,名字\nuser0001,张三\n";
    const swapped = Buffer.from(text, "utf16le").swap16();
    await desk.open();
    await desk.go(NEW);
    for (const [name, bytes, encoding] of [
      ["utf-8", Buffer.from(text), "utf-8"],
      ["with a mark", Buffer.from(`\ufeff${text}`), "utf-8"],
      ["gb18030", Buffer.concat([Buffer.from("id,"), gbk("c3fbd7d6"), Buffer.from("\nuser0001,"), zhang]), "gb18030"],
      ["utf-16", Buffer.from(`\ufeff${text}`, "utf16le"), "utf-16le"],
      ["utf-16 without a mark", Buffer.from(text, "utf16le"), "utf-16le"],
      ["utf-16, the other way", swapped, "utf-16be"],
    ] as const) {
      await page.locator("#list-file").setInputFiles(sheetFile(bytes, `${name}.csv`));
      await expect(page.locator("#list-name"), name).toHaveText(`${name}.csv`);
      await expect(page.locator("#list-encoding"), name).toHaveValue(encoding);
      await expect(page.locator("#list-columns tbody"), name).toContainText("张三");
    }
    await page.locator("#list-encoding").selectOption("gb18030");
    await expect(page.locator("#list-columns tbody")).not.toContainText("张三");
    const mixed = Buffer.concat([Buffer.from("id,n\nuser0001,张三\nuser0002,"), zhang]);
    await page.locator("#list-file").setInputFiles(sheetFile(mixed, "mixed.csv"));
    await expect(page.locator("#list-fault")).toContainText("第 2 行是 UTF-8，第 3 行不是");
    await desk.axe();
  });

  test("a file in an encoding that nobody can guess is read once it is said", async ({ desk, page }) => {
    await desk.open();
    await desk.go(NEW);
    await page.locator("#list-text").fill("user0001");
    const bytes = Buffer.from("accid,name\nuser0001,José\nuser0002,Zoë\n", "latin1");
    await page.locator("#list-file").setInputFiles(sheetFile(bytes, "names.csv"));
    await expect(page.locator("#list-fault")).toContainText("既不是 UTF-8，也不是 GB18030");
    await expect(page.locator("#list-text")).toHaveValue("user0001");
    await desk.axe();
    await page.locator("#list-untold").selectOption("windows-1252");
    await expect(page.locator("#list-name")).toHaveText("names.csv");
    await expect(page.locator("#list-encoding")).toHaveValue("windows-1252");
    await expect(page.locator("#list-columns tbody")).toContainText("José");
    await expect(page.locator("#list-fault")).toHaveCount(0);
    // What an encoding cannot read is said.
    await page.locator("#list-encoding").selectOption("utf-8");
    await expect(page.locator("#list-card .problem")).toContainText("有些字符读不出来");
    // 張 in Big5.
    await page.locator("#list-file").setInputFiles(sheetFile(Buffer.concat([Buffer.from("accid,name\nuser0001,"), Buffer.from("b169", "hex")]), "big5.csv"));
    await expect(page.locator("#list-name")).toHaveText("big5.csv");
    await page.locator("#list-encoding").selectOption("big5");
    await expect(page.locator("#list-columns tbody")).toContainText("張");
  });

  test("ten thousand bad rows are one line, and a file that is too large is refused at once", async ({ desk, page }) => {
    await desk.open();
    await desk.go(NEW);
    await page.locator("#list-file").setInputFiles(sheetFile(Buffer.from(`接收人\n${"1.02844E+18\n".repeat(10_000)}`), "bad.csv"));
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles p")).toHaveCount(1);
    await expect(page.locator("#troubles")).toContainText("10000 行：2, 3, 4");
    expect(await page.locator("tr").count()).toBeLessThanOrEqual(200);
    // A file of 200 MB, without a disk full of it.
    await page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>("#list-file")!;
      const part = new Uint8Array(1 << 20).fill(0x31);
      const chosen = new DataTransfer();
      chosen.items.add(new File(Array.from({ length: 200 }, () => part), "large.csv"));
      input.files = chosen.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await expect(page.locator("#list-fault")).toContainText("100 MB", { timeout: 2_000 });
  });

  test("after an empty file and ten thousand bad rows the page still answers, and keeps what stood in the form", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go(NEW);
    await desk.fill(SHARED);
    await page.locator("#per-minute").fill("77");
    const more = desk.form().locator("details").first();
    let open = await more.evaluate((it) => (it as HTMLDetailsElement).open);
    const answers = async () => {
      open = !open;
      await more.locator("summary").first().click({ timeout: 1_000 });
      await expect(more).toHaveJSProperty("open", open, { timeout: 1_000 });
      for (const [name, value] of Object.entries(SHARED)) await expect(desk.control(name)).toHaveValue(value);
      await expect(page.locator("#per-minute")).toHaveValue("77");
    };
    // Each row is another id that a spreadsheet has spoilt.
    const bad = Array.from({ length: 10_000 }, (_, at) => `1.${10_000 + at}E+18`);
    await page.locator("#list-file").setInputFiles(sheetFile(Buffer.from(`接收人\n${bad.join("\n")}`), "bad.csv"));
    await answers();
    await expect(page.locator("#list-rows")).toContainText("10000 行");
    await page.locator("#list-file").setInputFiles(sheetFile(Buffer.alloc(0), "empty.csv"));
    await expect(page.locator("#list-fault")).toHaveText("empty.csv · 文件是空的。");
    await expect(page.locator("#list-name")).toHaveText("bad.csv");
    await answers();
    await page.locator("#dry-run-start").click();
    await answers();
    await expect(page.locator("#troubles .problem")).toHaveCount(1, { timeout: 20_000 });
    await expect(page.locator("#troubles .problem")).toContainText("10000 行");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await answers();
    // A good list afterwards is none the worse for it.
    await page.locator("#list-file").setInputFiles(sheetFile(Buffer.from("接收人\nuser0001\nuser0002"), "good.csv"));
    await expect(page.locator("#list-fault")).toHaveCount(0);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("2 条");
    expect(await cloud.requests()).toEqual([]);
  });

  test("the same again by another proxy, or made in another tab since the dry run, is the same question", async ({ desk, page }) => {
    const dryRun = async (of: Desk) => {
      await of.go(NEW);
      await of.page.locator("#list-text").fill("user0001\nuser0002\n");
      await of.fill(SHARED);
      await of.page.locator("#dry-run-start").click();
      await expect(of.page.locator("#plan")).toContainText("2 条");
    };
    await desk.open();
    const other = new Desk(await page.context().newPage(), desk.watch, "zh-CN");
    await other.open();
    await dryRun(desk);
    await dryRun(other);
    await desk.page.locator("#job-create").click();
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    await other.page.locator("#job-create").click();
    await expect(other.page.locator("#job-repeat")).toContainText("已发出 0 / 2");
    await expect(other.page.locator("#job")).toHaveCount(0);
    await other.page.locator("#job-again").click();
    await other.page.locator("#job-create").click();
    await expect(other.page.locator("#job")).toHaveAttribute("data-phase", "checked");
    // The way there is another one, the people and the words are not. And what was judged for one connection is judged anew for another.
    await dryRun(desk);
    await expect(page.locator("#job-repeat")).toBeVisible();
    await desk.go("connection");
    await page.getByRole("button", { name: ROUTE_TITLES["cross-origin"]["zh-CN"] }).click();
    await desk.go(NEW);
    await expect(page.locator("#dry-run")).toContainText("已改动");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#job-repeat")).toBeVisible();
    await expect(page.locator("#job-create")).toHaveCount(0);
  });

  test("the same list with the same text is a question the second time", async ({ desk, page }) => {
    await desk.open();
    await desk.go(NEW);
    const list = "user0001\nuser0002\n";
    await page.locator("#list-text").fill(list);
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await page.locator("#job-create").click();
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    await desk.go(NEW);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#job-repeat")).toContainText("已发出 0 / 2");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await desk.axe();
    await page.locator("#job-again").click();
    await expect(page.locator("#job-create")).toBeVisible();
    await desk.fill({ "message.text": "另一段话" });
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#job-create")).toBeVisible();
    await expect(page.locator("#job-repeat")).toHaveCount(0);
    // That is told and asks nothing: a correction goes to the same people.
    await expect(page.locator("#job-other-text")).toContainText("内容不同");
    await expect(page.locator("#job-other-text a")).toHaveAttribute("href", /#\/jobs\/[0-9a-f]{32}$/);
    await desk.axe();
  });

  test("a sample says what of it is drawn when it leaves, and how long the whole is, which can be had as a file", async ({ desk, page }) => {
    await desk.open();
    await desk.go("jobs/new/yunxin.send");
    await page.locator("#list-text").fill("conversation_id.receiver_id\nuser0001\nuser0002\n");
    const shared = { "conversation_id.sender_id": "admin", "conversation_id.conversation_type": "1", "message.message_type": "0" };
    await desk.fill({ ...shared, "message.text": "字".repeat(4_500) });
    await page.locator("#dry-run-start").click();
    const first = page.locator("#dry-run .sample").first();
    await first.locator("summary").click();
    await expect(first).toContainText("message.message_client_id 在发出时才生成");
    await expect(first).toContainText(/前 4000 个字符，整个请求有 4\d{3} 个/);
    await desk.axe();
    const [download] = await Promise.all([page.waitForEvent("download"), first.getByRole("button", { name: "下载整个请求" }).click()]);
    const whole = readFileSync((await download.path())!, "utf8");
    expect(whole).toContain("字".repeat(4_500));
    expect(whole).toContain('"message_client_id":"00000000000000000000000000000000"');
    expect(whole).not.toContain("practice-secret");
    // One whose client id a person fills in, and that is shown whole: nothing is said.
    await desk.fill({ "message.text": "字".repeat(2_000), "message.message_client_id": "mine-1" });
    await page.locator("#dry-run-start").click();
    await first.locator("summary").click();
    await expect(first).toContainText("mine-1");
    await expect(first).not.toContainText("在发出时才生成");
    await expect(first).not.toContainText("…");
    await expect(first.getByRole("button", { name: "下载整个请求" })).toHaveCount(0);
  });

  test("protected ids and the most receivers stop lists and forms, and the pace is brought down", async ({ desk, cloud, page }) => {
    await page.route("**/config.json", async (route) => {
      const config = await (await fetch(`${addresses().sandbox}/practice/config.json`)).json();
      await route.fulfill({ json: { ...config, protected: ["ceo", "vip_*"], caps: { recipients: 3, per_minute: 90 } } });
    });
    await desk.open();
    await desk.go(NEW);
    await page.locator("#list-text").fill("user0001\nCEO\nuser0002\nvip_9\n");
    await desk.fill(SHARED);
    await page.locator("#per-minute").fill("500");
    await expect(page.locator("#pace-limits [data-rule=CAP]")).toContainText("90");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles [data-rule=PROTECTED]")).toContainText("2 行：2, 4");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await page.locator("#list-text").fill("u1\nu2\nu3\nu4\n");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles [data-rule=CAP]")).toContainText("共 4 个");
    await desk.go("yunxin.batch_send");
    await desk.fill({ ...SHARED, receiver_ids: "user0001\nceo" });
    await page.locator("form[data-operation] button[type=submit]").click();
    await expect(page.locator("#forbidden [data-rule=PROTECTED]")).toContainText("ceo");
    await expect(desk.dialog).toHaveCount(0);
    await desk.axe();
    expect(await cloud.requests("yunxin.batch_send")).toHaveLength(0);
  });
});
