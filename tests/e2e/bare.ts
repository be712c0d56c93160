// A Chromium that nobody listens in on, for measurements: where every request is reported to a test, a request costs twice as much.

import { type ChildProcess, spawn } from "node:child_process";
import { Protocol } from "./protocol.ts";
import { freePorts } from "./stage/processes.ts";
import { QUIET, chromium } from "./stage/chromium.ts";

export class Bare {
  private constructor(private readonly child: ChildProcess, private readonly protocol: Protocol) {}

  /** Opens an address with the profile in a folder. */
  static async open(profile: string, address: string): Promise<Bare> {
    const [port] = await freePorts(1);
    const words = [...QUIET, "--headless=new", "--lang=zh-CN", "--window-size=1280,900", `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, address];
    const child = spawn(chromium(), words, { stdio: "ignore" });
    for (let tries = 0; ; tries += 1) {
      try {
        const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { type: string; url: string; webSocketDebuggerUrl: string }[];
        const own = targets.find((it) => it.type === "page" && it.url.startsWith(address.split("#")[0]!));
        return new Bare(child, await Protocol.over(own!.webSocketDebuggerUrl));
      } catch (error) {
        if (tries > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  /** What an expression comes to, awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.protocol.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until an expression holds. */
  async until(expression: string, milliseconds = 30_000): Promise<void> {
    const end = Date.now() + milliseconds;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Presses what a selector finds, as a hand does. */
  async press(selector: string): Promise<void> {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    await this.until(`${found} && !${found}.disabled && ${found}.ariaDisabled !== "true"`);
    const at = await this.evaluate<{ x: number; y: number }>(
      `(() => { ${found}.scrollIntoView({ block: "center" }); const it = ${found}.getBoundingClientRect(); return { x: it.x + it.width / 2, y: it.y + it.height / 2 }; })()`,
    );
    for (const type of ["mousePressed", "mouseReleased"]) await this.protocol.send("Input.dispatchMouseEvent", { type, ...at, button: "left", clickCount: 1 });
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    await this.protocol.send("Input.insertText", { text });
  }

  /** Milliseconds for which the page's main thread was at work so far. */
  async busy(): Promise<number> {
    await this.protocol.send("Performance.enable", { timeDomain: "threadTicks" });
    const { metrics } = await this.protocol.send("Performance.getMetrics");
    return metrics.find((it: { name: string }) => it.name === "TaskDuration").value * 1_000;
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await gone;
  }
}
