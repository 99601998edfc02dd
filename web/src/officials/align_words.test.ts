import assert from "node:assert/strict";
import { test } from "node:test";
import { ALIGN_WORDS } from "./align_words.js";

function walk(value: unknown, name: string): void {
  if (typeof value === "string") assert.ok(value.length > 0, name);
  else if (typeof value === "function") {
    const given = Array.from({ length: value.length }, (_, n) => `<${n}>`);
    const said = (value as (...all: string[]) => string)(...given);
    for (const one of given) assert.ok(said.includes(one), `${name} leaves out ${one}`);
  } else for (const [key, one] of Object.entries(value as object)) walk(one, key);
}

test("hand timing is said whole in both languages, with what it is given", () => {
  walk(ALIGN_WORDS.en, "en");
  walk(ALIGN_WORDS.de, "de");
});
