// The vault: opt-in, under a passphrase, and a lock that leaves nothing behind.

import { readFileSync } from "node:fs";
import type { Frame, Page } from "@playwright/test";
import { PROOFS, withoutProof } from "./apps.ts";
import { disguises, isNowhere, overheard } from "./canary.ts";
import { type Desk, expect, test } from "./desk.ts";
import { FAILED_CALL } from "./watch.ts";

const CANARY = "CANARY-yunxin-v4u1t/s3cr3t+鸟?";
const PASSPHRASE = "七只羊在雨里数到了第八只";
const NEXT = "river Basalt lantern 47";

const told = (scene: Page | Frame) => scene.locator("#vault-told");

/** Types what stands in a row of fields of the vault, and presses a button of it. */
async function vault({ scene }: Desk, texts: Record<string, string>, button: string, says: string): Promise<void> {
  for (const [id, text] of Object.entries(texts)) await scene.locator(`#vault-${id}`).fill(text);
  await scene.locator(`#vault-${button}`).click();
  await expect(told(scene)).toContainText(says, { timeout: 20_000 });
}

async function create(desk: Desk): Promise<void> {
  await desk.typeConnection({ app_secret: CANARY });
  await vault(desk, { passphrase: PASSPHRASE, again: PASSPHRASE }, "save", "已存入");
}

/** No passphrase and no secret in anything that can be read. */
async function hidden(desk: Desk): Promise<void> {
  await desk.page.evaluate(() => navigator.clipboard.writeText(""));
  for (const secret of [CANARY, PASSPHRASE, NEXT]) await isNowhere(desk, secret);
}

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

test("a connection is kept, survives the page, opens with its passphrase only, and can be forgotten", async ({ desk, page }) => {
  await create(desk);
  for (const id of ["passphrase", "again"]) if (await page.locator(`#vault-${id}`).isVisible()) await expect(page.locator(`#vault-${id}`)).toHaveValue("");
  await hidden(desk);
  await desk.axe();
  await page.reload();
  await expect(page.locator("#vault-open")).toBeVisible();
  await vault(desk, { passphrase: `${PASSPHRASE}。` }, "open", "打不开");
  await expect(page.locator("#vault-entries")).toHaveCount(0);
  await vault(desk, { passphrase: PASSPHRASE }, "open", "已打开");
  await page.locator("#vault-entries button").click();
  await expect(page.locator("section.where")).toContainText("生产环境");
  await expect(desk.control("app_secret")).toHaveValue("");
  await page.locator("#test-connection").click();
  await expect(desk.finding).toHaveAttribute("data-finding", "signature_refused");
  await hidden(desk);
  await page.locator("#vault-forget").click();
  await expect(page.locator("#vault-forget")).toContainText("确定");
  await vault(desk, {}, "forget", "已忘掉");
  await page.reload();
  await expect(page.locator("#vault-again")).toBeVisible();
  await expect(page.locator("#vault-open")).toHaveCount(0);
});

test("the passphrase can be changed, and the old one opens nothing any more", async ({ desk }) => {
  await create(desk);
  await desk.page.locator("#vault summary").click();
  await vault(desk, { passphrase: "not the passphrase", next: NEXT, again: NEXT }, "change", "打不开");
  await vault(desk, { passphrase: PASSPHRASE, next: NEXT, again: NEXT }, "change", "口令已更改");
  await vault(desk, { passphrase: PASSPHRASE }, "open", "打不开");
  await vault(desk, { passphrase: NEXT }, "open", "已打开");
  await hidden(desk);
});

test("weak passphrases are refused with the reason, and nothing is kept", async ({ desk, page }) => {
  await desk.typeConnection({ app_secret: CANARY });
  for (const [passphrase, again, why] of [["abc", "abc", "至少要 12 个字符"], ["Password1234", "Password1234", "太常见"], [PASSPHRASE, NEXT, "不一样"]]) {
    await vault(desk, { passphrase: passphrase!, again: again! }, "save", why!);
    await expect(page.locator("#vault-passphrase"), "what was typed stays, to be mended").toHaveValue(passphrase!);
  }
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(1);
  await page.reload();
  await expect(page.locator("#vault-again")).toBeVisible();
});

