// What a decision will do, in words: shown before it is written, and beside what was written.
import type { Row } from "../contract.js";
import type { Context } from "../view.js";
import type { FactLine } from "./official_contract.js";
import type { OfficialWords } from "./words.js";

/** "9:46:15.25" of an instant on the event's dial, with the digits it was given. */
export function dial_time(at: string, context: Context): string {
  const fraction = /\.\d+/.exec(at)?.[0] ?? "";
  return context.format.time(at) + (Number(fraction) === 0 ? "" : fraction);
}

/** "Bib 812 (Ana Ruiz, Half marathon)": the race only where there are several. */
export function who_of(fact: FactLine, name: string | undefined, context: Context): string {
  const bib = context.words.bib_n(fact.bib ?? "");
  const about = [name === bib ? undefined : name, context.races.length < 2 ? undefined : race_name(fact, context)]
    .filter((text) => !!text).join(", ");
  return about ? `${bib} (${about})` : bib;
}

const race_name = (fact: FactLine, context: Context): string =>
  context.races.find((race) => race.id === fact.race)?.name ?? fact.race ?? "";

/** One sentence or two; for a fact that this page has no words for, the fact as it stands. */
export function will_words(fact: FactLine, name: string | undefined, context: Context, words: OfficialWords,
                           others_named?: readonly string[]): string {
  const { will } = words;
  const who = who_of(fact, name, context);
  const others = (others_named ?? (fact.with ?? []).map((bib) =>
    who_of({ ...fact, bib, race: fact.to ?? fact.race } as FactLine, undefined, context))).join(", ");
  const at = fact.at ? dial_time(fact.at, context) : "";
  if (fact.fact === "gun") return will.gun(fact.wave ?? "", at);
  if (fact.fact === "close" || fact.fact === "cancel") return will[fact.fact](race_name(fact, context));
  if (fact.fact === "publish") return publish_words(fact, context, words);
  if (fact.fact === "race-ruling") return race_words(fact, context, words);
  if (fact.fact === "clock-correction") return will["clock-correction"](fact.device ?? "", fact.offset ?? "");
  if (fact.fact === "note") return note_words(fact, name, context, words);
  switch (fact.ruling) {
    case "dsq": return will.dsq(who, fact.clause ?? "");
    case "reinstate": case "dnf": case "dns": case "ooc": case "accept-start": case "accept-wave":
      return will[fact.ruling](who);
    case "penalty": return will.penalty(who, fact.amount ?? "");
    case "start": case "finish": return will[fact.ruling](who, at);
    case "ignore-read": return will["ignore-read"](who, (fact.reads ?? []).join(", "));
    case "force-read":
      return will["force-read"](who, (fact.reads ?? []).join(", "), context.format.point(fact.point ?? ""));
    case "dead-heat": return will["dead-heat"](who, others);
    case "merge": case "swap-chips": return will[fact.ruling](who, others);
    case "move": return will.move(who, race_name({ ...fact, race: fact.to } as FactLine, context));
    case "assisted": return [will.assisted(who), others ? words.helped_by(others) : "",
      fact.medical_at_hand ? `${words.field.medical_at_hand}.` : "", fact.advantage ? `${words.field.advantage}.` : "",
      words.rules_decide].filter((text) => text !== "").join(" ");
    default: return JSON.stringify(fact);
  }
}

function publish_words(fact: FactLine, context: Context, words: OfficialWords): string {
  if (fact.official) return words.will.official(race_name(fact, context));
  const until = fact.protest_until ? ` ${words.protests_until(context.format.time(fact.protest_until))}` : "";
  return words.will.publish(race_name(fact, context)) + until;
}

/** What becomes of a whole race. */
function race_words(fact: FactLine, context: Context, words: OfficialWords): string {
  const race = race_name(fact, context);
  const point = (id: string | undefined): string => context.format.point(id ?? "");
  const at = (instant: string | undefined): string => instant ? dial_time(instant, context) : "";
  switch (fact.ruling) {
    case "shorten": return words.will.shorten(race, point(fact.point));
    case "stop": return words.will.stop(race, at(fact.at)) + (fact.point ? ` ${words.placed_by(point(fact.point))}` : "");
    case "neutralise": return fact.from === undefined
      ? words.will.neutralise(race, words.between_points(point(fact.point), point(fact.to_point)))
      : words.will.neutralise(race, words.between_times(at(fact.from), at(fact.until)));
    default: return JSON.stringify(fact);
  }
}

/** "Words of the announcer about Bib 812 (Ana Ruiz), at Finish: “Hand in hand.”" */
function note_words(fact: FactLine, names: string | undefined, context: Context, words: OfficialWords): string {
  const about = [names ?? "", fact.point ? words.note_at(context.format.point(fact.point)) : ""]
    .filter((text) => text !== "").join(", ");
  const note = words.will.note(words.witness[fact.kind ?? "official"], about, fact.text ?? "");
  return fact.about ? `${note} ${words.field.about}: ${words.subject[fact.about]}.` : note;
}

/** "finished, 1:22:59, 12th place": how somebody stands now. */
export function standing_words(row: Row, context: Context): string {
  const { words, format } = context;
  const last = row.last && row.official_ms === undefined
    ? words.last_at(format.point(row.last.point), format.time(row.last.at)).replace(/\.$/, "") : "";
  return [words.status[row.status] ?? row.status,
    row.official_ms === undefined ? "" : format.official(row.official_ms),
    row.place === undefined ? "" : `${words.place} ${format.count(row.place)}`, last]
    .filter((text) => text !== "").join(", ");
}
