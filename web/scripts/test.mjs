// Bundles every src/**/*.test.ts and runs them with node --test: no browser, no network.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const tests = readdirSync("src", { recursive: true }).filter((file) => file.endsWith(".test.ts"));
const folder = mkdtempSync(join(tmpdir(), "homestretch-web-"));
try {
  await build({
    entryPoints: tests.map((file) => join("src", file)), outdir: folder, bundle: true,
    platform: "node", format: "esm", outExtension: { ".js": ".mjs" }, logLevel: "error",
    sourcemap: "inline", loader: { ".css": "empty" },
  });
  const built = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".mjs"))
    .map((file) => join(folder, file));
  const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...built], { stdio: "inherit" });
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