test("a file leaves encrypted, comes back, and one with a changed bit or another kind of file is refused", async ({ desk, page }) => {
  await create(desk);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#vault-export").click()]);
  const bytes = readFileSync(await download.path());
  expect(bytes.subarray(0, 7).toString()).toBe("MDVAULT");
  for (const disguise of [CANARY, PASSPHRASE].flatMap(disguises)) expect(bytes.includes(disguise), disguise).toBe(false);
  const take = async (buffer: Buffer, says: string) => {
    await page.locator("#vault-import").setInputFiles({ name: "message-desk.vault", mimeType: "application/octet-stream", buffer });
    await expect(told(page)).toContainText(says, { timeout: 20_000 });
  };
  await take(bytes, "已经有一个保险库");
  await page.locator("#vault-forget").click();
  await vault(desk, {}, "forget", "已忘掉");
  await take(Buffer.from("PNG, perhaps"), "这不是保险库文件");
  const changed = Buffer.from(bytes);
  changed[changed.length - 20]! ^= 1;
  await take(changed, "已导入");
  await vault(desk, { passphrase: PASSPHRASE }, "open", "打不开");
  await page.locator("#vault-forget").click();
  await vault(desk, {}, "forget", "已忘掉");
  await take(bytes, "已导入");
  await vault(desk, { passphrase: PASSPHRASE }, "open", "已打开");
  await hidden(desk);
});

test("whoever opens, keeps or takes in gets a worker of its own, which is gone afterwards with the passphrase and the keys", async ({ desk, page }) => {
  const begun: string[] = [];
  page.on("worker", (worker) => begun.push(worker.url()));
  const gone = async (count: number) => {
    // What takes long is not done on the page itself.
    expect(begun.filter((url) => /\/vault-[0-9a-f]+\.js$/.test(new URL(url).pathname))).toHaveLength(count);
    await expect.poll(() => page.workers().length).toBe(0);
  };
  await create(desk);
  await gone(1);
  await vault(desk, { passphrase: `${PASSPHRASE}。` }, "open", "打不开");
  await gone(2);
  await vault(desk, { passphrase: PASSPHRASE }, "open", "已打开");
  await gone(3);
});

test("the worker that does not arrive is said, and nothing is changed", async ({ desk, page }) => {
  desk.watch.expects(FAILED_CALL);
  await page.route(/vault-[0-9a-f]{16}\.wasm/, (route) => route.abort());
  await desk.typeConnection({ app_secret: CANARY });
  await vault(desk, { passphrase: PASSPHRASE, again: PASSPHRASE }, "save", "没有取到");
  await expect(page.locator("#vault-again")).toBeVisible();
});

/** Keeps every WebAssembly memory that a module brings in sight. */
async function keepMemories(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const memories: WebAssembly.Memory[] = ((window as any).memories = []);
    for (const way of ["instantiate", "instantiateStreaming"] as const) {
      const plain = WebAssembly[way] as (...all: any[]) => Promise<any>;
      (WebAssembly as any)[way] = async (...all: any[]) => {
        const made = await plain.apply(WebAssembly, all);
        const { memory } = (made.instance ?? made).exports;
        if (memory) memories.push(memory);
        return made;
      };
    }
  });
}

/** Every string of the page's heap, and all of its WebAssembly memories: what somebody with a debugger sees. */
async function heap({ page, scene }: Desk): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const parts: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => parts.push(chunk));
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  const memories = await scene.evaluate(() => (window as any).memories.map((memory: WebAssembly.Memory) => new TextDecoder().decode(memory.buffer)).join(""));
  await session.detach();
  return Buffer.from(parts.join("") + memories);
}

