#include <cstddef>
#include <optional>

#include "base/check.h"
#include "present/decisions.h"
#include "present/explain.h"
#include "present/json_out.h"
#include "present/json_place.h"
#include "present/legs.h"
#include "present/listing.h"
#include "present/read_index.h"
#include "present/reason.h"
#include "scoring/standard.h"

namespace hs::present {
namespace {

template <typename OptionalTime>
std::optional<base::Duration> value_of(const OptionalTime& elapsed) {
  if (!elapsed.has_value()) return std::nullopt;
  return elapsed->value();
}

void write_seq(JsonOut& out, const char* name, model::FactSeq seq) {
  out.integer_of(name, static_cast<std::int64_t>(seq.raw()));
}

void write_result(JsonOut& out, const model::Race& race, const model::Entrant& entrant,
                  const model::Person& person, const model::RunnerResult& r) {
  out.text_of("race", race.id);
  out.text_of("bib", entrant.bib.view());
  out.text_of("name", person.name);
  if (entrant.is_private) out.boolean_of("private", true);
  if (r.wave.has_value()) {
    const std::string& wave = race.waves[r.wave->raw()].id;
    out.text_of("wave", wave);
    // A referee moved the runner.
    if (entrant.wave != wave) out.text_of("entered_wave", entrant.wave);
  }
  if (r.division.has_value()) out.text_of("division", race.divisions[r.division->raw()].id);
  out.text_of("status", model::name_of(r.status));
  out.text_of("clause", r.clause);
  out.milliseconds_of("official_ms", r.official);
  out.milliseconds_of("gun_ms", value_of(r.gun));
  out.milliseconds_of("net_ms", value_of(r.net));
  out.milliseconds_of("clock_ms", value_of(r.clock));
  if (r.penalty != base::Duration::zero()) out.milliseconds_of("penalty_ms", r.penalty);
  out.instant_of("gun_at", r.gun_at);
  out.instant_of("start_at", r.start_at);
  if (r.start_at.has_value() || r.net.has_value()) {
    out.text_of("start_source", model::name_of(r.start_source));
  }
  out.milliseconds_of("start_offset_ms", r.start_offset);
  write_place(out, "place", r.places.overall);
  write_place(out, "place_sex", r.places.sex);
  write_place(out, "place_division", r.places.division);
}

/// How a finisher stands to each standard that has a time for them.
void write_standards(JsonOut& out, const model::EventResults& results, model::EntrantId id) {
  const model::Race& race = results.event.races[results.runners[id.raw()].race.raw()];
  if (race.standards.empty()) return;
  out.key("standards");
  out.begin_array();
  for (const model::Standard& standard : race.standards) {
    const auto against = scoring::against_standard(standard, results, id);
    if (!against) continue;
    out.begin_object();
    out.text_of("name", standard.name);
    out.text_of("sex", model::name_of(against->band->sex));
    out.integer_of("age_min", against->band->age_min);
    if (against->band->age_max) out.integer_of("age_max", *against->band->age_max);
    out.milliseconds_of("standard_ms", against->band->time);
    out.milliseconds_of("took_ms", against->took);
    out.integer_of("left_seconds", against->left_seconds());
    out.end_object();
  }
  out.end_array();
}

void write_points(JsonOut& out, const model::Race& race, const model::RunnerResult& r,
                  const std::vector<model::MissedInterval>& missed) {
  out.key("points");
  out.begin_array();
  for (std::size_t i = 0; i < race.points.size() && i < r.splits.size(); ++i) {
    if (race.points[i].role != model::PointRole::Timed) continue;
    const model::Split& split = r.splits[i];
    out.begin_object();
    out.text_of("point", race.points[i].id);
    if (split.passing.has_value()) {
      out.instant_of("at", split.passing->at);
      out.text_of("role", model::name_of(split.passing->role));
      if (split.passing->read.has_value()) write_seq(out, "fact", *split.passing->read);
      if (split.passing->forced) out.boolean_of("forced", true);
    }
    out.milliseconds_of("gun_ms", value_of(split.gun));
    out.milliseconds_of("net_ms", value_of(split.net));
    write_place(out, "place", split.places.overall);
    for (const model::MissedInterval& interval : missed) {
      if (interval.point.raw() != i) continue;
      out.milliseconds_of("earliest_ms", interval.earliest.value());
      out.milliseconds_of("latest_ms", interval.latest.value());
    }
    out.end_object();
  }
  out.end_array();
}

void write_decisions(JsonOut& out, const std::vector<Decision>& decisions) {
  out.key("decisions");
  out.begin_array();
  for (const Decision& decision : decisions) {
    out.begin_object();
    write_seq(out, "fact", decision.seq);
    out.text_of("kind", decision.kind);
    out.boolean_of("holds", decision.state == Decision::State::Holds);
    out.text_of("words", decision.words);
    out.end_object();
  }
  out.end_array();
}

void write_reads(JsonOut& out, const model::EventResults& results, const model::Race& race,
                 model::EntrantId id) {
  const ReadIndex index(results);
  out.key("reads");
  out.begin_array();
  for (const model::ReadView* read : index.reads_of(id)) {
    const model::StreamHealth* stream = index.stream(read->stream);
    out.begin_object();
    write_seq(out, "fact", read->fact);
    out.instant_of("at", read->time);
    if (stream != nullptr) out.text_of("mat", stream->stream.mat);
    if (stream != nullptr) out.text_of("device", stream->stream.device);
    out.text_of("tag", read->tag.view());
    if (read->point.has_value()) out.text_of("point", race.points[read->point->raw()].id);
    out.text_of("verdict", model::name_of(read->verdict));
    out.text_of("reason", reason_for(*read, results, index));
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string explain_json(const model::EventResults& results, model::EntrantId entrant,
                         const ExplainOptions& options) {
  HS_CHECK(entrant.raw() < results.runners.size(), "explain for an entry that does not exist");
  const model::RunnerResult& r = results.runners[entrant.raw()];
  const model::Race& race = results.event.races[r.race.raw()];
  JsonOut out;
  out.begin_object();
  out.key("as_of");
  out.begin_object();
  write_seq(out, "seq", results.as_of);
  out.end_object();
  write_result(out, race, results.entrants[entrant.raw()], results.persons[entrant.raw()], r);
  write_standards(out, results, entrant);
  write_points(out, race, r, missed_of(results, entrant));
  write_legs(out, results, entrant, LegsFor::Officials);
  write_decisions(out, decisions_about(results, entrant, options.decisions));
  write_reads(out, results, race, entrant);
  out.end_object();
  return out.take();
}

}  // namespace hs::present
