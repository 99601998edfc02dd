import assert from "node:assert/strict";
import { test } from "node:test";
import { empty_draft, fact_of, field_of, FIELDS, undo_of, WITNESSES, type Draft, type Kind } from "./facts.js";

const event = { name: "E", date: "2026-05-08", timezone: "UTC", utc_offset_s: 0 };
const draft = (kind: Kind, more: Partial<Draft>): Draft => ({ ...empty_draft(kind, "half"), ...more });

test("a disqualification is a line of rulings.jsonl without its author", () => {
  assert.deepEqual(fact_of(draft("dsq", { bib: " 812 ", clause: "TR 6.3", reason: "Left the course" }), event),
    { fact: { fact: "ruling", ruling: "dsq", race: "half", bib: "812", clause: "TR 6.3", reason: "Left the course" } });
});

test("each kind takes its own fields and no others", () => {
  const everything = { bib: "1", clause: "C", reason: "R", amount: "2:00", at: "9:00:00", reads: "7", point: "10k",
    with: "2", wave: "A", device: "box 3", witness: "announcer", about: "help", bibs: "3, 4", text: "T", other: "5",
    to: "10k", other_race: "10k", medical_at_hand: "yes", advantage: "yes", protest_until: "15:00:00" };
  const renamed: Record<string, string> = { offset: "amount", kind: "witness" };
  const pairs = ["merge", "swap-chips"];
  for (const kind of Object.keys(FIELDS) as Kind[]) {
    // A part of a race is between two times or between two points, never both.
    const { fact } = fact_of(draft(kind, kind === "neutralise" ? { ...everything, to_point: "finish" } : everything), event);
    const keys = Object.keys(fact ?? {}).filter((key) => !["fact", "ruling", "race", "official"].includes(key));
    const back = (key: string): string => pairs.includes(kind) ? { with: "other", to: "other_race" }[key] ?? key : renamed[key] ?? key;
    const wanted = FIELDS[kind].filter((field) => kind !== "neutralise" || (field !== "from" && field !== "until"));
    assert.deepEqual(keys.map(back), wanted, kind);
    const is_alone = ["gun", "close", "cancel", "publish", "clock-correction", "note"].includes(kind);
    const of_race = ["shorten", "stop", "neutralise"].includes(kind);
    assert.equal(fact?.fact, kind === "official" ? "publish" : is_alone ? kind : of_race ? "race-ruling" : "ruling");
  }
});

test("two entries of a merge or a swap are a list of one, of another race only where one is named", () => {
  assert.deepEqual(fact_of(draft("merge", { bib: "812", other: "814", reason: "Entered twice" }), event).fact,
    { fact: "ruling", ruling: "merge", race: "half", bib: "812", with: ["814"], reason: "Entered twice" });
  assert.deepEqual(fact_of(draft("swap-chips", { bib: "812", other: "812", other_race: "10k", reason: "A couple" }), event).fact,
    { fact: "ruling", ruling: "swap-chips", race: "half", bib: "812", with: ["812"], to: "10k", reason: "A couple" });
  assert.equal(fact_of(draft("merge", { bib: "812", other: "814", other_race: "half", reason: "R" }), event).fact?.to, undefined);
  assert.deepEqual(fact_of(draft("merge", { bib: "812", other: "812", reason: "R" }), event).wrong, { other: "bad_bib" });
  assert.deepEqual(fact_of(draft("move", { bib: "812", to: "half", reason: "R" }), event).wrong, { to: "same_race" });
});

test("help says who helped and what the referee found, as far as it is known", () => {
  assert.deepEqual(fact_of(draft("assisted", { bib: "812", with: "813", medical_at_hand: "yes", reason: "R" }), event).fact,
    { fact: "ruling", ruling: "assisted", race: "half", bib: "812", with: ["813"], medical_at_hand: true, reason: "R" });
  assert.deepEqual(fact_of(draft("assisted", { bib: "812", reason: "R" }), event).fact,
    { fact: "ruling", ruling: "assisted", race: "half", bib: "812", reason: "R" });
});

test("a part that does not count lies between two times or two points", () => {
  const of = (more: Partial<Draft>) => fact_of(draft("neutralise", { reason: "Train", ...more }), event);
  assert.deepEqual(of({ from: "9:20:00", until: "9:24:00" }).fact, { fact: "race-ruling", ruling: "neutralise", race: "half",
    from: "2026-05-08T09:20:00Z", until: "2026-05-08T09:24:00Z", reason: "Train" });
  assert.deepEqual(of({ point: "10k", to_point: "finish" }).fact?.to_point, "finish");
  assert.deepEqual(of({}).wrong, { from: "one_part" });
  assert.deepEqual(of({ from: "9:20:00", point: "10k" }).wrong, { from: "one_part" });
  assert.deepEqual(of({ from: "9:20:00" }).wrong, { until: "needed" });
  assert.deepEqual(of({ from: "9:24:00", until: "9:20:00" }).wrong, { until: "not_behind" });
});

