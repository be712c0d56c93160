// Secrets, tokens and signatures of all three clouds, through every flow: each is in its one place, and nowhere else.

import { readFileSync } from "node:fs";
import { isNowhere } from "./canary.ts";
import { type Desk, type Operation, expect, test } from "./desk.ts";
import { FAILED_CALL } from "./watch.ts";

type Seen = Desk["watch"]["requested"][number];

interface Flows {
  vendor: string;
  /** The secret field, and the sandbox's own secret, which is looked for. */
  secret: [string, string];
  recall: Operation;
  find: Operation;
  send: Operation;
  /** A list, and what all its rows share. */
  job: { operation: Operation; list: string; shared: Record<string, string> };
  /** Where the secret itself must be. */
  may?: (request: Seen) => Partial<Seen>;
  /** What proves the app in a request, and the request without it. */
  proof: (request: Seen) => { value: string; without: Partial<Seen> } | undefined;
}

const inHeader = (name: string, strip = "") => ({ headers }: Seen) => {
  const { [name]: value, ...others } = headers;
  // A question about the way carries each header with a 0 in it.
  return value && value !== "0" ? { value: value.replace(strip, ""), without: { headers: others } } : undefined;
};

const FLOWS: Flows[] = [
  {
    vendor: "yunxin", secret: ["app_secret", "practice-secret"],
    recall: "yunxin.recall", find: "yunxin.find_history", send: "yunxin.send",
    job: { operation: "yunxin.batch_send", list: "zhangsan\nlisi\nwangwu", shared: { sender_id: "admin", "message.message_type": "0", "message.text": "今晚十点维护" } },
    proof: inHeader("checksum"),
  },
  {
    vendor: "tencent", secret: ["secret_key", "practice-secret-key"],
    recall: "tencent.recall_c2c", find: "tencent.find_c2c", send: "tencent.send",
    job: { operation: "tencent.batch_send", list: "zhangsan\nlisi\nwangwu", shared: { "MsgBody": '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"今晚十点维护"}}]' } },
    proof: ({ url }) => {
      const value = /usersig=([^&]+)/.exec(url)?.[1];
      return value ? { value, without: { url: url.replace(value, "") } } : undefined;
    },
  },
  {
    vendor: "easemob", secret: ["client_secret", "practice-secret-0001"],
    recall: "easemob.recall", find: "easemob.find_chat", send: "easemob.send_users",
    job: { operation: "easemob.send_users", list: "zhangsan\nlisi\nwangwu", shared: { from: "admin", type: "txt", "body.msg": "今晚十点维护" } },
    may: ({ url, body }) => (url.endsWith("/token") ? { body: (body ?? "").replace("practice-secret-0001", "") } : {}),
    proof: inHeader("authorization", "Bearer "),
  },
];

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
});

/** An act by its sample, confirmed where a dialog asks. */
async function act(desk: Desk, operation: Operation, verdict: "accepted" | "not_sent" | "unknown"): Promise<void> {
  if (!desk.page.url().endsWith(`/${operation}`)) await desk.go(operation);
  await expect(desk.form(operation)).toBeVisible();
  await desk.page.locator("#fill-sample").click();
  await expect(desk.page.getByRole("complementary").locator("pre")).toBeVisible();
  await desk.submit();
  await expect(desk.dialog.or(desk.result)).toBeVisible();
  if (await desk.dialog.isVisible()) await desk.confirm();
  await expect(desk.result).toHaveAttribute("data-verdict", verdict);
}

/** A job of three, to its end; both files of its results. */
async function job(desk: Desk, { operation, list, shared }: Flows["job"]): Promise<string> {
  const { page } = desk;
  await desk.go(`jobs/new/${operation}`);
  await page.locator("#list-text").fill(list);
  await desk.fill(shared);
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await page.locator("#job-start").click();
  await desk.confirm();
  const phase = page.locator("#job");
  await expect(phase).toHaveAttribute("data-phase", /done|asking/, { timeout: 20_000 });
  if (await page.locator("#job-approve").isVisible()) await page.locator("#job-approve").click();
  await expect(phase).toHaveAttribute("data-phase", "done", { timeout: 20_000 });
  const files = [];
  for (const id of ["#job-csv", "#job-json"]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(id).click()]);
    files.push(readFileSync((await download.path())!, "utf8"));
  }
  return files.join("\n");
}

/** The secret is only where it must be; each proof that left is in its one place of its one request. */
async function looked(desk: Desk, { secret: [, secret], may, proof }: Flows): Promise<void> {
  await isNowhere(desk, secret, may);
  const found = desk.watch.requested.flatMap((request) => proof(request)?.value ?? []);
  expect(found.length).toBeGreaterThan(0);
  for (const value of new Set(found)) {
    await isNowhere(desk, value, (request) => {
      const own = proof(request);
      return own?.value === value ? own.without : {};
    });
  }
}

for (const flows of FLOWS) {
  test(`${flows.vendor}: secret and signatures are each in one place, through test, acts, errors, search, job, files and record`, async ({ desk, cloud, page }) => {
    test.setTimeout(90_000);
    desk.watch.expects(FAILED_CALL);
    await cloud.practice(page);
    await desk.open(flows.recall);
    await desk.go("connection");
    const [field, secret] = flows.secret;
    await desk.fill({ [field]: secret });
    await page.locator("#test-connection").click();
    await expect(desk.finding).toHaveAttribute("data-finding", "ready");
    await desk.submit();
    await looked(desk, flows);

    await act(desk, flows.recall, "accepted");
    await act(desk, flows.find, "accepted");
    await looked(desk, flows);
    // Of the send alone: proofs of what came before may still be looked up.
    await cloud.faults({ on: flows.send, kind: "cut_after" });
    await act(desk, flows.send, "unknown");
    await desk.result.locator("summary").click();
    await page.getByRole("button", { name: "复制细节" }).click();
    await looked(desk, flows);
    await cloud.faults({ on: flows.send, kind: "status", code: 403, body: "no" });
    await act(desk, flows.send, "not_sent");

    const files = await job(desk, flows.job);
    expect(files).toContain("wangwu");
    for (const value of [secret, ...desk.watch.requested.flatMap((request) => flows.proof(request)?.value ?? [])]) expect(files.includes(value), "a results file").toBe(false);
    await desk.go("record");
    await looked(desk, flows);
  });
}
