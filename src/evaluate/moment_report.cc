#include "evaluate/moment_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "moments/field_view.h"
#include "moments/find_moments.h"
#include "present/json_out.h"
#include "present/moment_words.h"
#include "present/moments_json.h"
#include "present/table.h"

namespace hs::evaluate {
namespace {

using present::Align;
using present::Table;

// What each measure should be: the table "Measuring it" of the design.
constexpr double kMostFalse = 0.1 + 1e-9;  ///< A tenth is met, whatever its last digit.
constexpr double kLeastPlanted = 0.95;
constexpr double kMostTroubled = 0.02;
constexpr double kLeastDropped = 0.95;
constexpr double kLeastJittered = 0.8;
constexpr double kLeastPairs = 0.65;

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

std::string percent(double value) { return fmt::format("{:.1f} %", 100 * value); }

/// A share of so many; "-" of none.
std::string share_text(std::size_t part, std::size_t whole) {
  if (whole == 0) return "none to ask";
  return fmt::format("{} ({} of {})",
                     percent(share(static_cast<double>(part), static_cast<double>(whole))), part,
                     whole);
}

class MeasureTable {
 public:
  explicit MeasureTable(const MomentReport& report) : report_(report) {}

  std::string text() {
    add_false("model field", report_.model_field);
    add_false("pairs permuted", report_.permuted);
    add_planted("collapse", report_.planted.collapse);
    add_planted("stop", report_.planted.stop);
    add_troubles();
    add_stability();
    const Recomputed& again = report_.recomputed;
    add("recomputed", "all", share_text(again.numbers - again.wrong, again.numbers),
        again.wrong == 0);
    if (again.unknown > 0) {
      add("not recomputed", "0", fmt::format("{} pieces of evidence", again.unknown), false);
    }
    row("expected values", "in order", fmt::format("{}", again.expectations), "");
    row("speed", "a figure",
        fmt::format("{:.0f} ms, median of {}", report_.speed.milliseconds, report_.speed.runs), "");
    std::string out = table_.text(2, present::Colour::No);
    for (const std::string& complaint : again.complaints) out += "  " + complaint + "\n";
    return out;
  }

 private:
  void row(std::string what, std::string should, std::string is, std::string met) {
    table_.add({{std::move(what)}, {std::move(should)}, {std::move(met)}, {std::move(is)}});
  }
  void add(std::string what, std::string should, std::string is, bool met) {
    row(std::move(what), std::move(should), std::move(is), met ? "yes" : "MISSED");
  }
  void add_false(const std::string& name, const FalseMoments& made) {
    if (made.seeds == 0) {
      row(name, "<= 10 %", "too small a field", "");
      return;
    }
    const double of_real = share(made.made, static_cast<double>(made.real));
    const bool met = made.real == 0 ? made.made < 1 : of_real <= kMostFalse;
    add(name, "<= 10 %",
        fmt::format("{} real, {:.2f} false a field ({}), {} seeds", made.real, made.made,
                    made.real == 0 ? "none real" : percent(of_real), made.seeds),
        met);
    for (const KindCount& kind : made.kinds) {
      row(std::string("  ") + model::name_of(kind.kind), "",
          fmt::format("{} real, {:.2f} false", kind.real, kind.made), "");
    }
  }
  void add_planted(const std::string& name, const Planted::Kind& kind) {
    const auto met = [](std::size_t part, std::size_t whole) {
      return whole == 0 ||
             share(static_cast<double>(part), static_cast<double>(whole)) >= kLeastPlanted;
    };
    add("planted " + name + ", 15 min or more: weighed", ">= 95 %",
        share_text(kind.candidates, kind.large), met(kind.candidates, kind.large));
    add("planted " + name + ", clear: told", ">= 95 %", share_text(kind.published, kind.clear),
        met(kind.published, kind.clear));
  }
  void add_troubles() {
    std::size_t touching = 0;
    std::size_t published = 0;
    for (const Trouble& trouble : report_.troubles) {
      touching += trouble.touching;
      published += trouble.published;
    }
    add("troubles of the timing", "<= 2 %", share_text(touching, published),
        share(static_cast<double>(touching), static_cast<double>(published)) <= kMostTroubled);
    for (const Trouble& trouble : report_.troubles) {
      row("  " + trouble.name, "", share_text(trouble.touching, trouble.published), "");
      for (const std::string& example : trouble.examples) row("", "", example, "");
    }
  }
  void add_stability() {
    const Stability& s = report_.stability;
    add("stable: 1 % of rows dropped", ">= .95",
        fmt::format("{:.3f} of {} stories", s.dropped, s.stories), s.dropped >= kLeastDropped);
    add("stable: times moved by 1 s", ">= .80",
        fmt::format("{:.3f} of {} stories", s.jittered, s.stories), s.jittered >= kLeastJittered);
    add("stable: pairs, times moved by 1 s", ">= .65",
        fmt::format("{:.3f} of {} pairs", s.pairs_jittered, s.pairs),
        s.pairs == 0 || s.pairs_jittered >= kLeastPairs);
  }

