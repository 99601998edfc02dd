#pragma once

#include <string>

#include "base/result.h"
#include "model/moment.h"
#include "model/result.h"
#include "present/canvas.h"

namespace hs::present {

/// A card to share one moment.
struct Card {
  std::string png;    ///< The bytes of the file, 1200 x 630.
  bool whole = true;  ///< Nothing of the headline or the sentences had to be cut.
};

inline constexpr int kCardWidth = 1200;
inline constexpr int kCardHeight = 630;

/// The card of a moment: theme, headline, the small picture or else the sentences, the race and
/// its day, in the look and the language of the page. Made without a network, a browser or a clock.
///
/// Whoever is private is "Bib N", and so is somebody whose name no font of the machine can write.
/// The caller chooses which moments may be told.
///
/// Errors:  Io where there is no memory for the picture.
/// Threads: one at a time; fonts are read from the machine.
/// Cost:    about a tenth of a second in a debug build.
[[nodiscard]] base::Result<Card> moment_card(const model::EventResults& results,
                                             const model::Moment& moment);

/// The colour of a theme on paper, as `assets/page.css` has it in the light scheme.
[[nodiscard]] Rgb theme_colour(model::Theme theme);

}  // namespace hs::present
