// Hand entries of this device: kept in its store with their instant from the key press until the
// server said that they are on its disk. Whoever closes the page or loses the network loses nothing.
import { ApiError, type Api } from "../api.js";
import type { EventInfo } from "../contract.js";
import { is_bib } from "./dial.js";
import type { FactLine } from "./official_contract.js";
import { write } from "./session.js";

export type HandState = "waiting" | "written" | "refused";

export interface HandEntry {
  /** Of this device; nothing of the server's. */
  id: string;
  race: string;
  mat: string;
  /** Empty: the instant was taken, the bib is still to be typed. Such an entry is not sent. */
  bib: string;
  at: string;
  state: HandState;
  /** The fact's number, once it is written. */
  seq?: number;
  /** What the server said against it. */
  why?: string;
}

/** Written entries that stay on the list; those that wait are never dropped. */
const WRITTEN_KEPT = 30;

const key_of = (event: EventInfo): string => `homestretch.hand.${event.date}.${event.name}`;

export function parse_entries(text: string | null): HandEntry[] {
  try {
    const all: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(all)) return [];
    return all.filter((one: unknown): one is HandEntry => {
      const some = one as Partial<HandEntry> | null;
      return typeof some?.id === "string" && typeof some.race === "string" && typeof some.mat === "string" &&
        typeof some.bib === "string" && typeof some.at === "string" && !Number.isNaN(Date.parse(some.at)) &&
        (some.state === "waiting" || some.state === "written" || some.state === "refused");
    });
  } catch {
    return [];
  }
}

/** Everything that is not written yet, and the newest of what is; in order of entry. */
export function prune(entries: readonly HandEntry[]): HandEntry[] {
  const written = entries.filter((one) => one.state === "written");
  const gone = new Set(written.slice(0, Math.max(0, written.length - WRITTEN_KEPT)));
  return entries.filter((one) => !gone.has(one));
}

export const line_of = (entry: HandEntry): FactLine =>
  ({ fact: "hand-read", race: entry.race, bib: entry.bib, mat: entry.mat, at: entry.at, said_at: entry.at });

/** An answer that says "not now", and not "no": the entry goes on waiting. */
const is_passing = (status: number): boolean => status === 401 || status === 408 || status === 429 || status >= 500;

type Store = Pick<Storage, "getItem" | "setItem">;

/**
 * The queue of one event in a store. The store is the truth: it is read before each step, so that
 * two pages on one device do not lose each other's entries.
 */
export class HandQueue {
  /** Called after every change. */
  on_change: () => void = () => {};
  /** The store refused: entries live only as long as the page. */
  only_here = false;
  private memory_: HandEntry[] = [];
  private sending_ = false;

  constructor(private readonly event_: EventInfo, private readonly store_: Store) {}

  entries(): HandEntry[] {
    if (this.only_here) return this.memory_;
    try {
      return parse_entries(this.store_.getItem(key_of(this.event_)));
    } catch {
      this.only_here = true;
      return this.memory_;
    }
  }

  get waiting(): number {
    return this.entries().filter((one) => one.state === "waiting").length;
  }

  add(entry: Omit<HandEntry, "state">): void {
    this.change_((entries) => [...entries, { ...entry, state: "waiting" }]);
  }

  /** Fills in or mends a bib; what was refused is tried again. Written entries stay as they are. */
  set_bib(id: string, bib: string): void {
    this.change_((entries) => entries.map((one) => {
      if (one.id !== id || one.state === "written") return one;
      const { why: _why, ...rest } = one;
      return { ...rest, bib: bib.trim(), state: "waiting" };
    }));
  }

  /** Drops an entry that was not written. */
  drop(id: string): void {
    this.change_((entries) => entries.filter((one) => one.id !== id || one.state === "written"));
  }

  /** Sends what waits, oldest first, one after the other, until something cannot be sent. */
  async send(api: Api): Promise<void> {
    if (this.sending_) return;
    this.sending_ = true;
    try {
      for (;;) {
        const entry = this.entries().find((one) => one.state === "waiting" && is_bib(one.bib));
        if (!entry || !(await this.send_one_(api, entry))) return;
      }
    } finally {
      this.sending_ = false;
    }
  }

  private async send_one_(api: Api, entry: HandEntry): Promise<boolean> {
    try {
      const { seq } = await write<{ seq: number }>(api, "api/v1/facts", line_of(entry));
      this.mark_(entry.id, { state: "written", seq });
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || is_passing(error.status)) return false;
      this.mark_(entry.id, { state: "refused", why: error.message });
      return true;
    }
  }

  private mark_(id: string, changed: Partial<HandEntry>): void {
    this.change_((entries) => entries.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  }

  private change_(change: (entries: HandEntry[]) => HandEntry[]): void {
    const entries = prune(change(this.entries()));
    this.memory_ = entries;
    try {
      this.store_.setItem(key_of(this.event_), JSON.stringify(entries));
      this.only_here = false;
    } catch {
      this.only_here = true;
    }
    this.on_change();
  }
}
