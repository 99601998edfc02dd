import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../contract.js";
import { MARK_MS, Moves, place_in } from "./moves.js";

const row = (place: number | undefined, point = "10k"): Row => ({ bib: "7", name: "A", status: "RUN",
  last: { point, at: "" }, ...(place === undefined ? {} : { place }) });

test("places are counted since the board was opened, not since the last change", () => {
  const moves = new Moves((one) => one.place);
  moves.take([row(9)], 0);
  moves.take([row(7)], 1);
  moves.take([row(6)], 2);
  assert.equal(moves.gained(row(6)), 3);
  assert.equal(moves.gained(row(11)), -2);
});

test("who had no place when the board was opened counts from the first one", () => {
  const moves = new Moves((one) => one.place);
  moves.take([row(undefined)], 0);
  moves.take([row(5)], 1);
  assert.equal(moves.gained(row(5)), 0);
  assert.equal(moves.gained(row(undefined)), undefined);
});

test("a change of one's own is marked for three seconds, then it is calm", () => {
  const moves = new Moves((one) => one.place);
  moves.take([row(9)], 1000);
  assert.equal(moves.is_marked("7", 1000), false, "what is new to the board is no change");
  moves.take([row(9, "15k")], 5000);
  assert.equal(moves.is_marked("7", 5000 + MARK_MS - 1), true);
  assert.equal(moves.marks_end_in(5000), MARK_MS);
  assert.equal(moves.is_marked("7", 5000 + MARK_MS), false);
  assert.equal(moves.marks_end_in(5000 + MARK_MS), undefined);
});

test("a place lost because somebody else came in marks nobody", () => {
  const moves = new Moves((one) => one.place);
  moves.take([row(9)], 0);
  moves.take([row(10)], 1);
  assert.equal(moves.is_marked("7", 2), false);
});

test("the place is that of the order asked for", () => {
  const one: Row = { ...row(30), place_sex: 12, place_division: 3 };
  assert.equal(place_in(one, undefined, undefined), 30);
  assert.equal(place_in(one, "F", undefined), 12);
  assert.equal(place_in(one, "F", "W30"), 3);
  assert.equal(place_in(row(30), "F", undefined), undefined, "never a place of another order");
});
