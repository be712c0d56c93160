// Everything that can go wrong with a request of a job, for each cloud: the right class of outcome, and never twice.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { type Desk, expect, test } from "./desk.ts";
import { ends, make as makeJob, people as someone, start } from "./running.ts";
import { addresses } from "./stage/addresses.ts";
import { CORS_REFUSAL, FAILED_CALL } from "./watch.ts";

test.use({ locale: "zh-CN" });

interface Cell {
  fault: Record<string, unknown>;
  /** Sent means: it surely had not arrived, so that it went again by itself or after a person resumed. */
  ends: "sent" | "unknown" | "rejected";
  /** Whether the cloud did it: never, or once. */
  effect: 0 | 1;
}

const status = (code: number, more: Record<string, unknown> = {}) => ({ kind: "status", code, ...more });
const CELLS: Record<string, Cell> = {
  "reset before": { fault: { kind: "cut_before" }, ends: "unknown", effect: 0 },
  "reset after": { fault: { kind: "cut_after" }, ends: "unknown", effect: 1 },
  "truncated": { fault: { kind: "truncated" }, ends: "unknown", effect: 1 },
  "not JSON": { fault: { kind: "not_json" }, ends: "unknown", effect: 0 },
  "a sign-in page": { fault: { kind: "html" }, ends: "unknown", effect: 0 },
  "HTTP 500": { fault: status(500), ends: "unknown", effect: 0 },
  "HTTP 502": { fault: status(502), ends: "unknown", effect: 0 },
  "HTTP 503": { fault: status(503), ends: "unknown", effect: 0 },
  "HTTP 504": { fault: status(504), ends: "unknown", effect: 0 },
  "redirect": { fault: { kind: "redirect", to: "/elsewhere" }, ends: "unknown", effect: 0 },
  // Those that are tried again come last: a second try meets the fault after its own.
  "HTTP 429": { fault: status(429), ends: "sent", effect: 1 },
  "HTTP 429 with Retry-After": { fault: status(429, { headers: { "Retry-After": "1" } }), ends: "sent", effect: 1 },
  "HTTP 403": { fault: status(403), ends: "sent", effect: 1 },
  "none": { fault: { kind: "delay", ms: 10 }, ends: "sent", effect: 1 },
};
const NAMES = Object.keys(CELLS);

/** The state of each row of the result file, by its first cell. */
async function states(page: Page): Promise<Map<string, string>> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-csv").click()]);
  const rows = readFileSync((await download.path())!, "utf8").trim().split("\r\n").slice(1).map((line) => line.split(","));
  return new Map(rows.map((cells) => [cells[0]!, cells[1]!]));
}

const CLOUDS = {
  "yunxin.batch_send": NAMES.map((_, at) => `user${String(at + 1).padStart(4, "0")}`),
  "tencent.batch_send": NAMES.map((_, at) => `user${String(at + 1).padStart(4, "0")}`),
  "easemob.send_users": NAMES.map((_, at) => `user${at + 1}`),
} as const;

for (const [operation, people] of Object.entries(CLOUDS) as [keyof typeof CLOUDS, string[]][]) {
  test.describe(operation, () => {
    test.beforeEach(async ({ desk, cloud, page }) => {
      test.setTimeout(60_000);
      desk.watch.expects(FAILED_CALL, CORS_REFUSAL);
      await cloud.practice(page);
      await desk.open(operation);
      await page.locator("#fill-sample").click();
      await page.locator("#from-list").click();
      // One request at a time, one receiver each: the first fault meets the first receiver.
      await page.locator("#per-minute").fill("590");
      await page.locator("#per-request").fill("1");
      await page.locator("#items-per-minute").fill("6000");
      await page.locator("#canary").fill("0");
    });

    const make = async (page: Page, list: string[]) => {
      await page.locator("#list-text").fill(list.join("\n"));
      await page.locator("#dry-run-start").click();
      await page.locator("#job-create").click();
      await expect(page.locator("#job")).toHaveAttribute("data-phase", "checked");
    };

    test("each way in which a request goes wrong has its outcome, and nobody gets it twice", async ({ desk, cloud, page }) => {
      await make(page, people);
      await cloud.faults(...NAMES.map((name) => ({ on: operation, ...CELLS[name]!.fault })));
      await start(desk, people.length);
      const job = page.locator("#job");
      await expect
        .poll(async () => {
          const phase = await job.getAttribute("data-phase");
          if (phase === "paused") await page.locator("#job-resume").click();
          return phase;
        }, { timeout: 50_000 })
        .toBe("failures");
      const known = await states(page);
      const got = (await cloud.effects()).filter((it) => it.change === "stored").map((it) => it.receiver_id);
      const found = NAMES.map((name, at) => [name, known.get(people[at]!), got.filter((it) => it === people[at]).length]);
      expect(found).toEqual(NAMES.map((name) => [name, CELLS[name]!.ends, CELLS[name]!.effect]));
    });

    test("a clock that is off, or a token that ended in the middle: nothing is lost, nothing goes twice", async ({ desk, cloud, page }) => {
      await make(page, people.slice(0, 12));
      await cloud.faults({ on: operation, kind: "delay", ms: 80, times: 12 });
      await start(desk, 12);
      const job = page.locator("#job");
      await expect(job).not.toHaveAttribute("data-sent", "0");
      if (operation === "easemob.send_users") {
        const before = await cloud.tokens();
        await cloud.endTokens();
        await ends(desk, "done", { sent: 12 });
        expect(await cloud.tokens(), "a token was got anew").toBeGreaterThan(before);
      } else {
        await cloud.clock(86_400_000 * 200);
        await ends(desk, "paused", { rejected: 0, unknown: 0 });
        await cloud.clock(0);
        await page.locator("#job-resume").click();
        await ends(desk, "done", { sent: 12 });
      }
      const got = (await cloud.effects()).filter((it) => it.change === "stored").map((it) => it.receiver_id);
      expect(got.sort()).toEqual(people.slice(0, 12).sort());
    });
  });
}

