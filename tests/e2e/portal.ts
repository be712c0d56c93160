// A portal with the desk in its frame, as the specifications use it: what is put around the frame, what the desk told, what the
// cloud then did.

import { type Frame, type FrameLocator, type Page, test as base, expect } from "@playwright/test";
import { Cloud } from "./cloud.ts";
import { Desk } from "./desk.ts";
import { addresses, configuration } from "./stage/addresses.ts";
import { Watch } from "./watch.ts";

export { expect };

export const TOKENS = "allow-scripts allow-same-origin allow-forms allow-downloads allow-modals";
export const OPERATION = "yunxin.recall";

interface Fixtures {
  cloud: Cloud;
  host: Host;
}

export const test = base.extend<Fixtures>({
  cloud: async ({}, use) => {
    const cloud = new Cloud();
    await cloud.reset();
    await use(cloud);
  },
  host: async ({ page, cloud: _ }, use) => {
    const host = new Host(page);
    await use(host);
    expect(host.complaints, "nothing said on the console").toEqual([]);
  },
});

/** A portal's page, its frame, and what the desk told it. */
export class Host {
  readonly complaints: string[] = [];
  readonly desk: FrameLocator;

  constructor(readonly page: Page) {
    this.desk = page.frameLocator("iframe");
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
  }

  /** Opens an empty page of a portal and puts the desk into it; without `options` nobody answers its greeting. */
  async open({ portal = addresses().portal, sandbox = TOKENS as string | null, allow = "clipboard-write", width = 1000, at = OPERATION, options = {} as object | null } = {}): Promise<void> {
    await this.page.goto(`${portal}/host/`);
    await this.page.evaluate(async ({ src, sandbox, allow, width, options }) => {
      const own = window as any;
      own.told = [];
      const frame = document.createElement("iframe");
      frame.title = "desk";
      frame.src = src;
      frame.width = String(width);
      frame.height = "700";
      frame.allow = allow;
      if (sandbox !== null) frame.setAttribute("sandbox", sandbox);
      document.body.append(frame);
      if (!options) return;
      const { embed } = await import("/host/embed.js" as string);
      const on = Object.fromEntries(["ready", "resize", "dirty", "job", "audit", "approve", "error"].map((type) => [type, (it: unknown) => own.told.push(it)]));
      own.answers = [];
      const approve = (options as any).asks ? () => new Promise((settle) => own.answers.push(settle)) : undefined;
      own.desk = embed(frame, { fit: false, ...options, on, approve });
    }, { src: `${addresses().page}/#/${at}`, sandbox, allow, width, options });
  }

  /** From the next page on, keeps what comes through any port, as it comes. */
  async overhear(): Promise<void> {
    await this.page.addInitScript(() => {
      const own = window as any;
      own.overheard = [];
      const handler = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage")!;
      Object.defineProperty(MessagePort.prototype, "onmessage", {
        ...handler,
        set(take: (event: MessageEvent) => void) {
          handler.set!.call(this, (event: MessageEvent) => {
            own.overheard.push(event.data);
            take(event);
          });
        },
      });
    });
  }

  /** What came through the port. */
  async overheard(): Promise<string[]> {
    return await this.page.evaluate(() => (window as any).overheard);
  }

  /** Opens it and waits until it can be used. */
  async ready(given: Parameters<Host["open"]>[0] = {}): Promise<void> {
    await this.open(given);
    await expect(this.desk.locator("#page-title")).toBeVisible();
    await expect(this.desk.locator("section.where.practice")).toBeVisible();
  }

  /** What the desk told of one kind. */
  async told(type: string): Promise<any[]> {
    return await this.page.evaluate((type) => (window as any).told.filter((it: any) => it.type === type), type);
  }

  /** Calls something of what `embed` gave. */
  async call(method: string, ...words: unknown[]): Promise<unknown> {
    return await this.page.evaluate(([method, words]) => (window as any).desk[method as string](...(words as unknown[])), [method, words] as const);
  }

  async fill(values: Record<string, string>): Promise<void> {
    const form = this.desk.locator("form[data-operation]");
    for (const [name, value] of Object.entries(values)) {
      const control = form.locator(`[name="${name}"]`);
      const kind = await control.first().evaluate((it) => (it as HTMLInputElement).type);
      if (kind === "radio") await form.locator(`[name="${name}"][value="${value}"]`).check();
      else if (kind.startsWith("select")) await control.selectOption(value);
      else await control.fill(value);
    }
  }

  async submit(): Promise<void> {
    await this.desk.locator('form[data-operation] button[type="submit"]').click();
  }

  async confirm(): Promise<void> {
    await expect(this.desk.locator("#confirm-go")).toHaveAttribute("aria-disabled", "false");
    await this.desk.locator("#confirm-go").click();
    await this.desk.locator("#leave-now").click();
    await expect(this.desk.locator("#result")).toHaveAttribute("data-verdict", "accepted");
  }

  /** The frame with the desk in it. */
  get frame(): Frame {
    return this.page.frames().at(-1)!;
  }

  /** The desk in its frame, for hands that know it in a window: a frame has all of a page that they use. */
  get seat(): Desk {
    return new Desk(this.frame as unknown as Page, new Watch(), "zh-CN");
  }

  /** Gives the desk another configuration: the stage's, with more in it. */
  async configure(more: object): Promise<void> {
    await this.page.route("**/config.json", (route) => route.fulfill({ json: { ...(configuration(addresses()) as object), ...more } }));
  }
}

/** What the cloud did. */
export const done = async (cloud: Cloud) => (await cloud.effects()).map((effect) => `${effect.change} ${effect.receiver_id}`);
