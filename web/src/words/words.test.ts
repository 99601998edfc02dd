import assert from "node:assert/strict";
import { test } from "node:test";
import { words_of } from "./index.js";
import { de } from "./de.js";
import { en } from "./en.js";

test("the language of the event decides; what is not spoken here is told in English", async () => {
  assert.equal(await words_of("de-AT"), de);
  assert.equal(await words_of("fr"), en);
  assert.equal(await words_of(undefined), en);
});

test("both languages fill in what they are given", () => {
  for (const words of [en, de]) {
    for (const [name, value] of Object.entries(words)) {
      if (typeof value !== "function") continue;
      const given = Array.from({ length: value.length }, (_, n) => `<${n}>`);
      const said = (value as (...all: string[]) => string)(...given);
      assert.ok(said.length > 0 && !said.includes("undefined"), `${words.language} ${name}`);
    }
  }
});
