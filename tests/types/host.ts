// A portal that uses all of embed.js, and lines that must not compile. Compiled by check.mjs, run by nobody.

import { type Approve, type Audit, type Failure, type Job, type MessageDesk, type Options, type Theme, embed } from "../../deploy/portal/embed.js";

const frame = document.createElement("iframe");
const log = (text: string) => document.body.append(text);

/** Every state a job can be in is known, and a new one has to be looked at here. */
function sentence({ state, counts }: Job): string {
  switch (state) {
    case "draft": case "checked": return "not begun";
    case "canary": case "running": case "held": return `${counts.accepted} of ${counts.total}`;
    case "asking": case "paused": return "waits for a person";
    case "stopped": case "done": case "failures": return `${counts.unknown} unknown, ${counts.rejected} rejected, ${counts.marked} marked`;
    case "elsewhere": case "handed_over": return "not here";
    default: return state satisfies never;
  }
}

function severity({ outcome, code, body, job }: Audit): "good" | "bad" | "open" {
  const told: string[] = [code ?? "no code", body ?? "not told", job ?? "no job"];
  log(told.join());
  switch (outcome) {
    case "accepted": return "good";
    case "partial": case "refused": case "not_sent": return "bad";
    case "unknown": return "open";
    default: return outcome satisfies never;
  }
}

const second = async ({ digest, operation, account, count }: Approve): Promise<boolean> =>
  (await fetch("/second", { method: "POST", body: JSON.stringify({ digest, operation, account, count }) })).ok;

const theme: Theme = { look: "dark", colours: { ground: "#101418", ink: "#f2f4f7" } };
const options: Options = {
  locale: "en",
  theme,
  prefill: { operation: "yunxin.recall", values: { message_server_id: "158844553334358019" } },
  fit: true,
  leastHeight: 600,
  on: {
    ready: ({ locale }) => log(locale === "zh-CN" ? "就绪" : "ready"),
    resize: ({ height }) => log(height.toFixed()),
    dirty: ({ dirty }) => log(dirty ? "unsaved" : ""),
    job: (job) => log(sentence(job)),
    audit: (act) => log(`${new Date(act.at).toISOString()} ${act.count} ${act.targets["message_server_id"]} ${severity(act)}`),
    approve: ({ count }) => log(String(count)),
    error: ({ code, about }: Failure) => log(code === "busy" ? "later" : about),
  },
  approve: second,
};
const desk: MessageDesk = embed(frame, options);
desk.locale("zh-CN");
desk.theme({ look: "system" });
desk.navigate("#/connection");
desk.prefill("yunxin.recall", { type: "2" });
desk.lock();
desk.focus();
if (!desk.isDirty()) desk.remove();
embed(frame);

// @ts-expect-error a frame, not any element
embed(document.createElement("div"));
// @ts-expect-error no such language
desk.locale("fr");
// @ts-expect-error no colour of that name: warnings keep theirs
desk.theme({ look: "light", colours: { danger: "#ff0000" } });
// @ts-expect-error colours alone say neither light nor dark
desk.theme({ colours: { accent: "#006b54" } });
// @ts-expect-error a form holds texts
desk.prefill("yunxin.recall", { type: 2 });
// @ts-expect-error nothing sends
desk.send();
// @ts-expect-error a word is no yes
embed(frame, { approve: () => "yes" });
// @ts-expect-error no such event
embed(frame, { on: { sent: () => {} } });
// @ts-expect-error unknown is told from failed
embed(frame, { on: { audit: ({ outcome }) => log(outcome === "failed" ? "failed" : "") } });
// @ts-expect-error no such option
embed(frame, { secret: "x" });
