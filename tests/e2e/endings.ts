// Every way a call can end, for one operation through each of the three proxies. What the page says is held against what
// the cloud really did: "unknown" where it cannot be known, and never a success or a failure that is not true.

import type { Page } from "@playwright/test";
import { type Act, RECALL, carryOut, done } from "./acts.ts";
import type { Cloud } from "./cloud.ts";
import { type Desk, expect, test } from "./desk.ts";
import { ROUTES, type RouteName } from "./stage/addresses.ts";
import { FAILED_CALL } from "./watch.ts";
import type { Language } from "./words.ts";

interface Ending {
  title: string;
  /** Prepares the cloud. */
  given(cloud: Cloud, act: Act): Promise<unknown>;
  verdict: "accepted" | "refused" | "unknown" | "not_sent";
  /** Whether the cloud did it all the same. */
  happens: boolean;
  /** What the details must show. */
  shows?: string;
  /** Whether the browser itself complains. */
  complains?: boolean;
  /** Through these proxies the answer never ends, so that the desk's own deadline must. */
  hangs?: RouteName[];
  /** It comes from the way and not from the cloud, so it is the same for every operation: one meets it through every proxy. */
  ofTheWay?: boolean;
  /** Only through these proxies; through all of them otherwise. */
  only?: readonly RouteName[];
}

const ENDINGS: Ending[] = [
  { title: "is accepted, and the cloud did exactly that", given: async () => {}, verdict: "accepted", happens: true },
  {
    title: "over the rate is refused, and the page says to wait",
    given: (cloud, act) => cloud.exhaust(act.operation),
    verdict: "refused", happens: false, shows: "416",
  },
  {
    title: "cut off before it happened is unknown",
    given: (cloud) => cloud.faults({ kind: "cut_before" }),
    verdict: "unknown", happens: false, complains: true,
  },
  {
    title: "cut off after it happened is unknown, though the cloud did it",
    given: (cloud) => cloud.faults({ kind: "cut_after" }),
    verdict: "unknown", happens: true, complains: true,
  },
  {
    title: "with half an answer is unknown, though the cloud did it",
    given: (cloud) => cloud.faults({ kind: "truncated" }),
    // cors-anywhere does not notice that its upstream is gone.
    verdict: "unknown", happens: true, complains: true, hangs: ["cors-anywhere"],
  },
  {
    title: "answered with nonsense is unknown",
    given: (cloud) => cloud.faults({ kind: "not_json" }),
    verdict: "unknown", happens: false,
  },
  {
    title: "answered with a login page is unknown",
    given: (cloud) => cloud.faults({ kind: "html" }),
    verdict: "unknown", happens: false, ofTheWay: true,
  },
  {
    title: "answered by a tired gateway is unknown",
    given: (cloud) => cloud.faults({ kind: "status", code: 504, body: "<h1>Gateway timeout</h1>", content_type: "text/html" }),
    verdict: "unknown", happens: false, shows: "504", complains: true, ofTheWay: true,
  },
  {
    title: "redirected is unknown, and nobody followed",
    given: (cloud) => cloud.faults({ kind: "redirect", to: "/login" }),
    // cors-anywhere follows redirects by itself.
    verdict: "unknown", happens: false, ofTheWay: true, only: ["same-origin", "cross-origin"],
  },
];

/** Both languages are met, each through some of the proxies. */
const LANGUAGE: Record<RouteName, Language> = { "same-origin": "zh-CN", "cross-origin": "en-US", "cors-anywhere": "zh-CN" };

export function everyEnding(noun: string, act: Act): void {
  for (const route of ROUTES) {
    test.describe(`${noun} through the ${route} proxy`, () => {
      test.use({ locale: LANGUAGE[route] });

      const met = (it: Ending) => (it.only?.includes(route) ?? true) && (!it.ofTheWay || act === RECALL || route === "same-origin");
      for (const ending of ENDINGS.filter(met)) {
        const hangs = ending.hangs?.includes(route);
        test(ending.title, async ({ desk, cloud, page }) => {
          if (hangs) await page.clock.install();
          if (ending.complains) desk.watch.expects(FAILED_CALL);
          await filled(desk, cloud, act, route);
          await ending.given(cloud, act);
          const before = (await cloud.requests(act.operation)).length;
          await carryOut(desk, act);
          if (hangs) await pastTheDeadline(page, cloud, act, before);
          await desk.concludes(ending.verdict);
          if (ending.verdict === "unknown") await expect(desk.result).toContainText(desk.words.dangerousToRepeat);
          if (ending.shows) await expect(desk.result.locator("details")).toContainText(ending.shows);
          expect(await done(cloud)).toEqual(ending.happens ? act.effects : []);
          expect((await cloud.requests(act.operation)).length - before, "sent once, repeated by nobody").toBe(1);
        });
      }

      test("refused by the cloud says why, and nothing happened", async ({ desk, cloud }) => {
        await filled(desk, cloud, act, route);
        await desk.fill(act.refused.values);
        await carryOut(desk, act);
        await desk.concludes("refused");
        await expect(desk.result.locator("details")).toContainText(act.refused.code);
        expect(await done(cloud)).toEqual([]);
      });
    });
  }
}

/** Lets half a minute pass once the request has arrived. */
async function pastTheDeadline(page: Page, cloud: Cloud, act: Act, before: number): Promise<void> {
  await expect.poll(async () => (await cloud.requests(act.operation)).length).toBe(before + 1);
  await page.clock.fastForward(31_000);
}

async function filled(desk: Desk, cloud: Cloud, act: Act, route: RouteName): Promise<void> {
  // A newcomer finds the same-origin connection in use; the others are chosen.
  if (route === "same-origin") await desk.open(act.operation);
  else await desk.connect(route, act.operation);
  await desk.fill(await act.values(cloud));
}
