// Sending one message to many people in one request.

import { SEND, carryOut, done } from "./acts.ts";
import { expect, inBothLanguages, test } from "./desk.ts";
import { everyEnding } from "./endings.ts";
import { ROUTES } from "./stage/addresses.ts";

everyEnding("a batch", SEND);

const MIXED = "lisi\nghost01\nwangwu\nmuted01\nblocked01";

for (const route of ROUTES) {
  test.describe(`through the ${route} proxy`, () => {
    test.use({ locale: route === "cross-origin" ? "en-US" : "zh-CN" });

    test("a batch of which the cloud refuses a part says so, person by person", async ({ desk, cloud }) => {
      await desk.connect(route, SEND.operation);
      await desk.fill({ ...(await SEND.values(cloud)), receiver_ids: MIXED });
      await carryOut(desk, SEND);
      await desk.concludes("partial");
      await expect(desk.page.locator("#counts")).toHaveText(desk.words.send.counts(5, 2, 3, 0));
      for (const [receiver, code] of [["ghost01", "102404"], ["muted01", "102421"], ["blocked01", "102426"]]) {
        await expect(desk.row(receiver!)).toContainText(code!);
      }
      expect(await done(cloud)).toEqual(["stored lisi", "stored wangwu"]);
    });
  });
}

inBothLanguages(() => {
  test("everybody accepted is listed with the exact id of the message, ready to recall or modify", async ({ desk, cloud, page }) => {
    await desk.open(SEND.operation);
    await desk.axe();
    await desk.fill(await SEND.values(cloud));
    await desk.submit();
    await expect(desk.dialog).toContainText("3");
    await desk.axe();
    await desk.confirm();
    await desk.concludes("accepted");
    await desk.axe();
    const effects = await cloud.effects();
    for (const effect of effects) await expect(desk.row(effect.receiver_id)).toContainText(effect.message_server_id);
    const lisi = effects.find((effect) => effect.receiver_id === "lisi")!;

    await desk.row("lisi").getByRole("button", { name: desk.words.modifyThis }).click();
    await expect(desk.form("yunxin.modify")).toBeVisible();
    await expect(desk.control("message.message_server_id")).toHaveValue(lisi.message_server_id);
    await expect(desk.control("message.receiver_id")).toHaveValue("lisi");
    await page.goBack();
    await expect(desk.result).toBeVisible();

    await desk.row("lisi").getByRole("button", { name: desk.words.recallThis }).click();
    await expect(desk.form("yunxin.recall")).toBeVisible();
    await desk.fill({ type: "2" });
    await desk.submit();
    await desk.confirm();
    await desk.concludes("accepted");
    expect((await cloud.effects()).at(-1)).toMatchObject({ change: "removed", message_server_id: lisi.message_server_id });
  });
});

test.describe("who gets it", () => {
  test.use({ locale: "zh-CN" });
  const people = (count: number) => Array.from({ length: count }, (_, at) => `user${String(at + 1).padStart(4, "0")}`).join("\n");

  test("nobody is dropped in silence: who is missing in the answer is unknown", async ({ desk, cloud }) => {
    await desk.open(SEND.operation);
    await desk.fill(await SEND.values(cloud));
    await cloud.faults({ kind: "drop_receivers", n: 1 });
    await carryOut(desk, SEND);
    await desk.concludes("partial");
    await expect(desk.page.locator("#counts")).toHaveText(desk.words.send.counts(3, 2, 0, 1));
    await expect(desk.row("wangwu")).toContainText(desk.words.send.unknown);
    expect(await done(cloud)).toEqual(SEND.effects);
  });

  test("a success that lists nobody is unknown for everybody", async ({ desk, cloud }) => {
    await desk.open(SEND.operation);
    await desk.fill(await SEND.values(cloud));
    await cloud.faults({ kind: "drop_data" });
    await carryOut(desk, SEND);
    await desk.concludes("unknown");
    await expect(desk.page.locator("#counts")).toHaveText(desk.words.send.counts(3, 0, 0, 3));
  });

  test("ids beyond 64 bits and numbers as text are shown digit for digit", async ({ desk, cloud }) => {
    await desk.open(SEND.operation);
    await desk.fill({ ...(await SEND.values(cloud)), receiver_ids: "lisi" });
    await cloud.faults({ kind: "huge_ids" });
    await carryOut(desk, SEND);
    await expect.poll(() => done(cloud)).toEqual(["stored lisi"]);
    const [effect] = await cloud.effects();
    await expect(desk.result).toContainText(String(BigInt(effect!.message_server_id) + 2n ** 63n));
  });

  test("people named twice are sent to once, and the page says so", async ({ desk, cloud }) => {
    await desk.open(SEND.operation);
    await desk.fill({ ...(await SEND.values(cloud)), receiver_ids: "lisi，WangWu；zhangsan lisi\n zhangsan、" });
    await expect(desk.page.getByRole("complementary")).toContainText("已合并 2 个重复项");
    await carryOut(desk, SEND);
    await desk.concludes("accepted");
    expect((await done(cloud)).sort()).toEqual(["stored lisi", "stored wangwu", "stored zhangsan"]);
  });

  test("more than 100 people warns, 501 stops, and nothing is cut", async ({ desk, cloud }) => {
    test.setTimeout(60_000);
    await desk.open(SEND.operation);
    await desk.fill({ ...(await SEND.values(cloud)), receiver_ids: people(501) });
    await desk.submit();
    await expect(desk.problem("Y-BAT-1")).toContainText("501");
    await expect(desk.control("receiver_ids")).toHaveValue(people(501));
    await desk.fill({ receiver_ids: people(500) });
    await expect(desk.page.getByRole("complementary")).toContainText("100");
    await desk.submit();
    await expect(desk.dialog).toContainText("500");
    await desk.dialog.getByRole("textbox", { name: /500/ }).fill("500");
    await desk.confirm();
    await desk.concludes("accepted");
    await expect(desk.page.locator("#counts")).toHaveText(desk.words.send.counts(500, 500, 0, 0));
    expect(await done(cloud)).toHaveLength(500);
    expect(await cloud.requests(SEND.operation)).toHaveLength(1);
  });

  test("the ids are copied as exact text", async ({ desk, cloud, page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await desk.open(SEND.operation);
    await desk.fill(await SEND.values(cloud));
    await carryOut(desk, SEND);
    await desk.concludes("accepted");
    await page.getByRole("button", { name: "复制消息 ID" }).click();
    await expect(page.getByText("已复制")).toBeVisible();
    const lines = (await cloud.effects()).map((effect) => `${effect.receiver_id}\t${effect.message_server_id}\n`);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(lines.join(""));
  });
});
