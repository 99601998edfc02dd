import assert from "node:assert/strict";
import { test } from "node:test";
import { href, parse_route } from "./route.js";

test("an address without a view is the story", () => {
  assert.deepEqual(parse_route(""), { view: "story", params: {} });
});

test("filters survive the way through the address, whatever is in them", () => {
  const params = { race: "half", search: "José & Ana=1", point: "10k" };
  assert.deepEqual(parse_route(href("board", params)), { view: "board", params });
});

test("what is empty is left out of the address", () => {
  assert.equal(href("board", { race: "half", sex: "", point: undefined }), "?view=board&race=half");
  assert.deepEqual(parse_route("?view=board&sex="), { view: "board", params: {} });
});
