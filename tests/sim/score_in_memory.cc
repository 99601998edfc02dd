#include "sim/score_in_memory.h"

#include <map>
#include <optional>
#include <set>

#include "formats/chip_file.h"
#include "formats/entrants_file.h"
#include "formats/event_file.h"
#include "formats/rulings_file.h"

namespace hs::sim_test {

namespace {

const std::string* find(const sim::SimulatedEvent& event, const std::string& path) {
  for (const sim::SimulatedFile& file : event.files) {
    if (file.path == path) return &file.bytes;
  }
  return nullptr;
}

/// Numbers facts and streams the way a log does, and keeps one read an identity.
class MemoryLog {
 public:
  explicit MemoryLog(scoring::Closing closing) : scorer(closing) {}

  void append(model::FactBody body) {
    seq_ = seq_.next();
    scorer.apply({seq_, std::move(body)});
  }

  void append(const formats::ParsedStream& parsed, Scored& scored) {
    const auto key =
        std::array<std::string, 3>{parsed.stream.device, parsed.stream.epoch, parsed.stream.mat};
    const auto [place, is_new] =
        streams_.emplace(key, model::StreamId(static_cast<std::uint32_t>(streams_.size() + 1)));
    if (is_new) append(model::StreamFact{place->second, parsed.stream});
    for (const model::Marker& marker : parsed.markers) {
      if (!seen_.insert(model::identity_of(parsed.stream, marker)).second) continue;
      append(model::MarkerFact{place->second, marker});
    }
    for (model::Read read : parsed.reads) {
      if (!seen_.insert(model::identity_of(parsed.stream, read)).second) {
        ++scored.copies;
        continue;
      }
      read.stream = place->second;
      seq_ = seq_.next();
      scorer.apply_read(seq_, read);
    }
  }

  scoring::Scorer scorer;

 private:
  model::FactSeq seq_{0};
  std::map<std::array<std::string, 3>, model::StreamId> streams_;
  std::set<model::Identity> seen_;
};

void read_source(const sim::SimulatedEvent& event, const model::SourceConfig& source,
                 const model::Event& parsed, MemoryLog& log, Scored& scored) {
  const std::string* bytes = find(event, source.file);
  if (bytes == nullptr) {
    scored.problems.push_back("no file " + source.file);
    return;
  }
  formats::ChipFileInput input;
  input.file = source.file;
  input.bytes = *bytes;
  input.marker_file = source.file.substr(0, source.file.rfind('.')) + ".mrk";
  if (const std::string* markers = find(event, input.marker_file)) input.markers = *markers;
  const auto file = formats::parse_chip_file(source, parsed, input);
  if (!file) {
    scored.problems.push_back(file.error().text());
    return;
  }
  scored.bad_lines += file->bad.size();
  if (file->last_line_cut) ++scored.cut_files;
  for (const formats::ParsedStream& stream : file->streams) log.append(stream, scored);
}

}  // namespace

Scored score_in_memory(const sim::SimulatedEvent& event, scoring::Closing closing) {
  Scored scored;
  MemoryLog log(closing);
  std::vector<model::Attention> notes;
  const auto parsed = formats::read_event(*find(event, "event.toml"), "event.toml", &notes);
  if (!parsed) {
    scored.problems.push_back(parsed.error().text());
    return scored;
  }
  log.append(model::EventFact{*parsed});
  const auto entrants =
      formats::read_entrants(*find(event, "entrants.csv"), "entrants.csv", *parsed);
  if (!entrants) {
    scored.problems.push_back(entrants.error().text());
    return scored;
  }
  for (const model::EntrantFact& entry : entrants->entries) log.append(entry);
  for (const model::SourceConfig& source : parsed->sources) {
    read_source(event, source, *parsed, log, scored);
  }
  if (const std::string* rulings = find(event, "rulings.jsonl")) {
    const auto lines = formats::read_rulings(*rulings, "rulings.jsonl");
    if (!lines) scored.problems.push_back(lines.error().text());
    if (lines) {
      for (const formats::RulingLine& line : *lines) log.append(line.body);
    }
  }
  log.scorer.settle();
  scored.results = log.scorer.snapshot();
  return scored;
}

}  // namespace hs::sim_test
