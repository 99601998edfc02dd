// Two lists that slide against each other. What the server knows (accepted, heard by a chip) stands
// still; between two such rows times and bibs stand one beside the other, and a mark takes a time or
// a bib out of the count, so that the other side slides down. Nothing here is decided: a person is
// shown rows, and accepts them.
import type { BibLine, HandBlock, HandState, TimeLine } from "./hand_contract.js";

/** What somebody said of single lines, on this device, until it is accepted. */
export interface Marks {
  /** Keys of times without a runner and bibs without a time. */
  readonly alone: readonly string[];
  /** By key of a bib line: the number as it should be. */
  readonly mended: Readonly<Record<string, string>>;
}

export const NO_MARKS: Marks = { alone: [], mended: {} };

/** `open`: times and bibs of this stretch do not count up; `alone`: a person said so. */
export type Bond = "accepted" | "chip" | "count" | "open" | "alone";

export interface Row {
  key: string;
  bond: Bond;
  time?: TimeLine;
  bib?: BibLine;
  /** The bib as it was mended, or as it was written. */
  number?: string;
  /** Of an accepted row. */
  seq?: number;
  by?: string;
  /** Milliseconds since the time above, where there is one. */
  after_ms?: number;
}

export const time_key = (state: HandState, line: TimeLine): string =>
  `t${state.times.list ?? ""}/${line.line}/${line.at}`;
export const bib_key = (state: HandState, line: BibLine): string =>
  `b${state.bibs.list ?? ""}/${line.line}/${line.bib ?? "?"}`;

/** All rows, in the order of the lists. */
export function rows_of(state: HandState, marks: Marks): Row[] {
  const alone = new Set(marks.alone);
  const rows: Row[] = [];
  const anchors = state.pairs.filter((pair) => pair.by !== "count");
  let [time, bib] = [0, 0];
  for (const anchor of [...anchors, undefined]) {
    const ends = { time: anchor?.time ?? state.times.items.length, bib: anchor?.bib ?? state.bibs.items.length };
    rows.push(...stretch(state, marks, alone, { time, bib }, ends));
    if (!anchor) break;
    rows.push(row_of(state, marks, anchor.by, state.times.items[anchor.time], state.bibs.items[anchor.bib]));
    [time, bib] = [anchor.time + 1, anchor.bib + 1];
  }
  add_gaps(rows);
  return rows;
}

interface At {
  time: number;
  bib: number;
}

function stretch(state: HandState, marks: Marks, alone: ReadonlySet<string>, from: At, to: At): Row[] {
  const times = state.times.items.slice(from.time, to.time);
  const bibs = state.bibs.items.slice(from.bib, to.bib);
  const is_alone = (key: string): boolean => alone.has(key);
  const left = times.filter((one) => !is_alone(time_key(state, one))).length;
  const right = bibs.filter((one) => !is_alone(bib_key(state, one))).length;
  const bond: Bond = left === right ? "count" : "open";
  const rows: Row[] = [];
  for (let [t, b] = [0, 0]; t < times.length || b < bibs.length;) {
    const time = times[t];
    const bib = bibs[b];
    if (time && is_alone(time_key(state, time))) {
      rows.push(row_of(state, marks, "alone", time, undefined));
      ++t;
    } else if (bib && is_alone(bib_key(state, bib))) {
      rows.push(row_of(state, marks, "alone", undefined, bib));
      ++b;
    } else {
      rows.push(row_of(state, marks, bond, time, bib));
      ++t;
      ++b;
    }
  }
  return rows;
}

function row_of(state: HandState, marks: Marks, bond: Bond, time: TimeLine | undefined, bib: BibLine | undefined): Row {
  const row: Row = { key: time ? time_key(state, time) : bib ? bib_key(state, bib) : "", bond };
  if (time) row.time = time;
  if (bib) {
    row.bib = bib;
    const number = marks.mended[bib_key(state, bib)] ?? bib.bib;
    if (number !== undefined) row.number = number;
  }
  // A bib that was mended is accepted under another number than its line has: the time tells.
  const found = time && bond !== "chip" && state.accepted.find((one) => one.at === time.at);
  if (found) Object.assign(row, { bond: "accepted", number: found.bib, seq: found.seq, by: found.by });
  return row;
}

function add_gaps(rows: Row[]): void {
  let before: number | undefined;
  for (const row of rows) {
    if (!row.time) continue;
    const at = Date.parse(row.time.at);
    if (before !== undefined) row.after_ms = at - before;
    before = at;
  }
}

