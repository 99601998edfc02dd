import assert from "node:assert/strict";
import { test } from "node:test";
import type { Context } from "../view.js";
import { Format } from "../format.js";
import { de as page_de } from "../words/de.js";
import { en as page_en } from "../words/en.js";
import { empty_draft, fact_of, FIELDS, type Kind } from "./facts.js";
import { percent } from "./device_lists.js";
import { will_words } from "./will.js";
import { de } from "./words_de.js";
import { en } from "./words_en.js";

const event = { name: "E", date: "2026-05-08", timezone: "UTC", utc_offset_s: 0 };
const context_of = (words: typeof page_en): Context => ({ event, words, format: new Format(words, event),
  races: [{ id: "half", name: "Half marathon" }, { id: "10k", name: "Ten" }] }) as unknown as Context;

function walk(value: unknown, name: string, check: (text: string, name: string) => void): void {
  if (typeof value === "string") check(value, name);
  else if (typeof value === "function") {
    const given = Array.from({ length: value.length }, (_, n) => `<${n}>`);
    const said = (value as (...all: string[]) => string)(...given);
    check(said, name);
    for (const one of given) assert.ok(said.toLowerCase().includes(one) || name === "waits", `${name} leaves out ${one}`);
  } else for (const [key, one] of Object.entries(value as object)) walk(one, key, check);
}

test("both languages say everything, with what they are given", () => {
  for (const words of [en, de]) {
    walk(words, "", (text, name) => assert.ok(text.length > 0 && !text.includes("undefined"), name));
  }
  assert.deepEqual(Object.keys(de.things), Object.keys(en.things));
});

test("every decision says who, and the value that it carries", () => {
  const everything = { bib: "812", clause: "TR 6.3", reason: "R", amount: "2:00", at: "9:46:15.25", reads: "1007",
    point: "10k", with: "813", wave: "B", device: "box 3", witness: "volunteer", bibs: "812", text: "Hand in hand",
    other: "813", to: "10k", to_point: "finish", protest_until: "15:00:00" };
  for (const [page, words] of [[page_en, en], [page_de, de]] as const) {
    for (const kind of Object.keys(FIELDS) as Kind[]) {
      const { fact } = fact_of({ ...empty_draft(kind, "half"), ...everything }, event);
      assert.ok(fact, kind);
      const said = will_words(fact, "Ana Ruiz", context_of(page), words);
      if (fact.bib) assert.match(said, /812 \(Ana Ruiz, Half marathon\)/);
      if (fact.clause && kind === "dsq") assert.match(said, /TR 6\.3/);
      if (fact.at) assert.match(said, /09:46:15\.25/);
      if (fact.device) assert.match(said, /\+0:02:00.*box 3|box 3.*\+0:02:00/);
      if (fact.text) assert.match(said, /Hand in hand/);
      if (fact.amount) assert.match(said, /\+0:02:00/);
      if (fact.reads) assert.match(said, /1007/);
      if (fact.with) assert.match(said, /813/);
      assert.ok(!said.includes("undefined"), said);
    }
  }
});

test("a share is cut: a mat that missed one never heard all", () => {
  assert.equal(percent(7999 / 8000, context_of(page_en)), "99.9 %");
  assert.equal(percent(1, context_of(page_en)), "100 %");
});
