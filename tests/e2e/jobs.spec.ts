// Jobs: a list, a dry run, a confirmation, and many requests of which none is silently sent twice or lost.

import { readFileSync } from "node:fs";
import { expect, test } from "./desk.ts";
import { FAST, SHARED, ends, make, people, quickly, start, stored, user } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";

test.describe("jobs", () => {
  test.use({ locale: "zh-CN" });
  test.beforeEach(async ({ cloud }) => {
    await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
  });

  test("an announcement to 1,200 people: dry run, canary, the rest, each of them once", async ({ desk, cloud, page }) => {
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: { name: "list.txt", bytes: Buffer.from(people(1200).join("\n")) }, canary: 1 });
    expect(await cloud.requests("yunxin.batch_send"), "a dry run sends nothing").toHaveLength(0);
    await desk.axe();
    await page.locator("#job-start").click();
    await expect(desk.dialog).toContainText("1200");
    await desk.axe();
    await desk.dialog.locator("#confirm-cancel").click();
    await start(desk, 1200);
    await ends(desk, "asking", { sent: 1, planned: 1199 });
    expect(await stored(cloud)).toEqual([user(1)]);
    // What is to be looked at before deciding.
    await expect(page.locator("#first-few tbody tr")).toHaveCount(1);
    await expect(page.locator("#first-few tbody tr")).toContainText(/1.*user0001.*成功.*\d{10,}/);
    await desk.axe();
    await page.locator("#job-approve").click();
    await expect(page.locator("#first-few")).toHaveCount(0);
    await ends(desk, "done", { sent: 1200, unknown: 0, rejected: 0, planned: 0 });
    expect((await stored(cloud)).sort()).toEqual(people(1200));
    expect(await cloud.requests("yunxin.batch_send")).toHaveLength(13);
    await desk.axe();
    await desk.go("jobs");
    await expect(page.locator("#jobs")).toContainText("1200");
    await desk.axe();
  });

  test("what is wrong is said by cause with the rows of the spreadsheet, and nothing can be made of it", async ({ desk, page }) => {
    await desk.open();
    await desk.go("jobs/new/yunxin.batch_send");
    await page.locator("#list-text").fill("接收人\nuser0001\n1.02844E+18\nuser0002\nuser0001\n");
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles")).toContainText("3");
    await expect(page.locator("#merged")).toContainText("5 = 2");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await page.locator("#list-text").fill("接收人\nuser0001\nuser0002\nuser0001\n");
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("2 条 → 1 次请求");
    await expect(page.locator("#dry-run .sample")).toContainText(['"user0001","user0002"']);
    await desk.axe();
    // What was looked at is what is made: a change asks for another look.
    await desk.fill({ "message.text": "改了" });
    await expect(page.locator("#job-create")).toHaveCount(0);
  });

  test("a job's page says what it sends and how, as text, once that is opened", async ({ desk, page }) => {
    await desk.open();
    const text = `<b>今晚十点维护</b>${"，请保存工作".repeat(50)}。`;
    await make(desk, "yunxin.batch_send", { list: people(3).join("\n"), each: 2, canary: 1, shared: { ...SHARED, "message.text": text } });
    const settings = page.locator("#job-settings");
    await expect(settings.locator("dl")).toHaveCount(0);
    await settings.locator("summary").first().click();
    await expect(settings.locator("dl")).toContainText("批量发送单聊");
    await expect(settings.locator("dl")).toContainText("3 条");
    await expect(settings.locator("dd").filter({ hasText: /^admin$/ })).toHaveCount(1);
    // A long text is shown by its beginning, and is there as a whole.
    await settings.locator("dd summary").click();
    await expect(settings.locator("pre")).toHaveText(text);
    await expect(settings.locator("b")).toHaveCount(0);
    await desk.axe();
  });

  test("who is taken off the list after the dry run gets nothing; a button pressed twice makes one job", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go("jobs/new/yunxin.batch_send");
    await page.locator("#list-text").fill("接收人\nuser0001\nuser0002\n");
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("2 条");
    await page.locator("#list-text").fill("接收人\nuser0001\n");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#plan")).toContainText("1 条");
    await page.locator("#job-create").evaluate((button: HTMLButtonElement) => { button.click(); button.click(); });
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    await start(desk, 1);
    await ends(desk, "done", { sent: 1 });
    expect(await stored(cloud)).toEqual(["user0001"]);
    await desk.go("jobs");
    await expect(page.locator("#jobs > li")).toHaveCount(1);
  });

  test("a GB18030 file from Excel is read, its names are filled in, and the result can be dropped back in", async ({ desk, cloud, page }) => {
    // 接收人,名字 / user0001,张三 / user0002,李四
    const gbk = Buffer.concat([
      Buffer.from([0xbd, 0xd3, 0xca, 0xd5, 0xc8, 0xcb, 0x2c, 0xc3, 0xfb, 0xd7, 0xd6, 0x0d, 0x0a]),
      Buffer.from("user0001,"), Buffer.from([0xd5, 0xc5, 0xc8, 0xfd, 0x0d, 0x0a]),
      Buffer.from("user0002,"), Buffer.from([0xc0, 0xee, 0xcb, 0xc4, 0x0d, 0x0a]),
    ]);
    await desk.open();
    await make(desk, "yunxin.batch_send", {
      list: { name: "名单.csv", bytes: gbk },
      shared: { ...SHARED, "message.text": "{{名字}}，您好" },
    });
    await start(desk, 2);
    await ends(desk, "done", { sent: 2 });
    const texts = (await cloud.effects()).map((it) => [it.receiver_id, it.detail["message"]?.["text"] ?? JSON.stringify(it.detail)]);
    expect(texts).toEqual([["user0001", expect.stringContaining("张三，您好")], ["user0002", expect.stringContaining("李四，您好")]]);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-csv").click()]);
    const csv = readFileSync((await download.path())!, "utf8");
    const ids = (await cloud.effects()).map((it) => it.message_server_id);
    expect(csv).toContain(`user0001,张三,sent,200,`);
    for (const id of ids) expect(csv).toContain(id);
    expect(csv.split("\r\n")[0]).toContain("result.time,result.attempts,result.http,result.left,result.key");
    const job = new URL(page.url()).hash.split("/").at(-1);
    expect(csv).toMatch(new RegExp(`user0002,李四,sent,.*Z,1,200,20.*Z,${job}-1\r\n`));
    await desk.go("jobs/new/yunxin.batch_send");
    await page.locator("#list-file").setInputFiles({ name: "again.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await expect(page.locator("#list-columns th[scope=col]")).toHaveCount(3);
  });

  test("paused within a request, resumed, and each of them once", async ({ desk, cloud, page }) => {
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(300).join("\n"), each: 10 });
    await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 150, times: 30 });
    await start(desk, 300);
    await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
    await page.locator("#job-pause").click();
    await ends(desk, "paused", { sending: 0 });
    const before = (await cloud.requests("yunxin.batch_send")).length;
    await page.waitForTimeout(700);
    expect(await cloud.requests("yunxin.batch_send")).toHaveLength(before);
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: 300 });
    expect((await stored(cloud)).sort()).toEqual(people(300));
  });

  test("the brake is a person's to set, and what was refused says when and with which status", async ({ desk, cloud, page }) => {
    await desk.open();
    await desk.go("jobs/new/yunxin.batch_send");
    await page.locator("#brake-share").fill("101");
    await page.locator("#list-text").fill("user0001");
    await desk.fill(SHARED);
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#dry-run")).toContainText("百分比不超过 100");
    await expect(page.locator("#job-create")).toHaveCount(0);
    await page.locator("#brake-share").fill("100");
    await page.locator("#brake-row").fill("2");
    await cloud.faults({ on: "yunxin.batch_send", kind: "vendor_code", code: 414, msg: "no", times: 9 });
    await desk.go("jobs");
    // Slow enough that one request is out at a time.
    await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 1, pace: { requests: "590", items: "600000" } });
    await start(desk, 6);
    await ends(desk, "paused", { rejected: 2, planned: 4 });
    await expect(page.locator("#job-phase")).toHaveText("已暂停：连续多次没有一条成功");
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-csv").click()]);
    const [, first, , third] = readFileSync((await download.path())!, "utf8").split("\r\n");
    expect(first).toMatch(/^user0001,rejected,414,.*,20[^,]*Z,1,200,20[^,]*Z,[0-9a-f]{32}-0$/);
    expect(third).toMatch(/^user0003,planned,,,,,,0,,,[0-9a-f]{32}-2$/);
  });

  test("a job that its brake stopped is made slower and goes on without it; a reload changes nothing of that", async ({ desk, cloud, page }) => {
    await desk.open();
    await cloud.faults({ on: "yunxin.batch_send", kind: "vendor_code", code: 414, msg: "no", times: 5 });
    await make(desk, "yunxin.batch_send", { list: people(8).join("\n"), each: 1, pace: { requests: "590", items: "600000" } });
    await start(desk, 8);
    await ends(desk, "paused", { rejected: 5, planned: 3 });
    const adjust = page.locator("#job-adjust");
    await expect(adjust, "the brake is why").toHaveAttribute("open", "");
    for (const [requests, row] of [["591", "0"], ["0", "0"], ["60", "256"], ["x", "0"]] as const) {
      await page.locator("#adjust-per-minute").fill(requests);
      await page.locator("#adjust-row").fill(row);
      await page.locator("#job-adjust-do").click();
      await expect(page.locator("#job-adjust-said")).toContainText("不能比现在多");
    }
    await page.locator("#adjust-per-minute").fill("120");
    await page.locator("#adjust-row").fill("0");
    await page.locator("#adjust-share").fill("100");
    await page.locator("#job-adjust-do").click();
    await expect(page.locator("#job-adjust-said")).toContainText("已调整");
    await page.locator("#adjust-per-minute").fill("300");
    await page.locator("#job-adjust-do").click();
    await expect(page.locator("#job-adjust-said"), "slower, never faster again").toContainText("不能比现在多");
    await desk.axe();
    await page.reload();
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "paused");
    await page.locator("#job-settings summary").first().click();
    await expect(page.locator("#job-settings")).toContainText("120");
    await cloud.faults({ on: "yunxin.batch_send", kind: "vendor_code", code: 414, msg: "no", times: 9 });
    await page.locator("#job-resume").click();
    await ends(desk, "failures", { rejected: 8 });
    const at = (await cloud.requests("yunxin.batch_send")).map((it) => it.at).slice(-3);
    expect(at[2]! - at[0]!, "two a second").toBeGreaterThan(800);
  });

  test("a plan that is used up pauses at once: the row that met it waits with the rest, and goes when the plan has room again", async ({ desk, cloud, page }) => {
    await cloud.practice(page);
    await desk.open("tencent.batch_send");
    await page.locator("#fill-sample").click();
    await page.locator("#from-list").click();
    await page.locator("#list-text").fill(people(6).join("\n"));
    // Slow enough that one request is out at a time.
    await page.locator("#per-minute").fill("590");
    await page.locator("#items-per-minute").fill("6000");
    await page.locator("#per-request").fill("1");
    await page.locator("#canary").fill("0");
    await page.locator("#dry-run-start").click();
    await page.locator("#job-create").click();
    await cloud.faults({ on: "tencent.batch_send", kind: "delay", ms: 1 }, { on: "tencent.batch_send", kind: "vendor_code", code: 60028, msg: "trial limit" });
    await start(desk, 6);
    await ends(desk, "paused", { sent: 1, rejected: 0, unknown: 0, planned: 5 });
    await expect(page.locator("#job-phase")).toHaveText("已暂停：套餐的额度用完，或服务已停用");
    expect(await cloud.requests("tencent.batch_send")).toHaveLength(2);
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: 6 });
    expect((await stored(cloud)).sort()).toEqual(people(6));
  });

  test("what failed for one cause is one line, though the cloud names each account; it says who the first are", async ({ desk, page }) => {
    await desk.open();
    const list = [...people(20), ...Array.from({ length: 60 }, (_, at) => `ghost${100 + at}`)];
    await make(desk, "yunxin.batch_send", { list: list.join("\n"), each: 80 });
    await start(desk, 80);
    await ends(desk, "failures", { sent: 20, rejected: 60 });
    const causes = page.locator("#job-causes > li");
    await expect(causes).toHaveCount(1);
    await expect(causes).toContainText("60 × 102404 用户不存在");
    await expect(causes).toContainText("另有 59 种只差账号的说法");
    await expect(causes).toContainText("第 21 ghost100; 22 ghost101; 23 ghost102; 24 ghost103; 25 ghost104 行，另有 55 条见结果文件");
    await desk.axe();
  });

  test("only what failed is tried again", async ({ desk, cloud }) => {
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: [...people(40), "ghost01", "ghost02"].join("\n"), each: 21 });
    await start(desk, 42);
    await ends(desk, "failures", { sent: 40, rejected: 2 });
    await expect(desk.page.locator("#job-causes")).toContainText("102404");
    const sent = (await cloud.requests("yunxin.batch_send")).length;
    await start(desk, 2, "#job-rerun");
    // It stood like this before, too.
    await expect.poll(async () => (await cloud.requests("yunxin.batch_send")).length).toBeGreaterThan(sent);
    await ends(desk, "failures", { sent: 40, rejected: 2 });
    const again = (await cloud.requests("yunxin.batch_send")).slice(sent);
    expect(again.map((it) => JSON.parse(it.body).receiver_ids)).toEqual([["ghost01", "ghost02"]]);
    expect((await stored(cloud)).sort()).toEqual(people(40));
  });

  test("an answer that is lost is unknown, waits for a person, and carries its mark when it is sent again", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(4).join("\n"), each: 2 });
    await cloud.faults({ on: "yunxin.batch_send", kind: "cut_after" });
    await start(desk, 4);
    await ends(desk, "failures", { sent: 2, unknown: 2 });
    await page.locator("#job-again").click();
    await expect(desk.dialog).toContainText("两次");
    await desk.dialog.locator("#confirm-count").fill("2");
    await desk.confirm();
    // The cloud knows the mark and refuses: still nobody got it twice, and still nobody can say.
    await expect.poll(async () => (await cloud.requests("yunxin.batch_send")).length).toBe(3);
    await ends(desk, "failures", { sent: 2, unknown: 2 });
    expect((await stored(cloud)).sort()).toEqual(people(4));
    await page.locator("#job-mark").click();
    await expect(page.locator("#job-mark")).toContainText("2 条记为成功");
    await expect(page.locator("#job"), "one press decides nothing").toHaveAttribute("data-unknown", "2");
    await page.locator("#job-mark").click();
    await ends(desk, "done", { sent: 2, marked: 2, unknown: 0 });
  });

  test("what becomes unknown while a person confirms is not sent again with what was confirmed", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 2, pace: { requests: "590", items: "600000" } });
    await cloud.faults({ on: "yunxin.batch_send", kind: "cut_after" }, { on: "yunxin.batch_send", kind: "delay", ms: 3_000 });
    await start(desk, 6);
    await expect(page.locator("#job")).toHaveAttribute("data-unknown", "2");
    await cloud.faults({ on: "yunxin.batch_send", kind: "cut_after" });
    await page.locator("#job-again").click();
    await expect(desk.dialog.locator("#confirm-count")).toBeVisible();
    // One more request is lost meanwhile.
    await expect(page.locator("#job")).toHaveAttribute("data-unknown", "4", { timeout: 15_000 });
    await desk.dialog.locator("#confirm-count").fill("2");
    await desk.confirm();
    await expect.poll(async () => (await cloud.requests("yunxin.batch_send")).length).toBe(4);
    const [first, , third, again] = (await cloud.requests("yunxin.batch_send")).map((it) => JSON.parse(it.body).receiver_ids);
    expect(again).toEqual(first);
    expect(again).not.toEqual(third);
    await ends(desk, "failures", { sent: 2, unknown: 4 });
    expect((await cloud.requests("yunxin.batch_send")).length, "nothing else left").toBe(4);
    expect((await stored(cloud)).sort(), "nobody twice").toEqual(people(6));
  });

  test("every write of a job asks for the disk, and not for a buffer", async ({ desk, page }) => {
    await page.addInitScript(() => {
      const asked = ((window as any).asked = [] as string[]);
      const plain = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given: Parameters<IDBDatabase["transaction"]>) {
        if (given[1] === "readwrite") asked.push(String(given[2]?.durability));
        return plain.apply(this, given);
      };
    });
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(4).join("\n"), each: 2 });
    await start(desk, 4);
    await ends(desk, "done", { sent: 4 });
    const asked = await page.evaluate(() => (window as any).asked as string[]);
    expect(asked.length).toBeGreaterThan(5);
    expect(new Set(asked)).toEqual(new Set(["strict"]));
  });

  test("a batch that was sent is taken back", async ({ desk, cloud, page }) => {
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(5).join("\n") });
    await start(desk, 5);
    await ends(desk, "done", { sent: 5 });
    await page.locator("#job-recall").click();
    await expect(page.locator("#list-rows")).toContainText("5");
    await desk.fill({ type: "2" });
    await page.locator("#per-minute").fill(FAST.requests);
    await page.locator("#canary").fill("0");
    await page.locator("#dry-run-start").click();
    await page.locator("#job-create").click();
    await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    await start(desk, 5);
    await ends(desk, "done", { sent: 5 });
    const removed = (await cloud.effects()).filter((it) => it.change === "removed").map((it) => it.receiver_id);
    expect(removed.sort()).toEqual(people(5));
  });

  test("a disk that fails pauses the job before anything leaves unwritten; it goes on when there is room", async ({ desk, cloud, page }) => {
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(60).join("\n"), each: 2 });
    await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 60, times: 30 });
    await start(desk, 60);
    await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
    await page.evaluate(() => {
      const proto = IDBObjectStore.prototype as any;
      proto.kept = proto.put;
      proto.put = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await ends(desk, "paused", {});
    await expect(page.getByText("QuotaExceededError")).toBeVisible();
    const before = (await cloud.requests("yunxin.batch_send")).length;
    await page.waitForTimeout(400);
    expect(await cloud.requests("yunxin.batch_send")).toHaveLength(before);
    await page.evaluate(() => {
      const proto = IDBObjectStore.prototype as any;
      proto.put = proto.kept;
    });
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: 60 });
    expect((await stored(cloud)).sort()).toEqual(people(60));
  });

  test("a key that is refused pauses at once and loses nothing", async ({ desk, cloud, page }) => {
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 2 });
    await cloud.clock(3_600_000);
    await start(desk, 6);
    await ends(desk, "paused", { planned: 6, rejected: 0, unknown: 0 });
    await cloud.clock(0);
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: 6 });
    expect((await stored(cloud)).sort()).toEqual(people(6));
  });

  test("too many requests hold the job, which goes on by itself; the second try is signed anew", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    const signed: string[] = [];
    page.on("request", (request) => {
      const { nonce, checksum } = request.headers();
      if (request.url().endsWith("/conversations/messages")) signed.push(`${nonce} ${checksum}`);
    });
    await desk.open();
    await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 2 });
    await cloud.faults({ on: "yunxin.batch_send", kind: "status", code: 429, headers: { "Retry-After": "1" } });
    await start(desk, 6);
    await ends(desk, "done", { sent: 6 });
    expect((await stored(cloud)).sort()).toEqual(people(6));
    expect(signed).toHaveLength(4);
    expect(new Set(signed).size).toBe(4);
  });

  test("the requests that the dry run shows are the ones that leave, byte for byte", async ({ desk, page }) => {
    const left: string[] = [];
    page.on("request", (request) => {
      const path = /\/im\/v2[^?]*\/conversations\/messages$/.exec(request.url());
      if (path) left.push(`${request.method()} ${path[0]}\n${request.postData()}`);
    });
    await desk.open();
    await desk.go("jobs/new/yunxin.batch_send");
    await page.locator("#list-text").fill(people(25).join("\n"));
    await desk.fill({ ...SHARED, "message.text": "第一行\n“引号” \"和\" \\ 🎉" });
    await page.locator("#per-request").fill("10");
    await page.locator("#canary").fill("0");
    await page.locator("#dry-run-start").click();
    const samples = page.locator("#dry-run .sample pre");
    await expect(samples).toHaveCount(3);
    const shown = (await samples.allTextContents()).map((text) => text.replace(/^(\S+) https?:\/\/[^/]+\/yunxin/, "$1 "));
    expect(left).toEqual([]);
    await page.locator("#job-create").click();
    await start(desk, 25);
    await ends(desk, "done", { sent: 25 });
    expect(left.sort()).toEqual(shown.sort());
  });

  test("a moment named in Retry-After is waited for, and nobody gets it twice", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    // Slow enough that one request is out at a time.
    await make(desk, "yunxin.batch_send", { list: people(6).join("\n"), each: 2, canary: 2, pace: { requests: "590", items: "600000" } });
    await start(desk, 6);
    await ends(desk, "asking", { sent: 2 });
    // A date has whole seconds.
    const until = Math.ceil(Date.now() / 1_000) * 1_000 + 6_000;
    await cloud.faults({ on: "yunxin.batch_send", kind: "status", code: 429, headers: { "Retry-After": new Date(until).toUTCString() } });
    await page.locator("#job-approve").click();
    await ends(desk, "held", { sent: 2, planned: 4, sending: 0 });
    await expect(page.locator("#job-phase")).toContainText("稍后自动继续");
    await ends(desk, "done", { sent: 6, unknown: 0, rejected: 0 });
    const [, refused, ...later] = (await cloud.requests("yunxin.batch_send")).map((it) => it.at);
    expect(refused!).toBeLessThan(until);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(until);
    expect(later).toHaveLength(2);
    expect((await stored(cloud)).sort()).toEqual(people(6));
  });

  for (const [operation, list] of [["tencent.batch_send", people(30)], ["easemob.send_users", ["user1", "user2", "user3"]]] as const) {
    test(`${operation} for a list, begun from its own page, and taken back`, async ({ desk, cloud, page }) => {
      await cloud.practice(page);
      await desk.open(operation);
      await page.locator("#fill-sample").click();
      await page.locator("#from-list").click();
      await page.locator("#list-text").fill(list.join("\n"));
      await quickly(desk, list.length);
      await ends(desk, "done", { sent: list.length });
      await page.locator("#job-recall").click();
      await expect(page.locator("#list-rows")).toContainText(String(list.length));
      await quickly(desk, list.length);
      await ends(desk, "done", { sent: list.length });
    });
  }

  test("where the browser keeps nothing the page says so, and the job runs all the same", async ({ desk, cloud, page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("blocked", "SecurityError");
      };
    });
    await desk.open("jobs");
    await expect(page.getByText("SecurityError")).toBeVisible();
    await make(desk, "yunxin.batch_send", { list: people(3).join("\n") });
    await start(desk, 3);
    await ends(desk, "done", { sent: 3 });
    expect((await stored(cloud)).sort()).toEqual(people(3));
  });
});
