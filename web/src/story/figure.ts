// The picture of a moment as numbers: distance over time where one stretch took far longer than was
// to be expected, else pace along the course. Drawn by moment_figure.ts.
import type { Evidence, Moment, Race, RunnerInfo } from "../contract.js";

/** The picture is this wide and high in its own units; the screen stretches it. */
export const SIDE = 1000;

export interface Tick {
  /** From 0 to 1, from the left or from the top. */
  at: number;
  text: string;
}

export interface Figure {
  kind: "distance" | "pace";
  /** Paths in units of SIDE, one a runner. */
  lines: string[];
  /** The runner's last point, from 0 to 1. */
  ends: { x: number; y: number }[];
  band: string | undefined;
  x: Tick[];
  y: Tick[];
}

interface Seen {
  metres: number;
  ms: number;
}

/** Start and every point with a net time, along the course. */
export function seen_points(runner: RunnerInfo, race: Race): Seen[] {
  const seen: Seen[] = [{ metres: 0, ms: 0 }];
  for (const split of runner.splits) {
    const metres = race.points.find((point) => point.id === split.point)?.distance_m;
    if (metres === undefined || split.net_ms === undefined) continue;
    const last = seen[seen.length - 1];
    if (last && metres > last.metres && split.net_ms > last.ms) seen.push({ metres, ms: split.net_ms });
  }
  return seen;
}

/** A step of 1, 2, 5, 10, 15, 30, 60 ... minutes so that there are at most `most` of them. */
export function minute_step(span_ms: number, most: number): number {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480];
  const minutes = span_ms / 60_000;
  return (steps.find((step) => minutes / step <= most) ?? Math.ceil(minutes / most)) * 60_000;
}

function kilometre_step(metres: number): number {
  const steps = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000];
  return steps.find((step) => metres / step <= 5) ?? metres;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** What the evidence says could be expected, if it is about one stretch. */
function expected_stretch(moment: Moment): Evidence | undefined {
  return moment.evidence.find((one) => one.from && one.to && one.expected_90 && one.seconds);
}

export interface Labels {
  time: (ms: number) => string;
  length: (metres: number) => string;
  pace: (ms_per_km: number) => string;
}

/** So many times what nine in ten need at most is seen as a bend in distance over time. */
const FAR = 1.5;

/** Undefined where there is nothing to draw: fewer than two points of everybody. */
export function figure_of(moment: Moment, runners: RunnerInfo[], race: Race,
                          labels: Labels): Figure | undefined {
  const all = runners.map((runner) => seen_points(runner, race)).filter((seen) => seen.length > 1);
  if (all.length === 0) return undefined;
  const expected = expected_stretch(moment);
  const far = (expected?.seconds ?? 0) > FAR * (expected?.expected_90?.[1] ?? Infinity);
  return far || !all.some((seen) => seen.length > 2) ? distance_figure(all, expected, race, labels)
    : pace_figure(all, expected, race, labels);
}

function distance_figure(all: Seen[][], expected: Evidence | undefined, race: Race,
                         labels: Labels): Figure {
  const ms_max = Math.max(...all.flat().map((one) => one.ms)) * 1.02;
  const x = (ms: number): number => round((ms / ms_max) * SIDE);
  const y = (metres: number): number => round((1 - metres / race.distance_m) * SIDE);
  const lines = all.map((seen) =>
    "M" + seen.map((one) => `${x(one.ms)} ${y(one.metres)}`).join("L"));
  const metres_of = (id: string | undefined): number | undefined =>
    race.points.find((point) => point.id === id)?.distance_m;
  let band: string | undefined;
  const from = metres_of(expected?.from), to = metres_of(expected?.to);
  const first = all[0]?.find((one) => one.metres === from);
  if (expected?.expected_90 && first && from !== undefined && to !== undefined) {
    const [low, high] = expected.expected_90;
    band = `M${x(first.ms)} ${y(from)}L${x(first.ms + low * 1000)} ${y(to)}` +
      `L${x(first.ms + high * 1000)} ${y(to)}Z`;
  }
  const time_step = minute_step(ms_max, 5), length_step = kilometre_step(race.distance_m);
  return {
    kind: "distance", lines, band,
    ends: all.map((seen) => end_of(seen, (one) => x(one.ms), (one) => y(one.metres))),
    x: ticks(time_step, ms_max, (ms) => ({ at: ms / ms_max, text: labels.time(ms) })),
    y: ticks(length_step, race.distance_m,
      (metres) => ({ at: 1 - metres / race.distance_m, text: labels.length(metres) })),
  };
}

