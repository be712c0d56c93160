// Jobs in a portal's frame: how far they are is told, and nothing the portal does begins, resumes or loses one. A second person's
// consent to one: second_person.spec.ts.

import { type Host, expect, test } from "./portal.ts";
import { ends, make, people, start, stored } from "./running.ts";
import { addresses } from "./stage/addresses.ts";

const SEND = "yunxin.batch_send";

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud, page }) => {
  await cloud.limits({ batch_per_minute: 1_000_000, single_per_second: 100_000 });
  // The browser asks before a page with a running job is left: here somebody says yes.
  page.on("dialog", (dialog) => void dialog.accept());
});

/** So many requests of a job take a moment each. */
const slow = (times: number) => ({ on: SEND, kind: "delay", ms: 150, times });

/** Every sum of a job's counts that is not its total. */
function wrong(jobs: any[]): unknown[] {
  const sum = ({ total: _, ...rest }: Record<string, number>) => Object.values(rest).reduce((all, one) => all + one, 0);
  return jobs.filter(({ counts }) => sum(counts) !== counts.total);
}

/** Whether the browser would ask before the frame's page is left. */
const guarded = async ({ frame }: Host) => await frame.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));

test("the example portal shows how far a job is, warns while it runs, and has its end in the audit log", async ({ host, cloud, page }) => {
  await host.overhear();
  await page.goto(`${addresses().portal}/demo/`);
  await expect(host.desk.locator("section.where.practice")).toBeVisible();
  await make(host.seat, SEND, { list: people(60).join("\n"), each: 5, canary: 5 });
  await expect(page.locator("#dirty"), "what was typed is in the job").toBeHidden();
  expect(await guarded(host)).toBe(false);
  // Long enough to be looked at twice while it runs.
  await cloud.faults({ ...slow(12), ms: 600 });
  await start(host.seat, 60);
  await ends(host.seat, "asking", { sent: 5 });
  await expect(page.locator("#job-state")).toContainText("asking · 5 ✓ · 0 ✗ · 0 ? · 55 … / 60");
  expect(await guarded(host), "what asks a person asks again").toBe(false);
  await expect(page.locator("#dirty")).toBeHidden();
  await host.seat.page.locator("#job-approve").click();
  await expect(page.locator("#dirty")).toBeVisible();
  expect(await guarded(host)).toBe(true);
  await ends(host.seat, "done", { sent: 60 });
  await expect(page.locator("#job-state")).toContainText("done · 60 ✓ · 0 ✗ · 0 ? · 0 … / 60");
  await expect(page.locator("#job")).toHaveJSProperty("value", 60);
  await expect(page.locator("#dirty")).toBeHidden();
  expect(await guarded(host)).toBe(false);
  expect((await stored(cloud)).sort()).toEqual(people(60));

  const overheard = await host.overheard();
  const told = (wanted: string) => overheard.map((text) => JSON.parse(text)).filter(({ type }) => type === wanted);
  const jobs = told("job");
  expect(wrong(jobs)).toEqual([]);
  expect(new Set(jobs.map(({ id }) => id)).size).toBe(1);
  const states = jobs.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);
  expect(states).toEqual(["draft", "checked", "canary", "asking", "running", "done"]);
  const accepted = jobs.map(({ counts }) => counts.accepted);
  expect(accepted, "never backwards").toEqual([...accepted].sort((one, other) => one - other));
  expect(new Set(accepted).size, "progress, and not only none, the canary and all").toBeGreaterThan(3);
  const dirty = told("dirty").map(({ dirty }) => dirty);
  expect(dirty.slice(-2)).toEqual([true, false]);
  const [audit, ...more] = told("audit");
  expect(more).toEqual([]);
  expect(audit).toMatchObject({ operation: SEND, stage: "practice", count: 60, outcome: "accepted", job: jobs[0].id });
  expect(overheard.join()).not.toContain("今晚十点维护");
  await expect(page.locator("#audit li")).toHaveCount(1);
});

