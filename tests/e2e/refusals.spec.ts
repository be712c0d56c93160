// A wrong connection or a wrong value: the sentence that leads to the fix, and nothing sent.

import { appToken, userSig } from "./apps.ts";
import type { Cloud } from "./cloud.ts";
import { type Desk, type Operation, expect, test } from "./desk.ts";
import { FAILED_CALL } from "./watch.ts";

test.use({ locale: "zh-CN" });

/** Whether anything left for the cloud. */
async function nothingLeft(cloud: Cloud): Promise<void> {
  expect(await cloud.requests(), "nothing left the page").toEqual([]);
}

test.describe("a connection", () => {
  test("a pasted UserSig of another app or account, an old, a torn one or the key itself is told apart before anything leaves", async ({ desk, cloud }) => {
    await desk.typeIn("tencent", { sdkappid: "1400000001", identifier: "administrator" });
    const good = userSig();
    for (const [sig, says] of [
      [userSig({ app: 1400000002 }), "这份 UserSig 属于应用 1400000002，而 SDKAppID 填的是 1400000001。请核对 SDKAppID"],
      [userSig({ account: "zhangsan" }), "这份 UserSig 属于账号“zhangsan”，而填写的账号是“administrator”"],
      [userSig({ age: 90_000 }), "这份 UserSig 已经过期。请开发同事重新生成一份"],
      [good.slice(0, -20), "UserSig 不完整，或有字符被改动。请整段重新复制"],
      ["0123456789abcdef".repeat(4), "这看起来是密钥，不是 UserSig"],
      ["hello", "这不是 UserSig"],
    ] as const) {
      await desk.fill({ usersig: sig });
      await desk.submit();
      await expect(desk.field("usersig").locator(".problem")).toContainText(says);
    }
    await desk.axe();
    await nothingLeft(cloud);
    // The whole one is taken, and works.
    await desk.fill({ usersig: good });
    await desk.page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "ready");
  });

  test("a UserSig that ends while the desk is open: nothing is sent any more, the reason is said, and the test leads to its field", async ({ desk, cloud, page }) => {
    await page.clock.install();
    await cloud.practice(page);
    await desk.open("tencent.recall_c2c");
    await page.locator("#fill-sample").click();
    await desk.typeIn("tencent", { sdkappid: "1400000001", identifier: "administrator" });
    // The practice connection's key makes way.
    await desk.field("secret_key").getByRole("button").click();
    await desk.fill({ usersig: userSig({ lifetime: 3_600 }) });
    await desk.submit();
    await expect(page.locator("#test-finding")).toContainText(desk.words.connected);
    await page.clock.setSystemTime(Date.now() + 3_700_000);
    await desk.go("tencent.recall_c2c");
    await desk.submit();
    await desk.dialog.locator("#confirm-count").fill("1");
    await desk.confirm();
    await expect(desk.result).toHaveAttribute("data-verdict", "not_sent");
    await expect(desk.result).toContainText("粘贴的 UserSig 已经过期");
    await page.locator("#find-out-why").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "unsigned");
    await page.getByRole("button", { name: "重新填写密钥" }).click();
    await expect(desk.control("usersig")).toBeFocused();
    expect((await cloud.requests()).filter(({ query }) => query?.includes("usersig"))).toEqual([]);
  });

  test("Tencent: what only the cloud can tell has its sentence too", async ({ desk }) => {
    await desk.typeIn("tencent", { sdkappid: "1400000001", identifier: "administrator", secret_key: "practice-secret-key" });
    for (const [values, finding, says] of [
      [{}, "ready", "可以使用"],
      [{ secret_key: "another-key" }, "signature_refused", "密钥不属于此应用，请重新复制密钥"],
      [{ secret_key: "practice-secret-key", identifier: "zhangsan" }, "not_admin", "此账号不是应用的管理员"],
      [{ identifier: "administrator", sdkappid: "1400009999" }, "wrong_region", "应用不在这个区域：请核对应用 ID，并换一个区域再试"],
      [{ sdkappid: "1400000003", secret_key: "practice-secret-key-3" }, "refused", "60020"],
    ] as const) {
      await desk.fill(values);
      await desk.page.locator("#test-connection").click();
      await expect(desk.finding).toHaveAttribute("data-finding", finding);
      await expect(desk.finding).toContainText(says);
    }
    // The key is taken away again, and a UserSig can be pasted in its place.
    await expect(desk.control("usersig")).toBeHidden();
    await desk.field("secret_key").getByRole("button").click();
    await expect(desk.control("secret_key")).toBeFocused();
    await desk.fill({ sdkappid: "1400000001", usersig: userSig() });
    await desk.page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "ready");
  });

  test("Easemob: a token of another app, a wrong secret, an app that is not there", async ({ desk }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.typeIn("easemob", { org_name: "practice-org#message-desk", app_token: `Bearer ${await appToken()}` });
    const page = desk.page;
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "signature_refused");
    await page.reload();
    await desk.typeIn("easemob", { org_name: "practice-org", app_name: "message-desk", client_id: "practice-client-id-0001", client_secret: "wrong" });
    for (const [values, finding] of [
      [{}, "signature_refused"],
      [{ client_id: "nobody", client_secret: "practice-secret-0001" }, "key_unknown"],
      [{ client_id: "practice-client-id-0001", app_name: "nowhere" }, "key_unknown"],
      [{ app_name: "message-desk" }, "ready"],
    ] as const) {
      await desk.fill(values);
      await page.locator("#test-connection").click();
      await expect(desk.finding).toHaveAttribute("data-finding", finding);
    }
  });
});

