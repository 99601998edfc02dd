#include "present/moment_quotes.h"

#include <algorithm>

#include "base/check.h"
#include "present/moment_words_kinds.h"

// Implementation notes: whoever is quoted speaks; the sentence around the words only says who and
// where. No word of a quotation is changed, and none is translated.

namespace hs::present {
namespace {

const char* sentence_of(model::NoteKind kind) {
  switch (kind) {
    case model::NoteKind::Official:
      return "quote.official";
    case model::NoteKind::Announcer:
      return "quote.announcer";
    case model::NoteKind::Runner:
      return "quote.runner";
    case model::NoteKind::Volunteer:
      return "quote.volunteer";
  }
  return "";
}

std::string quote_note(const Teller& teller, const model::NoteFact& note) {
  Sentences quote(teller.language());
  quote.add_text("words", one_line(note.text));
  quote.add_text("by", one_line(note.author.by));
  if (note.kind == model::NoteKind::Runner) teller.add_person_by_bib(quote, note.bibs.front());
  return quote.text({{sentence_of(note.kind)}});
}

/// Which of a runner's own texts the evidence means.
const std::string& own_text(const model::Person& person, const std::string& which) {
  if (which == "dedication") return person.dedication;
  return which == "cause" ? person.cause : person.why;
}

std::string quote_own(const Teller& teller, const model::Evidence& evidence) {
  Sentences quote(teller.language());
  const model::EntrantId id = teller.add_person_by_bib(quote, evidence.bibs.front());
  quote.add_text("words", one_line(own_text(teller.results().persons[id.raw()], evidence.given)));
  return quote.text({{evidence.given == "dedication" ? "quote.dedication"
                      : evidence.given == "cause"    ? "quote.cause"
                                                     : "quote.why"}});
}

}  // namespace

const model::NoteFact& note_of(const Teller& teller, const model::Evidence& evidence) {
  const auto& notes = teller.results().notes;
  const auto found = std::find_if(notes.begin(), notes.end(), [&](const model::Note& note) {
    return evidence.note && note.seq == *evidence.note;
  });
  HS_CHECK(found != notes.end(), "a moment quotes a note that the results do not have");
  return found->note;
}

std::string one_line(std::string words) {
  constexpr std::size_t kMostBytes = 280;
  for (char& c : words) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
  if (words.size() <= kMostBytes) return words;
  // At a blank, so that no character of several bytes is cut in two.
  const std::size_t blank = words.rfind(' ', kMostBytes);
  if (blank == std::string::npos) return "\u2026";
  return words.substr(0, blank) + " \u2026";
}

std::string quotes_of(const Teller& teller) {
  const model::MomentKind kind = teller.moment().kind;
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : " ") + text; };
  const model::Evidence* note = teller.find("note");
  const bool tells_it = kind == model::MomentKind::Volunteers || kind == model::MomentKind::Storm;
  if (note != nullptr && !tells_it) {
    add(quote_note(teller, note_of(teller, *note)));
  }
  const model::Evidence* own = teller.find("own-words");
  if (own != nullptr && kind != model::MomentKind::OwnWords) add(quote_own(teller, *own));
  return out;
}

MomentWords tell_own_words(Teller& teller) {
  const model::Evidence& own = teller.need("own-words");
  const model::Person& person = teller.results().persons[teller.moment().people.front().raw()];
  teller.add_text("words", one_line(own_text(person, own.given)));
  teller.add_total();
  return {teller.headline("own-words.headline"),
          quote_own(teller, own) + " " + teller.text({{"own-words.finished"}})};
}

MomentWords tell_volunteers(Teller& teller) {
  const model::NoteFact& note = note_of(teller, teller.need("note"));
  teller.add_text("words", one_line(note.text));
  return {teller.headline("volunteers.headline"), quote_note(teller, note)};
}

}  // namespace hs::present
