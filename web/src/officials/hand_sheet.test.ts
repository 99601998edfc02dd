import assert from "node:assert/strict";
import { test } from "node:test";
import type { HandPair, HandState } from "./hand_contract.js";
import { block_of, count_again, first_shown, kept_marks, mend, NO_MARKS, parse_marks, proposal, rows_of, set_alone,
  type Marks } from "./hand_sheet.js";

const at = (second: number): string => `2026-05-08T10:50:${String(second).padStart(2, "0")}.5Z`;

/** Times at these seconds, bibs as written ("?" for one that nobody saw), pairs that stand still. */
function state_of(seconds: number[], bibs: string[], pairs: [number, number, HandPair["by"]][] = [],
  accepted: [string, number][] = []): HandState {
  return {
    as_of: { seq: 1, status: "provisional", at: at(0) }, race: "half", mat: "arch", mats: ["arch"],
    lists: [], times: { list: "3", left_out: 0, items: seconds.map((second, n) => ({ line: n + 1, at: at(second) })) },
    bibs: { list: "4", left_out: 0, items: bibs.map((bib, n) =>
      (bib === "?" ? { line: n + 1 } : { line: n + 1, bib, race: "half", name: `R${bib}` })) },
    pairs: pairs.map(([time, bib, by]) => ({ time, bib, by })), open: [],
    accepted: accepted.map(([bib, second], n) => ({ seq: 100 + n, race: "half", bib, at: at(second), by: "Sam" })),
  } as HandState;
}

/** "1:12 count, 2:- open": line of the time, bib, bond. */
const text_of = (state: HandState, marks: Marks = NO_MARKS): string => rows_of(state, marks)
  .map((row) => `${row.time?.line ?? "-"}:${row.bib ? row.number ?? "?" : "-"} ${row.bond}`).join(", ");

test("lists that count up stand side by side", () => {
  assert.equal(text_of(state_of([1, 2], ["12", "13"])), "1:12 count, 2:13 count");
});

test("lists that do not are shown, and said to be unsure", () => {
  assert.equal(text_of(state_of([1, 2, 3], ["12", "13"])), "1:12 open, 2:13 open, 3:- open");
});

test("a time without a runner lets the bibs slide, and what then counts up says so", () => {
  const state = state_of([1, 2, 3], ["12", "13"]);
  const marks = set_alone(state, NO_MARKS, rows_of(state, NO_MARKS)[0]!, "time");
  assert.equal(text_of(state, marks), "1:- alone, 2:12 count, 3:13 count");
  assert.equal(text_of(state, count_again(marks, rows_of(state, marks)[0]!)), text_of(state));
});

test("a bib without a time lets the times slide", () => {
  const state = state_of([1], ["12", "13"]);
  const marks = set_alone(state, NO_MARKS, rows_of(state, NO_MARKS)[0]!, "bib");
  assert.equal(text_of(state, marks), "-:12 alone, 1:13 count");
});

test("what was heard or accepted stands still, and a slip stays between such rows", () => {
  const state = state_of([1, 2, 3, 4], ["12", "13", "14"], [[2, 1, "chip"]]);
  assert.equal(text_of(state), "1:12 open, 2:- open, 3:13 chip, 4:14 count");
  const heard = rows_of(state, NO_MARKS)[2]!;
  assert.equal(set_alone(state, NO_MARKS, heard, "time"), NO_MARKS);
  const accepted = state_of([1, 2], ["12", "13"], [[0, 0, "accepted"], [1, 1, "count"]], [["12", 1]]);
  assert.equal(text_of(accepted), "1:12 accepted, 2:13 count");
  assert.equal(rows_of(accepted, NO_MARKS)[0]?.seq, 100);
});

test("to here: rows above the cursor that wait, without those that stand still", () => {
  const state = state_of([1, 2, 3, 4], ["12", "13", "14", "?"], [[1, 1, "chip"]]);
  const rows = rows_of(state, NO_MARKS);
  const found = proposal(rows, 3);
  assert.deepEqual(found.rows.map((row) => row.number), ["12", "14"]);
  assert.equal(found.unsure, 0);
  assert.equal(found.without_runner, 1);
  assert.deepEqual(block_of(state, found.rows, "b"), { id: "b", race: "half", times: "3", pairs: [
    { line: 1, at: at(1), bib: "12", race: "half" }, { line: 3, at: at(3), bib: "14", race: "half" }] });
  assert.deepEqual(proposal(rows, 0).rows.map((row) => row.number), ["12"]);
});

test("rows that do not count up are accepted only with that said", () => {
  const state = state_of([1, 2, 3], ["12", "13"]);
  assert.equal(proposal(rows_of(state, NO_MARKS), 1).unsure, 2);
});

test("a bib that nobody has is passed over until it is mended", () => {
  const state = state_of([1, 2], ["12", "31"]);
  delete state.bibs.items[1]!.race;
  const rows = rows_of(state, NO_MARKS);
  assert.deepEqual(proposal(rows, 1).rows.map((row) => row.number), ["12"]);
  const marks = mend(state, NO_MARKS, rows[1]!, "13");
  const mended = proposal(rows_of(state, marks), 1).rows;
  assert.deepEqual(mended.map((row) => row.number), ["12", "13"]);
  // Whose race it is the server finds out.
  assert.deepEqual(block_of(state, mended, "b").pairs[1], { line: 2, at: at(2), bib: "13" });
});

test("a time that was accepted for a mended bib is settled on every device", () => {
  const state = state_of([1, 2], ["12", "31"], [], [["13", 2]]);
  assert.equal(text_of(state), "1:12 count, 2:13 accepted");
  assert.deepEqual(proposal(rows_of(state, NO_MARKS), 1).rows.map((row) => row.number), ["12"]);
});

test("marks of lines that are gone go; those of other lists stay", () => {
  const state = state_of([1], ["12"]);
  const marks = { alone: [`t3/1/${at(1)}`, "t3/9/x", "t7/1/x"], mended: { "b4/1/12": "13", "b4/7/1": "2" } };
  assert.deepEqual(kept_marks(state, marks), { alone: [`t3/1/${at(1)}`, "t7/1/x"], mended: { "b4/1/12": "13" } });
});

test("the sheet opens where it begins to wait", () => {
  const seconds = Array.from({ length: 30 }, (_, n) => n);
  const bibs = seconds.map((n) => String(100 + n));
  const settled = seconds.slice(0, 20).map((n): [number, number, HandPair["by"]] => [n, n, n % 2 ? "chip" : "accepted"]);
  const accepted = seconds.slice(0, 20).filter((n) => n % 2 === 0).map((n): [string, number] => [String(100 + n), n]);
  assert.equal(first_shown(rows_of(state_of(seconds, bibs, settled, accepted), NO_MARKS)), 15);
  assert.equal(first_shown([]), 0);
});

test("seconds since the time above are of the list, also across a bib without a time", () => {
  const state = state_of([1, 4], ["12", "13", "14"]);
  const marks = set_alone(state, NO_MARKS, rows_of(state, NO_MARKS)[1]!, "bib");
  assert.deepEqual(rows_of(state, marks).map((row) => row.after_ms), [undefined, undefined, 3000]);
});

test("a broken store marks nothing", () => {
  for (const text of [null, "{", "7", '{"alone":7,"mended":[1]}']) assert.deepEqual(parse_marks(text), NO_MARKS);
});
