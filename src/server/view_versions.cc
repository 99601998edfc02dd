#include <algorithm>
#include <array>
#include <charconv>
#include <variant>

#include "engine/versions.h"
#include "log/race_file.h"
#include "present/version_words.h"
#include "server/views.h"

// Implementation notes: a version is not kept as a list. What two of them were is computed again
// from the log, by a second reader of the race file that nobody else waits for.

namespace hs::server {
namespace {

using base::ErrorCode;
using base::Result;
using present::JsonOut;

/// A version of the race as it went out, and whether it was taken back since.
struct Listed {
  model::Version version;
  bool is_taken_back = false;
};

/// As they came; one that was taken back keeps its number.
std::vector<Listed> versions_of(const engine::Overview& overview, const std::string& race) {
  std::vector<Listed> out;
  for (const model::Fact& fact : overview.decisions) {
    const auto* version = std::get_if<model::PublishFact>(&fact.body);
    if (version == nullptr || version->race != race) continue;
    const auto number = static_cast<std::uint32_t>(out.size() + 1);
    const auto& standing = overview.results.versions;
    const bool holds = std::any_of(standing.begin(), standing.end(),
                                   [&](const model::Version& one) { return one.seq == fact.seq; });
    out.push_back({{number, fact.seq, *version}, !holds});
  }
  return out;
}

void write_version(JsonOut& out, const Listed& one) {
  const model::PublishFact& fact = one.version.fact;
  out.begin_object();
  out.integer_of("version", one.version.number);
  out.integer_of("seq", static_cast<std::int64_t>(one.version.seq.raw()));
  out.text_of("status", fact.official ? "official" : "published");
  if (one.is_taken_back) out.boolean_of("taken_back", true);
  out.instant_of("at", fact.author.at);
  out.instant_of("protest_until_at", fact.protest_until);
  out.text_of("by", fact.author.by);
  out.text_of("reason", fact.reason);
  out.text_of("hash", fact.hash);
  out.end_object();
}

/// The fact that a version is of; of "now" the newest.
Result<model::FactSeq> fact_of(const ViewRequest& request, const std::string& race,
                               std::string_view asked) {
  if (asked == "now") return request.view.now().seq();
  const std::vector<Listed> versions = versions_of(request.view.overview(), race);
  std::size_t number = 0;
  const auto [end, failed] = std::from_chars(asked.data(), asked.data() + asked.size(), number);
  const bool is_number = failed == std::errc() && end == asked.data() + asked.size();
  if (is_number && number >= 1 && number <= versions.size()) {
    return versions[number - 1].version.seq;
  }
  return base::fail(ErrorCode::NotFound, "found the version '" + std::string(asked) +
                                             "', expected 1 to " + std::to_string(versions.size()) +
                                             ", or now");
}

void write_side(JsonOut& out, const char* key, std::string_view asked, model::FactSeq seq) {
  out.key(key);
  out.begin_object();
  out.text_of("version", asked);
  out.integer_of("seq", static_cast<std::int64_t>(seq.raw()));
  out.end_object();
}

}  // namespace

Result<std::string> versions_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId id, view.need_race(request.parts.at(0)));
  const std::string& race = view.race(id).id;
  const engine::Overview& overview = view.overview();
  std::vector<Listed> versions = versions_of(overview, race);
  std::reverse(versions.begin(), versions.end());
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", race);
  if (id.raw() < overview.lists.size()) {
    const scoring::ListState& list = overview.lists[id.raw()];
    out.text_of("list", scoring::name_of(list.kind));
    out.text_of("list_words", present::list_state_words(overview.results.event, list));
  }
  out.key("gaps");
  out.begin_array();
  for (const std::string& gap : present::gaps_of(overview.results, id)) out.text(gap);
  out.end_array();
  out.key("items");
  out.begin_array();
  for (const Listed& one : versions) write_version(out, one);
  out.end_array();
  out.end_object();
  return out.take();
}

Result<std::string> version_difference_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId id, view.need_race(request.parts.at(0)));
  const std::string& race = view.race(id).id;
  const std::string& before = request.parts.at(1);
  const std::string& after = request.parts.at(2);
  HS_TRY(const model::FactSeq before_seq, fact_of(request, race, before));
  HS_TRY(const model::FactSeq after_seq, fact_of(request, race, after));
  if (request.race_file.empty()) {
    return base::fail(ErrorCode::Unsupported, "found no race file to compute versions from");
  }
  log::OpenOptions reading;
  reading.mode = log::OpenMode::ReadOnly;
  HS_TRY(const log::RaceFile file, log::RaceFile::open(request.race_file, reading));
  const std::array seqs = {before_seq, after_seq};
  HS_TRY(const engine::ResultsBehind both,
         engine::results_behind(file, seqs, scoring::Closing::ByFacts));
  const present::TwoLists lists{both.results[0], both.results[1], before_seq, after_seq, both.said};
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", race);
  write_side(out, "before", before, before_seq);
  write_side(out, "after", after, after_seq);
  present::write_version_changes(out, lists, race);
  out.end_object();
  return out.take();
}

}  // namespace hs::server
