#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"

namespace hs::present {

/// `word` as a shell takes it: as it is where that is safe, else in single quotes.
[[nodiscard]] std::string shell_word(std::string_view word);

/// Commands to type, ready but for what only the person knows (TEXT, NAME, T).
///
/// The race is named only where the event has several. What was handed out is remembered, so that a
/// text which has commands in it can be set with each command on a line of its own.
class Commands {
 public:
  Commands(const model::EventResults& results, std::string_view event_path);

  /// `homestretch rule EVENT --bib N --accept-start --reason TEXT --by NAME`; `what` is the
  /// middle part as it is.
  [[nodiscard]] std::string rule(model::EntrantId entrant, std::string_view what) const;
  [[nodiscard]] std::string explain(model::EntrantId entrant) const;
  [[nodiscard]] std::string gun(std::string_view race, std::string_view wave) const;
  [[nodiscard]] std::string undo(model::FactSeq fact) const;
  /// `doctor --propose > FILE`, its lines read over, then `accept`.
  [[nodiscard]] std::string propose() const;
  [[nodiscard]] std::string propose_to_file() const;
  [[nodiscard]] std::string accept() const;

  /// Every command handed out so far, in no order that means anything.
  [[nodiscard]] const std::vector<std::string>& handed_out() const { return handed_out_; }

 private:
  [[nodiscard]] std::string runner(model::EntrantId entrant) const;
  std::string hand_out(std::string command) const;
  const model::EventResults& results_;
  std::string event_;
  mutable std::vector<std::string> handed_out_;
};

}  // namespace hs::present
