// What officials decide, from a form to a line of rulings.jsonl; without a browser.
import type { EventInfo } from "../contract.js";
import { amount_of, instant_of, is_bib } from "./dial.js";
import type { FactLine, Role, Witness } from "./official_contract.js";

export type Kind = "dsq" | "reinstate" | "dnf" | "dns" | "ooc" | "penalty" | "start" | "finish" |
  "accept-start" | "accept-wave" | "ignore-read" | "force-read" | "dead-heat" | "assisted" | "merge" |
  "swap-chips" | "move" | "shorten" | "stop" | "neutralise" | "gun" | "close" | "cancel" | "publish" |
  "official" | "clock-correction" | "note";
export type Field = "bib" | "clause" | "reason" | "amount" | "at" | "reads" | "point" | "with" | "wave" |
  "device" | "witness" | "about" | "bibs" | "text" | "other" | "to" | "other_race" | "from" | "until" |
  "to_point" | "medical_at_hand" | "advantage" | "protest_until";
export type Draft = Record<Field, string> & { kind: Kind; race: string };
/** Why a field cannot be taken; each has its words. */
export type Wrong = "needed" | "bad_bib" | "bad_time" | "bad_amount" | "bad_numbers" | "one_number" |
  "bad_bibs" | "bad_about" | "too_long" | "same_race" | "one_part" | "not_behind";

/** As long as somebody would write. */
const TEXT_MAX = 500;

/** What each decision asks for, in the order of the form. */
export const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  "dsq": ["bib", "clause", "reason"], "reinstate": ["bib", "clause", "reason"], "dnf": ["bib", "reason"],
  "dns": ["bib", "reason"], "ooc": ["bib", "reason"], "penalty": ["bib", "amount", "clause", "reason"],
  "start": ["bib", "at", "reason"], "finish": ["bib", "at", "reason"],
  "accept-start": ["bib", "reason"], "accept-wave": ["bib", "reason"],
  "ignore-read": ["bib", "reads", "reason"], "force-read": ["bib", "reads", "point", "reason"],
  "dead-heat": ["bib", "with", "clause", "reason"],
  "assisted": ["bib", "with", "medical_at_hand", "advantage", "clause", "reason"],
  "merge": ["bib", "other", "other_race", "clause", "reason"],
  "swap-chips": ["bib", "other", "other_race", "clause", "reason"], "move": ["bib", "to", "clause", "reason"],
  "shorten": ["point", "clause", "reason"], "stop": ["at", "point", "clause", "reason"],
  "neutralise": ["from", "until", "point", "to_point", "clause", "reason"],
  "gun": ["wave", "at"], "close": [], "cancel": ["reason"],
  "publish": ["protest_until", "reason"], "official": ["reason"], "clock-correction": ["device", "amount", "reason"],
  "note": ["witness", "about", "bibs", "point", "text"],
};
/** What may be left out; everything else of a form is needed. */
const OPTIONAL: Partial<Record<Kind, readonly Field[]>> = {
  penalty: ["clause"], reinstate: ["clause"], note: ["about", "bibs", "point"], "dead-heat": ["clause"],
  assisted: ["with", "medical_at_hand", "advantage", "clause"], merge: ["other_race", "clause"],
  "swap-chips": ["other_race", "clause"], move: ["clause"], shorten: ["clause"], stop: ["point", "clause"],
  neutralise: ["from", "until", "point", "to_point", "clause"], publish: ["protest_until"],
};
/** Facts of their own; every other kind is a ruling on one runner. */
const ALONE: readonly Kind[] = ["gun", "close", "cancel", "publish", "clock-correction", "note"];
/** Rulings about a whole race. */
const OF_RACE: readonly Kind[] = ["shorten", "stop", "neutralise"];
/** Fields that the fact calls otherwise. */
const KEYS: Partial<Record<Kind, Partial<Record<Field, string>>>> = {
  "clock-correction": { amount: "offset" }, "note": { witness: "kind" },
  "merge": { other: "with", other_race: "to" }, "swap-chips": { other: "with", other_race: "to" },
};
/** Yes or no: set, or not there. */
export const CHECKS: readonly Field[] = ["medical_at_hand", "advantage"];
/** What a box that is ticked holds. */
export const YES = "yes";

