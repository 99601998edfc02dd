#include "present/moments_json.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "present/json_out.h"
#include "present/moment_words.h"

namespace hs::present {
namespace {

/// A score with one decimal: what moments are rounded to, so that builds agree to the byte.
std::string one_decimal(double value) {
  std::array<char, 32> digits{};
  const auto [end, failed] = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                           std::chars_format::fixed, 1);
  // Longer than the room only for numbers that no score reaches.
  if (failed != std::errc()) return "0.0";
  return std::string(digits.data(), end);
}

void write_evidence(JsonOut& out, const model::Evidence& evidence) {
  out.begin_object();
  out.text_of("what", evidence.what);
  out.text_of("from", evidence.from);
  out.text_of("to", evidence.to);
  if (!evidence.bibs.empty()) {
    out.key("bibs");
    out.begin_array();
    for (const model::BibNumber& bib : evidence.bibs) out.text(bib.view());
    out.end_array();
  }
  if (evidence.seconds.has_value()) out.integer_of("seconds", *evidence.seconds);
  if (evidence.expected_seconds.has_value()) {
    out.integer_of("expected_seconds", *evidence.expected_seconds);
  }
  if (evidence.expected_least.has_value() && evidence.expected_most.has_value()) {
    out.key("expected_90");
    out.begin_array();
    out.integer(*evidence.expected_least);
    out.integer(*evidence.expected_most);
    out.end_array();
  }
  out.text_of("given", evidence.given);
  out.text_of("name", evidence.name);
  if (evidence.rank_in_field.has_value()) {
    out.integer_of("rank_in_field", *evidence.rank_in_field);
  }
  if (evidence.of.has_value()) out.integer_of("of", *evidence.of);
  if (evidence.years.has_value()) out.integer_of("years", *evidence.years);
  if (evidence.next_years.has_value()) out.integer_of("next_years", *evidence.next_years);
  if (evidence.age_grade.has_value()) out.integer_of("age_grade", *evidence.age_grade);
  out.text_of("race", evidence.race);
  if (evidence.on) out.text_of("on", base::format_date(*evidence.on));
  out.end_object();
}

}  // namespace

void write_moment(JsonOut& out, const model::EventResults& results, const model::Moment& moment,
                  std::optional<base::RaceTime> at) {
  const MomentWords words = words_for(moment, results);
  out.begin_object();
  out.text_of("id", moment.id);
  out.text_of("kind", model::name_of(moment.kind));
  out.text_of("theme", model::name_of(moment.theme));
  out.text_of("race", results.event.races[moment.race.raw()].id);
  out.key("bibs");
  out.begin_array();
  for (const model::EntrantId id : moment.people) out.text(results.entrants[id.raw()].bib.view());
  out.end_array();
  out.instant_of("at", at);
  out.number_of("score", one_decimal(moment.score));
  out.number_of("net_bits", one_decimal(moment.net_bits));
  out.boolean_of("shelf", moment.on_shelf);
  out.text_of("headline", words.headline);
  out.text_of("text", words.text);
  out.key("evidence");
  out.begin_array();
  for (const model::Evidence& evidence : moment.evidence) write_evidence(out, evidence);
  out.end_array();
  out.key("as_of");
  out.begin_object();
  out.integer_of("seq", static_cast<std::int64_t>(moment.as_of.raw()));
  out.end_object();
  out.boolean_of("withdrawn", false);
  out.end_object();
}

std::string moments_json(const model::EventResults& results,
                         const std::vector<model::Moment>& moments) {
  JsonOut out;
  out.begin_array();
  for (const model::Moment& moment : moments) write_moment(out, results, moment);
  out.end_array();
  return out.take();
}

}  // namespace hs::present
