// The day as one line: where the marks of the moments stand, and the river of finishers below them.
import type { Moment, River } from "../contract.js";

export interface Mark {
  number: number;
  moment: Moment;
  /** From 0 to 1 along the day. */
  at: number;
  /** Marks that would cover each other stand in lanes above each other, from 0. */
  lane: number;
}

export interface Day {
  from_ms: number;
  to_ms: number;
  marks: Mark[];
  lanes: number;
}

const LANES_MAX = 5;

const begin_of = (river: River): number => Date.parse(river.from_at);
const end_of = (river: River): number => begin_of(river) + river.finishers.length * river.minutes * 60_000;

/**
 * The day from its first to its last instant, with the moments that have an instant, numbered as
 * they are told, and the river. Marks nearer than the share `near` of the width stand in different
 * lanes as far as there are lanes. Undefined where nothing has an instant.
 */
export function day_of(moments: readonly Moment[], from_at: string | undefined, near: number,
                       river?: River): Day | undefined {
  const timed = moments.map((moment, n) => ({ moment, number: n + 1, ms: Date.parse(moment.at ?? "") }))
    .filter((one) => !Number.isNaN(one.ms)).sort((a, b) => a.ms - b.ms);
  const seen = [...timed.map((one) => one.ms), ...(river ? [begin_of(river), end_of(river)] : [])];
  if (seen.length === 0) return undefined;
  const begin = Date.parse(from_at ?? "");
  const from_ms = Math.min(...seen, ...(Number.isNaN(begin) ? [] : [begin]));
  const to_ms = Math.max(...seen, from_ms + 60_000);
  const free: number[] = new Array<number>(LANES_MAX).fill(-1);
  const marks = timed.map(({ moment, number, ms }) => {
    const at = (ms - from_ms) / (to_ms - from_ms);
    let lane = free.findIndex((until) => until < at);
    if (lane < 0) lane = free.indexOf(Math.min(...free));
    free[lane] = at + near;
    return { number, moment, at, lane };
  });
  return { from_ms, to_ms, marks, lanes: Math.max(0, ...marks.map((mark) => mark.lane + 1)) };
}

const BAR_MINUTES = [1, 2, 5, 10, 15, 30, 60];

/** The same in so many bars at most, each of a round number of minutes: a bar has to be seen. */
export function coarser(river: River, bars_max: number): River {
  const all = river.finishers.length * river.minutes;
  const minutes = BAR_MINUTES.find((one) => one % river.minutes === 0 && all / one <= bars_max);
  const few = minutes === undefined ? 1 : minutes / river.minutes;
  if (few === 1) return river;
  const finishers = Array.from({ length: Math.ceil(river.finishers.length / few) }, (_, bar) =>
    river.finishers.slice(bar * few, (bar + 1) * few).reduce((sum, n) => sum + n, 0));
  return { from_at: river.from_at, minutes: river.minutes * few, finishers };
}

/** The bars as one silhouette over the whole day, in a box of 1000 by 1000. */
export function river_path(river: River, day: Day): string {
  const most = Math.max(...river.finishers, 1);
  const x = (ms: number): string => (((ms - day.from_ms) / (day.to_ms - day.from_ms)) * 1000).toFixed(1);
  const bar_ms = river.minutes * 60_000;
  const steps = river.finishers.map((n, i) =>
    `V${1000 - Math.round((n * 1000) / most)}H${x(begin_of(river) + (i + 1) * bar_ms)}`);
  return `M${x(begin_of(river))} 1000${steps.join("")}V1000Z`;
}

/** When most came in, and how many in that bar. */
export function busiest(river: River): { at: string; most: number } {
  const most = Math.max(...river.finishers, 0);
  const bar = river.finishers.indexOf(most);
  return { at: new Date(begin_of(river) + bar * river.minutes * 60_000).toISOString(), most };
}

/** Whole hours (or quarters, for a short day) inside the day. */
export function hours_of(day: Day): { ms: number; at: number }[] {
  const span = day.to_ms - day.from_ms;
  const step = [15, 30, 60, 120, 240].map((minutes) => minutes * 60_000)
    .find((one) => span / one <= 8) ?? 480 * 60_000;
  const found = [];
  for (let ms = Math.ceil(day.from_ms / step) * step; ms <= day.to_ms; ms += step) {
    found.push({ ms, at: (ms - day.from_ms) / span });
  }
  return found;
}
