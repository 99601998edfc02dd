// What a visitor loads, gzipped: the entry with what it imports and its styles, and each view on
// top of it with every chunk it may fetch later. Exits 1 if the dearest public view is over the
// budget.
import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 60 * 1024;
const PUBLIC_VIEWS = ["story", "board", "runner", "replay", "awards"];

const files = readdirSync("dist/assets");
const bytes = (file) => gzipSync(readFileSync(file), { level: 9 }).length;
const LATER = /import\("\.\/([^"]+)"\)/g;
/** Chunks that every page may fetch and that are not the view's own: other views, other words. */
const ELSEWHERE = /_view-|^(de|en)-/;
const imports = (file, seen = new Set()) => {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.endsWith(".js")) return seen;
  const code = readFileSync(`dist/assets/${file}`, "utf8");
  for (const [, other] of code.matchAll(/from\s*"\.\/([^"]+)"|import\s*"\.\/([^"]+)"/g)) {
    if (other && files.includes(other)) imports(other, seen);
  }
  for (const [, other] of code.matchAll(LATER)) {
    if (ELSEWHERE.test(other)) continue;
    imports(other, seen);
    const style = files.find((one) => one.endsWith(".css") && one.split("-")[0] === other.split("-")[0]);
    if (style) seen.add(style);
  }
  return seen;
};
const html = readFileSync("dist/index.html", "utf8");
const named = [...html.matchAll(/assets\/([^"]+)/g)].map((found) => found[1]);
const first = new Set(named.filter((file) => file.endsWith(".css")));
for (const file of named.filter((one) => one.endsWith(".js"))) imports(file, first);
const sum = (set) => [...set].reduce((all, file) => all + bytes(`dist/assets/${file}`), 0);

const shell = bytes("dist/index.html") + sum(first);
let most = shell;
console.log(`shell             ${String(shell).padStart(6)} B gzip`);
for (const file of files.filter((one) => one.endsWith("_view.js") || /_view-[^.]+\.js$/.test(one))) {
  const name = file.replace(/_view.*/, "");
  const all = imports(file, new Set(first));
  for (const style of files.filter((one) => one.startsWith(`${name}_view`) && one.endsWith(".css"))) all.add(style);
  const total = bytes("dist/index.html") + sum(all);
  if (PUBLIC_VIEWS.includes(name)) most = Math.max(most, total);
  console.log(`with ${name.padEnd(12)} ${String(total).padStart(6)} B gzip`);
}
console.log(`budget            ${String(BUDGET_BYTES).padStart(6)} B`);
if (most > BUDGET_BYTES) {
  console.error(`size: ${most} B is over the budget`);
  process.exit(1);
}
