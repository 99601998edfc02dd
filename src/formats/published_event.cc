#include "formats/published_event.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "model/spoken_name.h"

namespace hs::formats {
namespace {

using model::PublishedRace;
using model::PublishedResult;
using model::PublishedText;

/// Point ids have this name at both ends, whatever the file called them.
constexpr const char* kStart = "start";
constexpr const char* kFinish = "finish";

model::Point point_at(const std::string& id, base::Distance distance) {
  model::Point point;
  point.id = id;
  point.mat = id;
  point.distance = distance;
  return point;
}

/// Which points of the file stand between start and finish, in course order.
std::vector<std::size_t> points_between(const PublishedRace& race) {
  std::vector<std::size_t> found;
  base::Distance last;
  for (std::size_t i = 0; i < race.points.size(); ++i) {
    const auto& point = race.points[i];
    if (point.id == kStart || point.id == kFinish || !point.distance) continue;
    if (*point.distance <= last || *point.distance >= *race.distance) continue;
    last = *point.distance;
    found.push_back(i);
  }
  return found;
}

/// Builds the event row by row.
class Publisher {
 public:
  explicit Publisher(const PublishedRace& race)
      : race_(race),
        between_(points_between(race)),
        midnight_(std::chrono::hours(24) * base::days_from_epoch(race.date)) {
    for (const PublishedResult& result : race.results) ++bibs_[bib_text(result)];
    for (const PublishedResult& result : race.results) {
      if (const auto at = start_of(result)) {
        first_start_ = first_start_ ? std::min(*first_start_, *at) : *at;
      }
    }
  }

