// Who the announcer has in front, and who was said; without a browser.
import type { EventInfo } from "../contract.js";
import type { Announcing, Coming } from "./official_contract.js";

export type Mark = "said" | "skipped";

export interface Marks {
  /** The newest last. */
  marks: { bib: string; mark: Mark }[];
}

/** A day's work of one announcer. */
const MARKS_MAX = 2_000;

export const marks_key = (event: EventInfo, race: string, point: string): string =>
  `homestretch.announcer.${event.date}.${event.name}.${race}.${point}`;

export function parse_marks(text: string | null): Marks {
  try {
    const some = JSON.parse(text ?? "null") as Partial<Marks> | null;
    if (!Array.isArray(some?.marks)) return { marks: [] };
    return { marks: some.marks.filter((one) => typeof one?.bib === "string" &&
      (one.mark === "said" || one.mark === "skipped")).slice(-MARKS_MAX) };
  } catch {
    return { marks: [] };
  }
}

export const mark_of = (marks: Marks, bib: string): Mark | undefined =>
  marks.marks.find((one) => one.bib === bib)?.mark;

/** A person has one mark at most; the newest stands last. */
export function marked(marks: Marks, bib: string, mark: Mark): Marks {
  return { marks: [...marks.marks.filter((one) => one.bib !== bib), { bib, mark }].slice(-MARKS_MAX) };
}

/** Takes the newest mark back; gives whose it was. */
export function again(marks: Marks): { marks: Marks; bib: string | undefined } {
  const last = marks.marks[marks.marks.length - 1];
  return { marks: { marks: marks.marks.slice(0, -1) }, bib: last?.bib };
}

export interface Lineup {
  /** Who is in front; undefined: nobody is expected. */
  now: Coming | undefined;
  /** In already, while they are in front. */
  is_in: boolean;
  then: Coming[];
  before: Coming[];
}

const THEN = 3;

/**
 * Who is in front and who follows. Whoever is in front stays there until said or skipped, also when
 * the order behind changes and when they come in: nobody is swapped away in mid-sentence. `chosen` is
 * the bib in front now; undefined takes the first without a mark.
 */
export function lineup(told: Announcing, marks: Marks, chosen: string | undefined): Lineup {
  const open = told.next.filter((one) => mark_of(marks, one.bib) === undefined);
  const coming = told.next.find((one) => one.bib === chosen);
  const in_already = told.just_in.find((one) => one.bib === chosen);
  const now = coming ?? in_already ?? open[0];
  const from = coming ? told.next.indexOf(coming) : -1;
  const behind = told.next.filter((one, n) => n > from && one !== now && mark_of(marks, one.bib) === undefined);
  return { now, is_in: now !== undefined && now === in_already && !coming, then: behind.slice(0, THEN),
    before: told.just_in };
}

/** The neighbour of the one in front: back over just in and coming, oldest first. */
export function step(told: Announcing, now: string | undefined, by: 1 | -1): string | undefined {
  const all = [...[...told.just_in].reverse(), ...told.next]
    .filter((one, n, list) => list.findIndex((other) => other.bib === one.bib) === n);
  const at = all.findIndex((one) => one.bib === now);
  return (at < 0 ? all[0] : all[Math.min(all.length - 1, Math.max(0, at + by))])?.bib;
}

/** Whole seconds until somebody is expected, as time goes by since the answer. */
export const seconds_left = (in_s: number, since_ms: number): number => in_s - Math.floor(since_ms / 1000);
