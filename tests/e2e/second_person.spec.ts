// A second person's consent, asked through the portal: to the very requests that wait, for acts and for jobs. It begins nothing, and
// whatever is no yes is a no.

import type { Page } from "@playwright/test";
import { RECALL, SEND } from "./acts.ts";
import type { Cloud } from "./cloud.ts";
import { Host, TOKENS, done, expect, test } from "./portal.ts";
import { ends, make, people, stored } from "./running.ts";
import { addresses, configuration } from "./stage/addresses.ts";

const state = ({ desk }: Host) => desk.locator("[data-approval]");
const go = ({ desk }: Host) => desk.locator("#confirm-go");
const answer = async (page: Page, at: number, yes: unknown) => await page.evaluate(([at, yes]) => (window as any).answers[at as number](yes), [at, yes] as const);
/** Longer than a confirmation rests: what could be pressed now, can be. */
const rest = async (page: Page) => await page.waitForTimeout(900);

test.use({ locale: "zh-CN" });

test("a second person's yes opens the confirmation of that one act, a no closes it, and silence is no", async ({ host, cloud, page }) => {
  await host.configure({ approval: 3 });
  await host.ready({ at: SEND.operation, options: { asks: true } });
  await host.fill(await SEND.values(cloud));
  await host.submit();
  await expect(state(host)).toHaveAttribute("data-approval", "waits");
  await rest(page);
  await expect(go(host)).toHaveAttribute("aria-disabled", "true");
  await go(host).click({ force: true });
  await answer(page, 0, false);
  await expect(state(host)).toHaveAttribute("data-approval", "no");
  await expect(go(host)).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  expect(await cloud.requests()).toEqual([]);
  // Asked anew it is another question: the first answer, said again, does not count for it.
  await host.submit();
  await expect(state(host)).toHaveAttribute("data-approval", "waits");
  const [first, second] = await host.told("approve");
  expect(first).toMatchObject({ operation: SEND.operation, count: 3 });
  expect(second.digest).not.toBe(first.digest);
  await answer(page, 1, true);
  await expect(state(host)).toHaveAttribute("data-approval", "yes");
  await rest(page);
  expect(await cloud.requests(), "a yes begins nothing").toEqual([]);
  await host.confirm();
  expect(await done(cloud)).toEqual(SEND.effects);
  // What touches fewer needs nobody.
  await page.evaluate(() => ((window as any).told = []));
  await host.call("navigate", `#/${RECALL.operation}`);
  await host.fill(await RECALL.values(cloud));
  await host.submit();
  await host.confirm();
  expect(await host.told("approve")).toEqual([]);
});

test("without a host that can ask, an act that needs a second person is not sent", async ({ host, cloud, page }) => {
  await host.configure({ approval: 1 });
  await host.ready();
  await host.fill(await RECALL.values(cloud));
  await host.submit();
  await expect(state(host)).toHaveAttribute("data-approval", "nobody");
  await rest(page);
  await expect(go(host)).toHaveAttribute("aria-disabled", "true");
  expect(await cloud.requests()).toEqual([]);
});

