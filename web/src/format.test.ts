import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, Format, gap, hours_minutes, pace } from "./format.js";
import { de } from "./words/de.js";
import { en } from "./words/en.js";

const event = { name: "E", date: "2026-05-08", timezone: "Europe/Berlin", utc_offset_s: 7200 };

test("times are cut to the second and never rounded up", () => {
  assert.equal(clock(5_504_999), "1:31:44");
  assert.equal(clock(59_999), "0:59");
  assert.equal(clock(-1500), "−0:01");
});

test("a gap is written with its sign, and nobody is behind themselves", () => {
  assert.equal(gap(31_000), "+0:31");
  assert.equal(gap(0), "");
});

test("pace is cut, and there is none without a length", () => {
  assert.equal(pace(1_355_900, 5000), "4:31");
  assert.equal(pace(1000, 0), undefined);
});

test("instants stand on the dial of the event, wherever the reader is", () => {
  assert.equal(new Format(en, event).time("2026-05-08T09:42:07.120Z"), "11:42:07");
  assert.equal(new Format(en, { ...event, timezone: "Asia/Kolkata" }).time("2026-05-08T22:00:00Z"), "03:30:00");
});

test("a zone that the browser does not know falls back on the offset", () => {
  const strange = new Format(en, { ...event, timezone: "Moon/Base", utc_offset_s: -3600 });
  assert.equal(strange.time("2026-05-08T00:30:00Z"), "23:30:00");
});

test("a broken instant is nothing, not a wrong time", () => {
  assert.equal(new Format(en, event).time("soon"), "");
});

test("an official time keeps the digits its rules gave it", () => {
  assert.equal(new Format(en, event).official(7_557_000), "2:05:57");
  assert.equal(new Format(en, event).official(239_540), "3:59.54");
  assert.equal(new Format(de, event).official(239_540), "3:59,54");
});

test("splits have tenths, cut", () => {
  assert.equal(new Format(en, event).tenths(1_904_599), "31:44.5");
});

test("a projection is a range: minutes for long races, seconds for short ones", () => {
  const format = new Format(en, event);
  assert.equal(format.projected({ ms: 15_129_000, low_ms: 14_700_000, high_ms: 15_660_000 }), "4:12 (4:05–4:21)");
  assert.equal(format.projected({ ms: 1_290_000, low_ms: 1_230_000, high_ms: 1_350_000 }), "21:30 (20:30–22:30)");
  assert.equal(hours_minutes(3_599_999), "1:00");
});

test("points are named as people name them, in the language of the event", () => {
  assert.equal(new Format(en, event).point("30k"), "30K");
  assert.equal(new Format(de, event).point("7.5k"), "km 7,5");
  assert.equal(new Format(de, event).point("half"), "Hälfte");
  assert.equal(new Format(en, event).point("bridge"), "bridge");
});