/** May a row be accepted: a time and a bib that are not settled yet? */
export const is_acceptable = (row: Row): boolean => (row.bond === "count" || row.bond === "open") &&
  row.time !== undefined && row.number !== undefined;

/** A number that nobody of the races of this mat has, as far as the server said. */
export const is_unknown = (row: Row): boolean => row.bib !== undefined && row.number === row.bib.bib &&
  row.bib.race === undefined;

/** Takes the time (or the bib) of a row out of the count; an accepted or heard row stays as it is. */
export function set_alone(state: HandState, marks: Marks, row: Row, side: "time" | "bib"): Marks {
  if (row.bond === "accepted" || row.bond === "chip" || row.bond === "alone") return marks;
  const key = side === "time" ? row.time && time_key(state, row.time) : row.bib && bib_key(state, row.bib);
  return key ? { ...marks, alone: [...marks.alone, key] } : marks;
}

/** Puts what a person took out of the count back into it. */
export const count_again = (marks: Marks, row: Row): Marks =>
  (row.bond === "alone" ? { ...marks, alone: marks.alone.filter((key) => key !== row.key) } : marks);

export function mend(state: HandState, marks: Marks, row: Row, number: string): Marks {
  if (!row.bib || row.bond === "accepted" || row.bond === "chip") return marks;
  return { ...marks, mended: { ...marks.mended, [bib_key(state, row.bib)]: number } };
}

/** Marks of lines that are still there; others go. */
export function kept_marks(state: HandState, marks: Marks): Marks {
  const known = new Set([...state.times.items.map((one) => time_key(state, one)),
    ...state.bibs.items.map((one) => bib_key(state, one))]);
  const is_here = (key: string): boolean => known.has(key) || !is_of(state, key);
  const alone = marks.alone.filter(is_here);
  const mended = Object.fromEntries(Object.entries(marks.mended).filter(([key]) => is_here(key)));
  return { alone, mended };
}

/** Marks of other lists of the mat are not judged by this state. */
const is_of = (state: HandState, key: string): boolean =>
  key.startsWith(`t${state.times.list ?? ""}/`) || key.startsWith(`b${state.bibs.list ?? ""}/`);

/** What "accept to here" would write, and what it would pass over. */
export interface Proposal {
  rows: Row[];
  /** Of them: where times and bibs do not count up. */
  unsure: number;
  /** Left out: no bib, or one that nobody has. */
  without_runner: number;
}

/** The server takes this many at once. */
export const BLOCK_MAX = 1_000;

/** All rows up to and with the one under the cursor that may be accepted. */
export function proposal(rows: readonly Row[], cursor: number): Proposal {
  const open = rows.slice(0, cursor + 1).filter((row) => row.time && row.bib &&
    (row.bond === "count" || row.bond === "open"));
  const good = open.filter((row) => is_acceptable(row) && !is_unknown(row)).slice(0, BLOCK_MAX);
  return { rows: good, unsure: good.filter((row) => row.bond === "open").length,
    without_runner: open.filter((row) => !is_acceptable(row) || is_unknown(row)).length };
}

export function block_of(state: HandState, rows: readonly Row[], id: string): HandBlock {
  return { id, race: state.race, times: state.times.list ?? "", pairs: rows.flatMap((row) => {
    if (!row.time || row.number === undefined) return [];
    const race = row.number === row.bib?.bib ? row.bib.race : undefined;
    return [{ line: row.time.line, at: row.time.at, bib: row.number, ...(race ? { race } : {}) }];
  }) };
}

/** The first row to show: a little above the first that waits behind all that was accepted. */
export function first_shown(rows: readonly Row[]): number {
  const CONTEXT = 5;
  let settled = -1;
  rows.forEach((row, n) => { if (row.bond === "accepted") settled = n; });
  const next = rows.findIndex((row, n) => n > settled && row.bond !== "chip" && row.bond !== "accepted");
  return Math.max(0, (next < 0 ? rows.length : next) - CONTEXT);
}

export function parse_marks(text: string | null): Marks {
  try {
    const some = JSON.parse(text ?? "null") as Partial<Marks> | null;
    const alone = Array.isArray(some?.alone) ? some.alone.filter((one) => typeof one === "string") : [];
    const mended = Object.fromEntries(Object.entries(some?.mended ?? {})
      .filter((one): one is [string, string] => typeof one[1] === "string"));
    return { alone, mended };
  } catch {
    return NO_MARKS;
  }
}