test.describe("jobs, from three receivers on", () => {
  /** Asks to start the job on the page, and types what the dialog wants typed. */
  async function ask(host: Host, count: number): Promise<void> {
    await host.desk.locator("#job-start").click();
    await expect(host.desk.getByRole("dialog")).toBeVisible();
    const typed = host.desk.locator("#confirm-count");
    if (await typed.count()) await typed.fill(String(count));
  }

  test.beforeEach(async ({ cloud, host }) => {
    await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
    await host.configure({ approval: 3 });
  });

  test("a job waits for a yes; a no and anything that is no yes do not start it, and each asking is its own", async ({ host, cloud, page }) => {
    await host.ready({ at: "jobs", options: { asks: true } });
    await make(host.seat, SEND.operation, { list: people(8).join("\n") });
    for (const [at, no] of [false, "yes", 1, null].entries()) {
      await ask(host, 8);
      await expect(state(host)).toHaveAttribute("data-approval", "waits");
      await rest(page);
      await expect(go(host)).toHaveAttribute("aria-disabled", "true");
      await go(host).click({ force: true });
      await answer(page, at, no);
      await expect(state(host)).toHaveAttribute("data-approval", "no");
      await go(host).click({ force: true });
      await page.keyboard.press("Escape");
      await expect(host.desk.getByRole("dialog")).toHaveCount(0);
    }
    expect(await cloud.requests()).toEqual([]);
    await expect(host.desk.locator("#job")).toHaveAttribute("data-phase", "checked");
    await ask(host, 8);
    const asked = await host.told("approve");
    expect(asked).toHaveLength(5);
    expect(new Set(asked.map(({ digest }) => digest)).size).toBe(5);
    expect(asked.at(-1)).toMatchObject({ operation: SEND.operation, count: 8 });
    await answer(page, 4, true);
    await expect(state(host)).toHaveAttribute("data-approval", "yes");
    await rest(page);
    expect(await cloud.requests(), "a yes begins nothing").toEqual([]);
    await host.seat.confirm();
    await ends(host.seat, "done", { sent: 8 });
    expect((await stored(cloud)).sort()).toEqual(people(8));
  });

  test("a portal that never answers, or cannot ask, sends nothing", async ({ host, cloud, page }) => {
    for (const asks of [true, false]) {
      await host.ready({ at: "jobs", options: { asks } });
      await make(host.seat, SEND.operation, { list: people(asks ? 8 : 7).join("\n") });
      await ask(host, asks ? 8 : 7);
      await expect(state(host)).toHaveAttribute("data-approval", asks ? "waits" : "nobody");
      await page.waitForTimeout(3_000);
      await expect(go(host)).toHaveAttribute("aria-disabled", "true");
      await go(host).click({ force: true });
      await go(host).press("Enter");
      await expect(host.desk.locator("#job")).toHaveAttribute("data-phase", "checked");
    }
    expect(await cloud.requests()).toEqual([]);
  });

  test("an answer for something else, or before anybody asked, is none", async ({ host, cloud, page }) => {
    // A portal that speaks the contract by itself, and says what embed.js never would.
    await host.open({ at: "jobs", options: null, sandbox: TOKENS });
    await page.evaluate(async () => {
      const own = window as any;
      own.told = [];
      const frame = document.querySelector("iframe")!;
      const say = (more: object) => JSON.stringify({ ns: "message-desk", v: [1, 0], ...more });
      const nonce = await new Promise((heard) => addEventListener("message", ({ data }) => heard(JSON.parse(data).nonce), { once: true }));
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => own.told.push(JSON.parse(data));
      own.answer = (digest: string, approved: boolean) => port1.postMessage(say({ type: "approval", digest, approved }));
      frame.contentWindow!.postMessage(say({ type: "init", nonce, approves: true }), "*", [port2]);
    });
    await expect(host.desk.locator("section.where.practice")).toBeVisible();
    await make(host.seat, SEND.operation, { list: people(5).join("\n") });
    const told = async (type: string) => await host.told(type);
    const say = async (digest: string, yes: boolean) => await page.evaluate(([digest, yes]) => (window as any).answer(digest, yes), [digest, yes] as const);
    await say("", true);
    await ask(host, 5);
    await expect.poll(() => told("approve")).toHaveLength(1);
    const [{ digest }] = await told("approve");
    for (const other of ["", "0".repeat(64), digest.toUpperCase(), digest.slice(0, -1), `${digest}0`]) await say(other, true);
    await rest(page);
    await expect(state(host)).toHaveAttribute("data-approval", "waits");
    await expect(go(host)).toHaveAttribute("aria-disabled", "true");
    // The first word counts: a yes after a no is for nobody.
    await say(digest, false);
    await say(digest, true);
    await expect(state(host)).toHaveAttribute("data-approval", "no");
    await page.keyboard.press("Escape");
    await ask(host, 5);
    await say(digest, true);
    await rest(page);
    await expect(state(host), "yesterday's yes says nothing of today's asking").toHaveAttribute("data-approval", "waits");
    await go(host).click({ force: true });
    expect(await cloud.requests()).toEqual([]);
    await say((await told("approve"))[1].digest, true);
    await host.seat.confirm();
    await ends(host.seat, "done", { sent: 5 });
    expect((await stored(cloud)).sort()).toEqual(people(5));
  });

  test("taking a batch back is an act of its own, for which a second person is asked anew", async ({ host, cloud, page }) => {
    await host.ready({ at: "jobs", options: { asks: true } });
    await make(host.seat, SEND.operation, { list: people(5).join("\n") });
    await ask(host, 5);
    await answer(page, 0, true);
    await host.seat.confirm();
    await ends(host.seat, "done", { sent: 5 });
    await host.desk.locator("#job-recall").click();
    await expect(host.desk.locator("#list-rows")).toContainText("5");
    await host.fill({ type: "2" });
    await host.desk.locator("#canary").fill("0");
    await host.desk.locator("#dry-run-start").click();
    await host.desk.locator("#job-create").click();
    await expect(host.desk.locator("#job")).toHaveAttribute("data-phase", "checked");
    await ask(host, 5);
    await expect(state(host)).toHaveAttribute("data-approval", "waits");
    expect((await host.told("approve")).at(-1)).toMatchObject({ operation: RECALL.operation, count: 5 });
    await answer(page, 1, false);
    await rest(page);
    await go(host).click({ force: true });
    await page.keyboard.press("Escape");
    expect(await cloud.requests(RECALL.operation)).toEqual([]);
    await ask(host, 5);
    await answer(page, 2, true);
    await host.seat.confirm();
    await ends(host.seat, "done", { sent: 5 });
    expect((await done(cloud)).filter((it) => it.startsWith("removed")).sort()).toEqual(people(5).map((id) => `removed ${id}`));
    const audits = (await host.told("audit")).map(({ operation, count, outcome }) => `${operation} ${count} ${outcome}`);
    expect(audits).toEqual([`${SEND.operation} 5 accepted`, "yunxin.recall 5 accepted"]);
  });
});

