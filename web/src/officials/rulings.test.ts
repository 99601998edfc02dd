import assert from "node:assert/strict";
import { test } from "node:test";
import type { FactLine } from "./official_contract.js";
import { about_the_same } from "./rulings.js";

const ruling = (ruling: string, bib: string, more: Partial<FactLine> = {}): FactLine =>
  ({ fact: "ruling", ruling, race: "half", bib, ...more });

test("rulings on one bib are about the same, whatever they say; the same number in another race is not", () => {
  assert.equal(about_the_same(ruling("dsq", "12"), ruling("reinstate", "12")), true);
  assert.equal(about_the_same(ruling("dsq", "12"), ruling("dsq", "13")), false);
  assert.equal(about_the_same(ruling("dsq", "12"), ruling("dsq", "12", { race: "10k" })), false);
});

test("whoever is named as another is meant, too", () => {
  assert.equal(about_the_same(ruling("dead-heat", "12", { with: ["13"] }), ruling("dsq", "13")), true);
  assert.equal(about_the_same(ruling("swap-chips", "12", { with: ["13"], to: "10k" }), ruling("dsq", "13")), false);
  assert.equal(about_the_same(ruling("move", "12", { to: "10k" }), ruling("dsq", "12", { race: "10k" })), true);
});

test("of a race as a whole each ruling is about the same, and about none of its runners", () => {
  const stop: FactLine = { fact: "race-ruling", ruling: "stop", race: "half" };
  assert.equal(about_the_same(stop, { fact: "cancel", race: "half" }), true);
  assert.equal(about_the_same(stop, { fact: "cancel", race: "10k" }), false);
  assert.equal(about_the_same(stop, ruling("dsq", "12")), false);
});
