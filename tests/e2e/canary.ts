// Looks for a secret in everything of the page that outlives a moment or can be read by somebody else.

import { expect } from "@playwright/test";
import type { Desk } from "./desk.ts";

/** The secret as it is, and as it might be carried in disguise. */
export function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Base64 of a part of a longer text: at each of the three places where it may begin.
  const within = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64").slice(shift && 4, -4));
  const hex = bytes.toString("hex");
  return [
    secret, encodeURIComponent(secret), encodeURI(secret), bytes.toString("base64"), bytes.toString("base64url"), ...within,
    ...within.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")), hex, hex.toUpperCase(), JSON.stringify(secret).slice(1, -1),
  ].filter((text, at, all) => text.length > 8 && all.indexOf(text) === at);
}

/** Every place by its name, with all that stands there. */
export async function everywhere({ page, watch }: Desk): Promise<Record<string, string>> {
  const inside = await page.evaluate(async () => {
    /** Every value of every store, bytes as text too. */
    const stored = async (name: string) => {
      const database = await new Promise<IDBDatabase>((found, broken) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => found(request.result);
        request.onerror = () => broken(request.error);
      });
      const said = [];
      for (const store of database.objectStoreNames) {
        const all = (kind: "getAll" | "getAllKeys") =>
          new Promise<any[]>((found) => {
            const request = database.transaction(store).objectStore(store)[kind]();
            request.onsuccess = () => found(request.result);
          });
        const text = (value: any) => (value instanceof Uint8Array ? `${new TextDecoder().decode(value)} ${btoa(String.fromCharCode(...value))}` : JSON.stringify(value));
        said.push(store, ...(await all("getAllKeys")).map(text), ...(await all("getAll")).map(text));
      }
      database.close();
      return said.join("\n");
    };
    const databases = await indexedDB.databases();
    const caches = await window.caches.keys();
    const inputs = [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")].map((it) => it.value);
    return {
      document: document.documentElement.outerHTML,
      inputs: JSON.stringify(inputs),
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      databases: JSON.stringify(databases) + (await Promise.all(databases.map(({ name }) => stored(name!)))).join("\n"),
      caches: JSON.stringify(caches),
      cookies: document.cookie,
      address: location.href,
      title: document.title,
      name: window.name,
      history: JSON.stringify(history.state) + history.length,
      timing: JSON.stringify(performance.getEntries()),
      clipboard: document.hasFocus() ? await navigator.clipboard.readText() : "",
    };
  });
  return { ...inside, console: watch.said.join("\n") };
}

/** A request, as somebody who reads the network sees it. */
type Seen = Desk["watch"]["requested"][number];

/** Expects that a secret is nowhere; `may` says in which part of which request it has to be. */
export async function isNowhere(desk: Desk, secret: string, may: (request: Seen) => Partial<Seen> = () => ({})): Promise<void> {
  const requests = JSON.stringify(desk.watch.requested.map((request) => ({ ...request, ...may(request) })));
  for (const [place, text] of Object.entries({ ...(await everywhere(desk)), requests })) {
    for (const disguise of disguises(secret)) expect(text.includes(disguise), `${place} holds the secret as ${disguise}`).toBe(false);
  }
}
