// The file to fill in: its first row is understood when it comes back, in either language, for each cloud.

import { readFileSync } from "node:fs";
import { type Cloud, SEEDED } from "./cloud.ts";
import { type Operation, expect, inBothLanguages, test } from "./desk.ts";
import { FAST, ends, start } from "./running.ts";

interface Template {
  operation: Operation;
  /** A cell for each column of the file, by what the column means, in its order. */
  row(cloud: Cloud): Promise<Record<string, string>>;
  /** What the recalled message is called, by its cell. */
  message: string;
}

const TEMPLATES: Template[] = [
  {
    operation: "yunxin.recall",
    row: async () => ({
      "conversation_id.sender_id": SEEDED.fresh.sender,
      "conversation_id.conversation_type": "1",
      "conversation_id.receiver_id": SEEDED.fresh.receiver,
      message_server_id: SEEDED.fresh.message,
      type: "2",
      description: "发错了",
    }),
    message: "message_server_id",
  },
  {
    operation: "tencent.recall_c2c",
    row: async (cloud) => {
      const { MsgKey } = await cloud.plantIn("tencent", { From_Account: "zhangsan", To_Account: "lisi", text: "发错了" });
      return { From_Account: "zhangsan", To_Account: "lisi", MsgKey };
    },
    message: "MsgKey",
  },
  {
    operation: "easemob.recall",
    row: async (cloud) => {
      const { msg_id } = await cloud.plantIn("easemob", { from: "zhangsan", to: "lisi", body: { msg: "发错了" } });
      return { msg_id, chat_type: "chat", to: "lisi", from: "zhangsan", force: "true", sync_device: "", recallMessageExtensionInfo: "" };
    },
    message: "msg_id",
  },
];

inBothLanguages(() => {
  for (const { operation, row, message } of TEMPLATES) {
    test(`the file to fill in for ${operation} comes back with a row, and does what that says`, async ({ desk, cloud, page }) => {
      await cloud.practice(page);
      const cells = await row(cloud);
      await desk.open(operation);
      await desk.go(`jobs/new/${operation}`);
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#list-template").click()]);
      expect(download.suggestedFilename()).toBe(`${operation}.csv`);
      const template = readFileSync((await download.path())!, "utf8");
      // A mark for Excel, and one line of labels.
      expect(template).toMatch(/^\ufeff[^\r\n]+\r\n$/);

      const filled = Buffer.from(`${template}${Object.values(cells).join(",")}\r\n`);
      await page.locator("#list-file").setInputFiles({ name: download.suggestedFilename(), mimeType: "text/csv", buffer: filled });
      await expect(page.locator("#list-rows")).toContainText("1");
      await expect(page.locator("#list-headed")).toBeChecked();
      const meant = page.locator("#list-columns select");
      expect(await meant.evaluateAll((all) => all.map((it) => (it as HTMLSelectElement).value))).toEqual(Object.keys(cells));
      await page.locator("#per-minute").fill(FAST.requests);
      await page.locator("#canary").fill("0");
      await page.locator("#dry-run-start").click();
      await expect(page.locator("#troubles .problem")).toHaveCount(0);
      await page.locator("#job-create").click();
      await start(desk, 1);
      await ends(desk, "done", { sent: 1 });
      expect((await cloud.effects()).map((it) => [it.change, it.message_server_id])).toEqual([["removed", cells[message]]]);
    });
  }
});
