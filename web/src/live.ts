import type { Change } from "./contract.js";
import { SseReader, type Told } from "./sse.js";

export type Line = "connecting" | "live" | "offline";

/** The server writes a comment every 15 s; after twice that and a little the line is dead. */
export const SILENT_MS_MAX = 35_000;
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 30_000;
/** A page that was hidden this long asks anew instead of trusting its line. */
const HIDDEN_MS_MAX = 60_000;

export interface LiveListener {
  /** In the order of the server; never twice the same. */
  on_changes?(changes: Change[]): void;
  /** What was missed cannot be had: read anew. */
  on_resync?(): void;
  on_line?(line: Line): void;
}

/** How long to wait before the n-th attempt (n from 1), of which a random part is off. */
export function retry_ms(attempt: number, random: number): number {
  const whole = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(attempt - 1, 10));
  return Math.round(whole * (0.5 + random / 2));
}

/** Does this change touch the order `race/point`, `race/point/F` or `race/point/W30`? */
export function touches(change: Change, order: string): boolean {
  if (!change.orders) return false;
  return change.orders.some((one) => one === order || one.startsWith(`${order}/`));
}

/**
 * Follows `GET events` from a sequence on, and goes on after every break from where it was.
 *
 * A line is live when bytes came in the last 35 s; what is not live says so (`line`). Changes are
 * given on in the order of the server. After `resync` everything has to be read anew; the stream goes
 * on from where that event says.
 */
export class Live {
  line: Line = "connecting";
  /** What the next connection resumes after; undefined: begin now. */
  private after_: string | undefined;
  private readonly listeners_ = new Set<LiveListener>();
  private running_: AbortController | undefined;
  private attempt_ = 0;
  private wake_: (() => void) | undefined;

  constructor(private readonly url_: (after: string | undefined) => string) {}

  add(listener: LiveListener): () => void {
    this.listeners_.add(listener);
    return () => this.listeners_.delete(listener);
  }

  /** Begins after `seq`; ends what was followed before. */
  follow(seq: string | undefined): void {
    this.after_ = seq;
    this.stop();
    this.running_ = new AbortController();
    void this.run_(this.running_);
  }

  stop(): void {
    this.running_?.abort();
    this.running_ = undefined;
  }

  /** Tries again now: the network is back, the page is seen again. */
  nudge(): void {
    this.attempt_ = 0;
    this.wake_?.();
  }

  /** Keeps the line right over sleep and loss of the network. Call once, in a browser. */
  watch_page(): void {
    let hidden_at = 0;
    addEventListener("online", () => this.nudge());
    addEventListener("offline", () => { if (this.running_) this.follow(this.after_); });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hidden_at = Date.now();
      else if (Date.now() - hidden_at > HIDDEN_MS_MAX && this.running_) this.follow(this.after_);
    });
  }

  private async run_(own: AbortController): Promise<void> {
    while (!own.signal.aborted) {
      await this.connect_(own).catch(() => undefined);
      if (own.signal.aborted) return;
      this.set_line_("offline");
      this.attempt_ += 1;
      await this.wait_(retry_ms(this.attempt_, Math.random()), own.signal);
    }
  }

  private wait_(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.wake_ = () => { clearTimeout(timer); done(); };
      signal.addEventListener("abort", this.wake_, { once: true });
    });
  }

  private async connect_(own: AbortController): Promise<void> {
    const attempt = new AbortController();
    const end = (): void => attempt.abort();
    own.signal.addEventListener("abort", end, { once: true });
    let silence = setTimeout(end, SILENT_MS_MAX);
    try {
      const headers: Record<string, string> = { accept: "text/event-stream" };
      if (this.after_ !== undefined) headers["last-event-id"] = this.after_;
      const answer = await fetch(this.url_(this.after_),
        { headers, signal: attempt.signal, cache: "no-store", credentials: "same-origin" });
      if (!answer.ok || !answer.body) throw new Error(`events: ${answer.status}`);
      this.set_line_("live");
      this.attempt_ = 0;
      const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      const sse = new SseReader();
      for (;;) {
        const { value, done } = await pieces.read();
        if (done || own.signal.aborted) return;
        clearTimeout(silence);
        silence = setTimeout(end, SILENT_MS_MAX);
        for (const told of sse.read(value)) this.take_(told);
      }
    } finally {
      clearTimeout(silence);
      own.signal.removeEventListener("abort", end);
      attempt.abort();
    }
  }

  private take_(told: Told): void {
    if (told.event === "resync") {
      this.after_ = told.id || undefined;
      for (const one of [...this.listeners_]) one.on_resync?.();
      return;
    }
    if (told.event !== "changes") return;
    let changes: Change[];
    try {
      changes = JSON.parse(told.data) as Change[];
    } catch {
      return; // a broken event costs itself; the next answer of the server is whole again
    }
    if (told.id) this.after_ = told.id;
    if (!Array.isArray(changes) || changes.length === 0) return;
    for (const one of [...this.listeners_]) one.on_changes?.(changes);
  }

  private set_line_(line: Line): void {
    if (line === this.line) return;
    this.line = line;
    for (const one of [...this.listeners_]) one.on_line?.(line);
  }
}
