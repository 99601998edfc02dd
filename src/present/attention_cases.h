#pragma once

#include <string>

#include "model/result.h"
#include "present/attention_words.h"
#include "present/command_text.h"

namespace hs::present {

/// One item with what its sentences need. Internal to the attention words.
struct AttentionCase {
  const model::Attention& item;
  const model::EventResults& results;
  const Commands& commands;

  /// "Bib 812", or "A runner" where the item names nobody.
  [[nodiscard]] std::string who() const;
  /// "bib 812" inside a sentence.
  [[nodiscard]] std::string whom() const;
  /// "race half", or "the event".
  [[nodiscard]] std::string race() const;
  [[nodiscard]] const model::Race* race_config() const;
  /// The point's id, or "a point".
  [[nodiscard]] std::string point() const;
  /// "mat pier", or "a mat".
  [[nodiscard]] std::string mat() const;
  /// "chip 1234", or "a chip".
  [[nodiscard]] std::string chip() const;
  /// What the item's `text` names, or `otherwise`.
  [[nodiscard]] std::string text_or(const char* otherwise) const;
  /// A ruling for the item's runner; a placeholder where it names none.
  [[nodiscard]] std::string rule(const char* what) const;
  [[nodiscard]] std::string explain() const;
  /// " at 08:44:10", " between 09:10:00 and 09:25:00", or nothing.
  [[nodiscard]] std::string when() const;
};

/// The words of items about devices, clocks and files. Only for their kinds (checked).
[[nodiscard]] AttentionWords device_words(const AttentionCase& c);

}  // namespace hs::present
