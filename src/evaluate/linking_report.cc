#include <fmt/format.h>

#include "evaluate/linking.h"
#include "present/json_out.h"

namespace hs::evaluate {
namespace {

std::string line_of(const engine::ArchiveRoll& loaded, std::uint32_t record) {
  const auto view = [&](std::uint32_t id) { return loaded.texts.view(history::TextId(id)); };
  const history::Record& at = loaded.roll.at(record);
  const std::string& race = loaded.races[at.race.raw()].id;
  std::string born;
  if (at.has_birth) born = fmt::format(", born {}", base::date_from_days(at.born.middle()).year);
  return fmt::format("    {}: {}{}; {}\n", race, view(loaded.shown_names[record]), born,
                     view(loaded.shown_places[record]));
}

}  // namespace

std::string text_of(const LinkingFigures& figures, const engine::ArchiveRoll& loaded) {
  std::string out = fmt::format(
      "{} results of {} people, {} with several; {} twice in one race\n\n"
      "years   linked pairs   by chance   precision   masked   recall\n",
      figures.results, figures.people, figures.several, figures.twice_in_a_race);
  for (const GapFigures& gap : figures.gaps) {
    out += fmt::format("{:<6} {:>13} {:>11.1f} {:>11.4f} {:>8} {:>8.4f}\n", gap.gap, gap.pairs,
                       gap.chance, gap.precision(), gap.masked, gap.recall());
  }
  out += "\nhow a name changed      seen   masked   found\n";
  for (std::size_t i = 0; i < kNameChanges; ++i) {
    const ChangeFigures& change = figures.changes[i];
    out += fmt::format("{:<18} {:>9} {:>8} {:>7}\n", name_of(static_cast<NameChange>(i)),
                       change.seen, change.masked, change.found);
  }
  for (const auto& known : figures.known) {
    out += fmt::format("\n{} {}: {} of {} results, {} others", known.is_met() ? "ok" : "NOT MET",
                       known.person.name, known.found, known.expected, known.others);
  }
  if (!figures.known.empty()) out += "\n";
  if (!figures.borderline.empty()) out += "\npairs nearest to the line, to judge by eye:\n";
  for (const history::LinkedPair& pair : figures.borderline) {
    out += fmt::format("  {:.3f}\n{}{}", pair.probability, line_of(loaded, pair.a),
                       line_of(loaded, pair.b));
  }
  return out;
}

std::string json_of(const LinkingFigures& figures) {
  present::JsonOut out;
  const auto count = [&out](const char* key, std::size_t value) {
    out.integer_of(key, static_cast<std::int64_t>(value));
  };
  out.begin_object();
  count("results", figures.results);
  count("people", figures.people);
  count("several", figures.several);
  count("twice_in_a_race", figures.twice_in_a_race);
  out.key("gaps");
  out.begin_array();
  for (const GapFigures& gap : figures.gaps) {
    out.begin_object();
    out.text_of("years", gap.gap);
    count("pairs", gap.pairs);
    out.number_of("chance", fmt::format("{:.2f}", gap.chance));
    out.number_of("precision", fmt::format("{:.5f}", gap.precision()));
    count("masked", gap.masked);
    out.number_of("recall", fmt::format("{:.5f}", gap.recall()));
    out.end_object();
  }
  out.end_array();
  out.key("changes");
  out.begin_array();
  for (std::size_t i = 0; i < kNameChanges; ++i) {
    out.begin_object();
    out.text_of("change", name_of(static_cast<NameChange>(i)));
    count("seen", figures.changes[i].seen);
    count("masked", figures.changes[i].masked);
    count("found", figures.changes[i].found);
    out.end_object();
  }
  out.end_array();
  out.key("known");
  out.begin_array();
  for (const auto& known : figures.known) {
    out.begin_object();
    out.text_of("person", known.person.name);
    count("expected", known.expected);
    count("found", known.found);
    count("others", known.others);
    out.boolean_of("is_met", known.is_met());
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::evaluate