test.describe("the example portal's own yes and no", () => {
  /** The example portal in this page, with a recall typed into its desk. */
  async function open(host: Host, values: Record<string, string>): Promise<void> {
    await host.page.context().route("**/config.json", (route) => route.fulfill({ json: { ...(configuration(addresses()) as object), approval: 1 } }));
    if (!host.page.url().endsWith("/demo/")) await host.page.goto(`${addresses().portal}/demo/`);
    await expect(host.desk.locator("section.where.practice")).toBeVisible();
    await expect(host.page.locator("#second")).toBeHidden();
    await host.fill(values);
    await host.submit();
    await expect(state(host)).toHaveAttribute("data-approval", "waits");
    await expect(host.page.locator("#second-what")).toContainText(`${RECALL.operation} · 1 · `);
  }

  /** Confirms after a press on the portal's own button: the first press on the desk brings the window's focus back to it, and no more. */
  async function confirm(host: Host, cloud: Cloud): Promise<void> {
    await expect(host.desk.locator("#confirm-covered")).toContainText("窗口不在前台");
    await go(host).click({ force: true });
    expect(await cloud.requests()).toEqual([]);
    await host.confirm();
    expect(await done(cloud)).toEqual(RECALL.effects);
  }

  test("yes lets the act through, and only when the person confirms it", async ({ host, cloud, page }) => {
    await open(host, await RECALL.values(cloud));
    await page.locator("#second-yes").click();
    await expect(page.locator("#second")).toBeHidden();
    await expect(state(host)).toHaveAttribute("data-approval", "yes");
    await expect(state(host)).toContainText("仍然要你按下确认才会发出");
    await rest(page);
    expect(await cloud.requests(), "a yes begins nothing").toEqual([]);
    await confirm(host, cloud);
    await expect(page.locator("#audit li")).toHaveCount(1);
  });

  test("no refuses it, in words", async ({ host, cloud, page }) => {
    await open(host, await RECALL.values(cloud));
    await page.locator("#second-no").click();
    await expect(page.locator("#second")).toBeHidden();
    await expect(state(host)).toHaveText("第二个人没有同意，不会发出。");
    await rest(page);
    await expect(go(host)).toHaveAttribute("aria-disabled", "true");
    await go(host).click({ force: true });
    await go(host).press("Enter");
    expect(await cloud.requests()).toEqual([]);
    await expect(page.locator("#audit li")).toHaveCount(0);
  });

  test("nobody's press leaves it waiting; the answer to a dialog that was closed is none to the next one", async ({ host, cloud, page }) => {
    await open(host, await RECALL.values(cloud));
    await page.waitForTimeout(3_000);
    await expect(state(host)).toHaveAttribute("data-approval", "waits");
    await expect(go(host)).toHaveAttribute("aria-disabled", "true");
    await go(host).click({ force: true });
    await page.keyboard.press("Escape");
    await expect(host.desk.getByRole("dialog")).toHaveCount(0);
    await expect(page.locator("#second"), "the portal is not told, and still asks").toBeVisible();
    await host.submit();
    await expect(state(host)).toHaveAttribute("data-approval", "waits");
    await page.locator("#second-yes").click();
    await rest(page);
    await expect(state(host), "that was for the first").toHaveAttribute("data-approval", "waits");
    await go(host).click({ force: true });
    expect(await cloud.requests()).toEqual([]);
    await page.locator("#second-yes").click();
    await confirm(host, cloud);
  });

  test("a hostile page that has opened the portal, and knows the very question, can answer it neither here nor there", async ({ cloud, page, context }) => {
    await context.addInitScript(() => {
      const own = window as any;
      own.approvals = [];
      const handler = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage")!;
      Object.defineProperty(MessagePort.prototype, "onmessage", {
        ...handler,
        set(take: (event: MessageEvent) => void) {
          handler.set!.call(this, (event: MessageEvent) => {
            const said = JSON.parse(event.data);
            if (said.type === "approve") own.approvals.push(said.digest);
            take(event);
          });
        },
      });
    });
    await page.goto(addresses().stranger);
    const [popup] = await Promise.all([context.waitForEvent("page"), page.evaluate((url) => void ((window as any).portal = open(url)), `${addresses().portal}/demo/`)]);
    const host = new Host(popup);
    await open(host, await RECALL.values(cloud));
    const [digest] = await popup.evaluate(() => (window as any).approvals);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    await page.evaluate((digest) => {
      const { portal } = window as any;
      const say = (more: object) => JSON.stringify({ ns: "message-desk", v: [1, 0], ...more });
      for (const target of [portal, portal.frames[0]]) {
        for (const said of [{ type: "approval", digest, approved: true }, { type: "approve", digest, approved: true }, { type: "init", nonce: digest, approves: true }, { type: "hello", nonce: "0".repeat(32) }]) {
          const { port1, port2 } = new MessageChannel();
          target.postMessage(say(said), "*", [port2]);
          port1.postMessage(say({ type: "approval", digest, approved: true }));
        }
        target.postMessage({ ns: "message-desk", v: [1, 0], type: "approval", digest, approved: true }, "*");
      }
    }, digest);
    await rest(popup);
    await expect(state(host)).toHaveAttribute("data-approval", "waits");
    await expect(go(host)).toHaveAttribute("aria-disabled", "true");
    await go(host).click({ force: true });
    expect(await cloud.requests()).toEqual([]);
    // The person's own press still counts.
    await popup.locator("#second-yes").click();
    await confirm(host, cloud);
  });
});
