// What changed on the board: places since the point before, and who is marked for three seconds.
import type { Row } from "../contract.js";

export const MARK_MS = 3_000;

interface Known {
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

/**
 * Places gained (above 0) or lost in that order since the point before; undefined without a place
 * here or there.
 */
export function gained_in(row: Row, sex: string | undefined, division: string | undefined): number | undefined {
  const now = place_in(row, sex, division);
  const before = division ? row.place_division_before : sex ? row.place_sex_before : row.place_before;
  return now === undefined || before === undefined ? undefined : before - now;
}

/** Who of the rows of one order changed a moment ago. */
export class Marks {
  private readonly known_ = new Map<string, Known>();

  /** Takes rows as just read. `now` in milliseconds on any steady dial. */
  take(rows: readonly Row[], now: number): void {
    for (const row of rows) {
      const known = this.known_.get(row.bib);
      const own = own_state(row);
      if (!known) this.known_.set(row.bib, { own, marked_until: 0 });
      else if (known.own !== own) {
        known.own = own;
        known.marked_until = now + MARK_MS;
      }
    }
  }

  has(bib: string, now: number): boolean {
    return (this.known_.get(bib)?.marked_until ?? 0) > now;
  }

  /** How long until the last mark goes; undefined where none is. */
  end_in(now: number): number | undefined {
    let last = 0;
    for (const known of this.known_.values()) last = Math.max(last, known.marked_until);
    return last > now ? last - now : undefined;
  }
}