test("a version goes out with or without a time for protests, or is official", () => {
  assert.deepEqual(fact_of(draft("publish", { protest_until: "15:00:00", reason: "First list" }), event).fact,
    { fact: "publish", race: "half", protest_until: "2026-05-08T15:00:00Z", reason: "First list" });
  assert.deepEqual(fact_of(draft("official", { reason: "No protest is open" }), event).fact,
    { fact: "publish", race: "half", official: true, reason: "No protest is open" });
});

test("what is missing is said of every field at once", () => {
  assert.deepEqual(fact_of(draft("dsq", {}), event).wrong, { bib: "needed", clause: "needed", reason: "needed" });
});

test("a penalty needs no clause", () => {
  assert.deepEqual(fact_of(draft("penalty", { bib: "1", amount: "-0:30", reason: "R" }), event).fact,
    { fact: "ruling", ruling: "penalty", race: "half", bib: "1", amount: "-0:00:30", reason: "R" });
});

test("reads are numbers, one only where one is forced", () => {
  const of = (kind: Kind, reads: string) => fact_of(draft(kind, { bib: "1", reads, point: "10k", reason: "R" }), event);
  assert.deepEqual(of("ignore-read", "1007, 1008;1007").fact?.reads, [1007, 1008]);
  assert.deepEqual(of("ignore-read", "1007, x").wrong, { reads: "bad_numbers" });
  assert.deepEqual(of("ignore-read", "0").wrong, { reads: "bad_numbers" });
  assert.deepEqual(of("ignore-read", "99999999999999999").wrong, { reads: "bad_numbers" });
  assert.deepEqual(of("force-read", "1007 1008").wrong, { reads: "one_number" });
});

test("nobody shares a place with themselves", () => {
  assert.deepEqual(fact_of(draft("dead-heat", { bib: "1", with: "2 1", reason: "R" }), event).wrong, { with: "bad_bibs" });
});

test("what nobody would write is refused", () => {
  assert.deepEqual(fact_of(draft("dnf", { bib: "1", reason: "x".repeat(501) }), event).wrong, { reason: "too_long" });
});

test("a note needs words, and says whose they are; bibs and a point if any", () => {
  assert.deepEqual(fact_of(draft("note", { witness: "volunteer", bibs: "812 813", point: "finish", text: " Hand in hand " }), event).fact,
    { fact: "note", race: "half", kind: "volunteer", bibs: ["812", "813"], point: "finish", text: "Hand in hand" });
  assert.deepEqual(fact_of(draft("note", { witness: "official", text: "Rain" }), event).fact,
    { fact: "note", race: "half", kind: "official", text: "Rain" });
  assert.deepEqual(fact_of(draft("note", { witness: "official" }), event).wrong, { text: "needed" });
  assert.equal(WITNESSES.announcer.includes("official"), false);
});

test("help is of somebody and seen by others; a storm is an official's, of nobody", () => {
  const of = (witness: string, about: string, bibs: string) =>
    fact_of(draft("note", { witness, about, bibs, text: "T" }), event);
  assert.equal(of("volunteer", "help", "812").fact?.about, "help");
  assert.deepEqual(of("official", "help", "").wrong, { bibs: "needed" });
  assert.deepEqual(of("runner", "help", "812").wrong, { about: "bad_about" });
  assert.equal(of("official", "storm", "").fact?.about, "storm");
  assert.deepEqual(of("official", "storm", "812").wrong, { bibs: "bad_about" });
  assert.deepEqual(of("volunteer", "storm", "").wrong, { about: "bad_about" });
});

test("a clock is corrected for its device, in whatever race", () => {
  assert.deepEqual(fact_of(draft("clock-correction", { device: "5071909", amount: "2.5", reason: "R" }), event).fact,
    { fact: "clock-correction", device: "5071909", offset: "+0:00:02.5", reason: "R" });
});

test("a race is not called off without a reason", () => {
  assert.deepEqual(fact_of(draft("cancel", {}), event).wrong, { reason: "needed" });
});

test("a fact is taken back by its number", () => {
  assert.deepEqual(undo_of(1042, " Wrong bib "), { fact: "undo", seq: 1042, reason: "Wrong bib" });
});

test("a refusal stands at the field that it names", () => {
  assert.equal(field_of("found the bib '9', expected one that is entered", FIELDS.dsq), "bib");
  assert.equal(field_of("found 'x' for the key 'clause'", FIELDS.dsq), "clause");
  assert.equal(field_of("found 'x' for 'at', expected an instant", FIELDS.finish), "at");
  assert.equal(field_of("this cannot be done at the moment", FIELDS.finish), undefined);
  assert.equal(field_of("the disk is full", FIELDS.dsq), undefined);
});
