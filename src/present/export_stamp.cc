#include "present/export_stamp.h"

#include <algorithm>

#include "present/sentences.h"

namespace hs::present {
namespace {

constexpr std::size_t kHashDigits = 12;  // As in the summary of `score`.

/// No clock is asked: the last passing, ruling or note, else the beginning of the event's day.
base::RaceTime latest_instant(const model::EventResults& results) {
  base::RaceTime latest = results.event.begins;
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.start_at) latest = std::max(latest, *runner.start_at);
    for (const model::Split& split : runner.splits) {
      if (split.passing) latest = std::max(latest, split.passing->at);
    }
  }
  for (const model::Ruling& ruling : results.rulings) {
    if (ruling.ruling.author.at) latest = std::max(latest, *ruling.ruling.author.at);
  }
  return latest;
}

const char* key_of(const ResultsStamp& stamp) {
  switch (stamp.kind) {
    case scoring::ListState::Kind::Official:
      return "export.official";
    case scoring::ListState::Kind::Published:
      return "export.published";
    case scoring::ListState::Kind::Provisional:
      break;
  }
  return stamp.version > 0 ? "export.changed-since" : "export.provisional";
}

}  // namespace

ResultsStamp stamp_of(const model::EventResults& results) {
  ResultsStamp out;
  out.fact = results.as_of.raw();
  out.version = results.version;
  out.is_final = !results.closed.empty();
  for (std::size_t i = 0; i < results.closed.size(); ++i) {
    out.is_final = out.is_final && (results.closed[i] || results.cancelled[i]);
  }
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.status == model::RunnerStatus::Unresolved) out.is_final = false;
  }
  const std::vector<scoring::ListState> lists = scoring::list_states(results);
  if (!lists.empty()) out.kind = scoring::ListState::Kind::Official;
  for (const scoring::ListState& list : lists) out.kind = std::min(out.kind, list.kind);
  out.hash = base::to_hex(results.hash).substr(0, kHashDigits);
  out.at = latest_instant(results);
  return out;
}

std::string stamp_line(const ResultsStamp& stamp, Language language) {
  Sentences words(language);
  words.add_count("version", stamp.version);
  words.add_count("entry", stamp.fact);
  words.add_text("hash", stamp.hash);
  return words.text({{key_of(stamp)}});
}

}  // namespace hs::present
