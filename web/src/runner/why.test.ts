import assert from "node:assert/strict";
import { test } from "node:test";
import type { Race, RunnerInfo } from "../contract.js";
import { Format } from "../format.js";
import { en } from "../words/en.js";
import { why_this_split, why_this_time } from "./why.js";

const format = new Format(en, { name: "E", date: "2026-05-08", timezone: "UTC", utc_offset_s: 0 });
const race = { rank_by: "gun", rules: "wa-road", closed: true } as Race;
const runner = (more: Partial<RunnerInfo>): RunnerInfo =>
  ({ bib: "1", name: "A", status: "FIN", splits: [], wave: "A", gun_at: "2026-05-08T08:00:00Z", ...more });

test("a finish heard on both mats is explained from gun to rounding", () => {
  const said = why_this_time(runner({ start_source: "mat", start_at: "2026-05-08T08:00:12Z",
    start_offset_ms: 12_340, gun_ms: 4_979_120, net_ms: 4_966_780, official_ms: 4_980_000,
    splits: [{ point: "finish", at: "2026-05-08T09:22:59Z", net_ms: 4_966_780 }] }), race, format);
  assert.deepEqual(said, ["The gun of wave A fired at 08:00:00.",
    "The start mat heard the chip at 08:00:12, 0:12.3 after the gun.", "The finish was at 09:22:59.",
    "That is 1:22:59.1 since the gun and 1:22:46.7 since the own start.",
    "This race ranks by gun time.", "Rounded by the rules wa-road: 1:23:00."]);
});

test("a start without a read says that net time counts from the gun", () => {
  assert.ok(why_this_time(runner({ start_source: "gun" }), race, format).includes(en.why_start_gun));
});

test("a ruling shows its clause and nothing else", () => {
  const said = why_this_time(runner({ status: "DSQ", clause: "TR 54.7" }), race, format);
  assert.ok(said.includes("Ruled under TR 54.7."));
});

test("a split says what heard it, and from where its times count", () => {
  const of = runner({ start_source: "mat", start_at: "2026-05-08T08:00:12Z", start_offset_ms: 12_340 });
  const split = { point: "half", at: "2026-05-08T08:41:00Z", gun_ms: 2_460_000, net_ms: 2_447_660 };
  assert.deepEqual(why_this_split({ ...split, by: "chip" }, of, format), ["The mat heard the chip at 08:41:00.",
    "The start mat heard the chip at 08:00:12, 0:12.3 after the gun.",
    "That is 41:00.0 since the gun and 40:47.6 since the own start."]);
  assert.equal(why_this_split({ ...split, by: "hand" }, of, format)[0], "Taken by hand at 08:41:00.");
  assert.equal(why_this_split({ ...split, by: "official" }, of, format)[0], "An official set it: 08:41:00.");
});

test("a missed mat gives the two times between which it was passed, and no other", () => {
  const said = why_this_split({ point: "half", missed: { low_ms: 2_400_000, high_ms: 2_580_000 } }, runner({}), format);
  assert.deepEqual(said, ["No mat heard the chip here. By the points before and behind it was passed between 40:00 " +
    "and 43:00 after the start."]);
});

test("while the race goes on it is said to be provisional", () => {
  assert.equal(why_this_time(runner({}), { ...race, closed: false }, format).at(-1), en.why_open);
});
