#include "present/held_note_words.h"

namespace hs::present {

std::string held_words(const moments::Held& held) {
  const std::string who = held.bib ? "Bib " + held.bib->str() : "Somebody it names";
  switch (held.why) {
    case moments::Hold::Private:
      return who + " is private.";
    case moments::Hold::Hidden:
      return who + " is hidden by an official: nothing is told of them.";
    case moments::Hold::Minor:
      return who + " is a minor.";
    case moments::Hold::NotIn:
      return who + " is not among the finishers on foot.";
    case moments::Hold::OnlyJustIn:
      return who + " came in only just now; it may be told once that has stood for a while.";
    case moments::Hold::OpenQuestion:
      return "A question about the reads of " + who + " waits for a person; see what to do first.";
    case moments::Hold::WithoutTell:
      return who + " did not ask to be told of: the entry has no 'tell'.";
    case moments::Hold::HelpNotRuled:
      return "The rules penalise help by others; the referee has not closed the case of each "
             "runner it names.";
  }
  return {};
}

}  // namespace hs::present
