import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, by_urgency, clock_off_ms, filtered, grouped, mat_state, mats_of, spark_path } from "./health.js";
import type { Attention, Mat, MatMinute } from "./official_contract.js";

const minute = (n: number, heard: number, passed: number): MatMinute => ({ at: `2026-05-08T11:${n}:00Z`, heard, passed });
const mat = (heard: number, passed: number, minutes: MatMinute[]): Mat => ({ id: "arch", heard, passed, minutes });

test("a mat that stopped hearing says since when, and how little it heard", () => {
  const state = mat_state(mat(9000, 9100, [minute(28, 80, 80), minute(29, 78, 80), minute(30, 20, 80), minute(31, 0, 70)]));
  assert.deepEqual([state.wants, state.silent_since, state.silent_heard, state.silent_passed],
    ["act", "2026-05-08T11:30:00Z", 20, 150]);
});

test("a mat that hears again is no longer silent", () => {
  assert.equal(mat_state(mat(9000, 9100, [minute(30, 0, 80), minute(31, 79, 80)])).wants, "nothing");
});

test("minutes in which few passed say nothing", () => {
  assert.equal(mat_state(mat(100, 100, [minute(30, 0, 3)])).wants, "nothing");
});

test("a mat that misses some wants a look; one nobody passed says nothing", () => {
  assert.equal(mat_state(mat(960, 1000, [])).wants, "look");
  assert.deepEqual([mat_state(mat(0, 0, [])).share, mat_state(mat(0, 0, [])).wants], [undefined, "nothing"]);
});

test("a finish mat that nothing behind can judge is known by its reader", () => {
  const reader = { id: "r", device: "mylaps", address: "", state: "connected", reads: 0 } as const;
  assert.deepEqual(mats_of({ mats: [mat(1, 1, [])], readers: [{ ...reader, mats: ["finish", "arch"] }, reader] }),
    ["arch", "finish"]);
});

const thing = (severity: Attention["severity"], kind: string, bib?: string): Attention =>
  ({ severity, kind, what: `What of ${kind}`, ...(bib ? { bib } : {}) });

test("the most pressing comes first, in the order of the server", () => {
  const all = [thing("note", "a"), thing("act", "b"), thing("look", "c"), thing("act", "d")];
  assert.deepEqual(by_urgency(all).map((one) => one.kind), ["b", "d", "c", "a"]);
});

test("things are found by severity, bib and words", () => {
  const all = [thing("act", "unresolved", "12"), thing("look", "two-chips", "112"), thing("look", "dead-mat")];
  assert.equal(filtered(all, "look", undefined).length, 2);
  assert.deepEqual(filtered(all, undefined, "Two Chips").length, 1);
  assert.deepEqual(filtered(all, undefined, "dead").map((one) => one.kind), ["dead-mat"]);
  assert.equal(filtered(all, "act", "dead").length, 0);
});

test("many of a kind are one group at each severity", () => {
  const groups = grouped([thing("act", "a", "1"), thing("act", "b"), thing("act", "a", "2"), thing("look", "a")]);
  assert.deepEqual(groups.map((group) => [group.severity, group.kind, group.items.length]),
    [["act", "a", 2], ["act", "b", 1], ["look", "a", 1]]);
});

test("how long ago is told in the unit that fits, and never before now", () => {
  assert.deepEqual(ago(449), { n: 0.4, unit: "s" });
  assert.deepEqual(ago(12_900), { n: 12, unit: "s" });
  assert.deepEqual(ago(200_000), { n: 3, unit: "min" });
  assert.deepEqual(ago(8_000_000), { n: 2, unit: "h" });
  assert.deepEqual(ago(-5_000), { n: 0, unit: "s" });
});

test("a spark goes from left to right, the most on top", () => {
  assert.equal(spark_path([0, 10]), "M0.0 19.0L100.0 1.0");
  assert.equal(spark_path([5]), "");
});

test("two clocks are apart only where a header of whole seconds can tell", () => {
  const own = Date.parse("2026-05-08T10:00:00Z");
  assert.equal(clock_off_ms(own, "Fri, 08 May 2026 10:00:01 GMT"), undefined);
  assert.equal(clock_off_ms(own, "Fri, 08 May 2026 10:00:42 GMT"), 42_500);
  assert.equal(clock_off_ms(own, null), undefined);
});