  model::EventResults make() {
    out_.as_of = model::FactSeq(1);
    describe_event();
    for (const PublishedResult& result : race_.results) add(result);
    share_places();
    order();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string bib_text(const PublishedResult& result) const {
    return std::string(race_.text(result, PublishedText::Bib));
  }

  /// Since midnight.
  [[nodiscard]] std::optional<base::Duration> start_of(const PublishedResult& result) const {
    if (result.started_at) return result.started_at;
    if (race_.split_clock == model::PublishedClock::Gun) return std::nullopt;
    for (const model::PublishedSplit& split : race_.splits_of(result)) {
      if (split.is_estimated() || split.is_doubtful()) continue;
      if (split.time() && split.time_of_day()) return *split.time_of_day() - *split.time();
    }
    return std::nullopt;
  }

  void describe_event() {
    model::Event& event = out_.event;
    event.name = race_.name.empty() ? race_.id : race_.name;
    event.date = race_.date;
    event.begins = midnight_;
    event.timezone = "UTC";
    event.offsets = {{midnight_, std::chrono::seconds(0)}};
    if (std::any_of(race_.results.begin(), race_.results.end(),
                    [](const auto& result) { return result.age.has_value(); })) {
      event.publish_columns = {"age"};
    }
    model::Race race;
    race.id = race_.id;
    race.name = event.name;
    race.rank_by =
        race_.ranked_by == model::PublishedClock::Gun ? model::RankBy::Gun : model::RankBy::Net;
    race.points.push_back(point_at(kStart, base::Distance{}));
    for (const std::size_t i : between_) {
      race.points.push_back(point_at(race_.points[i].id, *race_.points[i].distance));
    }
    race.points.push_back(point_at(kFinish, *race_.distance));
    model::Wave wave;
    wave.id = "all";
    if (first_start_) wave.gun = midnight_ + *first_start_;
    race.waves.push_back(wave);
    event.races.push_back(race);
    out_.closed = {true};
    out_.cancelled = {false};
  }

  [[nodiscard]] model::BibNumber bib_of(const PublishedResult& result) const {
    const std::string text = bib_text(result);
    const auto bib = model::BibNumber::parse(text);
    if (bib && bibs_.at(text) == 1) return *bib;
    const auto stand_in = model::BibNumber::parse("line-" + std::to_string(result.line));
    return stand_in.value_or(model::BibNumber());
  }

  void add(const PublishedResult& result) {
    const model::EntrantId id(static_cast<std::uint32_t>(out_.entrants.size()));
    model::Entrant entrant;
    entrant.race = race_.id;
    entrant.bib = bib_of(result);
    entrant.wave = "all";
    entrant.mode =
        result.mode.value_or(result.is_apart ? model::Mode::Wheelchair : model::Mode::Foot);
    entrant.sex = result.sex;
    if (result.age) entrant.age = *result.age;
    out_.entrants.push_back(entrant);

    model::Person person;
    person.name = model::spoken_name(race_.name_of(result));
    person.club = race_.text(result, PublishedText::Club);
    person.team = race_.text(result, PublishedText::Team);
    person.city = race_.text(result, PublishedText::City);
    person.state = race_.text(result, PublishedText::State);
    person.country = race_.text(result, PublishedText::Country);
    out_.persons.push_back(person);
    add_times(result, id);
  }

  void add_times(const PublishedResult& result, model::EntrantId id) {
    model::RunnerResult runner;
    runner.entrant = id;
    runner.race = model::RaceId(0);
    runner.wave = model::WaveId(0);
    runner.status = result.status;
    const bool finished = result.status == model::RunnerStatus::Finished;
    const auto start = start_of(result);
    if (start) {
      runner.start_source = model::StartSource::Mat;
      runner.start_at = midnight_ + *start;
      runner.gun_at = midnight_ + *first_start_;
      runner.start_offset = *start - *first_start_;
    }
    runner.splits.resize(between_.size() + 2);
    if (start) runner.splits.front().passing = passing_at(*start, *start);
    for (std::size_t i = 0; i < between_.size(); ++i) {
      const model::PublishedSplit* split = race_.split_at(result, between_[i]);
      if (split == nullptr || split->is_estimated() || split->is_doubtful()) continue;
      set_split(result, *split, start, runner.splits[i + 1]);
    }
    const auto finish = finish_of(result);
    if (finished && finish) {
      model::Split& split = runner.splits.back();
      split.net = base::NetTime(*finish);
      const auto line = race_.point_named(kFinish);
      const auto* seen = line ? race_.split_at(result, *line) : nullptr;
      if (seen != nullptr && seen->time_of_day() && start && !seen->is_estimated()) {
        split.passing = passing_at(*seen->time_of_day(), *start);
      }
      runner.net = split.net;
      runner.gun = result.gun;
      runner.ranking = race_.finish_of(result);
      runner.official = runner.ranking;
      runner.places = {placing(result.place_overall), placing(result.place_sex),
                       placing(result.place_division)};
    }
    out_.runners.push_back(std::move(runner));
  }

  void set_split(const PublishedResult& result, const model::PublishedSplit& from,
                 const std::optional<base::Duration>& start, model::Split& split) const {
    if (const auto time = from.time()) split.net = base::NetTime(*time - way_to_start(result));
    if (!from.time_of_day() || !start) return;
    split.passing = passing_at(*from.time_of_day(), *start);
    if (!split.net) split.net = base::NetTime(split.passing->at - midnight_ - *start);
  }

  /// What times from the gun are longer than net times.
  [[nodiscard]] base::Duration way_to_start(const PublishedResult& result) const {
    const bool both = result.gun && result.net;
    if (race_.split_clock != model::PublishedClock::Gun || !both) return base::Duration{0};
    return result.gun->value() - result.net->value();
  }

  /// On the clock of the splits, less the way to the start.
  [[nodiscard]] std::optional<base::Duration> finish_of(const PublishedResult& result) const {
    auto finish = result.finish_on(race_.split_clock);
    if (finish) return *finish - way_to_start(result);
    return race_.finish_of(result);
  }

  /// A time of day before the start is one of the next day.
  [[nodiscard]] model::Passing passing_at(base::Duration at, base::Duration start) const {
    model::Passing passing;
    passing.at = midnight_ + (at < start ? at + std::chrono::hours(24) : at);
    return passing;
  }

  static std::optional<model::Placing> placing(const std::optional<model::PublishedPlace>& place) {
    if (!place) return std::nullopt;
    return model::Placing{place->place, false};
  }

  void share_places() {
    std::map<std::uint32_t, int> overall;
    std::map<std::pair<int, std::uint32_t>, int> by_sex;
    const auto sex_of = [&](const model::RunnerResult& runner) {
      const auto& sex = out_.entrants[runner.entrant.raw()].sex;
      return sex ? static_cast<int>(*sex) : -1;
    };
    const auto on_foot = [&](const model::RunnerResult& runner) {
      return out_.entrants[runner.entrant.raw()].mode == model::Mode::Foot;
    };
    for (const model::RunnerResult& runner : out_.runners) {
      if (!on_foot(runner)) continue;
      if (runner.places.overall) ++overall[runner.places.overall->place];
      if (runner.places.sex) ++by_sex[{sex_of(runner), runner.places.sex->place}];
    }
    for (model::RunnerResult& runner : out_.runners) {
      if (!on_foot(runner)) continue;
      auto& places = runner.places;
      if (places.overall) places.overall->shared = overall[places.overall->place] > 1;
      if (places.sex) places.sex->shared = by_sex[{sex_of(runner), places.sex->place}] > 1;
    }
  }

  void order() {
    std::vector<model::EntrantId> order;
    for (const auto& runner : out_.runners) order.push_back(runner.entrant);
    const auto key = [&](model::EntrantId id) {
      const auto& place = out_.runners[id.raw()].places.overall;
      return place ? place->place : UINT32_MAX;
    };
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return key(a) < key(b); });
    out_.order = {std::move(order)};
  }

  const PublishedRace& race_;
  std::vector<std::size_t> between_;
  base::RaceTime midnight_;
  std::optional<base::Duration> first_start_;
  std::map<std::string, int> bibs_;
  model::EventResults out_;
};

}  // namespace

base::Result<model::EventResults> event_of(const PublishedRace& race) {
  if (!race.distance || *race.distance <= base::Distance{}) {
    return base::fail(base::ErrorCode::InvalidInput,
                      race.id + ": found no length of the race, expected one that its points tell");
  }
  return Publisher(race).make();
}

}  // namespace hs::formats
