// Types of embed.js. The contract in words: docs/embedding.md.

export type Locale = "zh-CN" | "en";

/** Colours are `#rrggbb`; a theme whose text could not be read is refused as a whole. With colours, say light or dark. */
export interface Theme {
  look: "light" | "dark" | "system";
  colours?: Partial<Record<"ground" | "card" | "ink" | "ink-soft" | "accent" | "on-accent" | "accent-soft", string>>;
}

/** Texts for an operation's form, by wire path: `{ "message_server_id": "…" }`. They are filled in and never submitted. */
export interface Prefill {
  operation: string;
  values: Record<string, string>;
}

export interface Ready {
  type: "ready";
  locale: Locale;
}
export interface Resize {
  type: "resize";
  /** CSS pixels. With `fit`, the frame has this height already. */
  height: number;
}
export interface Dirty {
  type: "dirty";
  /** Whether leaving would lose something typed, or a request is under way. */
  dirty: boolean;
}
export interface Job {
  type: "job";
  id: string;
  operation: string;
  state: "draft" | "checked" | "canary" | "asking" | "running" | "held" | "paused" | "stopped" | "done" | "failures" | "elsewhere" | "handed_over";
  counts: Record<"total" | "waiting" | "sending" | "accepted" | "rejected" | "unknown" | "marked", number>;
}
export interface Audit {
  type: "audit";
  /** Milliseconds since 1970. */
  at: number;
  operation: string;
  /** Cloud, app, address and proxy. */
  account: string;
  stage: "practice" | "production";
  /** Ids, numbers and choices by wire path, never what a message says. */
  targets: Record<string, string>;
  count: number;
  /** `unknown` is not a failure: nobody knows whether it happened. */
  outcome: "accepted" | "partial" | "refused" | "not_sent" | "unknown";
  code: string | null;
  reason: string;
  /** What was sent; only with `bodies` in the desk's config.json, and never of a job. */
  body?: string;
  /** The id of the job it was, as in its `job` events; what became of each item is in the job's own files. */
  job?: string;
}
export interface Approve {
  type: "approve";
  /** Names the very requests that wait; an answer is for them alone. */
  digest: string;
  operation: string;
  account: string;
  count: number;
}
export interface Failure {
  type: "error";
  code: "malformed" | "unsupported-version" | "unknown-type" | "secret-refused" | "contrast" | "unknown-operation" | "unknown-field" | "busy";
  about: string;
}

export interface Options {
  locale?: Locale;
  theme?: Theme;
  prefill?: Prefill;
  /** The frame becomes as high as the page, and shrinks with it. Otherwise the page scrolls inside. True unless said. */
  fit?: boolean;
  /** The least height of the frame with `fit`, in CSS pixels: a dialog needs room. 480 unless said. */
  leastHeight?: number;
  /** Called for what the desk tells. */
  on?: {
    ready?: (event: Ready) => void;
    resize?: (event: Resize) => void;
    dirty?: (event: Dirty) => void;
    job?: (event: Job) => void;
    audit?: (event: Audit) => void;
    approve?: (event: Approve) => void;
    error?: (event: Failure) => void;
  };
  /** Asks a second person. Only `true` agrees; even then the act waits for the first person's press. */
  approve?: (request: Approve) => boolean | Promise<boolean>;
}

export interface MessageDesk {
  locale(locale: Locale): void;
  theme(theme: Theme): void;
  /** Shows a page of the desk, such as `#/yunxin.recall`. */
  navigate(to: string): void;
  prefill(operation: string, values: Record<string, string>): void;
  /** Makes the desk forget every secret; while a request or a job is under way, as soon as that has ended or is paused. */
  lock(): void;
  focus(): void;
  /** Whether leaving would lose something: ask before the portal goes elsewhere. */
  isDirty(): boolean;
  /** Stops listening; remove the frame as well. */
  remove(): void;
}

/** Connects a frame that has the desk's address as its `src`. */
export function embed(frame: HTMLIFrameElement, options?: Options): MessageDesk;
