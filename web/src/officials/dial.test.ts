import assert from "node:assert/strict";
import { test } from "node:test";
import { amount_of, instant_of, is_bib } from "./dial.js";

const event = { name: "E", date: "2026-05-08", timezone: "Europe/Berlin", utc_offset_s: 7200 };

test("a time of day is read on the event's dial, with the digits it was given", () => {
  assert.equal(instant_of("9:46:15.25", event), "2026-05-08T07:46:15.25Z");
  assert.equal(instant_of(" 09:46:15,250001 ", event), "2026-05-08T07:46:15.250001Z");
  assert.equal(instant_of("2026-05-09 0:10:00", event), "2026-05-08T22:10:00Z");
});

test("the zone is that of the instant, not that of the morning", () => {
  const night = { ...event, date: "2026-10-25" };
  assert.equal(instant_of("01:30:00", night), "2026-10-24T23:30:00Z");
  assert.equal(instant_of("04:00:00", night), "2026-10-25T03:00:00Z");
});

test("where the zone is not known its offset is used", () => {
  assert.equal(instant_of("9:00:00", { ...event, timezone: "Nowhere/None" }), "2026-05-08T07:00:00Z");
});

test("what is no time is refused", () => {
  for (const text of ["", "9:46", "24:00:00", "9:60:00", "9:00:61", "2026-02-31x 9:00:00", "9:00:00.1234567", "soon"]) {
    assert.equal(instant_of(text, event), undefined, text);
  }
});

test("a length of time is written with sign, hours, minutes and seconds", () => {
  assert.equal(amount_of("2:00"), "+0:02:00");
  assert.equal(amount_of("-30"), "-0:00:30");
  assert.equal(amount_of("−1:02:03,5"), "-1:02:03.5");
  assert.equal(amount_of("90"), "+0:01:30");
  assert.equal(amount_of("0.5"), "+0:00:00.5");
});

test("no time at all, more than a day and what cannot be read are refused", () => {
  for (const text of ["", "0", "0:00", "0.0", "1:75", "1:75:00", "25:00:00", "99999999999999999999", "two"]) {
    assert.equal(amount_of(text), undefined, text);
  }
});

test("a bib has no comma, no blank and 12 characters at most", () => {
  for (const bib of ["1", "007", "F8", "A-12", "~!", "123456789012"]) assert.ok(is_bib(bib), bib);
  for (const bib of ["", "1,2", "1 2", "1234567890123", "ü1"]) assert.ok(!is_bib(bib), bib);
});