/** What is decided about a runner, and about a race: the groups of the form. */
export const RUNNER_KINDS: readonly Kind[] = ["dsq", "reinstate", "dnf", "dns", "ooc", "penalty", "assisted",
  "dead-heat", "finish", "start", "accept-start", "accept-wave", "ignore-read", "force-read", "swap-chips",
  "merge", "move"];
export const RACE_KINDS: readonly Kind[] = ["shorten", "stop", "neutralise", "cancel"];
export const REFEREE_KINDS: readonly Kind[] = [...RUNNER_KINDS, ...RACE_KINDS];
/** The timer's correction begins with a time; a referee's ruling is possible, too. */
export const TIMER_KINDS: readonly Kind[] = ["finish", "start", "ignore-read", "force-read", "penalty", "dnf",
  "dns", "accept-start", "accept-wave", "swap-chips", "merge", "move", "dsq", "reinstate", "ooc", "assisted",
  "dead-heat", "gun", "clock-correction", "close", ...RACE_KINDS, "publish"];
export const LIST_KINDS: readonly Kind[] = ["publish", "official"];
/** A kind that a word names; nothing for other words. */
export const kind_named = (name: string | undefined): Kind | undefined =>
  name !== undefined && Object.hasOwn(FIELDS, name) ? name as Kind : undefined;
/** What a note may be about, for the story to tell: a hand that was lent, a storm over everybody. */
export const SUBJECTS = ["help", "storm"] as const;
export type Subject = (typeof SUBJECTS)[number];
/** Whose words a note has; an official's are not the announcer's to write. */
export const WITNESSES: Readonly<Record<Role, readonly Witness[]>> = {
  announcer: ["announcer", "runner", "volunteer"], referee: ["official", "runner", "volunteer"],
  timer: ["official", "runner", "volunteer"],
};

export const is_optional = (kind: Kind, field: Field): boolean => OPTIONAL[kind]?.includes(field) ?? false;

export function empty_draft(kind: Kind, race: string): Draft {
  return { kind, race, bib: "", clause: "", reason: "", amount: "", at: "", reads: "", point: "",
    with: "", wave: "", device: "", witness: "", about: "", bibs: "", text: "", other: "", to: "", other_race: "",
    from: "", until: "", to_point: "", medical_at_hand: "", advantage: "", protest_until: "" };
}

/** Runners do not tell of their own help; a storm is an official's to note. As model/note.cc has it. */
export const may_be_about = (witness: string, subject: Subject): boolean =>
  subject === "help" ? witness !== "runner" : witness === "official";

const list = (text: string): string[] => text.split(/[\s,;]+/).filter((one) => one !== "");
const number = (text: string): number | undefined =>
  /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;

type Value = string | number[] | string[] | true | Wrong;

function check(field: Field, draft: Draft, event: EventInfo): { value: Value } | { wrong: Wrong } {
  const text = draft[field].trim();
  if (text === "") return { wrong: "needed" };
  if (text.length > TEXT_MAX) return { wrong: "too_long" };
  switch (field) {
    case "bib": return is_bib(text) ? { value: text } : { wrong: "bad_bib" };
    case "at": case "from": case "until": case "protest_until":
      return or_wrong(instant_of(text, event), "bad_time");
    case "other": return is_bib(text) && (text !== draft.bib.trim() || !is_same_race(draft))
      ? { value: [text] } : { wrong: "bad_bib" };
    case "to": return text === draft.race ? { wrong: "same_race" } : { value: text };
    case "medical_at_hand": case "advantage": return { value: true };
    case "amount": return or_wrong(amount_of(text), "bad_amount");
    case "reads": {
      const numbers = list(text).map(number);
      if (numbers.some((one) => one === undefined)) return { wrong: "bad_numbers" };
      if (draft.kind === "force-read" && numbers.length !== 1) return { wrong: "one_number" };
      return { value: [...new Set(numbers as number[])] };
    }
    case "with": case "bibs": {
      const bibs = [...new Set(list(text))];
      const is_alone = field === "with" && bibs.includes(draft.bib.trim());
      return bibs.every(is_bib) && !is_alone ? { value: bibs } : { wrong: "bad_bibs" };
    }
    case "about": return SUBJECTS.some((one) => one === text && may_be_about(draft.witness, one))
      ? { value: text } : { wrong: "bad_about" };
    default: return { value: text };
  }
}