test("an answer that never comes is unknown after the deadline, and the rest goes on", async ({ desk, cloud, page }) => {
  test.setTimeout(70_000);
  // A proxy may give up first.
  desk.watch.expects(FAILED_CALL);
  await cloud.practice(page);
  await desk.open("yunxin.batch_send");
  await page.locator("#fill-sample").click();
  await page.locator("#from-list").click();
  await page.locator("#list-text").fill("user0001\nuser0002");
  await page.locator("#per-request").fill("1");
  await page.locator("#canary").fill("0");
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 40_000 });
  await start(desk, 2);
  await ends(desk, "failures", { sent: 1, unknown: 1 }, 50_000);
});

test("offline: the job pauses before anything leaves, and goes on when a person says so", async ({ desk, cloud, context, page }) => {
  await cloud.limits({ batch_per_minute: 1_000_000 });
  desk.watch.expects(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await cloud.practice(page);
  await desk.open("yunxin.batch_send");
  await page.locator("#fill-sample").click();
  await page.locator("#from-list").click();
  await page.locator("#list-text").fill(CLOUDS["yunxin.batch_send"].join("\n"));
  await page.locator("#per-minute").fill("590");
  await page.locator("#per-request").fill("1");
  await page.locator("#canary").fill("2");
  await page.locator("#dry-run-start").click();
  await page.locator("#job-create").click();
  await start(desk, NAMES.length);
  await ends(desk, "asking", { sent: 2 });
  await context.setOffline(true);
  await page.locator("#job-approve").click();
  await ends(desk, "paused", { sent: 2, planned: 12, unknown: 0 });
  await context.setOffline(false);
  await page.locator("#job-resume").click();
  await ends(desk, "done", { sent: 14 });
});

for (const fault of [{ kind: "redirect", to: "/login" }, { kind: "html" }]) {
  test(`a sign-on that ends in the middle (${fault.kind}): the job pauses at once and says to sign in, and one request is unknown`, async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL);
    await desk.open();
    await makeJob(desk, "yunxin.batch_send", { list: someone(6).join("\n"), each: 1, pace: { requests: "590", items: "600000" } });
    await cloud.faults({ on: "yunxin.batch_send", kind: "delay", ms: 10 }, { on: "yunxin.batch_send", ...fault });
    await start(desk, 6);
    await ends(desk, "paused", { sent: 1, unknown: 1, sending: 0, planned: 4 });
    await expect(page.locator("#job-phase")).toContainText("请重新登录");
    expect(await cloud.requests("yunxin.batch_send")).toHaveLength(2);
    await page.locator("#job-resume").click();
    await ends(desk, "failures", { sent: 5, unknown: 1 });
  });
}

const NOBODY: Record<string, (desk: Desk) => Promise<void>> = {
  "a proxy that refuses the connection": (desk) => desk.connectByHand({ proxy: `${addresses().closed}/{host}{path}{query}` }),
  "a name that has no address": async (desk) => {
    await desk.connectByHand();
    await desk.page.route("**/conversations/messages*", (route) => route.abort("namenotresolved"));
  },
};
for (const [what, prepare] of Object.entries(NOBODY)) {
  test(`${what}: what was tried is unknown and never tried again by itself, the rest waits for a person`, async ({ desk, cloud, page }) => {
    desk.watch.expects(FAILED_CALL, CORS_REFUSAL);
    const tried: string[] = [];
    page.on("requestfailed", (request) => tried.push(request.postData() ?? ""));
    await desk.open();
    await prepare(desk);
    await makeJob(desk, "yunxin.batch_send", { list: someone(12).join("\n"), each: 1, pace: { requests: "590", items: "600000" } });
    await start(desk, 12);
    const job = page.locator("#job");
    await expect(job).toHaveAttribute("data-phase", "paused");
    const [sent, unknown, planned] = await Promise.all(["sent", "unknown", "planned"].map(async (name) => Number(await job.getAttribute(`data-${name}`))));
    expect([sent, unknown! + planned!]).toEqual([0, 12]);
    expect(planned).toBeGreaterThan(0);
    expect(tried).toHaveLength(unknown!);
    expect(new Set(tried).size).toBe(tried.length);
    expect(await cloud.requests("yunxin.batch_send")).toEqual([]);
  });
}
