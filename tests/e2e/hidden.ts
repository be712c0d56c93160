// A job in a tab that is really hidden, behind another tab of a Chromium that slows hidden tabs down as much as it can.
//
// Playwright tells every page it holds that it has the focus, and starts its browsers without any slowing down. So the browser is
// started here, Playwright lets go of it once the job runs, and from then on the tab is only asked what it says of itself, until
// Playwright may take hold of the browser again.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserType } from "@playwright/test";
import type { Cloud } from "./cloud.ts";
import { Desk, expect } from "./desk.ts";
import { Protocol } from "./protocol.ts";
import { make, start, stored, user } from "./running.ts";
import { QUIET, chromium, clear } from "./stage/chromium.ts";
import { Watch } from "./watch.ts";

/** Requests a minute, and how many of them may go at once. */
const [PACE, BURST] = [540, 5];
/** After so many seconds the browser slows a hidden page's timers down as much as it will: to once a second where the page is at
 * work, to once a minute where it is not. */
const GRACE = 10;

/** What was seen of a hidden job. */
export interface Hidden {
  /** Requests a second while it was hidden, and as many as were typed. */
  reached: number;
  given: number;
  /** How often a timer of the page itself came that wanted to come ten times a second. */
  ticks: number;
}

/** A whole Chromium that slows hidden tabs down as much as it can. */
export class Whole {
  private constructor(
    private readonly program: ChildProcess,
    private readonly profile: string,
    private readonly address: string,
  ) {}

  static async start(): Promise<Whole> {
    const profile = mkdtempSync(join(tmpdir(), "hidden-"));
    const slow = `--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/${GRACE}`;
    const lone = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--accept-lang=zh-CN", "--lang=zh-CN"];
    const program = spawn(chromium(), [...QUIET, ...lone, slow, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
    const address = await new Promise<string>((found, failed) => {
      let said = "";
      program.stderr.on("data", (text: Buffer) => {
        said += text.toString();
        const listening = /DevTools listening on (ws:\S+)/.exec(said);
        if (listening) found(listening[1]!);
      });
      program.once("exit", () => failed(new Error(`Chromium ended: ${said}`)));
    });
    return new Whole(program, profile, address);
  }

  /** Playwright takes hold of it; `close` lets go again. */
  async held(browsers: BrowserType): Promise<Browser> {
    return await browsers.connectOverCDP(this.address);
  }

  /** The tab with a job, which nobody holds, put behind another one. */
  async hide(): Promise<HiddenTab> {
    return await HiddenTab.behind(await Protocol.over(this.address));
  }

  async end(): Promise<void> {
    const gone = new Promise((gone) => this.program.once("exit", gone));
    this.program.kill("SIGKILL");
    await gone;
    clear(this.profile);
  }
}

/** A tab that nobody sees and nobody holds. */
export class HiddenTab {
  private constructor(
    private readonly protocol: Protocol,
    private readonly targetId: string,
    private readonly sessionId: string,
  ) {}

  static async behind(protocol: Protocol): Promise<HiddenTab> {
    const { targetInfos } = await protocol.send("Target.getTargets");
    const { targetId } = targetInfos.find((it: any) => it.type === "page" && it.url.includes("#/jobs/"));
    const { sessionId } = await protocol.send("Target.attachToTarget", { targetId, flatten: true });
    const tab = new HiddenTab(protocol, targetId, sessionId);
    const other = await protocol.send("Target.createTarget", { url: "about:blank" });
    await protocol.send("Target.activateTarget", { targetId: other.targetId });
    await expect.poll(() => tab.ask("document.visibilityState"), { timeout: 10_000 }).toBe("hidden");
    return tab;
  }

  /** What it says of itself. */
  async ask(expression: string): Promise<any> {
    const { result } = await this.protocol.send("Runtime.evaluate", { expression, returnByValue: true }, this.sessionId);
    return result.value;
  }

  /** What its job says. */
  async job(what: string): Promise<string> {
    return await this.ask(`document.querySelector("#job").dataset.${what}`);
  }

  async show(): Promise<void> {
    await this.protocol.send("Target.activateTarget", { targetId: this.targetId });
  }

  /** It is gone without a word, hidden as it is. */
  async kill(): Promise<void> {
    // Nobody answers that.
    void this.protocol.send("Page.crash", {}, this.sessionId).catch(() => undefined);
    await this.protocol.send("Target.closeTarget", { targetId: this.targetId });
    this.leave();
  }

  leave(): void {
    this.protocol.close();
  }
}

/** Runs a job that lasts longer than so many seconds in a tab that is hidden all the while. */
export async function hidden(browsers: BrowserType, cloud: Cloud, seconds: number): Promise<Hidden> {
  await cloud.limits({ batch_per_minute: 1_000_000 });
  const browser = await Whole.start();
  try {
    const hands = await browser.held(browsers);
    const page = hands.contexts()[0]!.pages()[0]!;
    await page.bringToFront();
    const desk = new Desk(page, new Watch(), "zh-CN");
    await desk.open();
    const people = Array.from({ length: Math.ceil((seconds + GRACE) * (PACE / 60)) + BURST }, (_, at) => user(at + 1));
    await make(desk, "yunxin.batch_send", { list: { name: "list.txt", bytes: Buffer.from(people.join("\n")) }, each: 1, pace: { requests: String(PACE), items: "1000000" } });
    await start(desk, people.length);
    await page.evaluate(() => {
      (window as any).ticks = 0;
      setInterval(() => ((window as any).ticks += 1), 100);
    });
    await hands.close();

    const tab = await browser.hide();
    await new Promise((over) => setTimeout(over, GRACE * 1_000));
    const [from, before] = [Date.now(), await tab.ask("ticks")];
    await new Promise((over) => setTimeout(over, seconds * 1_000));
    const ticks = (await tab.ask("ticks")) - before;
    const to = Date.now();
    expect(await tab.ask("document.visibilityState"), "hidden all the while").toBe("hidden");
    expect(await tab.job("phase")).toBe("running");
    await tab.show();
    await expect.poll(() => tab.job("phase"), { timeout: 60_000 }).toBe("done");
    tab.leave();
    expect((await stored(cloud)).sort(), "each of them once").toEqual(people);
    const arrivals = (await cloud.requests("yunxin.batch_send")).filter((it) => it.at >= from && it.at < to).length;
    return { reached: (arrivals * 1_000) / (to - from), given: PACE / 60, ticks };
  } finally {
    await browser.end();
  }
}
