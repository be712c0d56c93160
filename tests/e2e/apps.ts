// Apps of the practice clouds that no config.json names, with every way of proving them: what is found of these was typed in.

import { createHmac } from "node:crypto";
import { deflateSync } from "node:zlib";
import { addresses } from "./stage/addresses.ts";
import type { Seen } from "./watch.ts";

/** A UserSig as the vendor's own libraries make it. */
export function userSig({ app = 1400000001, account = "administrator", key = "practice-secret-key", age = 0, lifetime = 86_400 } = {}): string {
  const time = Math.floor(Date.now() / 1000) - age;
  const text = `TLS.identifier:${account}\nTLS.sdkappid:${app}\nTLS.time:${time}\nTLS.expire:${lifetime}\n`;
  const sig = createHmac("sha256", key).update(text).digest("base64");
  const claims = { "TLS.ver": "2.0", "TLS.identifier": account, "TLS.sdkappid": app, "TLS.expire": lifetime, "TLS.time": time, "TLS.sig": sig };
  const base64 = deflateSync(JSON.stringify(claims)).toString("base64");
  return base64.replace(/[+/=]/g, (sign) => ({ "+": "*", "/": "-", "=": "_" })[sign]!);
}

/** A token of Easemob's app `second`. */
export async function appToken(): Promise<string> {
  const answer = await fetch(`${addresses().sandbox}/easemob/practice-org/second/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ grant_type: "client_credentials", client_id: "practice-client-id-0002", client_secret: "practice-secret-0002" }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export interface Proof {
  title: string;
  vendor: "yunxin" | "tencent" | "easemob";
  /** What is secret of it, by its field. */
  secret: string;
  /** The form's texts, the secret too. */
  values(): Promise<Record<string, string>>;
}

export const PROOFS: Proof[] = [
  { title: "Yunxin's AppSecret", vendor: "yunxin", secret: "app_secret", values: async () => ({ app_key: "practice-app-key-0000000000000002", app_secret: "practice-secret-2" }) },
  { title: "Tencent's key", vendor: "tencent", secret: "secret_key", values: async () => ({ sdkappid: "1400000002", identifier: "administrator", secret_key: "practice-secret-key-2" }) },
  { title: "a pasted UserSig", vendor: "tencent", secret: "usersig", values: async () => ({ sdkappid: "1400000002", identifier: "administrator", usersig: userSig({ app: 1400000002, key: "practice-secret-key-2" }) }) },
  { title: "Easemob's Client Secret", vendor: "easemob", secret: "client_secret", values: async () => ({ org_name: "practice-org", app_name: "second", client_id: "practice-client-id-0002", client_secret: "practice-secret-0002" }) },
  { title: "a pasted app token", vendor: "easemob", secret: "app_token", values: async () => ({ org_name: "practice-org", app_name: "second", app_token: await appToken() }) },
];

/** A request without what proves the app as it was typed in: pasted proofs travel, and a Client Secret to where tokens are given. */
export function withoutProof({ url, headers, body }: Seen, secret: string): Partial<Seen> {
  const bare = (text: string) => text.replace(encodeURIComponent(secret), "").replace(secret, "");
  const { authorization = "", ...others } = headers;
  return { url: bare(url), headers: { ...others, authorization: bare(authorization) }, body: url.endsWith("/token") ? bare(body ?? "") : body };
}
