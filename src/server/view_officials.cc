#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>
#include <variant>

#include "model/fact_codec.h"
#include "moments/held_notes.h"
#include "present/attention_words.h"
#include "present/explain.h"
#include "present/held_note_words.h"
#include "present/oddity_words.h"
#include "present/ruling_list.h"
#include "server/result_rows.h"
#include "server/views.h"

namespace hs::server {
namespace {

using model::Attention;
using model::EventResults;
using present::JsonOut;

void write_texts(JsonOut& out, const char* key, const std::vector<std::string>& texts) {
  out.key(key);
  out.begin_array();
  for (const std::string& text : texts) out.text(text);
  out.end_array();
}

void write_count(JsonOut& out, const char* key, std::uint64_t value) {
  out.integer_of(key, static_cast<std::int64_t>(value));
}

void write_reader(JsonOut& out, const ReaderLine& reader) {
  out.begin_object();
  out.text_of("id", reader.id);
  out.text_of("device", reader.device);
  out.text_of("address", reader.address);
  out.text_of("state", name_of(reader.state));
  out.text_of("peer", reader.peer);
  out.text_of("name", reader.name);
  write_texts(out, "locations", reader.locations);
  write_texts(out, "mats", reader.mats);
  out.instant_of("last_read_at", reader.last_read_at);
  write_count(out, "reads", reader.reads);
  out.key("reads_per_minute");
  out.begin_array();
  for (const std::uint32_t reads : reader.reads_per_minute) out.integer(reads);
  out.end_array();
  write_count(out, "bad", reader.bad);
  if (!reader.last_bad.empty()) write_texts(out, "last_bad", reader.last_bad);
  out.boolean_of("acknowledges", reader.acknowledges);
  write_count(out, "spool_bytes", reader.spool_bytes);
  out.milliseconds_of("clock_ahead_ms", reader.clock_ahead);
  if (reader.battery_percent) out.integer_of("battery_percent", *reader.battery_percent);
  out.text_of("trouble", reader.trouble);
  out.end_object();
}

/// Every mat of the event; one that nothing behind it can judge yet has passed nobody.
std::vector<model::MatHealth> all_mats(const EventResults& results) {
  std::vector<model::MatHealth> mats = results.mats;
  for (const model::Race& race : results.event.races) {
    for (const model::Point& point : race.points) {
      const bool is_known = std::any_of(mats.begin(), mats.end(),
                                        [&](const auto& mat) { return mat.mat == point.mat; });
      if (!is_known) mats.push_back({point.mat, 0, 0, {}});
    }
  }
  return mats;
}

void write_mats(JsonOut& out, const EventResults& results) {
  out.key("mats");
  out.begin_array();
  for (const model::MatHealth& mat : all_mats(results)) {
    out.begin_object();
    out.text_of("id", mat.mat);
    write_count(out, "heard", mat.heard);
    write_count(out, "passed", mat.passed);
    out.key("minutes");
    out.begin_array();
    for (const model::MatHealth::Minute& minute : mat.minutes) {
      out.begin_object();
      out.instant_of("at", minute.from);
      write_count(out, "heard", minute.heard);
      write_count(out, "passed", minute.passed);
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  out.end_array();
}

/// What to do, as a page with forms shows it: words, and the forms to go to in between.
void write_steps(JsonOut& out, std::string_view text, std::span<const present::Command> commands) {
  out.key("steps");
  out.begin_array();
  for (const present::CommandStep& step : present::steps_of(text, commands)) {
    out.begin_object();
    out.text_of("text", step.text);
    out.text_of("form", step.form.kind);
    out.text_of("race", step.form.race);
    out.text_of("bib", step.form.bib);
    out.text_of("wave", step.form.wave);
    out.text_of("clause", step.form.clause);
    if (step.form.fact) write_count(out, "fact", step.form.fact->raw());
    out.end_object();
  }
  out.end_array();
}

void write_attention(JsonOut& out, const EventResults& results, const Attention& item) {
  const present::AttentionWords words = present::words_for(item, results);
  out.begin_object();
  out.text_of("severity", model::name_of(item.severity));
  out.text_of("kind", model::name_of(item.kind));
  if (item.race) out.text_of("race", results.event.races[item.race->raw()].id);
  if (item.entrant) out.text_of("bib", results.entrants[item.entrant->raw()].bib.view());
  out.text_of("mat", item.mat);
  if (item.fact) write_count(out, "fact", item.fact->raw());
  out.text_of("what", words.what);
  out.text_of("do", words.act);
  write_steps(out, words.act, words.commands);
  out.end_object();
}

/// How many of those on the course are later than anyone expected, by the point they should have
/// reached.
std::map<std::string, std::int64_t> overdue_of(const RaceView& view) {
  std::map<std::string, std::int64_t> out;
  const std::size_t races = view.now().event() == nullptr ? 0 : view.now().event()->races.size();
  for (std::size_t r = 0; r < races; ++r) {
    const model::RaceId race(static_cast<model::RaceId::rep>(r));
    for (const model::EntrantId id : view.everybody(race)) {
      const model::Projection* projection = view.projection(id);
      const auto next = view.expected_next(id);
      if (projection == nullptr || !projection->is_overdue || !next) continue;
      ++out[view.race(race).points[next->point].id];
    }
  }
  return out;
}

/// Things about one runner's result, or a ruling, that a referee looks at before protests come.
bool is_for_referee(const Attention& item) {
  constexpr std::array kKinds = {
      Attention::Kind::Unresolved,         Attention::Kind::TwoChips,
      Attention::Kind::AmbiguousChip,      Attention::Kind::ChipOfTwo,
      Attention::Kind::OtherWaveStart,     Attention::Kind::LateStart,
      Attention::Kind::SharedInstant,      Attention::Kind::OtherAssignment,
      Attention::Kind::LapMissing,         Attention::Kind::AfterClose,
      Attention::Kind::LateStartOrWalk,    Attention::Kind::ExchangeMissing,
      Attention::Kind::LegOrder,           Attention::Kind::StartSetAside,
      Attention::Kind::Assistance,         Attention::Kind::RulingWithoutRunner,
      Attention::Kind::RulingWithoutEffect};
  return std::find(kKinds.begin(), kKinds.end(), item.kind) != kKinds.end();
}

/// Whom a ruling is about, by name; empty of a race, and of whoever is not entered there now.
std::string name_of_ruled(const RaceView& view, const model::FactBody& body) {
  const auto* ruling = std::get_if<model::RulingFact>(&body);
  if (ruling == nullptr) return {};
  const auto race = view.race(ruling->race);
  if (!race) return {};
  const auto id = view.need_runner(*race, ruling->bib.view());
  if (!id) return {};
  const engine::SnapshotRunner& runner = view.runner(*id);
  return model::public_name(*runner.entrant, *runner.person);
}

/// All rulings about runners and races, in the order of the log, also those that hold no more.
void write_rulings(JsonOut& out, const RaceView& view) {
  const engine::Overview& overview = view.overview();
  out.key("rulings");
  out.begin_array();
  for (const present::ListedRuling& one :
       present::all_rulings(overview.results.event, overview.decisions)) {
    out.begin_object();
    write_count(out, "seq", one.fact->seq.raw());
    out.text_of("name", name_of_ruled(view, one.fact->body));
    out.text_of("state", present::name_of(one.state));
    if (one.since) write_count(out, "since", one.since->raw());
    out.key("fact");
    out.json(model::to_json_line(one.fact->body));  // An object as it stands in rulings.jsonl.
    out.end_object();
  }
  out.end_array();
}

/// An overview has no places on the way. Nothing where the event has become another since.
void add_places(const engine::Snapshot& now, model::EntrantId id, model::RunnerResult& runner) {
  if (runner.race.raw() >= now.races().size()) return;
  if (runner.splits.size() != now.races()[runner.race.raw()].orders.size()) return;
  for (std::size_t p = 1; p < runner.splits.size(); ++p) {
    if (const auto places = now.order(runner.race, p).places_of(id)) {
      runner.splits[p].places = *places;
    }
  }
}

void write_held(JsonOut& out, const EventResults& results) {
  out.key("held");
  out.begin_array();
  for (const moments::HeldNote& held : moments::held_notes(results)) {
    out.begin_object();
    write_count(out, "seq", held.note->seq.raw());
    out.text_of("text", held.note->note.text);
    out.text_of("by", held.note->note.author.by);
    out.text_of("why", moments::name_of(held.held.why));
    out.text_of("words", present::held_words(held.held));
    out.end_object();
  }
  out.end_array();
}

/// Likelihoods for the referee, the likeliest first.
void write_oddities(JsonOut& out, const engine::Told& told) {
  out.key("oddities");
  out.begin_array();
  const EventResults& results = told.overview->results;
  for (const moments::Oddity& oddity : told.oddities) {
    const present::OddityWords words = present::words_for(oddity, results);
    out.begin_object();
    out.integer_of("percent", std::lround(100 * oddity.likelihood));
    out.text_of("kind", moments::name_of(oddity.kind));
    out.text_of("race", results.event.races[oddity.race.raw()].id);
    out.text_of("bib", results.entrants[oddity.runner.raw()].bib.view());
    if (oddity.other) out.text_of("other_bib", results.entrants[oddity.other->raw()].bib.view());
    out.text_of("what", words.what);
    out.text_of("check_first", words.check);
    write_steps(out, words.check, words.commands);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

const char* name_of(ReaderState state) {
  switch (state) {
    case ReaderState::Connected:
      return "connected";
    case ReaderState::Listening:
      return "listening";
    case ReaderState::Connecting:
      return "connecting";
    case ReaderState::Failed:
      return "failed";
  }
  return "";
}

base::Result<std::string> console_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  const EventResults& results = view.overview().results;
  const ConsoleState state = request.console ? request.console->console() : ConsoleState();
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.instant_of("overview_at", view.overview().at);
  out.key("readers");
  out.begin_array();
  for (const ReaderLine& reader : state.readers) write_reader(out, reader);
  out.end_array();
  write_mats(out, results);
  out.key("attention");
  out.begin_array();
  for (const Attention& item : results.attention) write_attention(out, results, item);
  out.end_array();
  out.key("expected");
  out.begin_object();
  for (const auto& [point, count] : overdue_of(view)) out.integer_of(point, count);
  out.end_object();
  if (state.mirror) {
    out.key("mirror");
    out.begin_object();
    out.text_of("path", state.mirror->path);
    out.text_of("state", state.mirror->state);
    write_count(out, "behind", state.mirror->behind);
    out.end_object();
  }
  out.boolean_of("recording_only", state.recording_only);
  out.end_object();
  return out.take();
}

base::Result<std::string> referee_json(const ViewRequest& request) {
  const EventResults& results = request.view.overview().results;
  JsonOut out;
  out.begin_object();
  request.view.write_as_of(out);
  write_rulings(out, request.view);
  out.key("integrity");
  out.begin_array();
  for (const Attention& item : results.attention) {
    if (is_for_referee(item)) write_attention(out, results, item);
  }
  out.end_array();
  write_oddities(out, request.view.told());
  write_held(out, results);
  out.end_object();
  return out.take();
}

base::Result<std::string> explain_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId race, view.need_race(request.parts.at(0)));
  HS_TRY(const model::EntrantId id, view.need_runner(race, request.parts.at(1)));
  const auto& numbers = view.overview().numbers;
  if (id.raw() >= numbers.size() || !numbers[id.raw()]) {
    return base::fail(base::ErrorCode::Busy, "this entry is new: ask again in some seconds");
  }
  HS_CHECK(request.engine != nullptr, "reads are asked of the engine");
  EventResults results = view.overview().results;
  HS_TRY(results.reads, request.engine->reads_of(id));
  for (model::ReadView& read : results.reads) read.entrant = numbers[id.raw()];
  model::RunnerResult& runner = results.runners[numbers[id.raw()]->raw()];
  add_places(view.now(), id, runner);
  std::vector<model::Fact> decisions;
  if (request.console != nullptr) decisions = request.console->decisions();
  present::ExplainOptions options;
  options.decisions = decisions;
  return present::explain_json(results, *numbers[id.raw()], options);
}

}  // namespace hs::server
