// Rulings as the referee's page lists them, and which of them are about the same.
import type { Context } from "../view.js";
import type { FactLine, ListedRuling } from "./official_contract.js";
import { will_words } from "./will.js";
import type { OfficialWords } from "./words.js";

/** Whom a ruling is about: every race and bib that it names, as one text each. */
function bibs_of(fact: FactLine): string[] {
  if (fact.bib === undefined) return [];
  const other = fact.ruling === "merge" || fact.ruling === "swap-chips" ? fact.to ?? fact.race : fact.race;
  const all = [`${fact.race}/${fact.bib}`, ...(fact.with ?? []).map((bib) => `${other}/${bib}`)];
  return fact.ruling === "move" ? [...all, `${fact.to}/${fact.bib}`] : all;
}

/** Two rulings share a runner, or both are about one race as a whole. */
export function about_the_same(one: FactLine, other: FactLine): boolean {
  const [mine, theirs] = [bibs_of(one), bibs_of(other)];
  if (mine.length === 0 || theirs.length === 0) {
    return mine.length === theirs.length && one.race !== undefined && one.race === other.race;
  }
  return mine.some((bib) => theirs.includes(bib));
}

/** Who, when and under which number. */
export function signed(one: ListedRuling, context: Context, words: OfficialWords): string {
  const { by, said_at } = one.fact;
  return [by ?? "", said_at ? context.format.time(said_at) : "", `${words.fact} ${one.seq}`]
    .filter((text) => text !== "").join(" · ");
}

/** What it says, whose it is, and whether it still holds, in a line. */
export function ruling_line(one: ListedRuling, context: Context, words: OfficialWords): string {
  const over = one.state === "holds" ? "" : words.holds_no_more[one.state](String(one.since ?? ""));
  return [will_words(one.fact, one.name, context, words), `${signed(one, context, words)}.`, over]
    .filter((text) => text !== "").join(" ");
}
