// Times without bibs and bibs without times of this device: numbered when the key is pressed, kept
// in its store, and sent until the server said that they are on its disk. A line that is sent twice
// is the same line.
import { ApiError, type Api } from "../api.js";
import type { EventInfo } from "../contract.js";
import { write } from "./session.js";

export type LineState = "waiting" | "written" | "refused";

export interface HandLine {
  mat: string;
  line: number;
  /** Either the instant of the key press, or a bib; "?" where nobody saw the number. */
  at?: string;
  bib?: string;
  state: LineState;
  why?: string;
}

export interface Kept {
  /** The name of this device's lists. */
  list: string;
  /** By kind and mat: the number of the last line. */
  last: Record<string, number>;
  lines: HandLine[];
}

const WRITTEN_KEPT = 50;
const SENT_AT_ONCE = 200;

const key_of = (event: EventInfo): string => `homestretch.hand-lines.${event.date}.${event.name}`;
const new_name = (): string => Array.from(crypto.getRandomValues(new Uint8Array(8)),
  (one) => one.toString(16).padStart(2, "0")).join("");

const is_line = (one: unknown): one is HandLine => {
  const some = one as Partial<HandLine> | null;
  const says = typeof some?.at === "string" ? !Number.isNaN(Date.parse(some.at)) : typeof some?.bib === "string";
  return says && typeof some?.mat === "string" && Number.isSafeInteger(some.line) &&
    (some.state === "waiting" || some.state === "written" || some.state === "refused");
};

/** What a store gave back, as far as it makes sense. A number is never given twice. */
export function parse_kept(text: string | null): Kept | undefined {
  try {
    const some = JSON.parse(text ?? "null") as Partial<Kept> | null;
    if (typeof some?.list !== "string" || some.list === "" || !Array.isArray(some.lines)) return undefined;
    const lines = some.lines.filter(is_line);
    const last: Record<string, number> = {};
    for (const [key, n] of Object.entries(some.last ?? {})) if (Number.isSafeInteger(n)) last[key] = n;
    for (const one of lines) last[kind_key(one)] = Math.max(last[kind_key(one)] ?? 0, one.line);
    return { list: some.list, last, lines };
  } catch {
    return undefined;
  }
}

const kind_key = (one: Pick<HandLine, "at" | "mat">): string => `${one.at === undefined ? "bibs" : "times"}/${one.mat}`;

/** Everything that is not written, and the newest of what is. */
export function prune(lines: readonly HandLine[]): HandLine[] {
  const written = lines.filter((one) => one.state === "written");
  const gone = new Set(written.slice(0, Math.max(0, written.length - WRITTEN_KEPT)));
  return lines.filter((one) => !gone.has(one));
}

/** An answer that says "not now", and not "no". */
const is_passing = (status: number): boolean => status === 401 || status === 403 || status === 408 ||
  status === 409 || status === 429 || status >= 500;

const is_same = (a: HandLine, b: HandLine): boolean => a.mat === b.mat && a.line === b.line && a.at === b.at && a.bib === b.bib;

interface Answer {
  lines: number;
  bad: { line: number; message: string }[];
}

type Store = Pick<Storage, "getItem" | "setItem">;

/** The lines of one event in a store. The store is read before each step: two pages share it. */
export class HandLines {
  on_change: () => void = () => {};
  /** The store refused: lines live only as long as the page. */
  only_here = false;
  /** What the server said the last time it took nothing; empty: it did. */
  trouble = "";
  private memory_: Kept = { list: new_name(), last: {}, lines: [] };
  private sending_ = false;

  constructor(private readonly event_: EventInfo, private readonly store_: Store) {}

  lines(): readonly HandLine[] {
    return this.kept_().lines;
  }

  get list(): string {
    return this.kept_().list;
  }

  get waiting(): number {
    return this.lines().filter((one) => one.state === "waiting").length;
  }

  add_time(mat: string, at: string): void {
    this.add_({ mat, at });
  }

  add_bib(mat: string, bib: string): void {
    this.add_({ mat, bib });
  }

  /** Drops what was refused. What waits is part of a count and stays. */
  drop_refused(): void {
    this.change_((kept) => ({ ...kept, lines: kept.lines.filter((one) => one.state !== "refused") }));
  }

  /** Sends what waits, mat by mat, in order, until something cannot be sent. */
  async send(api: Api): Promise<void> {
    if (this.sending_) return;
    this.sending_ = true;
    try {
      for (;;) {
        const first = this.lines().find((one) => one.state === "waiting");
        if (!first) return;
        const some = this.lines().filter((one) => one.state === "waiting" && one.mat === first.mat).slice(0, SENT_AT_ONCE);
        if (!(await this.send_some_(api, first.mat, some))) return;
      }
    } finally {
      this.sending_ = false;
    }
  }

  private async send_some_(api: Api, mat: string, some: readonly HandLine[]): Promise<boolean> {
    const lines = some.map(({ line, at, bib }) => (at === undefined ? { line, bib } : { line, at }));
    try {
      const { bad } = await write<Answer>(api, "api/v1/hand", { list: this.list, mat, lines });
      this.trouble = "";
      this.mark_(some, (n) => bad.find((one) => one.line === n + 1)?.message);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) return false;
      if (!is_passing(error.status)) {
        this.mark_(some, () => error.message);
        return true;
      }
      this.trouble = error.status === 409 ? error.message : "";
      this.on_change();
      return false;
    }
  }

  private mark_(some: readonly HandLine[], why_of: (n: number) => string | undefined): void {
    this.change_((kept) => ({ ...kept, lines: kept.lines.map((one) => {
      const n = some.findIndex((sent) => is_same(sent, one));
      if (n < 0) return one;
      const why = why_of(n);
      return why === undefined ? { ...one, state: "written" as const } : { ...one, state: "refused" as const, why };
    }) }));
  }

  private add_(said: Pick<HandLine, "mat" | "at" | "bib">): void {
    this.change_((kept) => {
      const line = (kept.last[kind_key(said)] ?? 0) + 1;
      return { ...kept, last: { ...kept.last, [kind_key(said)]: line },
        lines: [...kept.lines, { ...said, line, state: "waiting" }] };
    });
  }

  private kept_(): Kept {
    if (this.only_here) return this.memory_;
    try {
      return parse_kept(this.store_.getItem(key_of(this.event_))) ?? this.memory_;
    } catch {
      this.only_here = true;
      return this.memory_;
    }
  }

  private change_(change: (kept: Kept) => Kept): void {
    const kept = change(this.kept_());
    this.memory_ = { ...kept, lines: prune(kept.lines) };
    try {
      this.store_.setItem(key_of(this.event_), JSON.stringify(this.memory_));
      this.only_here = false;
    } catch {
      this.only_here = true;
    }
    this.on_change();
  }
}
