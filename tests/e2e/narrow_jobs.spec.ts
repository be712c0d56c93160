// Jobs on a narrow screen, in the dark: nothing is wider than the screen, and the keyboard reaches every control.

import type { Page } from "@playwright/test";
import { type Desk, expect, inBothLanguages, test } from "./desk.ts";
import { SHARED, ends, make, people, start } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";
import { fits, openEverything } from "./widths.ts";

const SEND = "yunxin.batch_send";

/** Presses Tab through the whole page, and expects to have been at each control that can be seen. */
async function reachesAll(page: Page): Promise<void> {
  const missed = async () => await page.evaluate(() => {
    const all = [...document.querySelectorAll("main :is(a[href], button, input, select, textarea, summary, [tabindex='0'])")];
    const seen = all.filter((it) => it.checkVisibility({ visibilityProperty: true }) && !(it as HTMLButtonElement).disabled);
    return seen.filter((it) => !(window as any).reached.has(it)).map((it) => it.outerHTML.slice(0, 120));
  });
  await page.evaluate(() => {
    const reached = ((window as any).reached = new Set());
    document.addEventListener("focusin", (event) => {
      reached.add(event.target);
      // One of a group is a stop; the arrow keys reach the others.
      const { type, name, form } = event.target as HTMLInputElement;
      if (type === "radio") form?.querySelectorAll(`[name="${name}"]`).forEach((it) => reached.add(it));
    });
    (document.activeElement as HTMLElement).blur();
  });
  for (let presses = 0; presses < 30 && (await missed()).length > 0; presses += 1) {
    for (let more = 0; more < 10; more += 1) await page.keyboard.press("Tab");
  }
  expect(await missed(), "controls that Tab never reaches").toEqual([]);
}

inBothLanguages(() => {
  test.use({ viewport: { width: 320, height: 640 }, colorScheme: "dark" });

  test("the pages of jobs fit a screen 320 px wide in the dark, and the keyboard reaches all of them", async ({ desk, cloud, page }) => {
    test.setTimeout(90_000);
    desk.watch.expects(FAILED_CALL);
    await cloud.limits({ batch_per_minute: 1_000_000 });
    const looks = async (desk: Desk) => {
      await openEverything(page);
      await fits(page);
      await desk.axe();
      await reachesAll(page);
    };
    await desk.open("jobs");
    await looks(desk);
    await desk.go(`jobs/new/${SEND}`);
    await page.locator("#list-text").fill("接收人,名字,说明\nuser0001,张三,一\n1.02844E+18,李四,二\n");
    await desk.fill({ ...SHARED, "message.text": "{{名字}}，您好" });
    await page.locator("#dry-run-start").click();
    await expect(page.locator("#troubles .problem")).toHaveCount(1);
    await looks(desk);
    await desk.go("jobs");

    await make(desk, SEND, { list: [...people(8), "ghost01"].join("\n"), each: 3, canary: 3, pace: { requests: "590", items: "600000" } });
    await looks(desk);
    await page.locator("#job-start").click();
    await expect(desk.dialog).toBeVisible();
    await fits(page);
    await desk.dialog.locator("#confirm-cancel").click();
    await start(desk, 9);
    await ends(desk, "asking", { sent: 3 });
    await looks(desk);
    await cloud.faults({ on: SEND, kind: "cut_after" });
    await page.locator("#job-approve").click();
    await ends(desk, "failures", { sent: 5, unknown: 3, rejected: 1 });
    await expect(page.locator("#unknowns tbody tr")).toHaveCount(3);
    // What can be done about each is in sight without scrolling sideways.
    for (const button of await page.locator("#unknowns button").all()) {
      const box = (await button.boundingBox())!;
      expect(box.x + box.width, await button.innerText()).toBeLessThanOrEqual(320);
    }
    await looks(desk);
    await desk.go("jobs");
    await expect(page.locator("#jobs > li")).toHaveCount(1);
    await looks(desk);
  });
});