function end_of(seen: Seen[], x: (one: Seen) => number, y: (one: Seen) => number): { x: number; y: number } {
  const last = seen[seen.length - 1] ?? { metres: 0, ms: 0 };
  return { x: x(last) / SIDE, y: y(last) / SIDE };
}

function ticks(step: number, most: number, tick: (value: number) => Tick): Tick[] {
  const found: Tick[] = [];
  for (let value = step; value <= most; value += step) found.push(tick(value));
  return found;
}

/** What was to be expected over a stretch, as two paces. */
function expected_paces(expected: Evidence | undefined, race: Race):
    { from: number; to: number; fast: number; slow: number } | undefined {
  const metres_of = (id: string | undefined): number | undefined =>
    race.points.find((point) => point.id === id)?.distance_m;
  const from = metres_of(expected?.from), to = metres_of(expected?.to);
  if (!expected?.expected_90 || from === undefined || to === undefined || to <= from) return undefined;
  const pace = (seconds: number): number => (seconds * 1_000_000) / (to - from);
  return { from, to, fast: pace(expected.expected_90[0]), slow: pace(expected.expected_90[1]) };
}

function pace_figure(all: Seen[][], expected: Evidence | undefined, race: Race, labels: Labels): Figure {
  const paces = all.map((seen) => seen.slice(1).map((one, n) => {
    const before = seen[n] ?? one;
    return { from: before.metres, to: one.metres,
      pace: ((one.ms - before.ms) / (one.metres - before.metres)) * 1000 };
  }));
  const likely = expected_paces(expected, race);
  const values = [...paces.flat().map((one) => one.pace), ...(likely ? [likely.fast, likely.slow] : [])]
    .sort((a, b) => a - b);
  const fast = (values[0] ?? 0) * 0.96, slow = (values[values.length - 1] ?? 1) * 1.04;
  const x = (metres: number): number => round((metres / race.distance_m) * SIDE);
  const y = (pace: number): number => round(((pace - fast) / (slow - fast)) * SIDE);
  const lines = paces.map((steps) => "M" + steps.map((one) =>
    `${x(one.from)} ${y(one.pace)}L${x(one.to)} ${y(one.pace)}`).join("L"));
  const length_step = kilometre_step(race.distance_m);
  const pace_step = minute_step(slow - fast, 5) <= 60_000 && slow - fast < 150_000 ? 30_000
    : minute_step(slow - fast, 5);
  const first = Math.ceil(fast / pace_step) * pace_step;
  const marks: Tick[] = [];
  for (let pace = first; pace <= slow; pace += pace_step) {
    marks.push({ at: (pace - fast) / (slow - fast), text: labels.pace(pace) });
  }
  return {
    kind: "pace", lines,
    band: likely && `M${x(likely.from)} ${y(likely.fast)}H${x(likely.to)}V${y(likely.slow)}H${x(likely.from)}Z`,
    ends: paces.map((steps) => {
      const last = steps[steps.length - 1];
      return { x: last ? x(last.to) / SIDE : 0, y: last ? y(last.pace) / SIDE : 0 };
    }),
    x: ticks(length_step, race.distance_m,
      (metres) => ({ at: metres / race.distance_m, text: labels.length(metres) })),
    y: marks,
  };
}
