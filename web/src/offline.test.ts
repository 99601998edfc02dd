import assert from "node:assert/strict";
import { test } from "node:test";
import { is_kept, shell_cache_name } from "./offline.js";

test("public reads are kept for when there is no line", () => {
  for (const path of ["/api/v1/races", "/live/api/v1/races/half/results", "/api/v1/runners/half/12",
    "/api/v1/moments", "/api/v1/story", "/api/v1/races/half/replay"]) assert.ok(is_kept(path), path);
});

test("nothing that an official reads is ever stored, nor a stream", () => {
  for (const path of ["/api/v1/console", "/api/v1/referee", "/api/v1/explain/half/12", "/events",
    "/api/v1/session", "/api/v1/announcer", "/api/v1/races/half/results/x"]) assert.ok(!is_kept(path), path);
});

test("other files are another shell", () => {
  assert.notEqual(shell_cache_name(["a-1.js"]), shell_cache_name(["a-2.js"]));
});
