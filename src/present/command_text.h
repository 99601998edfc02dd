#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/result.h"

namespace hs::present {

/// `word` as a shell takes it: as it is where that is safe, else in single quotes.
[[nodiscard]] std::string shell_word(std::string_view word);

/// The form of the live page in which the same is done, with what is known of it; what is not is
/// empty.
struct CommandForm {
  /// The decision, as a line of rulings.jsonl names it ("accept-start", "gun", "undo"), or
  /// "explain" to look at a runner. Empty: the terminal alone does it.
  std::string kind;
  std::string race;
  std::string bib;
  std::string wave;
  std::string clause;
  std::optional<model::FactSeq> fact;
};

struct Command {
  std::string text;
  CommandForm form;
};

/// A piece of a sentence as a page with forms shows it: words, or the form to go to.
struct CommandStep {
  std::string text;  ///< Empty where it is a form.
  CommandForm form;
};

/// A text in pieces: each of the commands in it for which there is a form has become that form; a
/// command of the terminal alone stays in the words. `commands` is in the order of the text.
[[nodiscard]] std::vector<CommandStep> steps_of(std::string_view text,
                                                std::span<const Command> commands);

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
  [[nodiscard]] const std::vector<Command>& handed_out() const { return handed_out_; }

 private:
  [[nodiscard]] std::string runner(model::EntrantId entrant) const;
  /// The form for a runner, filled in.
  [[nodiscard]] CommandForm form(std::string kind, model::EntrantId entrant) const;
  std::string hand_out(std::string command, CommandForm form) const;
  const model::EventResults& results_;
  std::string event_;
  mutable std::vector<Command> handed_out_;
};

}  // namespace hs::present
