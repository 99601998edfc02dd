import assert from "node:assert/strict";
import { test } from "node:test";
import type { AsOf, Race } from "./contract.js";
import { Format } from "./format.js";
import { list_words } from "./list_words.js";
import { en } from "./words/en.js";

const format = new Format(en, { name: "E", date: "2026-05-08", timezone: "UTC", utc_offset_s: 0 });
const as_of = (at: string): AsOf => ({ seq: 1, status: "provisional", at });
const race = (more: Partial<Race>): Race => ({ id: "half", ...more }) as Race;
const noon = as_of("2026-05-08T12:00:00Z");

test("a published list says its version and until when protests are taken", () => {
  const told = { words: en, format, races: [race({ list: "published", version: 2, protest_until_at: "2026-05-08T15:00:00Z" })] };
  assert.deepEqual(list_words(told, undefined, noon), ["published", "version 2", "protests until 15:00"]);
  assert.deepEqual(list_words(told, undefined, as_of("2026-05-08T15:00:00Z")),
    ["published", "version 2", "protests were possible until 15:00"]);
});

test("a list that changed since it went out is provisional, and says since which version", () => {
  const told = { words: en, format, races: [race({ list: "provisional", version: 1 })] };
  assert.deepEqual(list_words(told, undefined, noon), ["provisional", "changed since version 1"]);
});

test("of several races the one of the address; without one what holds of all", () => {
  const told = { words: en, format, races: [race({ list: "official", version: 3 }), race({ id: "10k", list: "provisional" })] };
  assert.deepEqual(list_words(told, "half", noon), ["official", "version 3"]);
  assert.deepEqual(list_words(told, undefined, noon), ["provisional"]);
});
