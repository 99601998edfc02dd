import assert from "node:assert/strict";
import { test } from "node:test";
import { again, lineup, mark_of, marked, parse_marks, seconds_left, step, type Marks } from "./lineup.js";
import type { Announcing } from "./official_contract.js";

const none: Marks = { marks: [] };
const told = (next: string[], just_in: string[] = []): Announcing => ({ as_of: { seq: 1, status: "provisional", at: "" },
  point: "finish", next: next.map((bib) => ({ bib, name: `N${bib}` })), just_in: just_in.map((bib) => ({ bib, name: `N${bib}` })) });
const bibs = (all: { bib: string }[]): string => all.map((one) => one.bib).join(" ");

test("the first without a mark is in front, three follow", () => {
  const marks = marked(none, "1", "said");
  const shown = lineup(told(["1", "2", "3", "4", "5", "6"]), marks, undefined);
  assert.equal(shown.now?.bib, "2");
  assert.equal(bibs(shown.then), "3 4 5");
});

test("whoever is in front stays, though somebody overtakes behind them", () => {
  const shown = lineup(told(["9", "2", "3"]), none, "2");
  assert.equal(shown.now?.bib, "2");
  assert.equal(bibs(shown.then), "3");
});

test("whoever comes in while in front stays in front", () => {
  const shown = lineup(told(["3", "4"], ["2", "1"]), none, "2");
  assert.deepEqual([shown.now?.bib, shown.is_in], ["2", true]);
  assert.equal(bibs(shown.then), "3 4");
});

test("whoever is gone from both lists makes room", () => {
  assert.equal(lineup(told(["3"]), none, "2").now?.bib, "3");
  assert.equal(lineup(told([]), none, "2").now, undefined);
});

test("again brings back the one marked last", () => {
  const marks = marked(marked(none, "1", "said"), "2", "skipped");
  const back = again(marks);
  assert.equal(back.bib, "2");
  assert.equal(mark_of(back.marks, "2"), undefined);
  assert.equal(mark_of(back.marks, "1"), "said");
  assert.equal(again(none).bib, undefined);
});

test("a person has one mark", () => {
  const marks = marked(marked(none, "1", "skipped"), "1", "said");
  assert.deepEqual(marks.marks, [{ bib: "1", mark: "said" }]);
});

test("arrows go from just in to coming and stop at the ends", () => {
  const all = told(["3", "4"], ["2", "1"]);
  assert.equal(step(all, "3", -1), "2");
  assert.equal(step(all, "2", -1), "1");
  assert.equal(step(all, "1", -1), "1");
  assert.equal(step(all, "4", 1), "4");
  assert.equal(step(all, "7", 1), "1");
});

test("the countdown goes by whole seconds since the answer", () => {
  assert.equal(seconds_left(30, 999), 30);
  assert.equal(seconds_left(30, 1_000), 29);
});

test("marks of another make are no marks", () => {
  assert.deepEqual(parse_marks("{"), none);
  assert.deepEqual(parse_marks('{"marks":[{"bib":"1","mark":"loud"},{"bib":"2","mark":"said"},null]}'),
    { marks: [{ bib: "2", mark: "said" }] });
});
