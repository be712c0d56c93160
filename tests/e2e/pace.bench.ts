// How fast jobs really go, beside what they were told and beside a loop that does nothing but fetch: `make bench`. The job is made
// where tests look on, and runs in a browser in which nobody does. Figures are printed; what must hold is asserted.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as browsers } from "@playwright/test";
import { Bare } from "./bare.ts";
import { Desk, expect, test } from "./desk.ts";
import { hidden } from "./hidden.ts";
import { make, people } from "./running.ts";
import { addresses } from "./stage/addresses.ts";
import { QUIET, chromium, clear } from "./stage/chromium.ts";
import { Watch } from "./watch.ts";

/** Whose cloud sells more than any of these paces. */
const OPERATION = "yunxin.send";
const SHARED = { "conversation_id.sender_id": "admin", "conversation_id.conversation_type": "1", "message.message_type": "0", "message.text": "今晚十点维护" };
/** As many as the sandbox knows. */
const COUNT = 1_200;

test.setTimeout(300_000);

/** Requests of a job's kind and size, as many a second, or four at once as often as the browser can; nobody accepts them. Tells how many
 * a second there were. */
const loop = (count: number, perSecond = 0): string => `(async () => {
  const headers = { AppKey: "loop", Nonce: "0".repeat(32), CurTime: "0", CheckSum: "0".repeat(40), "Content-Type": "application/json" };
  const given = { method: "POST", headers, body: JSON.stringify({ text: "0".repeat(160) }), cache: "no-store", redirect: "manual", credentials: "omit" };
  const ask = async (at) => (await fetch("proxy/sandbox/im/v2/conversations/messages?" + at, given)).text();
  const begun = performance.now();
  let next = 0;
  const lane = async () => { while (next < ${count}) await ask(next++); };
  const paced = async () => {
    const asked = [];
    for (; next < ${count}; asked.push(ask(next++))) {
      const early = begun + (next * 1_000) / ${perSecond} - performance.now();
      if (early > 0) await new Promise((due) => setTimeout(due, early));
    }
    await Promise.all(asked);
  };
  await (${perSecond > 0} ? paced() : Promise.all([lane(), lane(), lane(), lane()]));
  return ${count * 1_000} / (performance.now() - begun);
})()`;

/** A job that waits to be started, in a profile of its own; gives its address. */
async function made(profile: string, perSecond: number): Promise<string> {
  const context = await browsers.launchPersistentContext(profile, { executablePath: chromium(), args: QUIET, locale: "zh-CN" });
  const desk = new Desk(await context.newPage(), new Watch(), "zh-CN");
  await desk.open();
  const list = { name: "list.txt", bytes: Buffer.from(`conversation_id.receiver_id\n${people(COUNT).join("\n")}`) };
  const place = await make(desk, OPERATION, { list, shared: SHARED, pace: { requests: String(perSecond * 60), items: "" } });
  await context.close();
  return `${addresses().page}/${place}`;
}

for (const perSecond of [50, 200]) {
  test(`${perSecond} requests a second through the same-origin route`, async ({ cloud }) => {
    await cloud.limits({ single_per_second: 100_000 });
    const profile = mkdtempSync(join(tmpdir(), "message-desk-bench-"));
    const page = await Bare.open(profile, await made(profile, perSecond));
    try {
      await page.until(`document.querySelector("#job")?.dataset.phase === "checked"`);
      const most = await page.evaluate<number>(loop(1_000));
      const idle = await page.busy();
      await page.evaluate<number>(loop(COUNT, perSecond));
      const bare = ((await page.busy()) - idle) / COUNT;
      await page.press("#job-start");
      await page.until(`document.querySelector("#confirm-count")`);
      await page.press("#confirm-count");
      await page.type(String(COUNT));
      await page.press("#confirm-go");
      await page.press("#leave-now");
      const before = await page.busy();
      await page.until(`document.querySelector("#job").dataset.phase === "done"`, 120_000);
      const item = ((await page.busy()) - before) / COUNT;
      const arrivals = (await cloud.requests(OPERATION)).filter((it) => it.headers.AppKey !== "loop").map((it) => it.at).sort((a, b) => a - b);
      expect(arrivals.length).toBe(COUNT);
      // A hundredth of the minute may leave at once; what follows drips in.
      const steady = arrivals.slice(Math.floor((perSecond * 60) / 100));
      const reached = ((steady.length - 1) * 1_000) / (steady.at(-1)! - steady[0]!);
      console.log(
        `given ${perSecond}/s, reached ${reached.toFixed(1)}/s (${((reached / perSecond) * 100).toFixed(1)} %); a loop of fetch ${most.toFixed(0)}/s; ` +
          `page busy ${item.toFixed(2)} ms an item, a loop of fetch at this pace ${bare.toFixed(2)} ms`,
      );
      expect(reached / perSecond).toBeGreaterThanOrEqual(0.95);
      // What signing, the ledger and the page take beside the fetch. A slow job shares the drawing among fewer.
      expect(item - bare).toBeLessThanOrEqual(perSecond < 100 ? 5 : 2);
    } finally {
      await page.close();
      clear(profile);
    }
  });
}

test("two minutes in a hidden tab of a browser that slows it down", async ({ cloud }) => {
  const { reached, given, ticks } = await hidden(browsers, cloud, 120);
  console.log(`hidden for 120 s: given ${given.toFixed(2)}/s, reached ${reached.toFixed(2)}/s (${((reached / given) * 100).toFixed(1)} %); ${ticks} of 1200 ticks of the page itself`);
  expect(ticks).toBeLessThanOrEqual(132);
  expect(reached / given).toBeGreaterThanOrEqual(0.95);
});
