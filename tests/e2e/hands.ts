// Somebody with a keyboard and nothing else, whose steps are counted.

import { type Locator, expect } from "@playwright/test";
import type { Desk } from "./desk.ts";

export class Hands {
  /** Presses that set something off: a link, a button. */
  pressed = 0;
  /** Fields that were filled in or chosen. */
  typed = 0;

  constructor(private readonly desk: Desk) {}

  private get keyboard() {
    return this.desk.page.keyboard;
  }

  /** Goes there with Tab and sets it off. */
  async press(target: Locator): Promise<void> {
    await this.reach(target);
    await this.keyboard.press("Enter");
    this.pressed += 1;
  }

  /** Goes to the verb's page: the first of its operations, or the one used last. */
  async verb(verb: "modify" | "recall" | "send" | "find"): Promise<void> {
    await this.press(this.desk.page.locator(`a[data-verb="${verb}"]`));
    await expect(this.desk.page.locator("#page-title")).toBeFocused();
  }

  /** Goes to an operation of the same verb. */
  async tab(operation: string): Promise<void> {
    await this.press(this.desk.page.locator(`nav.tabs a[href="#/${operation}"]`));
    await expect(this.desk.form()).toHaveAttribute("data-operation", operation);
    await expect(this.desk.page.locator("#page-title")).toBeFocused();
  }

  /** Types over what stands in the fields, in the order of the form. */
  async fill(values: Record<string, string>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await this.reach(this.desk.control(name));
      await this.keyboard.press("Control+A");
      await this.keyboard.insertText(value);
      this.typed += 1;
    }
  }

  /** Chooses in a list or among cards, with the arrow keys. */
  async choose(name: string, value: string): Promise<void> {
    const chosen = () => this.desk.form().evaluate((form, name) => String(new FormData(form as HTMLFormElement).get(name) ?? ""), name);
    await this.reach(this.desk.control(name));
    for (let presses = 0; presses < 12 && (await chosen()) !== value; presses += 1) await this.keyboard.press("ArrowDown");
    expect(await chosen()).toBe(value);
    this.typed += 1;
  }

  /** Presses the form's own button. */
  async submit(): Promise<void> {
    await this.press(this.desk.form().locator('button[type="submit"]'));
  }

  /** Confirms in the dialog, which begins on Cancel. */
  async confirm(): Promise<void> {
    await expect(this.desk.dialog.locator("#confirm-cancel")).toBeFocused();
    const go = this.desk.dialog.locator("#confirm-go");
    await this.keyboard.press("Tab");
    await expect(go).toBeFocused();
    await expect(go).toHaveAttribute("aria-disabled", "false");
    await this.keyboard.press("Enter");
    this.pressed += 1;
    await expect(this.desk.page.locator("#take-back")).toBeFocused();
  }

  private async reach(target: Locator): Promise<void> {
    const there = () => target.evaluateAll((all) => all.includes(document.activeElement as Element));
    for (let presses = 0; presses < 400; presses += 1) {
      if (await there()) return;
      await this.keyboard.press("Tab");
    }
    throw new Error(`Tab never reaches ${target}`);
  }
}
