// The three operations as the specifications use them: what is typed, and what the cloud then does.

import { type Cloud, SEEDED } from "./cloud.ts";
import type { Desk, Operation } from "./desk.ts";

export interface Act {
  operation: Operation;
  /** Whether a dialog asks first, on a practice connection. */
  asks: boolean;
  /** A complete form, by wire path. */
  values(cloud: Cloud): Promise<Record<string, string>>;
  /** What the cloud does when it happens: one effect per entry, `change receiver`. */
  effects: string[];
  /** The same, but the cloud refuses it: other values, and the code it answers. */
  refused: { values: Record<string, string>; code: string };
}

export const RECALL: Act = {
  operation: "yunxin.recall",
  asks: true,
  values: async () => ({
    "conversation_id.sender_id": SEEDED.fresh.sender,
    "conversation_id.conversation_type": "1",
    "conversation_id.receiver_id": SEEDED.fresh.receiver,
    message_server_id: SEEDED.fresh.message,
    type: "2",
  }),
  effects: ["removed lisi"],
  refused: {
    values: { "conversation_id.receiver_id": SEEDED.tenMinutesOld.receiver, message_server_id: SEEDED.tenMinutesOld.message },
    code: "107314",
  },
};

export const MODIFY: Act = {
  operation: "yunxin.modify",
  asks: false,
  values: async (cloud) => ({
    operator: SEEDED.fresh.sender,
    type: "1",
    "message.message_server_id": SEEDED.fresh.message,
    "message.sender_id": SEEDED.fresh.sender,
    "message.receiver_id": SEEDED.fresh.receiver,
    "message.time": String((await cloud.message(SEEDED.fresh.message))?.create_time),
    "message.message_type": "0",
    "message.text": "会议改到三点 (3 pm)",
  }),
  effects: ["modified lisi"],
  refused: { values: { "message.text": "这里有违禁词" }, code: "107451" },
};

export const SEND: Act = {
  operation: "yunxin.batch_send",
  asks: true,
  values: async () => ({
    sender_id: "admin",
    receiver_ids: "zhangsan\nlisi\nwangwu",
    "message.message_type": "0",
    "message.text": "今晚十点维护 maintenance at 10 pm",
  }),
  effects: ["stored zhangsan", "stored lisi", "stored wangwu"],
  refused: { values: { "message.text": "这里有违禁词" }, code: "107451" },
};

/** Submits what is filled in, and confirms where a dialog asks. */
export async function carryOut(desk: Desk, act: Act): Promise<void> {
  await desk.submit();
  if (act.asks) await desk.confirm();
}

/** What the cloud did, in the form of `Act.effects`. */
export async function done(cloud: Cloud): Promise<string[]> {
  return (await cloud.effects()).map((effect) => `${effect.change} ${effect.receiver_id}`);
}
