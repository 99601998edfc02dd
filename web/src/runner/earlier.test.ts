import assert from "node:assert/strict";
import { test } from "node:test";
import { de } from "../words/de.js";
import { en } from "../words/en.js";
import { earlier_words } from "./earlier.js";

test("earlier races are counted, with the best over this length or the last year", () => {
  const before = { races: 12, here: 5, last_year: 2024, best_ms: 11_051_400, best_race: "Harbour", best_year: 2019 };
  assert.deepEqual(earlier_words(before, en), ["12 earlier races", "5 of this one", "best 3:04:11 (Harbour, 2019)"]);
  assert.deepEqual(earlier_words({ races: 1, here: 0, last_year: 2024 }, en), ["1 earlier race", "last in 2024"]);
  assert.deepEqual(earlier_words({ races: 1, here: 0, last_year: 2024 }, de), ["ein früheres Rennen", "zuletzt 2024"]);
});

test("of whom nothing is known nothing is said", () => assert.deepEqual(earlier_words(undefined, en), []));
