// The secret: typed once, kept in memory, found nowhere else.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { RECALL, SEND, carryOut } from "./acts.ts";
import { isNowhere } from "./canary.ts";
import { expect, test } from "./desk.ts";
import { PRACTICE, addresses } from "./stage/addresses.ts";
import { FAILED_CALL } from "./watch.ts";

const CANARY = "CANARY-yunxin-5up3r/s3cr3t+鸟?";

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });

  test.beforeEach(async ({ context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  });

  test("a secret is found nowhere after its field was left, through a test, an act, a copy and the record", async ({ desk, cloud, page }) => {
    await desk.typeConnection({ app_secret: CANARY });
    const field = desk.control("app_secret");
    await expect(field).toHaveAttribute("type", "password");
    await expect(field).toHaveValue("");
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await isNowhere(desk, CANARY);

    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "signature_refused");
    await page.getByRole("button", { name: "复制给 IT" }).click();
    await isNowhere(desk, CANARY);

    await desk.submit();
    await expect(page.locator("#test-finding")).toContainText("已连接");
    await desk.go(SEND.operation);
    await desk.fill(await SEND.values(cloud));
    await page.getByRole("button", { name: /cURL/ }).click();
    await expect(page.getByText("已复制")).toBeVisible();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain("<CheckSum>");
    expect(curl).toContain("--request POST");
    await isNowhere(desk, CANARY);

    await desk.submit();
    await desk.dialog.getByRole("textbox", { name: /数量 3/ }).fill("3");
    await isNowhere(desk, CANARY);
    await desk.confirm();
    await desk.concludes("refused");
    await desk.result.locator("summary").click();
    await page.getByRole("button", { name: "复制细节" }).click();
    await isNowhere(desk, CANARY);

    await desk.go("record");
    await isNowhere(desk, CANARY);
    expect(await cloud.effects()).toEqual([]);
  });

  test("a good secret signs, and only its checksum leaves: once, in one header", async ({ desk, cloud }) => {
    await desk.connectByHand();
    await desk.go(RECALL.operation);
    await desk.fill(await RECALL.values(cloud));
    await desk.submit();
    await desk.dialog.getByRole("textbox", { name: /数量 1/ }).fill("1");
    await desk.confirm();
    await desk.concludes("accepted");
    await desk.page.evaluate(() => navigator.clipboard.writeText(""));
    await isNowhere(desk, PRACTICE.appSecret);
    const signed = desk.watch.requested.filter((request) => request.headers.checksum);
    expect(signed).toHaveLength(1);
    const [{ headers, url, body }] = signed as [(typeof signed)[0]];
    expect(headers.checksum).toMatch(/^[0-9a-f]{40}$/);
    expect(url + body).not.toContain(headers.checksum);
    expect((await desk.page.content()).includes(headers.checksum!), "a live signature in the page").toBe(false);
    expect(headers.cookie ?? "").toBe("");
    expect(headers.referer ?? "").toBe("");
  });

  test("pressing Enter in the secret's field keeps it as silently", async ({ desk, page }) => {
    await desk.typeConnection({ app_secret: "" });
    await desk.control("app_secret").focus();
    await page.keyboard.insertText(CANARY);
    await page.keyboard.press("Enter");
    await expect(page.locator("#test-finding")).toContainText("已连接");
    await expect(desk.control("app_secret")).toHaveValue("");
    await page.evaluate(() => navigator.clipboard.writeText(""));
    await isNowhere(desk, CANARY);
  });

  test("closing the page forgets it: after a reload nothing is connected by hand", async ({ desk, page }) => {
    await desk.connectByHand();
    await page.reload();
    await expect(page.getByRole("region", { name: "当前连接" })).toContainText("演练");
    await expect(desk.control("app_secret")).toHaveValue("");
  });

  test("a failed call's details and the proxies' logs hold no query and no signature", async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.connect("cross-origin", RECALL.operation);
    await desk.fill({ ...(await RECALL.values(cloud)), description: "log-canary-说明" });
    await cloud.faults({ kind: "cut_after" });
    await carryOut(desk, RECALL);
    await desk.concludes("unknown");
    const sum = desk.watch.requested.find((request) => request.headers.checksum)?.headers.checksum ?? "none";
    await desk.result.locator("summary").click();
    expect(await page.content()).not.toContain(sum);
    const { logs } = addresses();
    const said = readdirSync(logs).map((name) => readFileSync(join(logs, name), "utf8")).join("");
    expect(said).toContain(`messages/${(await RECALL.values(cloud)).message_server_id}`);
    for (const text of ["log-canary", "type=2", sum]) expect(said).not.toContain(text);
  });
});
