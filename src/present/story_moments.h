#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/moment.h"
#include "model/projection.h"
#include "model/result.h"
#include "present/language.h"

namespace hs::present {

/// The moments of a page, those told in full and the rest, both in the order to tell.
struct StoryMoments {
  std::vector<model::Moment> told;
  std::vector<model::Moment> others;
};

/// Whether a page links to the card of each told moment (`cards/NAME` beside it).
enum class Cards : std::uint8_t { No, Yes };

/// Which moments a story tells.
struct StoryOptions {
  std::size_t told_max = 12;
  std::optional<model::RaceId> race;  ///< Only that race; absent: all of the event.
  Cards cards = Cards::No;
};

/// Chooses for a public page. Left out altogether: moments of people who are private or have not
/// finished, and the collapse of a minor. `moments` best first.
[[nodiscard]] StoryMoments choose_moments(const model::EventResults& results,
                                          const std::vector<model::Moment>& moments,
                                          const StoryOptions& options);

/// "The race in twelve moments", "The day and its results": what a story is headed.
[[nodiscard]] std::string story_title(const model::EventResults& results, std::size_t told,
                                      const StoryOptions& options);

/// "12 more moments".
[[nodiscard]] std::string more_moments(std::size_t count, Language language);

/// The races a story speaks of, in the order of the event.
[[nodiscard]] std::vector<model::RaceId> races_of(const model::EventResults& results,
                                                  const StoryOptions& options);

/// The moments from top to bottom as HTML: number, theme, headline, text, a small picture and,
/// closed, how we know. Those not told in full are a closed list. A moment of one runner with a
/// fan shows that too.
[[nodiscard]] std::string moments_html(const model::EventResults& results,
                                       const StoryMoments& story,
                                       const std::vector<model::ProjectionFan>& fans, Cards cards);

/// A moment as HTML in pieces, for a page that puts them in an order of its own.
struct MomentPieces {
  std::string headline;
  std::string text;
  std::string figure;    ///< The small picture; empty where the kind has none.
  std::string evidence;  ///< How we know, closed.
};
[[nodiscard]] MomentPieces moment_pieces(const model::EventResults& results,
                                         const model::Moment& moment);

/// The name of the place on the page where a moment is told, for links: "m-" and its id with
/// letters, digits and hyphens only.
[[nodiscard]] std::string anchor_of(const model::Moment& moment);

/// The name of the card of a moment: its anchor and ".png".
[[nodiscard]] std::string card_name(const model::Moment& moment);

/// The class that gives a theme its colour: "t-together" ...
[[nodiscard]] std::string theme_class(model::Theme theme);

}  // namespace hs::present
