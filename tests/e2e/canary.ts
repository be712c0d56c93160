// Looks for a secret in everything of the page that outlives a moment or can be read by somebody else.

import { expect } from "@playwright/test";
import { Desk } from "./desk.ts";
import { addresses } from "./stage/addresses.ts";
import type { Seen } from "./watch.ts";

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

/**
 * A desk in the frame of a portal, which keeps everything that is posted to its window and to its end of the port. The portal
 * answers the greeting with embed.js, after something else has happened.
 */
export async function overheard({ page, watch, words }: Desk, place: string, before = async (_greeted: () => Promise<void>) => {}): Promise<Desk> {
  const { portal, page: origin } = addresses();
  watch.expects(new RegExp(`^a call to a stranger: ${portal}/`));
  await page.goto(`${portal}/host/`);
  await page.evaluate(async (src) => {
    const posts: string[] = ((window as any).posts = []);
    const keep = ({ data }: MessageEvent) => posts.push(typeof data === "string" ? data : JSON.stringify(data));
    addEventListener("message", keep);
    const Plain = MessageChannel;
    window.MessageChannel = class extends Plain {
      constructor() {
        super();
        this.port1.addEventListener("message", keep);
      }
    };
    const frame = Object.assign(document.createElement("iframe"), { title: "desk", src, width: "1100", height: "800", allow: "clipboard-read; clipboard-write" });
    document.body.append(frame);
  }, `${origin}/#/${place}`);
  await before(async () => await expect.poll(() => page.evaluate(() => (window as any).posts.length)).toBeGreaterThan(0));
  await page.evaluate(async () => {
    const { embed } = await import("/host/embed.js" as string);
    (window as any).desk = embed(document.querySelector("iframe"), { fit: false });
  });
  await expect(page.frameLocator("iframe").locator("#page-title")).toBeVisible();
  const frame = page.frames().find((it) => it.url().startsWith(`${origin}/`))!;
  return new Desk(page, watch, words.language, frame);
}

/** Every place by its name, with all that stands there. */
export async function everywhere({ page, scene, watch }: Desk): Promise<Record<string, string>> {
  const inside = await scene.evaluate(async () => {
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
    const cached = async (name: string) => {
      const cache = await window.caches.open(name);
      const answers = await cache.matchAll();
      return [name, ...(await cache.keys()).map(({ url }) => url), ...(await Promise.all(answers.map((it) => it.text())))].join("\n");
    };
    const inputs = [...document.querySelectorAll<HTMLInputElement>("input, textarea, select")].map((it) => it.value);
    return {
      document: document.documentElement.outerHTML,
      inputs: JSON.stringify(inputs),
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
      databases: JSON.stringify(databases) + (await Promise.all(databases.map(({ name }) => stored(name!)))).join("\n"),
      caches: (await Promise.all((await window.caches.keys()).map(cached))).join("\n"),
      cookies: document.cookie,
      address: location.href,
      title: document.title,
      name: window.name,
      history: JSON.stringify(history.state) + history.length,
      timing: JSON.stringify(performance.getEntries()),
      clipboard: document.hasFocus() ? await navigator.clipboard.readText() : "",
    };
  });
  const posts = scene === page ? [] : await page.evaluate(() => (window as any).posts as string[]);
  return { ...inside, console: watch.said.join("\n"), violations: watch.violations.join("\n"), posts: posts.join("\n") };
}

/** Expects that a secret is nowhere; `may` says in which part of which request it has to be, `besides` what else was kept. */
export async function isNowhere(desk: Desk, secret: string, may: (request: Seen) => Partial<Seen> = () => ({}), besides: Record<string, string> = {}): Promise<void> {
  const requests = JSON.stringify(desk.watch.requested.map((request) => ({ ...request, ...may(request) })));
  const places = Object.entries({ ...(await everywhere(desk)), ...besides, requests });
  const found = places.flatMap(([place, text]) => disguises(secret).filter((it) => text.includes(it)).map((it) => `${place} holds the secret as ${it}`));
  expect(found).toEqual([]);
}
