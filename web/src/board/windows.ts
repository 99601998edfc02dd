// Which rows of a long list are held: windows of WINDOW rows, the least needed let go.
import type { Row } from "../contract.js";

/** Rows asked for at once. */
export const WINDOW = 200;
/** Windows held at most; far more than a screen and its neighbours. */
const HELD_MAX = 12;

interface Held {
  rows: Row[];
  /** From an older state than the newest reading: shown, and read again when looked at. */
  stale: boolean;
  used: number;
}

/** The windows that rows `first` to `last` (both included) lie in, within `total` rows. */
export function windows_of(first: number, last: number, total: number): number[] {
  const found: number[] = [];
  const end = Math.min(last, total - 1);
  for (let at = Math.floor(Math.max(0, first) / WINDOW); at * WINDOW <= end; ++at) found.push(at);
  return found;
}

/** The rows of one order, as far as they were looked at. Indices count from 0. */
export class Windows {
  total = 0;
  private readonly held_ = new Map<number, Held>();
  private clock_ = 0;

  row(index: number): Row | undefined {
    return this.held_.get(Math.floor(index / WINDOW))?.rows[index % WINDOW];
  }

  /** Of the windows of these rows, those to be read: missing or stale. */
  wanted(first: number, last: number): number[] {
    return windows_of(first, last, this.total).filter((at) => this.held_.get(at)?.stale !== false);
  }

  put(at: number, rows: Row[], total: number): void {
    this.total = total;
    this.held_.set(at, { rows, stale: false, used: ++this.clock_ });
    if (this.held_.size <= HELD_MAX) return;
    const oldest = [...this.held_].filter(([one]) => one !== 0).sort((a, b) => a[1].used - b[1].used)[0];
    if (oldest) this.held_.delete(oldest[0]);
  }

  /** Everything held is from before: shown until it was read again. */
  age(): void {
    for (const held of this.held_.values()) held.stale = true;
  }

  /** Where a bib stands among what is held; undefined where it is not. */
  index_of(bib: string): number | undefined {
    for (const [at, held] of this.held_) {
      const found = held.rows.findIndex((row) => row.bib === bib);
      if (found >= 0) return at * WINDOW + found;
    }
    return undefined;
  }
}

/** First and last row on a screen, with `over` more on both sides. */
export function rows_on_screen(top_px: number, screen_px: number, row_px: number, total: number,
                               over: number): { first: number; last: number } {
  const first = Math.max(0, Math.floor(-top_px / row_px) - over);
  const last = Math.min(total - 1, Math.ceil((screen_px - top_px) / row_px) + over);
  return { first: Math.min(first, Math.max(0, total - 1)), last: Math.max(last, -1) };
}
