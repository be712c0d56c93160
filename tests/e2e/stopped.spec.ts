// A job that is called off: before it begins, and for good while it runs.

import { readFileSync } from "node:fs";
import { expect, test } from "./desk.ts";
import { ask, ends, make, people, start, stop, stored } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";

const SEND = "yunxin.batch_send";
/** Slow enough that one request is out at a time. */
const SLOW = { requests: "590", items: "600000" };

test.use({ locale: "zh-CN" });
test.beforeEach(async ({ cloud }) => {
  await cloud.limits({ batch_per_minute: 1_000_000 });
});

test("Escape on the confirmation, and taking it back in its seconds, let nothing leave; the job can still begin", async ({ desk, cloud, page }) => {
  await desk.open();
  await make(desk, SEND, { list: people(60).join("\n") });
  await ask(desk, 60);
  await page.keyboard.press("Escape");
  await expect(desk.dialog).toHaveCount(0);
  await expect(page.locator("#job-start")).toBeFocused();
  await ends(desk, "checked", { planned: 60 });
  // Asked anew, the count is to be typed anew.
  await page.locator("#job-start").click();
  await expect(desk.dialog.locator("#confirm-count")).toHaveValue("");
  await desk.dialog.locator("#confirm-count").fill("60");
  await desk.agree();
  await expect(page.locator("#take-back")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#take-back")).toHaveCount(0);
  await page.waitForTimeout(700);
  await ends(desk, "checked", { planned: 60, sending: 0, sent: 0 });
  expect(await cloud.requests(SEND)).toHaveLength(0);
  await start(desk, 60);
  await ends(desk, "done", { sent: 60 });
  expect((await stored(cloud)).sort()).toEqual(people(60));
});

for (const state of ["running", "paused"] as const) {
  test(`a ${state} job that is stopped lets nothing more leave, says what was not sent, and stays stopped`, async ({ desk, cloud, page }) => {
    await desk.open();
    await make(desk, SEND, { list: people(40).join("\n"), each: 2, pace: SLOW });
    await cloud.faults({ on: SEND, kind: "delay", ms: 400, times: 20 });
    await start(desk, 40);
    await expect(page.locator("#job")).not.toHaveAttribute("data-sent", "0");
    if (state === "paused") {
      await page.locator("#job-pause").click();
      await ends(desk, "paused", { sending: 0 });
    } else await expect(page.locator("#job")).toHaveAttribute("data-sending", "2");
    await desk.tabTo(page.locator("#job-stop"));
    await page.keyboard.press("Enter");
    await expect(page.locator("#job-stop")).toContainText("再按一次");
    expect(await page.locator("#job").getAttribute("data-phase"), "one press ends nothing, and lets nothing leave").toBe("paused");
    await page.keyboard.press("Enter");
    await expect(page.locator("#job-phase")).toBeFocused();
    // What was under way is still answered.
    await ends(desk, "stopped", { sending: 0, unknown: 0, rejected: 0 });
    const arrived = await stored(cloud);
    const requests = (await cloud.requests(SEND)).length;
    const [sent, left] = [arrived.length, 40 - arrived.length];
    await ends(desk, "stopped", { sent, planned: left });
    await expect(page.locator("#job-phase")).toHaveText("已停止，不会再发送");
    await expect(page.locator("#job-counts")).toHaveText(`共 40：成功 ${sent}，失败 0，未知 0，人工认定 0，途中 0，剩余 ${left}`);
    for (const deed of ["start", "pause", "resume", "approve", "stop", "rerun"]) await expect(page.locator(`#job-${deed}`)).toHaveCount(0);
    await desk.axe();
    await page.waitForTimeout(700);
    expect(await cloud.requests(SEND)).toHaveLength(requests);

    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#job-csv").click()]);
    const rows = readFileSync((await download.path())!, "utf8").trim().split("\r\n").slice(1).map((line) => line.split(","));
    expect(rows.map(([receiver, outcome]) => [receiver, outcome])).toEqual(people(40).map((it) => [it, arrived.includes(it) ? "sent" : "planned"]));

    await page.reload();
    await ends(desk, "stopped", { sent, planned: left });
    await expect(page.locator("#job-resume")).toHaveCount(0);
    expect(await cloud.requests(SEND)).toHaveLength(requests);
    // The list of jobs says so too.
    await desk.go("jobs");
    await expect(page.locator("#jobs > li")).toContainText("已停止");
    await page.locator("#jobs > li a").click();
    await ends(desk, "stopped", { sent, planned: left });
    // What was sent can still be taken back.
    await page.locator("#job-recall").click();
    await expect(page.locator("#list-rows")).toContainText(`${sent} 行`);
  });
}

test("what is unknown in a stopped job can still be looked up, which sends nothing", async ({ desk, cloud, page }) => {
  desk.watch.expects(FAILED_CALL);
  await desk.open();
  await make(desk, SEND, { list: people(20).join("\n"), each: 2, pace: SLOW });
  await cloud.faults({ on: SEND, kind: "cut_after" }, { on: SEND, kind: "delay", ms: 400, times: 9 });
  await start(desk, 20);
  await expect(page.locator("#job")).toHaveAttribute("data-unknown", "2");
  await stop(desk);
  await ends(desk, "stopped", { sending: 0, unknown: 2 });
  const [arrived, requests] = [await stored(cloud), (await cloud.requests(SEND)).length];
  await page.locator("#job-check").click();
  await ends(desk, "stopped", { unknown: 0, sent: arrived.length });
  expect(await stored(cloud)).toEqual(arrived);
  expect(await cloud.requests(SEND)).toHaveLength(requests);
});
