import assert from "node:assert/strict";
import { test } from "node:test";
import { followed, is_followed, parse_followed, toggle } from "./follow.js";

const event = { name: "E", date: "2026-05-08", timezone: "UTC", utc_offset_s: 0 };
const store = (): Storage => {
  const kept = new Map<string, string>();
  return { getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value) } as unknown as Storage;
};
const ana = { race: "half", bib: "7", name: "Ana" };

test("following twice is following no longer", () => {
  const own = store();
  assert.ok(is_followed(toggle(event, ana, own), "half", "7"));
  assert.ok(is_followed(followed(event, own), "half", "7"));
  assert.deepEqual(toggle(event, ana, own), []);
});

test("another event has other people", () => {
  const own = store();
  toggle(event, ana, own);
  assert.deepEqual(followed({ ...event, date: "2027-05-08" }, own), []);
});

test("whatever stands in the store, the page goes on", () => {
  for (const text of [null, "", "{", "7", "[1,null,{\"bib\":3}]"]) assert.deepEqual(parse_followed(text), []);
});

test("a store that refuses follows nobody and breaks nothing", () => {
  const refuses = { getItem: () => { throw new Error("denied"); },
    setItem: () => { throw new Error("denied"); } } as unknown as Storage;
  assert.deepEqual(toggle(event, ana, refuses), []);
});

test("the list of the followed does not grow without end", () => {
  const own = store();
  for (let n = 0; n < 100; ++n) toggle(event, { ...ana, bib: String(n) }, own);
  assert.equal(followed(event, own).length, 24);
  assert.ok(is_followed(followed(event, own), "half", "99"));
});