test("a job that is partly refused and partly unknown is told so, in its counts and in the audit", async ({ host, cloud }) => {
  await host.ready({ at: "jobs" });
  await make(host.seat, SEND, { list: [...people(4), "ghost01"].join("\n"), each: 2 });
  await cloud.faults({ on: SEND, kind: "cut_after" });
  await start(host.seat, 5);
  await ends(host.seat, "failures", { sent: 2, unknown: 2, rejected: 1 });
  const last = (await host.told("job")).at(-1);
  expect(last).toMatchObject({ state: "failures", counts: { total: 5, accepted: 2, unknown: 2, rejected: 1, waiting: 0, sending: 0, marked: 0 } });
  await expect.poll(() => host.told("audit")).toMatchObject([{ outcome: "partial", count: 5, job: last.id }]);
  host.complaints.splice(0);
});

test("a lock that comes while a job runs waits, says so here and there, and is done when the job has ended", async ({ host, cloud }) => {
  await host.ready({ at: "jobs" });
  await make(host.seat, SEND, { list: people(40).join("\n"), each: 4 });
  // Long enough to be locked while it runs.
  await cloud.faults({ ...slow(10), ms: 600 });
  await start(host.seat, 40);
  await expect(host.desk.locator("#job")).not.toHaveAttribute("data-sent", "0");
  await host.call("lock");
  await expect(host.desk.locator("#lock-waits")).toContainText("结束、暂停或存成文件之后才锁定");
  await expect.poll(() => host.told("error")).toMatchObject([{ code: "busy", about: "lock" }]);
  // Said once more it is no second lock.
  await host.call("lock");
  await expect(host.desk.locator("#job")).toHaveAttribute("data-phase", "done");
  await expect.poll(async () => (await host.told("ready")).length, "loaded anew once").toBe(2);
  await expect(host.desk.locator("#lock-waits")).toHaveCount(0);
  expect((await stored(cloud)).sort()).toEqual(people(40));
});

test("a frame that is loaded anew in the middle of a job resumes it by a person only, and nobody gets it twice", async ({ host, cloud, page }) => {
  await host.ready({ at: "jobs" });
  await make(host.seat, SEND, { list: people(200).join("\n"), each: 4 });
  await cloud.faults(slow(50));
  await start(host.seat, 200);
  await expect(host.desk.locator("#job")).not.toHaveAttribute("data-sent", "0");
  await host.frame.evaluate(() => location.reload());
  await expect.poll(async () => (await host.told("ready")).length).toBe(2);
  await ends(host.seat, "paused", { sending: 0 });
  const before = (await cloud.requests(SEND)).length;
  // Whatever the portal says now.
  for (const [method, word] of [["focus", null], ["navigate", "#/jobs"], ["prefill", SEND]] as const) await host.call(method, word, { sender_id: "admin" });
  await host.page.waitForTimeout(900);
  await host.frame.evaluate(() => history.back());
  expect((await cloud.requests(SEND)).length).toBe(before);
  const paused = (await host.told("job")).at(-1);
  expect(paused.state).toBe("paused");
  await host.frame.evaluate((id) => (location.hash = `#/jobs/${id}`), paused.id);
  await host.desk.locator("#job-resume").evaluate((button) => (button as HTMLElement).click());
  await page.waitForTimeout(400);
  expect((await cloud.requests(SEND)).length, "a script is no person").toBe(before);
  await host.desk.locator("#job-resume").click();
  await expect(host.desk.locator("#job")).toHaveAttribute("data-planned", "0");
  await expect(host.desk.locator("#job")).toHaveAttribute("data-sending", "0");
  const got = await stored(cloud);
  expect(new Set(got).size, "nobody twice").toBe(got.length);
  const { counts } = (await host.told("job")).at(-1);
  expect(counts.accepted + counts.unknown).toBe(200);
  expect(counts.accepted).toBeLessThanOrEqual(got.length);
  expect(wrong(await host.told("job"))).toEqual([]);
});

