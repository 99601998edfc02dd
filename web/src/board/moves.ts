// What changed on the board: places since it was opened, and who is marked for three seconds.
import type { Row } from "../contract.js";

export const MARK_MS = 3_000;

interface Known {
  /** Where this runner was when the board first showed them. */
  first_place: number | undefined;
  own: string;
  marked_until: number;
}

/** What belongs to the runner alone: a place changes by what others do, this does not. */
const own_state = (row: Row): string =>
  `${row.status}|${row.last?.point ?? ""}|${row.official_ms ?? ""}|${row.point_ms ?? ""}`;

/** The place in the order that was asked for: overall, of a sex or of a division. */
export function place_in(row: Row, sex: string | undefined, division: string | undefined): number | undefined {
  return division ? row.place_division : sex ? row.place_sex : row.place;
}

/** Follows the rows of one order. */
export class Moves {
  private readonly known_ = new Map<string, Known>();

  constructor(private readonly place_of_: (row: Row) => number | undefined) {}

  /** Takes rows as just read. `now` in milliseconds on any steady dial. */
  take(rows: readonly Row[], now: number): void {
    for (const row of rows) {
      const known = this.known_.get(row.bib);
      const own = own_state(row);
      if (!known) {
        this.known_.set(row.bib, { first_place: this.place_of_(row), own, marked_until: 0 });
        continue;
      }
      known.first_place ??= this.place_of_(row);
      if (known.own !== own) {
        known.own = own;
        known.marked_until = now + MARK_MS;
      }
    }
  }

  /** Places gained (above 0) or lost since the board was opened; undefined without a place. */
  gained(row: Row): number | undefined {
    const now = this.place_of_(row);
    return now === undefined ? undefined : (this.known_.get(row.bib)?.first_place ?? now) - now;
  }

  is_marked(bib: string, now: number): boolean {
    return (this.known_.get(bib)?.marked_until ?? 0) > now;
  }

  /** How long until the last mark goes; undefined where none is. */
  marks_end_in(now: number): number | undefined {
    let last = 0;
    for (const known of this.known_.values()) last = Math.max(last, known.marked_until);
    return last > now ? last - now : undefined;
  }
}
