// The sandbox through its control routes: what the cloud really did, whatever the page says.

import { createHash, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { PRACTICE, addresses } from "./stage/addresses.ts";

export interface Effect {
  seq: number;
  operation: string;
  trace_id: string | null;
  change: "stored" | "modified" | "removed";
  message_server_id: string;
  sender_id: string;
  receiver_id: string;
  detail: Record<string, any>;
}

export interface Arrival {
  /** When it arrived, in milliseconds. */
  at: number;
  operation: string | null;
  method: string;
  path: string;
  query: string;
  headers: Record<string, string | null>;
  trace_id: string | null;
  body: string;
  fault: string | null;
}

export interface Message {
  message_server_id_text: string;
  sender_id: string;
  receiver_id: string;
  conversation_type: number;
  text: string | null;
  create_time: number;
  [more: string]: unknown;
}

/** Messages the sandbox holds after a reset. */
export const SEEDED = {
  fresh: { message: "158844553334358019", sender: "zhangsan", receiver: "lisi" },
  ofTeam: { message: "158844553334358021", sender: "vip_kefu_03", receiver: "2366968294" },
  tenMinutesOld: { message: "158844553334358029", sender: "zhangsan", receiver: "wangwu" },
  ofSuperTeam: { message: "158844553334358035", sender: "lisi", receiver: "3355001122" },
};

const CALLS: Record<string, [string, string]> = {
  "yunxin.recall": ["DELETE", "conversations/nobody%7C1%7Cnobody/messages/1?type=2"],
  "yunxin.modify": ["POST", "messages/actions/modifyMsg"],
  "yunxin.batch_send": ["POST", "conversations/messages"],
};

export class Cloud {
  private readonly control = `${addresses().sandbox}/control`;

  async reset(): Promise<void> {
    await this.post("reset");
  }

  /** What really happened, in order. */
  async effects(): Promise<Effect[]> {
    return (await this.get("effects")).effects;
  }

  /** Every request that reached the cloud; the connection test's look-ups are left out. */
  async requests(operation?: string): Promise<Arrival[]> {
    const { requests } = await this.get("requests");
    return requests.filter((request: Arrival) => !operation || request.operation === operation);
  }

  async message(id: string): Promise<Message | undefined> {
    const { messages } = await this.get("messages");
    return messages.find((message: Message) => message.message_server_id_text === id);
  }

  /** Adds a message; a fresh id each time. */
  async plant(message: Record<string, unknown>): Promise<Message> {
    return await this.post("messages", message);
  }

  /** Adds a message to Tencent's or Easemob's store, in that cloud's own words. */
  async plantIn(vendor: "tencent" | "easemob", message: Record<string, unknown>): Promise<any> {
    return await this.post(`${vendor}/messages`, message);
  }

  /** Every message Tencent or Easemob stores. */
  async messagesOf(vendor: "tencent" | "easemob"): Promise<any[]> {
    return (await this.get(`${vendor}/messages`)).messages;
  }

  /** How many tokens Easemob has given. */
  async tokens(): Promise<number> {
    return (await this.get("easemob/tokens")).issued.length;
  }

  /** Every token of Easemob's has ended. */
  async endTokens(): Promise<void> {
    await read(await fetch(`${this.control}/easemob/tokens`, { method: "DELETE" }));
  }

  /** The next requests meet these faults. */
  async faults(...faults: Record<string, unknown>[]): Promise<void> {
    await this.post("faults", faults.map((fault) => ({ on: "*", ...fault })));
  }

  async limits(limits: Record<string, number>): Promise<void> {
    await this.post("limits", limits);
  }

  /** Puts the cloud's clock ahead of this machine's. */
  async clock(offset_ms: number): Promise<void> {
    await this.post("clock", { offset_ms });
  }

  /** Somebody else uses up the app's rate for one operation; the cloud then blocks it for a while. */
  async exhaust(operation: string): Promise<void> {
    await this.limits({ single_per_second: 1, batch_per_minute: 1 });
    for (let call = 0; call < 3; call += 1) await this.call(operation);
  }

  /** Gives a page the sandbox's own configuration: a practice connection for each cloud, with samples. */
  async practice(page: Page, more: Record<string, unknown> = {}): Promise<void> {
    // Asked for each time anew: what a sample points at gets older, and a reset makes it young again.
    await page.route("**/config.json", async (route) => {
      const response = await fetch(`${addresses().sandbox}/practice/config.json`);
      await route.fulfill({ json: { ...((await response.json()) as object), ...more } });
    });
  }

  /** The texts that fill in each operation of a cloud, as they work at this moment. */
  async samples(vendor: string): Promise<Record<string, Record<string, string>>> {
    const { connections } = await read(await fetch(`${addresses().sandbox}/practice/config.json`));
    return connections.find((connection: { vendor: string }) => connection.vendor === vendor).samples;
  }

  /** A signed call that means nothing. */
  private async call(operation: string): Promise<void> {
    const [method, path] = CALLS[operation] ?? ["GET", ""];
    const [nonce, time] = [randomBytes(16).toString("hex"), String(Math.floor(Date.now() / 1000))];
    const sum = createHash("sha1").update(`${PRACTICE.appSecret}${nonce}${time}`).digest("hex");
    const headers = { AppKey: PRACTICE.appKey, Nonce: nonce, CurTime: time, CheckSum: sum };
    const body = method === "POST" ? { body: "{}", headers: { ...headers, "Content-Type": "application/json" } } : { headers };
    await fetch(`${addresses().sandbox}/yunxin/im/v2/${path}`, { method, ...body });
  }

  private async get(route: string): Promise<any> {
    return await read(await fetch(`${this.control}/${route}`));
  }

  private async post(route: string, body?: unknown): Promise<any> {
    return await read(await fetch(`${this.control}/${route}`, { method: "POST", body: body === undefined ? null : JSON.stringify(body) }));
  }
}

async function read(response: Response): Promise<any> {
  if (!response.ok) throw new Error(`the sandbox refuses ${response.url}: ${await response.text()}`);
  return await response.json();
}
