// What the numbers of readers and mats mean for the person beside them; without a browser.
import type { Attention, ConsoleState, Mat, MatMinute, Severity } from "./official_contract.js";

/** Below this share of those who passed, a minute was not heard. */
const QUIET_SHARE = 0.5;
/** A minute with fewer who passed says nothing. */
const PASSED_MIN = 4;
/** A mat that heard less than this of all wants a look. */
const GOOD_SHARE = 0.98;

export interface MatState {
  /** Heard of those who passed, 0 to 1; undefined where nobody did. */
  share: number | undefined;
  /** Since when the mat hears little, where it still does so in the newest minute that says anything. */
  silent_since: string | undefined;
  silent_heard: number;
  silent_passed: number;
  wants: "nothing" | "look" | "act";
}

const quiet = (minute: MatMinute): boolean => minute.heard < QUIET_SHARE * minute.passed;

/** How a mat hears. Minutes in which few passed are passed over. */
export function mat_state(mat: Mat): MatState {
  const share = mat.passed > 0 ? Math.min(1, mat.heard / mat.passed) : undefined;
  const said = (mat.minutes ?? []).filter((minute) => minute.passed >= PASSED_MIN);
  let from = said.length;
  while (from > 0 && quiet(said[from - 1]!)) --from;
  const silent = said.slice(from);
  const sum = (of: "heard" | "passed"): number => silent.reduce((all, minute) => all + minute[of], 0);
  const wants = silent.length > 0 ? "act" : share !== undefined && share < GOOD_SHARE ? "look" : "nothing";
  return { share, silent_since: silent[0]?.at, silent_heard: sum("heard"), silent_passed: sum("passed"), wants };
}

/** Every mat that the console knows of: those that are judged, and those that readers feed. */
export function mats_of(state: Pick<ConsoleState, "mats" | "readers">): string[] {
  return [...new Set([...state.mats.map((mat) => mat.id), ...state.readers.flatMap((reader) => reader.mats ?? [])])];
}

const URGENCY = { act: 0, look: 1, note: 2 } as const;

/** Most pressing first; what is equally pressing stays in the order of the server. */
export function by_urgency(all: readonly Attention[]): Attention[] {
  return [...all].sort((a, b) => (URGENCY[a.severity] ?? 2) - (URGENCY[b.severity] ?? 2));
}

export interface Group {
  severity: Severity;
  kind: string;
  items: Attention[];
}

/** The same kind of thing at the same severity together, in the order of the first of each. */
export function grouped(all: readonly Attention[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of all) {
    const key = `${one.severity} ${one.kind}`;
    const group = groups.get(key);
    if (group) group.items.push(one);
    else groups.set(key, { severity: one.severity, kind: one.kind, items: [one] });
  }
  return [...groups.values()];
}

/** Of one severity, and with a text in bib, mat, kind or words; absent filters take everything. */
export function filtered(all: readonly Attention[], severity: string | undefined,
                         text: string | undefined): Attention[] {
  const words = (text ?? "").toLowerCase().split(/\s+/).filter((one) => one !== "");
  return all.filter((one) => {
    if (severity && one.severity !== severity) return false;
    if (words.length === 0) return true;
    if (one.bib === text) return true;
    const said = `${one.kind} ${one.bib ?? ""} ${one.mat ?? ""} ${one.what}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** "0.4", "12 s", "3 min": how long ago, in milliseconds and unit; never before now. */
export function ago(ms: number): { n: number; unit: "s" | "min" | "h" } {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return { n: Math.floor(seconds * 10) / 10, unit: "s" };
  if (seconds < 120) return { n: Math.floor(seconds), unit: "s" };
  if (seconds < 7_200) return { n: Math.floor(seconds / 60), unit: "min" };
  return { n: Math.floor(seconds / 3600), unit: "h" };
}

/** A path through values in a box of 100 by 20, the oldest left; empty where nothing was counted. */
export function spark_path(values: readonly number[]): string {
  if (values.length < 2) return "";
  const most = Math.max(1, ...values);
  const x = (n: number): string => ((n / (values.length - 1)) * 100).toFixed(1);
  const y = (value: number): string => (19 - (Math.max(0, value) / most) * 18).toFixed(1);
  return values.map((value, n) => `${n === 0 ? "M" : "L"}${x(n)} ${y(value)}`).join("");
}

/** How far a clock is behind another that names whole seconds only; undefined below what that can tell. */
export function clock_off_ms(own_ms: number, date_header: string | null): number | undefined {
  const other = Date.parse(date_header ?? "");
  if (Number.isNaN(other)) return undefined;
  const off = other + 500 - own_ms;
  return Math.abs(off) < 2_000 ? undefined : off;
}
