import type { Before } from "../contract.js";
import { clock } from "../format.js";
import type { Words } from "../words/en.js";

/** What an archive has of somebody, in a few words; empty where it has nothing. */
export function earlier_words(before: Before | undefined, words: Words): string[] {
  if (!before) return [];
  const best = before.best_ms === undefined || before.best_race === undefined || before.best_year === undefined
    ? words.earlier_last(before.last_year)
    : words.earlier_best(clock(before.best_ms), before.best_race, before.best_year);
  return [words.earlier_races(before.races), ...(before.here > 0 ? [words.earlier_here(before.here)] : []), best];
}
