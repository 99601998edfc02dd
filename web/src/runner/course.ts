// Where a runner is on the course, and what their splits say: numbers only.
import type { Fan, Race, RunnerInfo, Split } from "../contract.js";

export interface Whereabouts {
  /** Where they were seen last, in metres. */
  seen_m: number;
  /** Where they likely are now, beyond seen_m; undefined where nothing says so. */
  likely_m: number | undefined;
  /** Later than what was expected at the next point, by its late end. */
  late: boolean;
}

/**
 * Seen at the last mat; between it and the next one likely at an even pace up to the time expected
 * there, and no further. `now_ms` on the dial of the server.
 */
export function whereabouts(runner: RunnerInfo, race: Race, now_ms: number): Whereabouts | undefined {
  const distance = (id: string): number | undefined =>
    race.points.find((point) => point.id === id)?.distance_m;
  const seen_m = runner.last ? distance(runner.last.point) : undefined;
  if (!runner.last || seen_m === undefined) return undefined;
  const next_m = runner.next ? distance(runner.next.point) : undefined;
  if (!runner.next || next_m === undefined || runner.status !== "RUN") {
    return { seen_m, likely_m: undefined, late: false };
  }
  const from = Date.parse(runner.last.at), to = Date.parse(runner.next.at);
  const late = now_ms > Date.parse(runner.next.high_at);
  const share = to > from ? Math.min(1, Math.max(0, (now_ms - from) / (to - from))) : 1;
  return { seen_m, likely_m: seen_m + (next_m - seen_m) * share, late };
}

export interface SplitRow {
  point: string;
  split: Split | undefined;
  /** Since the point before that was seen; undefined where either was not. */
  ms_per_km: number | undefined;
  fan: Fan | undefined;
}

/** Every point after the start, seen or not, in the order of the course. */
export function split_rows(runner: RunnerInfo, race: Race): SplitRow[] {
  let before = { metres: 0, ms: 0 };
  return race.points.filter((point, n) => n > 0 && !point.spotter).map((point) => {
    const split = runner.splits.find((one) => one.point === point.id);
    const fan = runner.fan?.find((one) => one.point === point.id);
    let ms_per_km: number | undefined;
    if (split?.net_ms !== undefined) {
      const metres = point.distance_m - before.metres, ms = split.net_ms - before.ms;
      if (metres > 0 && ms > 0) ms_per_km = (ms / metres) * 1000;
      before = { metres: point.distance_m, ms: split.net_ms };
    }
    return { point: point.id, split, ms_per_km, fan };
  });
}

/** The finish time at a share of a fan, straight between the shares given; undefined outside them. */
export function fan_at(fan: Fan, share: number): number | undefined {
  const all = fan.shares_ms;
  for (let n = 0; n < all.length; ++n) {
    const one = all[n], next = all[n + 1];
    if (!one) continue;
    if (one[0] === share) return one[1];
    if (next && one[0] < share && share < next[0]) {
      return one[1] + ((next[1] - one[1]) * (share - one[0])) / (next[0] - one[0]);
    }
  }
  return undefined;
}

export interface FanColumns {
  km: number[];
  low: number[];
  middle: number[];
  high: number[];
}

/** The fans along the course as columns, only where all three shares are known. */
export function fan_columns(runner: RunnerInfo, race: Race): FanColumns {
  const columns: FanColumns = { km: [], low: [], middle: [], high: [] };
  for (const point of race.points) {
    const fan = runner.fan?.find((one) => one.point === point.id);
    if (!fan) continue;
    const low = fan_at(fan, 0.1), middle = fan_at(fan, 0.5), high = fan_at(fan, 0.9);
    if (low === undefined || middle === undefined || high === undefined) continue;
    columns.km.push(point.distance_m / 1000);
    columns.low.push(low);
    columns.middle.push(middle);
    columns.high.push(high);
  }
  return columns;
}
