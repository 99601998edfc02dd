#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "log/race_file.h"
#include "model/fact.h"
#include "model/result.h"
#include "scoring/scorer.h"

namespace hs::engine {

/// A version of a race's results, computed anew from the facts before it.
struct PublishedVersion {
  model::Version version;
  model::RaceId race;  ///< In `results`.
  model::EventResults results;
  bool is_as_published = true;  ///< False where they are not what went out then.
};

/// Hands out every version of a race file, also those taken back since, as they came.
///
/// A list that goes out while its race is open shows it closed, as `score` does; a version counts
/// as it was published where either reading gives the hash that it keeps.
///
/// Errors: those of `log::RaceFile::replay`; Corrupt for a fact that cannot be decoded.
/// Cost:   two replays of the log, and a snapshot a version.
[[nodiscard]] base::Result<void> for_each_version(
    const log::RaceFile& file, const std::function<void(PublishedVersion)>& visit);

/// What a log says behind some of its facts.
struct ResultsBehind {
  std::vector<model::EventResults> results;  ///< One a fact that was asked for, in that order.
  std::vector<model::Fact> said;  ///< All that people said up to the last of them, in log order.
};

/// The results of a race file as they were behind each of `seqs`, with all races that nothing
/// closed as `closing` has them.
/// Errors: those of `log::RaceFile::replay`; Corrupt for a fact that cannot be decoded; NotFound
///         for a fact that is not there.
/// Cost:   a replay of the log, and a snapshot each.
[[nodiscard]] base::Result<ResultsBehind> results_behind(const log::RaceFile& file,
                                                         std::span<const model::FactSeq> seqs,
                                                         scoring::Closing closing);

/// The results of a race file, had its event file said something else of its races.
/// Errors: those of `log::RaceFile::replay`; Corrupt for a fact that cannot be decoded.
[[nodiscard]] base::Result<model::EventResults> results_under(
    const log::RaceFile& file, const std::function<void(model::Race&)>& change);

}  // namespace hs::engine
