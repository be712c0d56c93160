// Edits for a list: each message is changed once, to the text of its own row.

import type { Cloud } from "./cloud.ts";
import { type Operation, expect, test } from "./desk.ts";
import { ends, make, startEdits } from "./running.ts";

test.use({ locale: "zh-CN" });

/** New texts with everything in them that a table or JSON would take for its own. */
const TEXTS = Array.from({ length: 24 }, (_, at) => `第 ${at + 1} 版："改期"，a,b;c\\\n第二行`);
const quoted = (cells: string[]) => cells.map((it) => `"${it.replaceAll('"', '""')}"`).join(",");

interface Edits {
  operation: Operation;
  columns: string[];
  shared: Record<string, string>;
  /** What stands in the table for a new text; the text itself where nothing is said. */
  cell?: (text: string) => string;
  /** Adds a message; gives what the log calls it, and the cells that name it. */
  plant(cloud: Cloud, at: number): Promise<[string, string[]]>;
  /** The text after a change, from the log's detail. */
  after(detail: any): unknown;
}

const EDITS: Edits[] = [
  {
    operation: "yunxin.modify",
    columns: ["message.message_server_id", "message.time", "message.text"],
    shared: { operator: "zhangsan", type: "1", "message.sender_id": "zhangsan", "message.receiver_id": "lisi", "message.message_type": "0" },
    plant: async (cloud, at) => {
      const it = await cloud.plant({ conversation_type: 1, sender_id: "zhangsan", receiver_id: "lisi", text: `旧 ${at}`, age_ms: 30_000 + at });
      return [it.message_server_id_text, [it.message_server_id_text, String(it.create_time)]];
    },
    after: (detail) => detail.after.text,
  },
  {
    // What a column says goes into the middle of JSON.
    operation: "tencent.modify_c2c",
    columns: ["MsgKey", "新内容"],
    shared: { From_Account: "zhangsan", To_Account: "lisi", MsgBody: '[{"MsgType":"TIMTextElem","MsgContent":{"Text":"{{新内容}}"}}]' },
    plant: async (cloud, at) => {
      const it = await cloud.plantIn("tencent", { From_Account: "zhangsan", To_Account: "lisi", text: `旧 ${at}`, age_ms: 30_000 });
      return [it.MsgKey, [it.MsgKey]];
    },
    after: (detail) => detail.after.MsgBody[0].MsgContent.Text,
  },
  {
    // The whole list of a message's elements is a column.
    operation: "tencent.modify_c2c",
    columns: ["MsgKey", "MsgBody"],
    shared: { From_Account: "zhangsan", To_Account: "lisi" },
    cell: (text) => JSON.stringify([{ MsgType: "TIMTextElem", MsgContent: { Text: text } }]),
    plant: async (cloud, at) => {
      const it = await cloud.plantIn("tencent", { From_Account: "zhangsan", To_Account: "lisi", text: `旧 ${at}`, age_ms: 30_000 });
      return [it.MsgKey, [it.MsgKey]];
    },
    after: (detail) => detail.after.MsgBody[0].MsgContent.Text,
  },
  {
    operation: "easemob.rewrite",
    columns: ["msg_id", "new_msg.msg"],
    shared: { user: "zhangsan", "new_msg.type": "txt" },
    plant: async (cloud, at) => {
      const it = await cloud.plantIn("easemob", { from: "zhangsan", to: "lisi", body: { msg: `旧 ${at}` }, age_ms: 30_000 });
      return [it.msg_id, [it.msg_id]];
    },
    after: (detail) => detail.after.body.msg,
  },
];

for (const { operation, columns, shared, plant, after, cell = (text) => text } of EDITS) {
  test(`${operation} for a list with ${columns.at(-1)} as a column: each message is changed once, to its own text`, async ({ desk, cloud, page }) => {
    await cloud.practice(page);
    const wanted = new Map<string, string>();
    const rows = [quoted(columns)];
    for (const [at, text] of TEXTS.entries()) {
      const [id, cells] = await plant(cloud, at);
      wanted.set(id, text);
      rows.push(quoted([...cells, cell(text)]));
    }
    await desk.open(operation);
    await make(desk, operation, { list: { name: "改.csv", bytes: Buffer.from(rows.join("\r\n")) }, shared });
    expect(await cloud.requests(operation), "a dry run changes nothing").toHaveLength(0);
    await startEdits(desk, TEXTS.length);
    await ends(desk, "done", { sent: TEXTS.length, rejected: 0, unknown: 0 });
    const changed = (await cloud.effects()).map((it) => [it.change, it.message_server_id, after(it.detail)]);
    expect(changed.sort()).toEqual([...wanted].map(([id, text]) => ["modified", id, text]).sort());
    expect(await cloud.requests(operation)).toHaveLength(TEXTS.length);
  });
}