test("where the browser keeps nothing it says so, and the portal is warned until the results are saved as a file", async ({ host, cloud, page }) => {
  await page.addInitScript(() => {
    for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("blocked", "SecurityError"); } });
    }
  });
  await host.ready({ at: "connection" });
  await expect(host.desk.locator("#vault-blocked")).toBeVisible();
  await expect(host.desk.locator("#vault button, #vault input")).toHaveCount(0);
  await host.call("navigate", "#/jobs");
  await expect(host.desk.getByText("SecurityError")).toBeVisible();
  await make(host.seat, SEND, { list: people(6).join("\n"), each: 3 });
  await expect(host.desk.locator("#job-unsaved")).toHaveCount(0);
  await start(host.seat, 6);
  await ends(host.seat, "done", { sent: 6 });
  const unsaved = host.desk.locator("#job-unsaved");
  await expect(unsaved).toContainText("离开前请下载");
  await page.waitForTimeout(1_200);
  expect(await host.call("isDirty"), "still, though nothing is under way").toBe(true);
  // On another page of the desk as well.
  const place = await host.frame.evaluate(() => location.hash);
  await host.seat.go("jobs");
  expect(await guarded(host)).toBe(true);
  await host.seat.go(place.slice(2));
  await ends(host.seat, "done", { sent: 6 });
  await Promise.all([page.waitForEvent("download"), host.desk.locator("#job-csv").click()]);
  await expect(unsaved).toHaveCount(0);
  await expect.poll(() => host.call("isDirty")).toBe(false);
  expect((await stored(cloud)).sort()).toEqual(people(6));
});

test("what is kept in a portal's frame is kept for that portal, and is taken along as files: a job, a vault", async ({ host, cloud, page, browser }) => {
  const PASSPHRASE = "七只羊在雨里数到了第八只";
  await host.ready({ at: "jobs" });
  await expect(host.desk.locator("#kept-here")).toContainText("这个浏览器里的这个门户");
  await make(host.seat, SEND, { list: people(4).join("\n"), each: 2, canary: 2 });
  await start(host.seat, 4);
  await ends(host.seat, "asking", { sent: 2 });
  await host.desk.locator("#job-pause").click();
  await host.desk.locator("#job-hand-over").click();
  const [job] = await Promise.all([page.waitForEvent("download"), host.desk.locator("#job-hand-over").click()]);
  await host.call("navigate", "#/connection");
  await expect(host.desk.locator("#kept-here")).toContainText("保险库");
  for (const field of ["vault-passphrase", "vault-again"]) await host.desk.locator(`#${field}`).fill(PASSPHRASE);
  await host.desk.locator("#vault-save").click();
  await expect(host.desk.locator("#vault-export")).toBeVisible({ timeout: 20_000 });
  const [vault] = await Promise.all([page.waitForEvent("download"), host.desk.locator("#vault-export").click()]);

  // Another browser's storage is as far away as another portal's.
  const elsewhere = await browser.newContext({ locale: "zh-CN" });
  try {
    const alone = await elsewhere.newPage();
    await alone.goto(`${addresses().page}/#/connection`);
    await expect(alone.locator("#kept-here")).toHaveCount(0);
    await alone.locator("#vault-import").setInputFiles(await vault.path());
    await expect(alone.locator("#vault-open")).toBeVisible({ timeout: 20_000 });
    await alone.locator("#vault-passphrase").fill(PASSPHRASE);
    await alone.locator("#vault-open").click();
    await expect(alone.locator("#vault-entries button")).toHaveCount(1, { timeout: 20_000 });
    await alone.evaluate(() => (location.hash = "#/jobs"));
    await alone.locator("#job-import").setInputFiles(await job.path());
    await expect(alone.locator("#job")).toHaveAttribute("data-sent", "2");
    await alone.locator("#job-resume").click();
    await expect(alone.locator("#job")).toHaveAttribute("data-phase", /asking|done/);
    if (await alone.locator("#job-approve").count()) await alone.locator("#job-approve").click();
    await expect(alone.locator("#job")).toHaveAttribute("data-phase", "done");
  } finally {
    await elsewhere.close();
  }
  expect((await stored(cloud)).sort(), "each of them once").toEqual(people(4));
});
