#include <algorithm>
#include <map>

#include "moments/held_notes.h"
#include "present/held_note_words.h"
#include "server/views.h"

// Implementation notes: what people wrote, for those who write. A note about whoever is hidden is
// in the list, so that it can be taken back, and its words are not: nothing is told of them any
// more, at the microphone neither.

namespace hs::server {
namespace {

using model::EventResults;
using present::JsonOut;

constexpr std::size_t kMostNotes = 100;

/// True where somebody whom the note names is hidden.
bool names_hidden(const EventResults& results, const model::NoteFact& note) {
  for (std::size_t e = 0; e < results.entrants.size(); ++e) {
    const model::Entrant& entrant = results.entrants[e];
    if (!results.runners[e].hidden_by || (!note.race.empty() && entrant.race != note.race))
      continue;
    if (std::find(note.bibs.begin(), note.bibs.end(), entrant.bib) != note.bibs.end()) return true;
  }
  return false;
}

void write_note(JsonOut& out, const EventResults& results, const model::Note& written,
                const moments::Held* held) {
  const model::NoteFact& note = written.note;
  out.begin_object();
  out.integer_of("seq", static_cast<std::int64_t>(written.seq.raw()));
  out.text_of("kind", model::name_of(note.kind));
  if (!note.race.empty()) out.text_of("race", note.race);
  out.key("bibs");
  out.begin_array();
  for (const model::BibNumber& bib : note.bibs) out.text(bib.view());
  out.end_array();
  if (!note.point.empty()) out.text_of("point", note.point);
  if (!names_hidden(results, note)) out.text_of("text", note.text);
  out.text_of("by", note.author.by);
  out.instant_of("at", note.author.at);
  if (held != nullptr) {
    out.text_of("held", moments::name_of(held->why));
    out.text_of("words", present::held_words(*held));
  }
  out.end_object();
}

}  // namespace

base::Result<std::string> notes_json(const ViewRequest& request) {
  const EventResults& results = request.view.overview().results;
  const std::string_view race = request.query.get("race").value_or("");
  if (!race.empty()) HS_TRY_VOID(request.view.need_race(race));
  std::map<model::FactSeq, moments::Held> held;
  for (const moments::HeldNote& one : moments::held_notes(results)) {
    held.emplace(one.note->seq, one.held);
  }
  JsonOut out;
  out.begin_object();
  request.view.write_as_of(out);
  out.key("items");
  out.begin_array();
  std::size_t listed = 0;
  for (auto note = results.notes.rbegin(); note != results.notes.rend(); ++note) {
    const bool is_asked = race.empty() || note->note.race.empty() || note->note.race == race;
    if (!is_asked || ++listed > kMostNotes) continue;
    const auto why = held.find(note->seq);
    write_note(out, results, *note, why == held.end() ? nullptr : &why->second);
  }
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace hs::server
