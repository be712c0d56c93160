// The desk as a person meets it, and the fixtures every specification starts from.

import { AxeBuilder } from "@axe-core/playwright";
import { type Frame, type Locator, type Page, test as base, expect } from "@playwright/test";
import { Cloud } from "./cloud.ts";
import { PRACTICE, ROUTE_TITLES, type RouteName, addresses } from "./stage/addresses.ts";
import { Watch } from "./watch.ts";
import { type Language, type Vocabulary, words } from "./words.ts";

export { expect };

export interface Fixtures {
  desk: Desk;
  cloud: Cloud;
}

export const test = base.extend<Fixtures>({
  cloud: async ({}, use) => {
    const cloud = new Cloud();
    await cloud.reset();
    await use(cloud);
  },
  // Every test of the desk begins with a sandbox as new, and ends with nothing unexpected said.
  desk: async ({ page, context, locale, cloud: _ }, use) => {
    const watch = await Watch.over(context, page);
    const desk = new Desk(page, watch, locale as Language);
    await use(desk);
    expect(watch.unexpected(), "nothing unexpected on the console, in the policy, on the network").toEqual([]);
  },
});

/** The same tests in both languages. */
export function inBothLanguages(tests: (language: Language) => void): void {
  for (const language of ["zh-CN", "en-US"] as const) {
    test.describe(language, () => {
      test.use({ locale: language });
      tests(language);
    });
  }
}

export type Operation = `${"yunxin" | "tencent" | "easemob"}.${string}`;

export class Desk {
  /** The texts of the page in its language. */
  words: Vocabulary;

  constructor(
    readonly page: Page,
    readonly watch: Watch,
    language: Language,
    /** Where it stands: the page itself, or a frame in it. */
    readonly scene: Page | Frame = page,
  ) {
    this.words = words(language);
  }

  /** The form on the page; for its own operation where one is named. */
  form(operation?: Operation): Locator {
    return this.scene.locator(operation ? `form[data-operation="${operation}"]` : "form[data-operation], form[data-connection]");
  }

  get dialog(): Locator {
    return this.scene.getByRole("dialog");
  }

  get result(): Locator {
    return this.scene.locator("#result");
  }

  /** Opens the desk at a place, such as `yunxin.recall` or `connection`, in the folder it lies in. */
  async open(place = "", folder = "/"): Promise<void> {
    await this.page.goto(`${addresses().page}${folder}#/${place}`);
    await expect(this.scene.locator("#page-title")).toBeVisible();
    // The ready-made connections arrive a moment later.
    await expect(this.scene.locator("section.where")).not.toContainText(this.words.notConnected);
  }

  /** Goes to a place by the address, as a link does; nothing is loaded anew. */
  async go(place: string): Promise<void> {
    await this.scene.evaluate((hash) => (location.hash = hash), `#/${place}`);
    await expect(this.scene.locator("#page-title")).toBeFocused();
  }

  /** Chooses one of the ready-made connections and goes to an operation. */
  async connect(route: RouteName, then?: Operation): Promise<void> {
    await this.open("connection");
    const title = ROUTE_TITLES[route][this.words.language];
    const button = this.scene.getByRole("button", { name: title });
    await button.click();
    await expect(button).toHaveAttribute("aria-pressed", "true");
    if (then) await this.go(then);
  }

  /**
   * Types a connection in, key by key; the desk takes it for production, since no ready-made one says otherwise. Unless named
   * otherwise it leads to the sandbox.
   */
  async typeConnection(values: Record<string, string> = {}): Promise<void> {
    await this.typeIn("yunxin", { app_key: PRACTICE.appKey, app_secret: PRACTICE.appSecret, ...values });
  }

  /** The same for any cloud, without credentials. */
  async typeIn(vendor: string, values: Record<string, string>): Promise<void> {
    await this.open("connection");
    await this.vendor(vendor);
    const { proxy = "./proxy/sandbox{path}{query}", ...others } = values;
    // The proxy comes last: a secret's field is left then.
    await this.fill({ endpoint: `https://sandbox.invalid/${vendor}`, ...others, proxy });
  }

  /** Chooses a cloud on the page of connections. */
  async vendor(vendor: string): Promise<void> {
    await this.scene.locator("#vendor").selectOption(vendor);
    await expect(this.scene.locator(`form[data-connection="${vendor}"]`)).toBeVisible();
  }