/** Both entries of a merge or a swap are of the race of the form. */
const is_same_race = (draft: Draft): boolean => draft.other_race === "" || draft.other_race === draft.race;

/** A part of the race is between two instants or between two points: both of one pair, none of the other. */
function parts_wrong(draft: Draft): Partial<Record<Field, Wrong>> {
  const has = (field: Field): boolean => draft[field].trim() !== "";
  const times = has("from") || has("until"), points = has("point") || has("to_point");
  if (times === points) return { from: "one_part" };
  const pair: readonly Field[] = times ? ["from", "until"] : ["point", "to_point"];
  return Object.fromEntries(pair.filter((field) => !has(field)).map((field) => [field, "needed"]));
}

function or_wrong(value: string | undefined, wrong: Wrong): { value: string } | { wrong: Wrong } {
  return value === undefined ? { wrong } : { value };
}

export type Checked = { fact: FactLine; wrong?: undefined } |
  { fact?: undefined; wrong: Partial<Record<Field, Wrong>> };

/** The fact that a form says, or what is wrong with its fields; all of them, not only the first. */
export function fact_of(draft: Draft, event: EventInfo): Checked {
  const wrong: Partial<Record<Field, Wrong>> = {};
  const values: Partial<Record<string, Value>> = {};
  for (const field of FIELDS[draft.kind]) {
    if (draft[field].trim() === "" && is_optional(draft.kind, field)) continue;
    const checked = check(field, draft, event);
    if ("wrong" in checked) wrong[field] = checked.wrong;
    else values[KEYS[draft.kind]?.[field] ?? field] = checked.value;
  }
  if (draft.about === "help" && draft.bibs.trim() === "") wrong.bibs = "needed";
  if (draft.about === "storm" && draft.bibs.trim() !== "") wrong.bibs = "bad_about";
  if (draft.kind === "neutralise") {
    Object.assign(wrong, parts_wrong(draft));
    if (typeof values["from"] === "string" && typeof values["until"] === "string" &&
        Date.parse(values["until"]) <= Date.parse(values["from"])) wrong.until = "not_behind";
  }
  if (Object.keys(wrong).length > 0) return { wrong };
  const { race, kind } = draft;
  if (values["to"] === race) delete values["to"];
  if (kind === "official") return { fact: { fact: "publish", race, official: true, ...values } as FactLine };
  if (OF_RACE.includes(kind)) return { fact: { fact: "race-ruling", ruling: kind, race, ...values } as FactLine };
  const of_race = kind === "clock-correction" ? {} : { race };
  const head = ALONE.includes(kind) ? { fact: kind, ...of_race } : { fact: "ruling", ruling: kind, race };
  return { fact: { ...head, ...values } as FactLine };
}

/** Takes back a fact by its number. */
export const undo_of = (seq: number, reason: string): FactLine =>
  ({ fact: "undo", seq, ...(reason.trim() ? { reason: reason.trim() } : {}) });

/** The field that a refusal of the server is about, as far as its words say so. */
export function field_of(detail: string, fields: readonly Field[]): Field | undefined {
  const quoted = fields.find((field) => detail.includes(`'${field}'`) || detail.includes(`"${field}"`));
  return quoted ?? fields.find((field) => field !== "at" && field !== "with" &&
    new RegExp(`\\b${field}\\b`, "i").test(detail));
}