  const MomentReport& report_;
  Table table_{{{"measure"}, {"should be"}, {"met"}, {"is"}}};
};

std::string rank(const std::optional<std::size_t>& value) {
  return value ? std::to_string(*value) : "-";
}

std::string bibs_text(const std::vector<std::string>& bibs) {
  std::string out;
  for (const std::string& bib : bibs) out += (out.empty() ? "" : " ") + bib;
  return out;
}

std::string within_text(const Expected& expected) {
  const bool story = expected.among == Expected::Among::Stories;
  return fmt::format("{}-{}", story ? "story" : "shelf", expected.first);
}

std::string known_text(const MomentReport& report) {
  Table table({{"bibs"},
               {"within"},
               {"met"},
               {"by score", Align::Right},
               {"in story", Align::Right},
               {"by minutes", Align::Right},
               {"as"}});
  for (const KnownMoment& known : report.known) {
    std::string as = known.kind;
    if (known.on_shelf) as += (as.empty() ? "" : ", ") + std::string("shelf ") + known.shelf;
    if (!known.is_entered) as = "not all of these bibs are in the race";
    table.add({{bibs_text(known.expected.bibs)},
               {within_text(known.expected)},
               {known.is_met() ? "yes" : "MISSED"},
               {rank(known.by_score)},
               {rank(known.in_story)},
               {rank(known.on_shelf)},
               {as}});
  }
  return table.empty() ? std::string()
                       : "known moments\n" + table.text(2, present::Colour::No) + "\n";
}

std::string stories_text(const MomentReport& report, const model::EventResults& results) {
  std::string out;
  for (std::size_t i = 0; i < report.story.size(); ++i) {
    const model::Moment& moment = report.moments[report.story[i]];
    const present::MomentWords words = present::words_for(moment, results);
    out += fmt::format("{:>3}  {}\n", i + 1, words.headline);
    out += present::paragraph(words.text, 5, 5);
    std::string bibs;
    for (const model::EntrantId id : moment.people) {
      bibs += " " + results.entrants[id.raw()].bib.str();
    }
    out +=
        fmt::format("     {}, bib{}, score {:.1f}, {:.1f} bits{}\n\n", model::name_of(moment.kind),
                    bibs, moment.score, moment.net_bits, moment.on_shelf ? ", for itself" : "");
  }
  return out;
}

std::string number(double value) { return fmt::format("{:.4f}", value); }

void write_false(present::JsonOut& out, const char* name, const FalseMoments& made) {
  out.key(name);
  out.begin_object();
  out.integer_of("seeds", static_cast<std::int64_t>(made.seeds));
  out.integer_of("real", static_cast<std::int64_t>(made.real));
  out.number_of("false", number(made.made));
  out.key("kinds");
  out.begin_array();
  for (const KindCount& kind : made.kinds) {
    out.begin_object();
    out.text_of("kind", model::name_of(kind.kind));
    out.integer_of("real", static_cast<std::int64_t>(kind.real));
    out.number_of("false", number(kind.made));
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

void write_planted(present::JsonOut& out, const char* name, const Planted::Kind& kind) {
  out.key(name);
  out.begin_object();
  out.integer_of("planted", static_cast<std::int64_t>(kind.all));
  out.integer_of("large", static_cast<std::int64_t>(kind.large));
  out.integer_of("candidates", static_cast<std::int64_t>(kind.candidates));
  out.integer_of("clear", static_cast<std::int64_t>(kind.clear));
  out.integer_of("published", static_cast<std::int64_t>(kind.published));
  out.end_object();
}

void write_rank(present::JsonOut& out, const char* name, const std::optional<std::size_t>& rank) {
  if (rank) out.integer_of(name, static_cast<std::int64_t>(*rank));
}

void write_known(present::JsonOut& out, const std::vector<KnownMoment>& all) {
  out.key("known");
  out.begin_array();
  for (const KnownMoment& known : all) {
    out.begin_object();
    out.key("bibs");
    out.begin_array();
    for (const std::string& bib : known.expected.bibs) out.text(bib);
    out.end_array();
    out.text_of("within", within_text(known.expected));
    out.boolean_of("met", known.is_met());
    write_rank(out, "by_score", known.by_score);
    write_rank(out, "in_story", known.in_story);
    write_rank(out, "by_minutes", known.on_shelf);
    out.text_of("kind", known.kind);
    out.text_of("shelf", known.shelf);
    out.end_object();
  }
  out.end_array();
}

void write_rest(present::JsonOut& out, const MomentReport& report) {
  out.key("troubles");
  out.begin_array();
  for (const Trouble& trouble : report.troubles) {
    out.begin_object();
    out.text_of("trouble", trouble.name);
    out.integer_of("runners", static_cast<std::int64_t>(trouble.touched));
    out.integer_of("published", static_cast<std::int64_t>(trouble.published));
    out.integer_of("touching", static_cast<std::int64_t>(trouble.touching));
    out.end_object();
  }
  out.end_array();
  out.key("stable");
  out.begin_object();
  out.integer_of("stories", static_cast<std::int64_t>(report.stability.stories));
  out.integer_of("pairs", static_cast<std::int64_t>(report.stability.pairs));
  out.number_of("dropped", number(report.stability.dropped));
  out.number_of("jittered", number(report.stability.jittered));
  out.number_of("pairs_jittered", number(report.stability.pairs_jittered));
  out.end_object();
  out.key("recomputed");
  out.begin_object();
  out.integer_of("numbers", static_cast<std::int64_t>(report.recomputed.numbers));
  out.integer_of("wrong", static_cast<std::int64_t>(report.recomputed.wrong));
  out.integer_of("expectations", static_cast<std::int64_t>(report.recomputed.expectations));
  out.integer_of("unknown", static_cast<std::int64_t>(report.recomputed.unknown));
  out.end_object();
  out.key("speed");
  out.begin_object();
  out.number_of("median_ms", fmt::format("{:.1f}", report.speed.milliseconds));
  out.integer_of("runs", static_cast<std::int64_t>(report.speed.runs));
  out.end_object();
}

}  // namespace

MomentReport measure_moments(const model::EventResults& results, model::RaceId race,
                             const MomentOptions& options) {
  const auto tell = [&](double share) {
    if (options.progress) options.progress(share);
  };
  MomentReport report;
  const model::Race& config = results.event.races[race.raw()];
  report.race = config.name.empty() ? config.id : config.name;
  report.finishers = moments::view_field(results, race).rows();
  report.moments = moments_of(results, race);
  report.story = moments::choose_for_story(report.moments, options.top);
  report.known = find_known(options.expected, report.moments, results, race);
  report.recomputed = recompute(report.moments, results);
  report.speed = speed(results);
  tell(0.1);
  report.stability = stability(results, race, options.seed);
  tell(0.2);
  report.planted = planted(results, race, options.seed);
  tell(0.4);
  report.troubles = troubles(results, race, options.seed);
  tell(0.5);
  report.model_field = model_field(results, race, options.seeds, options.seed);
  tell(0.75);
  report.permuted = permuted_pairs(results, race, options.seeds, options.seed);
  tell(1);
  return report;
}

std::string text_of(const MomentReport& report, const model::EventResults& results) {
  const auto shelf = static_cast<std::size_t>(
      std::count_if(report.moments.begin(), report.moments.end(),
                    [](const model::Moment& moment) { return moment.on_shelf; }));
  std::string out =
      fmt::format("{}: {} finishers on foot, {} moments and {} told for themselves\n\n",
                  report.race, report.finishers, report.moments.size() - shelf, shelf);
  out += stories_text(report, results);
  out += known_text(report);
  return out + "measured\n" + MeasureTable(report).text();
}

std::string json_of(const MomentReport& report, const model::EventResults& results) {
  std::vector<model::Moment> story;
  for (const std::size_t i : report.story) story.push_back(report.moments[i]);
  present::JsonOut out;
  out.begin_object();
  out.text_of("race", report.race);
  out.integer_of("finishers", static_cast<std::int64_t>(report.finishers));
  out.integer_of("moments", static_cast<std::int64_t>(report.moments.size()));
  write_known(out, report.known);
  write_false(out, "model_field", report.model_field);
  write_false(out, "pairs_permuted", report.permuted);
  out.key("planted");
  out.begin_object();
  write_planted(out, "collapse", report.planted.collapse);
  write_planted(out, "stop", report.planted.stop);
  out.end_object();
  write_rest(out, report);
  out.number_of("story", present::moments_json(results, story));
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::evaluate
