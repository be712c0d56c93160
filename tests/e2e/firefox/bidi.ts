// Just enough of WebDriver BiDi to drive Debian's Firefox, which Playwright cannot: commands, a mouse, a keyboard.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const WebSocket = createRequire(import.meta.url)("ws");

interface Waiting {
  resolve(result: any): void;
  reject(error: Error): void;
}

/** What keeps it from calling home. */
const SETTINGS: Record<string, boolean | string> = {
  "app.normandy.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.reportingpolicy.firstRun": false,
};

/** Starts a Firefox without a window, with a profile of its own. */
export async function startFirefox(program: string): Promise<{ tab: Tab; end: () => Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), "message-desk-firefox-"));
  const lines = Object.entries(SETTINGS).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const words = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"];
  const child = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: profile } });
  const end = async () => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode === null && child.kill("SIGKILL")) await gone;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = "";
      child.stderr.on("data", (data: Buffer) => {
        said += data.toString();
        const found = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`${program} ended with ${code}: ${said.slice(-2000)}`)));
      setTimeout(() => reject(new Error(`${program} does not listen: ${said.slice(-2000)}`)), 60_000).unref();
    });
    return { tab: await Tab.open(`${address}/session`), end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The one tab of a Firefox. */
export class Tab {
  /** What its pages said that nobody asked for: errors and warnings. */
  readonly said: string[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private context = "";

  private constructor(private readonly socket: any) {}

  static async open(address: string): Promise<Tab> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const tab = new Tab(socket);
    socket.on("message", (text: Buffer) => tab.hear(JSON.parse(text.toString())));
    await tab.send("session.new", { capabilities: {} });
    await tab.send("session.subscribe", { events: ["log.entryAdded"] });
    // The desk confirms nothing in a window without the focus, and the first one of a headless Firefox never gets it.
    tab.context = (await tab.send("browsingContext.create", { type: "window" })).context;
    await tab.send("browsingContext.activate", { context: tab.context });
    return tab;
  }

  private hear({ id, type, result, error, message, method, params }: any): void {
    if (method === "log.entryAdded" && ["error", "warn"].includes(params.level)) {
      this.said.push(`${params.type} ${params.level}: ${params.text}`);
    }
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (type === "success") waiting?.resolve(result);
    else if (type === "error") waiting?.reject(new Error(`${error}: ${message}`));
  }

  private send(method: string, params: unknown): Promise<any> {
    this.last += 1;
    const id = this.last;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  async go(url: string): Promise<void> {
    await this.send("browsingContext.navigate", { context: this.context, url, wait: "complete" });
  }

  /** What a function gives in the page; its arguments and what it gives are JSON. */
  async evaluate<T>(work: (...words: any[]) => T, ...words: unknown[]): Promise<T> {
    const { result, exceptionDetails } = await this.send("script.callFunction", {
      functionDeclaration: `(text) => JSON.stringify((${work})(...JSON.parse(text)) ?? null)`,
      awaitPromise: true,
      target: { context: this.context },
      arguments: [{ type: "string", value: JSON.stringify(words) }],
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return JSON.parse(result.value);
  }

  /** Waits until an element that is shown and not at rest stands under this selector, and gives its middle. */
  async find(selector: string): Promise<{ x: number; y: number }> {
    const patience = Date.now() + 15_000;
    for (;;) {
      const place = await this.evaluate((wanted: string) => {
        const all = [...document.querySelectorAll(wanted)];
        const element = all.find((it) => it.checkVisibility() && it.getAttribute("aria-disabled") !== "true");
        element?.scrollIntoView({ block: "center" });
        const { x, y, width, height } = element?.getBoundingClientRect() ?? new DOMRect();
        return element && { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      }, selector);
      if (place) return place;
      if (Date.now() > patience) throw new Error(`${selector} is not there: ${await this.text("main")}`);
      await new Promise((soon) => setTimeout(soon, 50));
    }
  }

  async text(selector: string): Promise<string> {
    return await this.evaluate((wanted: string) => document.querySelector(wanted)?.textContent ?? "", selector);
  }

  /** Clicks as a person does: with a pointer, at the element's place. */
  async click(selector: string): Promise<void> {
    // An element that still moves would be missed.
    let place = await this.find(selector);
    for (let before; before?.x !== place.x || before.y !== place.y; ) {
      await new Promise((soon) => setTimeout(soon, 100));
      before = place;
      place = await this.find(selector);
    }
    const press = ["pointerDown", "pointerUp"].map((type) => ({ type, button: 0 }));
    const actions = [{ type: "pointer", id: "mouse", actions: [{ type: "pointerMove", ...place }, ...press] }];
    await this.send("input.performActions", { context: this.context, actions });
  }

  /** Types into a box in place of what stands there, key by key. */
  async type(selector: string, text: string): Promise<void> {
    await this.find(selector);
    await this.evaluate((wanted: string) => {
      const box = document.querySelector<HTMLInputElement>(wanted);
      box?.focus();
      box?.select();
    }, selector);
    await this.press(...[...text].map((character) => (character === "\n" ? "\uE007" : character)));
  }

  private async press(...values: string[]): Promise<void> {
    const key = (value: string) => ["keyDown", "keyUp"].map((type) => ({ type, value }));
    await this.send("input.performActions", { context: this.context, actions: [{ type: "key", id: "keys", actions: values.flatMap(key) }] });
  }

  /** Chooses in a list with the arrow keys. */
  async choose(selector: string, value: string): Promise<void> {
    await this.find(selector);
    const places = await this.evaluate((wanted: string, value: string) => {
      const list = document.querySelector<HTMLSelectElement>(wanted)!;
      list.focus();
      return [...list.options].findIndex((option) => option.value === value) - list.selectedIndex;
    }, selector, value);
    for (let place = 0; place < places; place += 1) await this.press("\uE015");
  }

  /** Fills in one control of a form, whatever kind it is. */
  async fill(name: string, text: string): Promise<void> {
    const selector = `form [name="${name}"]`;
    const kind = await this.evaluate((wanted: string) => document.querySelector<HTMLInputElement>(wanted)?.type ?? "", selector);
    if (kind === "radio") await this.click(`${selector}[value="${text}"]`);
    else if (kind.startsWith("select")) await this.choose(selector, text);
    else await this.type(selector, text);
  }
}
