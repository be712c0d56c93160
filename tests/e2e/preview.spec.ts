// The panel beside the form: one sentence and the very bytes, before anything is sent.

import { RECALL, SEND, carryOut } from "./acts.ts";
import { expect, test } from "./desk.ts";

test.use({ locale: "zh-CN" });

test.beforeEach(async ({ context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

test("the request shown is the request sent, with the signature left out", async ({ desk, cloud, page }) => {
  await desk.open(SEND.operation);
  await desk.fill({ ...(await SEND.values(cloud)), extension: '{"id":158844553334358019}' });
  const shown = (await page.getByRole("complementary").locator("pre").textContent()) ?? "";
  await carryOut(desk, SEND);
  await desk.concludes("accepted");
  const [request] = await cloud.requests(SEND.operation);
  expect(shown).toContain(`${request?.method} https://sandbox.invalid${request?.path}`);
  expect(shown.slice(shown.indexOf("\n\n") + 2)).toBe(request?.body);
  expect(shown).toContain("CheckSum: <CheckSum>");
});

test("the first press on Copy counts, right after typing", async ({ desk, cloud, page }) => {
  await desk.open(RECALL.operation);
  await desk.fill(await RECALL.values(cloud));
  await desk.control("description").pressSequentially("发错了");
  const copy = (await page.getByRole("button", { name: /cURL/ }).boundingBox())!;
  await page.mouse.move(copy.x + copy.width / 2, copy.y + copy.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(80);
  await page.mouse.up();
  await expect(page.getByText("已复制")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("%E5%8F%91%E9%94%99%E4%BA%86");
});

test("what is copied runs elsewhere: an absolute address through the proxy, the signature to be filled in", async ({ desk, cloud, page }) => {
  await desk.open(RECALL.operation, "/portal/desk/");
  await desk.fill(await RECALL.values(cloud));
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: /cURL/ }).click();
  await expect(page.getByText("已复制")).toBeVisible();
  const curl = await page.evaluate(() => navigator.clipboard.readText());
  expect(curl).toContain(`${new URL(page.url()).origin}/portal/desk/proxy/sandbox/yunxin/im/v2/conversations/zhangsan%7C1%7Clisi/messages/`);
  expect(curl).toContain("--request DELETE");
  expect(curl).toContain("<CheckSum>");
});

test("time passing takes neither the focus nor what was said away from the panel", async ({ desk, cloud, page }) => {
  await page.clock.install();
  await desk.open(RECALL.operation);
  await desk.fill(await RECALL.values(cloud));
  await page.keyboard.press("Tab");
  const copy = page.getByRole("button", { name: /cURL/ });
  await copy.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("已复制")).toBeVisible();
  await page.clock.fastForward(10_500);
  await page.waitForTimeout(100);
  await expect(copy).toBeFocused();
  await expect(page.getByText("已复制")).toBeVisible();
});