test.describe("Easemob's token", () => {
  test.beforeEach(async ({ cloud, page }) => cloud.practice(page));

  const sent = async (desk: Desk) => {
    await desk.submit();
    await desk.confirm();
    await desk.concludes("accepted");
  };

  test("is got once, used for every act, and renewed once when it has ended", async ({ desk, cloud }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open("easemob.send_users");
    await desk.fill({ from: "zhangsan", to: "lisi", "body.msg": "一" });
    await sent(desk);
    await desk.fill({ "body.msg": "二" });
    await sent(desk);
    expect(await cloud.tokens()).toBe(1);
    await cloud.endTokens();
    await desk.fill({ "body.msg": "三" });
    await sent(desk);
    expect(await cloud.tokens()).toBe(2);
    // The one that was refused did nothing.
    expect((await cloud.effects()).map((effect) => effect.detail.body.msg)).toEqual(["一", "二", "三"]);
  });

  test("is not renewed when an edit is answered with 401: that is about the message", async ({ desk, cloud }) => {
    desk.watch.expects(FAILED_CALL);
    const foreign = (await cloud.messagesOf("easemob")).find((it) => it.app_key === "practice-org#second");
    await desk.open("easemob.rewrite");
    await desk.fill({ msg_id: foreign.msg_id, user: "alice", "new_msg.msg": "改过" });
    await desk.submit();
    await desk.concludes("refused");
    await expect(desk.result).toContainText("消息不属于这个应用");
    await expect(desk.result).toContainText("与 Token 无关");
    expect(await cloud.tokens()).toBe(1);
    expect(await cloud.requests("easemob.rewrite")).toHaveLength(1);
  });
});

const WRONG: { operation: Operation; good: (cloud: Cloud) => Promise<Record<string, string>>; wrong: [string, string, RegExp][] }[] = [
  {
    operation: "yunxin.recall",
    good: async (cloud) => (await cloud.samples("yunxin"))["yunxin.recall"]!,
    wrong: [
      ["message_server_id", "1588445533 34358019", /只能是数字，例如 158844553334358019/],
      ["message_server_id", "15884455333435801900", /应在 0 到 9223372036854775807 之间/],
    ],
  },
  {
    operation: "yunxin.modify",
    good: async (cloud) => ({ ...(await cloud.samples("yunxin"))["yunxin.modify"]!, "message.message_type": "100", "message.attachment": "{}" }),
    wrong: [["message.attachment", "[1]", /应为 JSON 对象/]],
  },
  {
    operation: "tencent.recall_c2c",
    good: async (cloud) => (await cloud.samples("tencent"))["tencent.recall_c2c"]!,
    wrong: [
      ["MsgKey", "1001_2001_17 95256488", /里有“空格”，不是有效字符/],
    ],
  },
  {
    operation: "tencent.send",
    good: async () => ({ From_Account: "zhangsan", To_Account: "lisi" }),
    wrong: [
      ["MsgBody", '{"MsgType":"TIMTextElem","MsgContent":{"Text":"一"}}', /JSON 数组/],
      ["MsgBody", '[{"MsgType":"TIMTextElem","MsgContent":{"Text":1}}]', /MsgContent\.Text 的类型不对/],
      ["MsgBody", '[{"MsgType":"TIMTextElem"}]', /请填写消息内容/],
    ],
  },
  {
    operation: "easemob.rewrite",
    good: async (cloud) => ({ msg_id: (await cloud.samples("easemob"))["easemob.rewrite"]!["msg_id"]!, user: "zhangsan", "new_msg.msg": "改过" }),
    wrong: [
      ["msg_id", "1622173450 860374786", /里有“空格”，不是有效字符/],
      ["msg_id", "162217345086037478600", /有 21 个字符，厂商说明最多 19 个/],
      ["new_ext", "[1]", /JSON 对象/],
    ],
  },
];

test("an id with a space or a digit too many, and JSON of the wrong shape, are stopped at their field", async ({ desk, cloud, page }) => {
  await cloud.practice(page);
  await desk.open();
  const heard: string[] = [];
  for (const { operation, good, wrong } of WRONG) {
    await desk.go(operation);
    await expect(desk.form(operation)).toBeVisible();
    const values = await good(cloud);
    await desk.fill(values);
    for (const [name, text, says] of wrong) {
      await test.step(`${operation} ${name}=${text}`, async () => {
        await desk.fill({ [name]: text });
        await desk.submit();
        await expect(desk.summary).toBeFocused();
        // The sentence stands at that field, and in the summary in the same words.
        const said = (await desk.field(name).locator(".problem").allTextContents()).join(" / ");
        expect((await desk.summary.getByRole("link").allTextContents()).join(" / ")).toBe(said);
        if (!says.test(said)) heard.push(`${operation} ${name}=${text}: ${said}`);
        await expect(desk.control(name)).toHaveValue(text);
        await desk.fill({ [name]: values[name] ?? "" });
      });
    }
  }
  expect(heard, "sentences that do not say what is wrong").toEqual([]);
  await nothingLeft(cloud);
});
