#include "present/health_json.h"

#include "moments/held_notes.h"
#include "present/doctor.h"
#include "present/held_note_words.h"
#include "present/json_out.h"

namespace hs::present {
namespace {

const char* name_of_clock(model::DeviceClock clock) {
  switch (clock) {
    case model::DeviceClock::Utc:
      return "utc";
    case model::DeviceClock::Local:
      return "local";
    case model::DeviceClock::Fixed:
      return "fixed";
    case model::DeviceClock::Free:
      return "free";
  }
  return "";
}

void write_count(JsonOut& out, const char* name, std::uint64_t value) {
  out.integer_of(name, static_cast<std::int64_t>(value));
}

void write_mat(JsonOut& out, const model::MatHealth& mat) {
  out.begin_object();
  out.text_of("mat", mat.mat);
  write_count(out, "heard", mat.heard);
  write_count(out, "passed", mat.passed);
  out.key("minutes");
  out.begin_array();
  for (const model::MatHealth::Minute& minute : mat.minutes) {
    out.begin_object();
    out.instant_of("from_at", minute.from);
    write_count(out, "heard", minute.heard);
    write_count(out, "passed", minute.passed);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_stream(JsonOut& out, const model::StreamHealth& health) {
  const model::Stream& stream = health.stream;
  out.begin_object();
  write_count(out, "id", health.id.raw());
  out.text_of("device", stream.device);
  out.text_of("epoch", stream.epoch);
  out.text_of("mat", stream.mat);
  out.text_of("file", stream.file);
  out.text_of("format", stream.format);
  out.text_of("role", model::name_of(stream.role));
  out.text_of("clock", name_of_clock(stream.clock));
  out.integer_of("utc_offset_s", stream.utc_offset.count());
  out.milliseconds_of("offset_ms", stream.offset);
  write_count(out, "reads", health.reads);
  write_count(out, "outside_event", health.outside_event);
  write_count(out, "unknown_chips", health.unknown_chips);
  write_count(out, "missing_sequence", health.missing_sequence);
  out.instant_of("first_at", health.first);
  out.instant_of("last_at", health.last);
  out.end_object();
}

void write_clock(JsonOut& out, const model::EventResults& results,
                 const model::ClockCompare& clock) {
  out.begin_object();
  write_count(out, "stream", clock.stream.raw());
  write_count(out, "against", clock.against.raw());
  write_count(out, "pairs", clock.pairs);
  out.milliseconds_of("offset_ms", clock.offset);
  if (clock.offset.has_value()) out.milliseconds_of("offset_error_ms", clock.offset_error);
  if (clock.spacing.has_value()) {
    out.integer_of("spacing_mm", clock.spacing->in_millimetres());
  }
  out.milliseconds_of("at_start_ms", clock.at_start);
  out.milliseconds_of("at_finish_ms", clock.at_finish);
  out.text_of("words", clock_sentence(clock, results));
  out.end_object();
}

void write_held_note(JsonOut& out, const moments::HeldNote& held) {
  const model::NoteFact& note = held.note->note;
  out.begin_object();
  write_count(out, "fact", held.note->seq.raw());
  out.text_of("kind", model::name_of(note.kind));
  if (!note.race.empty()) out.text_of("race", note.race);
  out.key("bibs");
  out.begin_array();
  for (const model::BibNumber& bib : note.bibs) out.text(bib.view());
  out.end_array();
  out.text_of("text", note.text);
  out.text_of("by", note.author.by);
  out.text_of("held", moments::name_of(held.held.why));
  if (held.held.bib) out.text_of("held_for", held.held.bib->view());
  out.text_of("words", held_words(held.held));
  out.end_object();
}

}  // namespace

std::string health_json(const model::EventResults& results) {
  JsonOut out;
  out.begin_object();
  out.key("as_of");
  out.begin_object();
  write_count(out, "seq", results.as_of.raw());
  out.end_object();
  out.key("mats");
  out.begin_array();
  for (const model::MatHealth& mat : results.mats) write_mat(out, mat);
  out.end_array();
  out.key("streams");
  out.begin_array();
  for (const model::StreamHealth& stream : results.streams) write_stream(out, stream);
  out.end_array();
  out.key("clocks");
  out.begin_array();
  for (const model::ClockCompare& clock : results.clocks) write_clock(out, results, clock);
  out.end_array();
  out.key("held_notes");
  out.begin_array();
  for (const moments::HeldNote& held : moments::held_notes(results)) write_held_note(out, held);
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace hs::present
