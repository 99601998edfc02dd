// Where the marks of the moments stand along the day.
import type { Moment } from "../contract.js";

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

/**
 * The day from its first to its last instant, with the moments that have an instant, numbered as
 * they are told. Marks nearer than the share `near` of the width stand in different lanes as far as
 * there are lanes. Undefined where none has an instant.
 */
export function day_of(moments: readonly Moment[], from_at: string | undefined,
                       near: number): Day | undefined {
  const timed = moments.map((moment, n) => ({ moment, number: n + 1, ms: Date.parse(moment.at ?? "") }))
    .filter((one) => !Number.isNaN(one.ms)).sort((a, b) => a.ms - b.ms);
  const first = timed[0], last = timed[timed.length - 1];
  if (!first || !last) return undefined;
  const begin = Date.parse(from_at ?? "");
  const from_ms = Number.isNaN(begin) ? first.ms : Math.min(begin, first.ms);
  const to_ms = Math.max(last.ms, from_ms + 60_000);
  const free: number[] = new Array<number>(LANES_MAX).fill(-1);
  const marks = timed.map(({ moment, number, ms }) => {
    const at = (ms - from_ms) / (to_ms - from_ms);
    let lane = free.findIndex((until) => until < at);
    if (lane < 0) lane = free.indexOf(Math.min(...free));
    free[lane] = at + near;
    return { number, moment, at, lane };
  });
  return { from_ms, to_ms, marks, lanes: Math.max(...marks.map((mark) => mark.lane)) + 1 };
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
