// DuckDB ranks the race of bench/scoring_bench.cc (30,000 runners at 10 points, overall, by sex and
// by division), turn by turn with our full scoring of it, which also finds the times from the reads.
// DuckDB gets them ready-made and in memory. Usage: node rank.mjs HS_BENCH [TURNS]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const bench = process.argv[2];
const turns = Number(process.argv[3] ?? 5);
if (!bench) throw new Error("usage: node rank.mjs HS_BENCH [TURNS]");

const scratch = mkdtempSync(join(tmpdir(), "rank-"));
const times = join(scratch, "times.csv");

/** Our best of 20 full scorings, in milliseconds. */
function ours() {
  const out = execFileSync(
    bench,
    ["--benchmark_filter=^BM_FullScoring", "--benchmark_format=json"],
    { env: { ...process.env, HS_BENCH_TIMES: times }, stdio: ["ignore", "pipe", "ignore"] },
  );
  return JSON.parse(out).benchmarks[0].best_ms;
}

/** DuckDB's best of 20 rankings, in milliseconds. */
async function theirs(connection) {
  let best = Infinity;
  for (let i = 0; i < 20; ++i) {
    const from = process.hrtime.bigint();
    await connection.run(`select sum(a + b + c) from (select
      rank() over (partition by point order by time) a,
      rank() over (partition by point, sex order by time) b,
      rank() over (partition by point, sex, division order by time) c from t)`);
    best = Math.min(best, Number(process.hrtime.bigint() - from) / 1e6);
  }
  return best;
}

try {
  const db = await DuckDBInstance.create(":memory:");
  const connection = await db.connect();
  let bestOurs = ours();
  await connection.run(`create table t as select * from read_csv('${times}')`);
  const rows = (await connection.runAndReadAll("select count(*) from t")).getRows()[0][0];
  let bestTheirs = Infinity;
  for (let turn = 0; turn < turns; ++turn) {
    bestTheirs = Math.min(bestTheirs, await theirs(connection));
    bestOurs = Math.min(bestOurs, ours());
  }
  console.log(`${rows} times; full scoring best ${bestOurs.toFixed(1)} ms, DuckDB's ranking alone ` +
    `best ${bestTheirs.toFixed(1)} ms: ratio ${(bestTheirs / bestOurs).toFixed(2)}`);
} finally {
  rmSync(scratch, { recursive: true });
}
