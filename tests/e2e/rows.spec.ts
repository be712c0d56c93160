// The rows of a job, one by one: whoever asks whether somebody was reached finds the row, what became of it, and the message's id.

import { expect, inBothLanguages, test } from "./desk.ts";
import { SHARED, ends, make, people, start, user } from "./running.ts";
import { FAILED_CALL } from "./watch.ts";
import { fits } from "./widths.ts";

const SEND = "yunxin.batch_send";
/** One request after the other, so that the first answer is the one that is lost. */
const SLOW = { requests: "590", items: "600000" };
const GHOSTS = Array.from({ length: 5 }, (_, at) => `nobody000${at + 1}`);
const WORDS = {
  "zh-CN": { waits: "未发", sent: "成功", rejected: "失败", unknown: "未知", marked: "人工认定", none: "没有符合的行", shown: (from: number, to: number, of: number) => `第 ${from}–${to} 行，共 ${of} 行` },
  "en-US": { waits: "Not sent yet", sent: "Sent", rejected: "Rejected", unknown: "Unknown", marked: "Marked as sent", none: "No row fits", shown: (from: number, to: number, of: number) => `Rows ${from}–${to} of ${of}` },
};

test.describe("in Chinese", () => {
  test.use({ locale: "zh-CN" });
  const { waits, sent, rejected, unknown, marked, none, shown } = WORDS["zh-CN"];

  test("of 120 people some are refused and some unknown: each is found by state, by text and by page", async ({ desk, cloud, page }) => {
    test.setTimeout(60_000);
    desk.watch.expects(FAILED_CALL);
    await cloud.limits({ batch_per_minute: 1_000_000 });
    await desk.open();
    await make(desk, SEND, { list: { name: "list.txt", bytes: Buffer.from([...people(115), ...GHOSTS].join("\n")) }, each: 5, pace: SLOW });
    const lines = page.locator("#rows tbody tr");
    const count = page.locator("#rows-count");
    // Nothing of it is on the page before somebody opens it.
    await expect(page.locator("#rows-state")).toHaveCount(0);
    await page.locator("#job-rows > summary").click();
    await expect(count).toHaveText(shown(1, 50, 120));
    await expect(lines).toHaveCount(50);
    await expect(lines.first()).toContainText(new RegExp(`1.*${user(1)}.*${waits}`));
    await page.locator("#rows-state").selectOption("planned");
    await expect(count).toHaveText(shown(1, 50, 120));
    await cloud.faults({ on: SEND, kind: "cut_after" });
    await start(desk, 120);
    // Which rows wait follows the job.
    await ends(desk, "failures", { sent: 110, rejected: 5, unknown: 5 });
    await expect(count).toContainText(none);
    await expect(page.locator("#rows")).toBeHidden();
    await page.locator("#rows-state").selectOption("");
    await expect(lines).toHaveCount(50);
    await expect(lines.first()).toContainText(unknown);
    await desk.axe();

    // By state.
    await page.locator("#rows-state").selectOption("rejected");
    await expect(count).toHaveText(shown(1, 5, 5));
    await expect(lines).toHaveCount(5);
    await expect(lines.locator("td.id:nth-child(2)")).toHaveText(GHOSTS);
    for (const line of await lines.all()) await expect(line).toContainText(new RegExp(`${rejected}.*102404`));
    await page.locator("#rows-state").selectOption("unknown");
    await expect(lines.locator("td.id:nth-child(2)")).toHaveText(people(5));

    // What a person marks is not unknown any more; the list follows in a moment.
    await page.locator("#unknowns tbody tr").first().getByRole("button", { name: "人工认定为成功" }).click();
    await expect(lines).toHaveCount(4);
    await page.locator("#rows-state").selectOption("marked_sent");
    await expect(lines).toHaveCount(1);
    await expect(lines.first()).toContainText(new RegExp(`${user(1)}.*${marked}`));

    // By a text, in any letter case, and by the message's id.
    await page.locator("#rows-state").selectOption("");
    await page.locator("#rows-text").fill(user(60).toUpperCase());
    await expect(lines).toHaveCount(1);
    await expect(lines.first()).toContainText(new RegExp(`60.*${user(60)}.*${sent}`));
    const effect = (await cloud.effects()).find((it) => it.receiver_id === user(60));
    await expect(lines.first().locator("td.id").last()).toHaveText(String(effect?.message_server_id));
    await page.locator("#rows-text").fill(String(effect?.message_server_id));
    await expect(page.locator("#rows tbody")).toContainText(user(60));
    await page.locator("#rows-text").fill("lisi-was-never-here");
    await expect(count).toContainText(none);
    await expect(page.locator("#rows")).toBeHidden();
    await desk.axe();

    // By pages, with the keyboard; the focus stays where it is.
    await page.locator("#rows-text").fill("");
    await expect(count).toHaveText(shown(1, 50, 120));
    const on = page.locator("#rows-on");
    await on.focus();
    await page.keyboard.press("Enter");
    await expect(count).toHaveText(shown(51, 100, 120));
    await page.keyboard.press("Enter");
    await expect(count).toHaveText(shown(101, 120, 120));
    await expect(on).toBeFocused();
    await expect(on).toHaveAttribute("aria-disabled", "true");
    await expect(lines).toHaveCount(20);
    await expect(lines.last()).toContainText(new RegExp(`120.*${GHOSTS.at(-1)}.*${rejected}`));
    await page.keyboard.press("Enter");
    await expect(count).toHaveText(shown(101, 120, 120));
    await page.locator("#rows-back").click();
    await expect(count).toHaveText(shown(51, 100, 120));
    // Another question begins with its first page.
    await page.locator("#rows-text").fill("user");
    await expect(count).toHaveText(shown(1, 50, 115));
  });

  test.describe("on a narrow screen", () => {
    test.use({ viewport: { width: 320, height: 640 } });

    test("the table scrolls in its own box, and the page does not", async ({ desk, page }) => {
      await desk.open();
      await make(desk, SEND, { list: [...people(4), GHOSTS[0]].join("\n") });
      await start(desk, 5);
      await ends(desk, "failures", { sent: 4, rejected: 1 });
      await page.locator("#job-rows > summary").click();
      await expect(page.locator("#rows tbody tr")).toHaveCount(5);
      await fits(page);
      const box = page.locator("#job-rows .table");
      expect(await box.evaluate((it) => it.scrollWidth > it.clientWidth)).toBe(true);
      await box.focus();
      await expect(box).toBeFocused();
      await desk.axe();
    });
  });

  test("a page that only watches a job shows its rows too, and they follow it", async ({ desk, context, page }) => {
    await desk.open();
    const place = await make(desk, SEND, { list: people(3).join("\n"), shared: SHARED });
    const other = await context.newPage();
    await other.goto(new URL(place, page.url()).href);
    await expect(other.locator("#job")).toHaveAttribute("data-phase", "elsewhere");
    await other.locator("#job-rows > summary").click();
    await expect(other.locator("#rows tbody tr")).toHaveCount(3);
    await other.locator("#rows-state").selectOption("sent");
    await expect(other.locator("#rows-count")).toContainText(none);
    await page.bringToFront();
    await start(desk, 3);
    await ends(desk, "done", { sent: 3 });
    await expect(other.locator("#rows tbody tr")).toHaveCount(3);
    await expect(other.locator("#rows tbody tr").first()).toContainText(sent);
  });
});

inBothLanguages((language) => {
  test("what became of a row is said in the page's language", async ({ desk, page }) => {
    const { sent, rejected, shown } = WORDS[language];
    await desk.open();
    await make(desk, SEND, { list: [user(1), GHOSTS[0]].join("\n") });
    await start(desk, 2);
    await ends(desk, "failures", { sent: 1, rejected: 1 });
    await page.locator("#job-rows > summary").click();
    await expect(page.locator("#rows-count")).toHaveText(shown(1, 2, 2));
    await expect(page.locator("#rows tbody tr").first()).toContainText(sent);
    await expect(page.locator("#rows tbody tr").last()).toContainText(rejected);
    await page.locator("#rows-text").fill("nobody");
    await expect(page.locator("#rows-count")).toHaveText(shown(1, 1, 1));
    await desk.axe();
  });
});