  /** Types a connection in and uses it. */
  async connectByHand(values: Record<string, string> = {}): Promise<void> {
    await this.typeConnection(values);
    await this.submit();
    await expect(this.scene.locator("#test-finding")).toContainText(this.words.connected);
  }

  /** A control by its wire path. */
  control(name: string): Locator {
    return this.form().locator(`[name="${name}"]`);
  }

  /** The field around a control: label, counter, hint, problems. */
  field(name: string): Locator {
    return this.form().locator(".field", { has: this.scene.locator(`[name="${name}"]`) });
  }

  /** The foldable group around a control. */
  group(name: string): Locator {
    return this.form().locator("details", { has: this.scene.locator(`[name="${name}"]`) });
  }

  /** Fills in controls by wire path: text is typed into boxes, chosen in lists and radio groups. */
  async fill(values: Record<string, string>): Promise<void> {
    // The form may be on its way still.
    for (const name of Object.keys(values).slice(0, 1)) await this.control(name).first().waitFor({ state: "attached" });
    const kinds = await this.form().evaluate((form, names) => {
      const control = (name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`);
      for (const name of names) control(name)?.closest("details")?.setAttribute("open", "");
      return names.map((name) => control(name)?.type);
    }, Object.keys(values));
    for (const [at, [name, value]] of Object.entries(values).entries()) {
      const kind = kinds[at];
      if (kind === undefined) throw new Error(`the form has no control named ${name}`);
      if (kind === "radio") await this.form().locator(`[name="${name}"][value="${value}"]`).check();
      else if (kind.startsWith("select")) await this.control(name).selectOption(value);
      // A long list comes line by line.
      else await this.control(name).fill(value, { timeout: 20_000 });
    }
  }

  /** Presses Tab until this control has the focus. */
  async tabTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await this.page.keyboard.press("Tab");
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab never reaches ${target}`);
  }

  /** Presses the form's submit button. */
  async submit(): Promise<void> {
    await this.form().locator('button[type="submit"]').click();
  }

  /** Presses the dialog's own button. */
  async agree(): Promise<void> {
    // The button rests for a moment; asked at every frame, it is not waited for longer than that.
    await this.scene.waitForFunction(() => document.querySelector("#confirm-go")?.getAttribute("aria-disabled") === "false");
    await this.dialog.locator("#confirm-go").click();
  }

  /** Confirms in the dialog, and does not wait out the seconds in which it can be taken back. */
  async confirm(): Promise<void> {
    await this.agree();
    await this.scene.locator("#leave-now").click();
  }

  /** Waits for the result and expects this verdict, shown and focused. */
  async concludes(verdict: "accepted" | "refused" | "partial" | "unknown" | "not_sent"): Promise<void> {
    await expect(this.result).toHaveAttribute("data-verdict", verdict);
    // An act that is looked up afterwards says what the look has found in place of "not verified".
    const said = [this.words.verdicts[verdict], ...(verdict === "accepted" ? this.words.proofs : [])];
    await expect.poll(async () => {
      const shown = (await this.result.textContent()) ?? "";
      return said.some((words) => shown.includes(words));
    }, `the result says ${said.join(" or ")}`).toBe(true);
    await expect(this.result).toBeFocused();
  }

  /** One person's line of the result. */
  row(receiver: string): Locator {
    return this.result.getByRole("row").filter({ has: this.scene.getByRole("cell", { name: receiver, exact: true }) });
  }

  /** The problems shown at the fields: rule ids in the order of the form. */
  async rules(): Promise<string[]> {
    return await this.form().locator("[data-rule].problem").evaluateAll((all) => all.map((it) => it.getAttribute("data-rule") ?? ""));
  }

  /** The problem shown at one field. */
  problem(rule: string): Locator {
    return this.form().locator(`[data-rule="${rule}"]`);
  }

  /** What the connection's test found. */
  get finding(): Locator {
    return this.scene.locator("[data-finding]");
  }

  get summary(): Locator {
    return this.scene.locator("#summary");
  }

  /** Expects that axe finds nothing, on the page as it is now. */
  async axe(): Promise<void> {
    const builder = new AxeBuilder({ page: this.page }).options({ rules: { "target-size": { enabled: true } } });
    // The policy allows no frames, so the quicker way that cannot look into them is enough.
    const { violations } = await builder.setLegacyMode(true).analyze();
    const said = violations.map((it) => `${it.id}: ${it.help}: ${it.nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
    expect(said, "no accessibility violation").toEqual([]);
  }
}
