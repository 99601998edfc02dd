#include "app/score_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "present/changes.h"

namespace hs::app {
namespace {

constexpr std::size_t kEntriesShown = 20;

std::string entry_text(const engine::EntryChange& change) {
  if (!change.before) {
    const model::Entrant& entrant = change.after->entrant;
    return fmt::format("entry added: {} {}\n", entrant.race, entrant.bib.view());
  }
  const model::Entrant& entrant = change.before->entrant;
  if (!change.after) {
    return fmt::format("entry taken out: {} {}\n", entrant.race, entrant.bib.view());
  }
  std::string out;
  for (const std::string& line :
       present::describe_changes(change.before->entrant, change.before->person,
                                 change.after->entrant, change.after->person)) {
    out += fmt::format("entry changed: {} {}: {}\n", entrant.race, entrant.bib.view(), line);
  }
  return out;
}

}  // namespace

std::string changes_text(const engine::IngestReport& report) {
  std::string out;
  if (report.event_changed && report.event_after) {
    for (const std::string& line :
         present::describe_changes(*report.event_before, *report.event_after)) {
      out += "event changed: " + line + "\n";
    }
  }
  for (std::size_t i = 0; i < std::min(report.entries.size(), kEntriesShown); ++i) {
    out += entry_text(report.entries[i]);
  }
  if (report.entries.size() > kEntriesShown) {
    out += fmt::format("... and {} more entries changed\n", report.entries.size() - kEntriesShown);
  }
  return out;
}

std::string ingest_text(const engine::IngestReport& report) {
  std::string out =
      fmt::format("read files: {} lines, {} new reads", report.lines, report.reads_new);
  if (report.reads_known > 0) out += fmt::format(", {} known before", report.reads_known);
  if (report.copies > 0) out += fmt::format(", {} copies", report.copies);
  if (report.conflicts > 0) out += fmt::format(", {} conflicts", report.conflicts);
  if (report.rulings_new > 0) out += fmt::format("; {} new rulings and notes", report.rulings_new);
  return out + "\n";
}

Exit exit_of_results(const model::EventResults& results, bool strict) {
  if (strict && !results.attention.empty()) return Exit::Unresolved;
  const bool open = std::any_of(
      results.attention.begin(), results.attention.end(),
      [](const model::Attention& item) { return item.severity == model::Severity::Act; });
  return open ? Exit::Unresolved : Exit::Done;
}

}  // namespace hs::app
