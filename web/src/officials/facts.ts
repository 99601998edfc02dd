// What officials decide, from a form to a line of rulings.jsonl; without a browser.
import type { EventInfo } from "../contract.js";
import { amount_of, instant_of, is_bib } from "./dial.js";
import type { FactLine, Role, Witness } from "./official_contract.js";

export type Kind = "dsq" | "reinstate" | "dnf" | "dns" | "ooc" | "penalty" | "start" | "finish" |
  "accept-start" | "accept-wave" | "ignore-read" | "force-read" | "dead-heat" | "gun" | "close" |
  "cancel" | "publish" | "clock-correction" | "note";
export type Field = "bib" | "clause" | "reason" | "amount" | "at" | "reads" | "point" | "with" | "wave" |
  "device" | "witness" | "about" | "bibs" | "text";
export type Draft = Record<Field, string> & { kind: Kind; race: string };
/** Why a field cannot be taken; each has its words. */
export type Wrong = "needed" | "bad_bib" | "bad_time" | "bad_amount" | "bad_numbers" | "one_number" |
  "bad_bibs" | "bad_about" | "too_long";

/** As long as somebody would write. */
const TEXT_MAX = 500;

/** What each decision asks for, in the order of the form. */
export const FIELDS: Readonly<Record<Kind, readonly Field[]>> = {
  "dsq": ["bib", "clause", "reason"], "reinstate": ["bib", "reason"], "dnf": ["bib", "reason"],
  "dns": ["bib", "reason"], "ooc": ["bib", "reason"], "penalty": ["bib", "amount", "clause", "reason"],
  "start": ["bib", "at", "reason"], "finish": ["bib", "at", "reason"],
  "accept-start": ["bib", "reason"], "accept-wave": ["bib", "reason"],
  "ignore-read": ["bib", "reads", "reason"], "force-read": ["bib", "reads", "point", "reason"],
  "dead-heat": ["bib", "with", "reason"], "gun": ["wave", "at"], "close": [], "cancel": ["reason"],
  "publish": ["reason"], "clock-correction": ["device", "amount", "reason"],
  "note": ["witness", "about", "bibs", "point", "text"],
};
/** What may be left out; everything else of a form is needed. */
const OPTIONAL: Partial<Record<Kind, readonly Field[]>> = { penalty: ["clause"], note: ["about", "bibs", "point"] };
/** Facts of their own; every other kind is a ruling on one runner. */
const ALONE: readonly Kind[] = ["gun", "close", "cancel", "publish", "clock-correction", "note"];
/** Fields that the fact calls otherwise. */
const KEYS: Partial<Record<Kind, Partial<Record<Field, string>>>> = {
  "clock-correction": { amount: "offset" }, "note": { witness: "kind" },
};

export const REFEREE_KINDS: readonly Kind[] =
  ["dsq", "reinstate", "dnf", "dns", "ooc", "penalty", "dead-heat", "accept-start", "accept-wave", "publish"];
export const TIMER_KINDS: readonly Kind[] = ["finish", "start", "ignore-read", "force-read", "penalty",
  "dnf", "dns", "accept-start", "accept-wave", "gun", "clock-correction", "close", "cancel", "publish"];
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
    with: "", wave: "", device: "", witness: "", about: "", bibs: "", text: "" };
}

/** Runners do not tell of their own help; a storm is an official's to note. As model/note.cc has it. */
export const may_be_about = (witness: string, subject: Subject): boolean =>
  subject === "help" ? witness !== "runner" : witness === "official";

const list = (text: string): string[] => text.split(/[\s,;]+/).filter((one) => one !== "");
const number = (text: string): number | undefined =>
  /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;

type Value = string | number[] | string[] | Wrong;

function check(field: Field, draft: Draft, event: EventInfo): { value: Value } | { wrong: Wrong } {
  const text = draft[field].trim();
  if (text === "") return { wrong: "needed" };
  if (text.length > TEXT_MAX) return { wrong: "too_long" };
  switch (field) {
    case "bib": return is_bib(text) ? { value: text } : { wrong: "bad_bib" };
    case "at": return or_wrong(instant_of(text, event), "bad_time");
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
  if (Object.keys(wrong).length > 0) return { wrong };
  const { race, kind } = draft;
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
