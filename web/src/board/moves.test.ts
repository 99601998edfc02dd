import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../contract.js";
import { gained_in, MARK_MS, Marks, place_in } from "./moves.js";

const row = (place: number | undefined, point = "10k"): Row => ({ bib: "7", name: "A", status: "RUN",
  last: { point, at: "" }, ...(place === undefined ? {} : { place }) });

test("places are counted since the point before, in the order asked for", () => {
  const one: Row = { ...row(6), place_before: 9, place_sex: 4, place_sex_before: 3, place_division: 2,
    place_division_before: 2 };
  assert.equal(gained_in(one, undefined, undefined), 3);
  assert.equal(gained_in(one, "F", undefined), -1);
  assert.equal(gained_in(one, "F", "W30"), 0);
});

test("who has no place here or had none before has gained and lost nothing", () => {
  assert.equal(gained_in(row(6), undefined, undefined), undefined);
  assert.equal(gained_in({ ...row(undefined), place_before: 9 }, undefined, undefined), undefined);
  assert.equal(gained_in({ ...row(6), place_before: 9 }, "F", undefined), undefined);
});

test("a change of one's own is marked for three seconds, then it is calm", () => {
  const marks = new Marks();
  marks.take([row(9)], 1000);
  assert.equal(marks.has("7", 1000), false, "what is new to the board is no change");
  marks.take([row(9, "15k")], 5000);
  assert.equal(marks.has("7", 5000 + MARK_MS - 1), true);
  assert.equal(marks.end_in(5000), MARK_MS);
  assert.equal(marks.has("7", 5000 + MARK_MS), false);
  assert.equal(marks.end_in(5000 + MARK_MS), undefined);
});

test("a place lost because somebody else came in marks nobody", () => {
  const marks = new Marks();
  marks.take([row(9)], 0);
  marks.take([row(10)], 1);
  assert.equal(marks.has("7", 2), false);
});

test("the place is that of the order asked for", () => {
  const one: Row = { ...row(30), place_sex: 12, place_division: 3 };
  assert.equal(place_in(one, undefined, undefined), 30);
  assert.equal(place_in(one, "F", undefined), 12);
  assert.equal(place_in(one, "F", "W30"), 3);
  assert.equal(place_in(row(30), "F", undefined), undefined, "never a place of another order");
});
