import type { Race, RunnerInfo, Split } from "../contract.js";
import { clock, type Format } from "../format.js";

/**
 * Why a time is what it is, in sentences, from what is public: gun, start, finish, rounding, ruling.
 * Never why somebody was ruled against: only the clause.
 */
export function why_this_time(runner: RunnerInfo, race: Race, format: Format): string[] {
  const { words } = format;
  const said: string[] = [];
  if (runner.gun_at) said.push(words.why_gun(runner.wave ?? "", format.time(runner.gun_at)));
  said.push(...why_start(runner, format));
  const finish = runner.splits.find((split) => split.point === "finish" && split.at);
  if (finish?.at) said.push(words.why_finish(format.time(finish.at)));
  if (runner.gun_ms !== undefined && runner.net_ms !== undefined) {
    said.push(words.why_times(format.tenths(runner.gun_ms), format.tenths(runner.net_ms)));
  }
  if (runner.penalty_ms) said.push(words.why_penalty(clock(runner.penalty_ms)));
  if (runner.official_ms !== undefined) {
    said.push(words.why_rank[race.rank_by]);
    said.push(words.why_official(format.official(runner.official_ms), race.rules));
  }
  if (runner.clause) said.push(words.why_clause(runner.clause));
  if (!race.closed) said.push(words.why_open);
  return said;
}

/**
 * Why a split is what it is, in sentences: what heard the runner, when, and from where both times
 * count. Never why an official set a time.
 */
export function why_this_split(split: Split, runner: RunnerInfo, format: Format): string[] {
  const { words } = format;
  if (split.missed) return [words.why_missed(clock(split.missed.low_ms), clock(split.missed.high_ms))];
  if (!split.at) return [];
  const said = [words.why_split[split.by ?? "chip"](format.time(split.at)), ...why_start(runner, format)];
  if (split.gun_ms !== undefined && split.net_ms !== undefined) {
    said.push(words.why_times(format.tenths(split.gun_ms), format.tenths(split.net_ms)));
  }
  return said;
}

function why_start(runner: RunnerInfo, format: Format): string[] {
  const { words } = format;
  if (runner.start_source === "gun") return [words.why_start_gun];
  if (!runner.start_at) return [];
  if (runner.start_source === "mat" && runner.start_offset_ms !== undefined) {
    return [words.why_start_mat(format.time(runner.start_at), format.tenths(runner.start_offset_ms))];
  }
  return [words.why_start_other(runner.start_source ?? "", format.time(runner.start_at))];
}