/** The ways in which a desk comes to be locked. */
const LOCKS: Record<string, (desk: Desk) => Promise<void>> = {
  "the button": async ({ scene }) => {
    await scene.locator("#lock").click();
    await expect(scene.locator("#lock")).toContainText("再按一次");
    await scene.locator("#lock").click();
  },
  idleness: async ({ page, scene }) => {
    await page.clock.fastForward(14 * 60_000 + 30_000);
    await expect(scene.locator(".lock-notice")).toContainText("秒后锁定");
    await page.clock.fastForward(40_000);
  },
  "a host's message": async ({ page }) => await page.evaluate(() => (window as any).desk.lock()),
};

/** Locks, and expects that the desk has begun anew. */
async function lock(desk: Desk, way: string): Promise<void> {
  await desk.scene.evaluate(() => ((window as any).before = true));
  await LOCKS[way]!(desk);
  await desk.scene.waitForFunction(() => !(window as any).before && document.querySelector("#page-title"));
  // A signature that is a quarter of an hour ahead is refused.
  if (way === "idleness") await desk.page.clock.setSystemTime(Date.now());
  await expect(desk.scene.locator("section.where")).not.toContainText("生产环境");
}

/** Opens the vault and takes the one connection in it; it signs, as its test shows. */
async function takeOut(desk: Desk): Promise<void> {
  await vault(desk, { passphrase: PASSPHRASE }, "open", "已打开");
  await desk.scene.locator("#vault-entries button").click();
  await expect(desk.scene.locator("section.where")).toContainText("生产环境");
  await desk.scene.locator("#test-connection").click();
  await expect(desk.finding).toHaveAttribute("data-finding", "ready");
}

for (const { title, vendor, secret, values } of PROOFS) {
  test(`${title}: kept, locked away by button, idleness and host, in no memory then, taken out of the vault and used again`, async ({ desk: alone, page }) => {
    // All of the browser's memory for the page is read, four times.
    test.setTimeout(180_000);
    if (vendor === "easemob") alone.watch.expects(FAILED_CALL);
    await page.clock.install();
    await keepMemories(page);
    const texts = await values();
    const held = async (desk: Desk) => (await heap(desk)).includes(texts[secret]!);
    await alone.typeIn(vendor, texts);
    await vault(alone, { passphrase: PASSPHRASE, again: PASSPHRASE }, "save", "已存入");
    expect(await held(alone), "the search finds what is there").toBe(true);
    for (const way of ["the button", "idleness"]) {
      await lock(alone, way);
      expect(await held(alone), way).toBe(false);
      await isNowhere(alone, PASSPHRASE);
      await takeOut(alone);
    }
    // The vault is this site's: the frame of a portal on it has the same.
    const framed = await overheard(alone, "connection");
    await takeOut(framed);
    await lock(framed, "a host's message");
    expect(await held(framed), "a host's message").toBe(false);
    await isNowhere(framed, texts[secret]!, (request) => withoutProof(request, texts[secret]!));
  });
}

test("an idle desk says that it locks, stays when somebody moves, and locks when nobody does", async ({ desk, page }) => {
  await page.clock.install();
  await desk.connectByHand({ app_secret: CANARY });
  await page.clock.fastForward(2_000);
  await expect(page.locator("#lock")).toBeVisible();
  await page.clock.fastForward(14 * 60_000 + 10_000);
  await expect(page.locator(".lock-notice")).toContainText("秒后锁定");
  await page.mouse.move(100, 100);
  await page.mouse.move(200, 200);
  await expect(page.locator(".lock-notice")).toHaveText("");
  await page.clock.fastForward(14 * 60_000);
  await expect(page.locator("section.where")).toContainText("生产环境");
  await Promise.all([page.waitForEvent("load"), page.clock.fastForward(70_000)]);
  await page.clock.fastForward(2_000);
  await expect(page.locator("section.where")).not.toContainText("生产环境");
});

test("a practice desk has nothing to lock", async ({ desk, page }) => {
  await page.clock.install();
  await desk.open("connection");
  await page.clock.fastForward(20 * 60_000);
  await expect(page.locator("#lock")).toHaveCount(0);
  await expect(page.locator("section.where")).toContainText("演练");
});
