#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/moment.h"
#include "model/result.h"
#include "present/colour.h"
#include "present/language.h"
#include "present/moment_words.h"
#include "present/story_moments.h"

// A story over many races: the best moments of one theme, or of all, from everything an archive
// holds. Races go through one at a time; what is kept of each is words, not results.

namespace hs::present {

/// A moment told while its race was at hand.
struct CollectedMoment {
  std::string id;    ///< As `model::Moment::id`: tells one from another within its race.
  std::string race;  ///< What the race is called.
  base::Date date;
  model::Theme theme = model::Theme::Perseverance;
  model::MomentKind kind = model::MomentKind::LateCollapse;
  double score = 0;
  std::vector<std::string> people;  ///< As they are called, to tell nobody twice.
  MomentWords words;
  MomentPieces pieces;
};

/// What a collection asks of each race.
struct CollectionOptions {
  std::optional<model::Theme> theme;  ///< Absent: all of them.
  std::size_t told_max = 12;
  Language language;
};

/// A collection in the making, and then to be shown.
struct Collection {
  CollectionOptions options;
  std::size_t races = 0;  ///< How many were looked at.
  std::optional<base::Date> first;
  std::optional<base::Date> last;
  std::vector<CollectedMoment> moments;  ///< In the order to tell once `choose_collected` has run.
};

/// Adds what may be told of one race, at most `told_max` moments; each person once.
/// Shape: `found` best first, as `moments::find_moments` gives it.
void collect_from(const model::EventResults& results, const std::vector<model::Moment>& found,
                  Collection& into);

/// Keeps the best `told_max`: each kind weighs less once it was used, and so does each race, since
/// the years are what a collection is for; nobody is told of twice, and of two of one name only
/// one, since no name says which it is. Same moments, same choice, in whatever order the races
/// came; of equals the later.
void choose_collected(Collection& collection);

/// For a terminal, at most 100 columns.
[[nodiscard]] std::string collection_text(const Collection& collection, Colour colour);

/// One self-contained page, as the story of one race is (`story_page.h`), without results.
[[nodiscard]] std::string collection_page(const Collection& collection);

}  // namespace hs::present
