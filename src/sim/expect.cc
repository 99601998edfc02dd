#include "sim/expect.h"

#include <fmt/format.h>

#include <algorithm>

namespace hs::sim {

namespace {

/// Looks up people of a scene in the results and collects what is not as expected.
class Checker {
 public:
  Checker(const Scene& scene, const model::EventResults& results)
      : scene_(scene), results_(results) {}

  std::vector<std::string> check() {
    for (const ExpectedResult& expected : scene_.results) check_result(expected);
    check_line();
    return std::move(unmet_);
  }

 private:
  const model::RunnerResult* find(const std::string& bib) {
    for (std::size_t i = 0; i < results_.entrants.size(); ++i) {
      if (results_.entrants[i].bib.view() == bib) return &results_.runners[i];
    }
    unmet_.push_back(fmt::format("{}: bib {} has no result", scene_.name, bib));
    return nullptr;
  }

  template <typename Value>
  void same(const std::string& bib, const char* what, const Value& expected, const Value& found) {
    if (expected == found) return;
    unmet_.push_back(fmt::format("{}: bib {}: {} expected {}, found {}", scene_.name, bib, what,
                                 expected, found));
  }

  void same_place(const std::string& bib, const char* what, const std::optional<int>& expected,
                  const std::optional<model::Placing>& found) {
    if (expected) same(bib, what, *expected, found ? static_cast<int>(found->place) : 0);
  }

  void check_result(const ExpectedResult& expected) {
    const model::RunnerResult* result = find(expected.bib);
    if (result == nullptr) return;
    same(expected.bib, "status", std::string(model::name_of(expected.status)),
         std::string(model::name_of(result->status)));
    if (expected.net) check_net(expected, *result);
    if (expected.official) {
      const base::Duration found = result->official.value_or(base::Duration(0));
      same(expected.bib, "official time", base::format_h_mm_ss_mmm(*expected.official),
           base::format_h_mm_ss_mmm(found));
    }
    same_place(expected.bib, "place", expected.place, result->places.overall);
    same_place(expected.bib, "place of the sex", expected.place_sex, result->places.sex);
    same_place(expected.bib, "place in division", expected.place_division, result->places.division);
    if (!expected.clause.empty()) same(expected.bib, "clause", expected.clause, result->clause);
    const model::Race& race = results_.event.races[result->race.raw()];
    if (!expected.division.empty()) {
      same(expected.bib, "division", expected.division,
           result->division ? race.divisions[result->division->raw()].id : std::string("none"));
    }
    if (!expected.name.empty()) {
      same(expected.bib, "name", expected.name,
           model::public_name(results_.entrants[result->entrant.raw()],
                              results_.persons[result->entrant.raw()]));
    }
    if (!expected.last_point.empty()) {
      std::string last = "none";
      for (std::size_t i = 0; i < result->splits.size(); ++i) {
        if (result->splits[i].passing) last = race.points[i].id;
      }
      same(expected.bib, "last point", expected.last_point, last);
    }
  }

  void check_net(const ExpectedResult& expected, const model::RunnerResult& result) {
    const base::Duration found = result.net ? result.net->value() : base::Duration(0);
    const base::Duration off = found - *expected.net;
    if (off <= expected.within && off >= -expected.within) return;
    same(expected.bib, "net time", base::format_h_mm_ss_mmm(*expected.net),
         base::format_h_mm_ss_mmm(found));
  }

  std::vector<base::RaceTime> on_the_line(const std::vector<std::string>& bibs) {
    std::vector<base::RaceTime> times;
    for (const std::string& bib : bibs) {
      const model::RunnerResult* result = find(bib);
      if (result == nullptr) continue;
      const auto& finish = result->splits.back().passing;
      if (finish) {
        times.push_back(finish->at);
      } else {
        unmet_.push_back(fmt::format("{}: bib {} has no finish", scene_.name, bib));
      }
    }
    return times;
  }

  void check_line() {
    const std::vector<base::RaceTime> order = on_the_line(scene_.line_order);
    if (!std::is_sorted(order.begin(), order.end())) {
      unmet_.push_back(scene_.name + ": the order over the line is not as expected");
    }
    const std::vector<base::RaceTime> together = on_the_line(scene_.within_a_second);
    if (together.empty()) return;
    const auto [first, last] = std::minmax_element(together.begin(), together.end());
    if (*last - *first > std::chrono::seconds(1)) {
      unmet_.push_back(scene_.name + ": they are more than a second apart on the line");
    }
  }

  const Scene& scene_;
  const model::EventResults& results_;
  std::vector<std::string> unmet_;
};

bool has_bib(const model::Moment& moment, const std::string& bib,
             const model::EventResults& results) {
  return std::any_of(moment.people.begin(), moment.people.end(), [&](model::EntrantId id) {
    return results.entrants[id.raw()].bib.view() == bib;
  });
}

bool names_standard(const model::Moment& moment, const std::string& standard) {
  return std::any_of(moment.evidence.begin(), moment.evidence.end(), [&](const auto& evidence) {
    return evidence.what == "barrier" && evidence.given == "standard" && evidence.name == standard;
  });
}

}  // namespace

std::vector<std::string> unmet_results(const Scene& scene, const model::EventResults& results) {
  return Checker(scene, results).check();
}

bool is_told(const ExpectedMoment& expected, const model::EventResults& results,
             std::span<const model::Moment> moments) {
  return std::any_of(moments.begin(), moments.end(), [&](const model::Moment& one) {
    if (expected.kind != model::name_of(one.kind)) return false;
    if (!expected.standard.empty() && !names_standard(one, expected.standard)) return false;
    return std::all_of(expected.bibs.begin(), expected.bibs.end(),
                       [&](const std::string& bib) { return has_bib(one, bib, results); });
  });
}

std::vector<std::string> unmet_moments(const Scene& scene, const model::EventResults& results,
                                       std::span<const model::Moment> moments) {
  std::vector<std::string> unmet;
  for (const ExpectedMoment& expected : scene.moments) {
    const bool told = is_told(expected, results, moments);
    if (told == expected.later.empty()) continue;
    unmet.push_back(
        fmt::format("{}: {} '{}' of {}", scene.name,
                    told ? "is told now, take its 'later' out: the moment" : "no moment",
                    expected.kind, fmt::join(expected.bibs, ", ")));
  }
  for (const std::string& bib : scene.untold) {
    for (const model::Moment& one : moments) {
      if (!has_bib(one, bib, results)) continue;
      unmet.push_back(fmt::format("{}: bib {}: expected no moment, found '{}'", scene.name, bib,
                                  model::name_of(one.kind)));
    }
  }
  return unmet;
}

}  // namespace hs::sim
