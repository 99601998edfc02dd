import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../contract.js";
import { rows_on_screen, WINDOW, Windows, windows_of } from "./windows.js";

const rows = (from: number, n: number): Row[] => Array.from({ length: n },
  (_, k) => ({ bib: String(from + k), name: "A", status: "FIN" as const }));

test("a screen lies in one window or in two", () => {
  assert.deepEqual(windows_of(0, 30, 30_000), [0]);
  assert.deepEqual(windows_of(190, 210, 30_000), [0, 1]);
  assert.deepEqual(windows_of(29_990, 30_020, 30_000), [149]);
  assert.deepEqual(windows_of(0, -1, 0), []);
});

test("what is held is not asked for again until something changed", () => {
  const windows = new Windows();
  windows.put(0, rows(0, WINDOW), 450);
  assert.deepEqual(windows.wanted(0, 30), []);
  assert.deepEqual(windows.wanted(150, 230), [1]);
  windows.age();
  assert.deepEqual(windows.wanted(0, 30), [0]);
  assert.equal(windows.row(7)?.bib, "7", "aged rows are still shown");
});

test("somebody who walks through a list of thousands holds a few windows only, and the first", () => {
  const windows = new Windows();
  for (let at = 0; at < 100; ++at) windows.put(at, rows(at * WINDOW, WINDOW), 20_000);
  const held = Array.from({ length: 100 }, (_, at) => windows.row(at * WINDOW)).filter(Boolean);
  assert.equal(held.length, 12);
  assert.equal(windows.row(0)?.bib, "0");
  assert.equal(windows.row(99 * WINDOW)?.bib, "19800");
});

test("a bib is found where it stands", () => {
  const windows = new Windows();
  windows.put(2, rows(400, 10), 410);
  assert.equal(windows.index_of("403"), 403);
  assert.equal(windows.index_of("1"), undefined);
});

test("the rows on a screen follow the scrolling and end with the list", () => {
  assert.deepEqual(rows_on_screen(200, 800, 40, 1000, 0), { first: 0, last: 15 });
  assert.deepEqual(rows_on_screen(-4000, 800, 40, 1000, 8), { first: 92, last: 128 });
  assert.deepEqual(rows_on_screen(-39_600, 800, 40, 1000, 8), { first: 982, last: 999 });
  assert.deepEqual(rows_on_screen(200, 800, 40, 0, 8), { first: 0, last: -1 });
});
