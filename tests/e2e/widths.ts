// What must hold however narrow the screen is.

import { type Page, expect } from "@playwright/test";

/** Unfolds everything that can be. */
export async function openEverything(page: Page): Promise<void> {
  await page.locator("details").evaluateAll((all) => all.forEach((it) => it.setAttribute("open", "")));
}

/** Nothing is wider than the frame; what is wider than its box scrolls inside it. */
export async function fits(page: Page): Promise<void> {
  const sticking = await page.evaluate(() => {
    const held = (it: Element) => {
      for (let box = it.parentElement; box; box = box.parentElement) if (getComputedStyle(box).overflowX !== "visible") return true;
      return false;
    };
    const out = [...document.body.querySelectorAll("*")].filter(
      (it) => it.checkVisibility() && !it.classList.contains("skip") && it.getBoundingClientRect().right > innerWidth + 0.5 && !held(it),
    );
    return { width: document.documentElement.scrollWidth, elements: out.map((it) => it.outerHTML.slice(0, 120)) };
  });
  expect(sticking, page.url()).toEqual({ width: 320, elements: [] });
}
