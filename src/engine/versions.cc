#include "engine/versions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "model/fact_codec.h"
#include "scoring/results_hash.h"
#include "scoring/scorer.h"

namespace hs::engine {
namespace {

using base::Result;

/// Gives every fact to `take`, decoded.
Result<void> replay(const log::RaceFile& file, const std::function<void(model::Fact)>& take) {
  return file.replay([&](const log::StoredFact& stored) -> Result<void> {
    HS_TRY(model::FactBody body, model::decode(stored.kind, stored.body, stored.personal));
    take({stored.seq, std::move(body)});
    return {};
  });
}

std::optional<model::RaceId> race_of(const model::EventResults& results, const std::string& id) {
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    if (results.event.races[r].id == id) return model::RaceId(static_cast<std::uint16_t>(r));
  }
  return std::nullopt;
}

bool has_hash(const model::EventResults& results, model::RaceId race, const std::string& hash) {
  return base::to_hex(scoring::race_hash(results, race)) == hash;
}

}  // namespace

Result<void> for_each_version(const log::RaceFile& file,
                              const std::function<void(PublishedVersion)>& visit) {
  scoring::Scorer closed(scoring::Closing::Assume);
  scoring::Scorer by_facts(scoring::Closing::ByFacts);  // folds only where it is asked
  std::map<std::string, std::uint32_t> numbers;
  return replay(file, [&](const model::Fact& fact) {
    closed.apply(fact);
    by_facts.apply(fact);
    const auto* version = std::get_if<model::PublishFact>(&fact.body);
    if (version == nullptr) return;
    PublishedVersion out;
    out.version = {++numbers[version->race], fact.seq, *version};
    out.results = closed.snapshot();
    const auto race = race_of(out.results, version->race);
    if (!race) return;
    out.race = *race;
    out.is_as_published = version->hash.empty() || has_hash(out.results, *race, version->hash) ||
                          has_hash(by_facts.official(), *race, version->hash);
    visit(std::move(out));
  });
}

Result<ResultsBehind> results_behind(const log::RaceFile& file,
                                     std::span<const model::FactSeq> seqs,
                                     scoring::Closing closing) {
  scoring::Scorer scorer(closing);
  std::vector<std::optional<model::EventResults>> found(seqs.size());
  const model::FactSeq last = seqs.empty() ? model::FactSeq() : *std::ranges::max_element(seqs);
  HS_TRY_VOID(replay(file, [&](const model::Fact& fact) {
    if (fact.seq > last) return;
    scorer.apply(fact);
    for (std::size_t i = 0; i < seqs.size(); ++i) {
      if (seqs[i] == fact.seq) found[i] = scorer.snapshot();
    }
  }));
  ResultsBehind out;
  for (std::size_t i = 0; i < seqs.size(); ++i) {
    if (!found[i]) {
      return base::fail(
          base::ErrorCode::NotFound,
          "found no fact " + std::to_string(seqs[i].raw()) + ", expected one of the race file");
    }
    out.results.push_back(std::move(*found[i]));
  }
  out.said = scorer.decisions();
  return out;
}

Result<model::EventResults> results_under(const log::RaceFile& file,
                                          const std::function<void(model::Race&)>& change) {
  scoring::Scorer scorer(scoring::Closing::Assume);
  HS_TRY_VOID(replay(file, [&](model::Fact fact) {
    if (auto* event = std::get_if<model::EventFact>(&fact.body)) {
      for (model::Race& race : event->event.races) change(race);
    }
    scorer.apply(fact);
  }));
  return scorer.snapshot();
}

}  // namespace hs::engine
