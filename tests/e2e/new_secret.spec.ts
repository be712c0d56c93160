// What proves the app ends in the middle of a job: it pauses at once and says why, and goes on with a new secret; nobody gets it twice.

import { appToken, userSig } from "./apps.ts";
import type { Cloud } from "./cloud.ts";
import { type Desk, type Operation, expect, test } from "./desk.ts";
import { ends, goBack, make, people, start, stored } from "./running.ts";
import { PRACTICE } from "./stage/addresses.ts";
import { FAILED_CALL } from "./watch.ts";

test.use({ locale: "zh-CN" });

const DAY = 86_400_000;

interface Case {
  title: string;
  operation: Operation;
  /** The field of what proves the app, and the others. */
  secret: string;
  others: Record<string, string>;
  first(): string | Promise<string>;
  /** It is good no longer. */
  ended(cloud: Cloud): Promise<unknown>;
  /** What is typed in its place and is no better. */
  stale(first: string): string;
  /** What is typed in its place then. */
  next(cloud: Cloud): string | Promise<string>;
  list: string[];
  shared: Record<string, string>;
}

const CASES: Case[] = [
  {
    title: "Yunxin's key is refused",
    operation: "yunxin.batch_send",
    secret: "app_secret",
    others: { app_key: PRACTICE.appKey },
    first: () => PRACTICE.appSecret,
    // The sandbox has one secret for good: that it was changed is said to one request only.
    ended: (cloud) => cloud.faults({ on: "yunxin.batch_send", kind: "vendor_code", code: 403, msg: "illegal checksum" }),
    stale: () => "another-secret",
    next: () => PRACTICE.appSecret,
    list: people(8),
    shared: { sender_id: "admin", "message.message_type": "0", "message.text": "今晚十点维护" },
  },
  {
    title: "a pasted UserSig ends",
    operation: "tencent.batch_send",
    secret: "usersig",
    others: { sdkappid: "1400000001", identifier: "administrator" },
    first: () => userSig({ lifetime: 86_400 }),
    // Two days later, by the cloud's clock.
    ended: (cloud) => cloud.clock(2 * DAY),
    stale: (first) => first,
    next: () => userSig({ lifetime: 90 * 86_400 }),
    list: people(8),
    shared: { MsgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"今晚十点维护"}}]' },
  },
  {
    title: "a pasted token of Easemob's ends",
    operation: "easemob.send_users",
    secret: "app_token",
    others: { org_name: "practice-org", app_name: "second" },
    first: appToken,
    ended: (cloud) => cloud.endTokens(),
    stale: (first) => first,
    next: appToken,
    list: Array.from({ length: 8 }, (_, at) => `guest${at + 1}`),
    shared: { from: "alice", type: "txt", "body.msg": "今晚十点维护" },
  },
];

/** Types in what proves the app, in place of what was there. */
async function prove(desk: Desk, { operation, secret, others }: Case, proof: string): Promise<void> {
  await desk.typeIn(operation.split(".")[0]!, { ...others, [secret]: proof });
  await desk.submit();
  await expect(desk.page.locator("#test-finding")).toContainText(desk.words.connected);
}

for (const it of CASES) {
  test(`${it.title} in the middle of a job: it pauses at once, and goes on with a new one only`, async ({ desk, cloud, page }) => {
    test.setTimeout(60_000);
    desk.watch.expects(FAILED_CALL);
    const { operation, list } = it;
    const first = await it.first();
    await prove(desk, it, first);
    // Two first; one request each, and one at a time.
    const place = await make(desk, operation, { list: list.join("\n"), shared: it.shared, each: 1, canary: 2, pace: { requests: "590", items: "6000" } });
    await start(desk, list.length);
    await ends(desk, "asking", { sent: 2 });
    await it.ended(cloud);
    const before = (await cloud.requests(operation)).length;
    const pauses = async (requests: number) => {
      await ends(desk, "paused", { sent: 2, planned: 6, sending: 0, rejected: 0, unknown: 0 });
      await expect(page.locator("#job-phase")).toContainText("云服务不接受密钥、签名或时钟");
      await page.waitForTimeout(700);
      expect((await cloud.requests(operation)).length - before, "what was refused, and no more").toBe(requests);
    };
    await page.locator("#job-approve").click();
    await pauses(1);
    await prove(desk, it, it.stale(first));
    await goBack(desk, place);
    await ends(desk, "paused", { planned: 6 });
    await page.locator("#job-resume").click();
    await expect.poll(async () => (await cloud.requests(operation)).length - before).toBe(2);
    await pauses(2);
    expect(await stored(cloud)).toEqual(list.slice(0, 2));

    await prove(desk, it, await it.next(cloud));
    await goBack(desk, place);
    await page.locator("#job-resume").click();
    await ends(desk, "done", { sent: 8, rejected: 0, unknown: 0 });
    expect(await stored(cloud)).toEqual(list);
  });
}
