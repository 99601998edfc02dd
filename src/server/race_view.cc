#include "server/race_view.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/check.h"

namespace hs::server {
namespace {

using model::EntrantId;
using model::RaceId;
using model::RunnerStatus;

template <typename List>
std::string names_of(const List& list) {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : ", ") + one.id;
  return out;
}

/// What somebody wrote in an address, short enough for an answer.
std::string quoted(std::string_view text) { return "'" + std::string(text.substr(0, 40)) + "'"; }

}  // namespace

struct RaceView::Index {
  std::vector<std::unordered_map<std::string, EntrantId>> by_bib;  ///< By race.
  std::vector<std::vector<EntrantId>> everybody;                   ///< By race.
  std::vector<std::size_t> moments;
  std::map<EntrantId, std::vector<std::size_t>> moments_of;  ///< By number in what is told.
};

RaceView::RaceView(std::shared_ptr<const engine::Snapshot> now,
                   std::shared_ptr<const engine::Overview> overview,
                   std::shared_ptr<const engine::Told> told)
    : now_(std::move(now)), overview_(std::move(overview)), told_(std::move(told)) {
  HS_CHECK(now_ && overview_ && told_ && told_->overview, "a view of nothing");
}

const RaceView::Index& RaceView::index() const {
  std::call_once(made_, [this] { make_index(); });
  return *index_;
}

void RaceView::make_index() const {
  auto made = std::make_shared<Index>();
  const std::size_t races = now_->event() == nullptr ? 0 : now_->event()->races.size();
  made->by_bib.resize(races);
  made->everybody.resize(races);
  for (std::size_t e = 0; e < now_->size(); ++e) {
    const EntrantId id(static_cast<std::uint32_t>(e));
    const engine::SnapshotRunner* one = now_->runner(id);
    if (one == nullptr || one->result.race.raw() >= races) continue;
    made->by_bib[one->result.race.raw()].emplace(one->entrant->bib.str(), id);
    made->everybody[one->result.race.raw()].push_back(id);
  }
  for (std::size_t r = 0; r < races; ++r) {
    list_everybody(RaceId(static_cast<RaceId::rep>(r)), made->everybody[r]);
  }
  const engine::Overview& behind = *told_->overview;
  std::vector<std::optional<EntrantId>> by_told(behind.results.entrants.size());
  for (std::size_t e = 0; e < behind.numbers.size() && e < now_->size(); ++e) {
    if (behind.numbers[e])
      by_told[behind.numbers[e]->raw()] = EntrantId(static_cast<std::uint32_t>(e));
  }
  for (std::size_t m = 0; m < told_->moments.size(); ++m) {
    if (!may_be_shown(told_->moments[m], by_told)) continue;
    made->moments.push_back(m);
    for (const EntrantId id : told_->moments[m].people) made->moments_of[id].push_back(m);
  }
  index_ = std::move(made);
}

bool RaceView::is_hidden(EntrantId id) const {
  const auto& numbers = overview_->numbers;
  if (id.raw() >= numbers.size() || !numbers[id.raw()]) return false;
  return overview_->results.runners[numbers[id.raw()]->raw()].hidden_by.has_value();
}

/// What is told is some seconds old: whoever has become private or was hidden since is not told of
/// any more.
bool RaceView::may_be_shown(const model::Moment& moment,
                            const std::vector<std::optional<EntrantId>>& by_told) const {
  if (now_->event() == nullptr || moment.race.raw() >= now_->event()->races.size()) return false;
  return std::all_of(moment.people.begin(), moment.people.end(), [&](EntrantId id) {
    const auto& number = by_told[id.raw()];
    const auto* one = number ? now_->runner(*number) : nullptr;
    return one != nullptr && !one->entrant->is_private && !is_hidden(*number);
  });
}

void RaceView::list_everybody(RaceId race, std::vector<EntrantId>& list) const {
  const std::size_t finish = this->race(race).points.size() - 1;
  const engine::PointOrder& order = now_->order(race, finish);
  struct Row {
    EntrantId id;
    int group = 0;
    std::size_t far = 0;  ///< Points behind the one seen last.
    base::RaceTime at;
    model::BibNumber bib;
  };
  std::vector<Row> rest;
  for (const EntrantId id : list) {
    if (order.has(id)) continue;
    const engine::SnapshotRunner& one = runner(id);
    Row row{id, 1, 0, {}, one.entrant->bib};
    const auto seen = last_seen(one.result);
    if (one.result.status == RunnerStatus::Running && seen) {
      row = {id, 0, finish - seen->point, seen->at, one.entrant->bib};
    }
    rest.push_back(row);
  }
  std::sort(rest.begin(), rest.end(), [](const Row& a, const Row& b) {
    if (a.group != b.group) return a.group < b.group;
    if (a.group == 0 && a.far != b.far) return a.far < b.far;
    if (a.group == 0 && a.at != b.at) return a.at < b.at;
    return a.bib < b.bib;
  });
  list = order.entrants();
  for (const Row& row : rest) list.push_back(row.id);
}

std::optional<RaceId> RaceView::race(std::string_view id) const {
  if (now_->event() == nullptr) return std::nullopt;
  const auto& races = now_->event()->races;
  const auto at = std::find_if(races.begin(), races.end(),
                               [&](const model::Race& one) { return one.id == id; });
  if (at == races.end()) return std::nullopt;
  return RaceId(static_cast<RaceId::rep>(at - races.begin()));
}

const model::Race& RaceView::race(RaceId id) const { return now_->event()->races[id.raw()]; }

base::Result<RaceId> RaceView::need_race(std::string_view id) const {
  const auto found = race(id);
  if (found) return *found;
  const std::string there =
      now_->event() == nullptr ? std::string() : names_of(now_->event()->races);
  return base::fail(base::ErrorCode::NotFound,
                    "found the race " + quoted(id) + ", expected one of: " + there);
}

base::Result<std::size_t> RaceView::need_point(RaceId id, std::string_view point) const {
  const auto& points = race(id).points;
  if (point == "finish") return points.size() - 1;
  const auto at = std::find_if(points.begin(), points.end(),
                               [&](const model::Point& one) { return one.id == point; });
  if (at == points.end()) {
    return base::fail(base::ErrorCode::NotFound, "found the point " + quoted(point) +
                                                     ", expected one of: " + names_of(points));
  }
  return static_cast<std::size_t>(at - points.begin());
}

base::Result<EntrantId> RaceView::need_runner(RaceId id, std::string_view bib) const {
  const auto& bibs = index().by_bib[id.raw()];
  const auto at = bibs.find(std::string(bib));
  if (at == bibs.end()) {
    return base::fail(base::ErrorCode::NotFound,
                      "bib " + quoted(bib) + " is not entered in the race " + race(id).id);
  }
  return at->second;
}

const std::vector<EntrantId>& RaceView::everybody(RaceId id) const {
  return index().everybody[id.raw()];
}

std::optional<EntrantId> RaceView::told_number(EntrantId id) const {
  const auto& numbers = told_->overview->numbers;
  if (id.raw() >= numbers.size()) return std::nullopt;
  return numbers[id.raw()];
}

const model::Projection* RaceView::projection(EntrantId id) const {
  const auto number = told_number(id);
  if (!number || runner(id).result.status != RunnerStatus::Running) return nullptr;
  if (number->raw() >= told_->projections.size()) return nullptr;
  const auto& found = told_->projections[number->raw()];
  return found ? &*found : nullptr;
}

std::optional<RaceView::Expected> RaceView::expected_at(EntrantId id, std::size_t point) const {
  const model::RunnerResult& result = runner(id).result;
  const model::Projection* projected = projection(id);
  const auto seen = last_seen(result);
  const auto& points = race(result.race).points;
  if (projected == nullptr || !seen || !result.start_at || point <= seen->point ||
      point >= points.size()) {
    return std::nullopt;
  }
  const auto at_metre = [&](std::size_t p) {
    return static_cast<double>(points[p].distance.in_millimetres());
  };
  const double part = (at_metre(point) - at_metre(seen->point)) /
                      (at_metre(points.size() - 1) - at_metre(seen->point));
  const auto when = [&](std::chrono::seconds finish) {
    const base::RaceTime there = *result.start_at + finish;
    const double way = static_cast<double>(std::max(there - seen->at, base::Duration(0)).count());
    return seen->at + base::Duration(static_cast<std::int64_t>(way * part));
  };
  const auto likely = projected->interval_80();
  return Expected{point, when(likely.low), when(projected->median()), when(likely.high)};
}

std::optional<RaceView::Expected> RaceView::expected_next(EntrantId id) const {
  const auto seen = last_seen(runner(id).result);
  if (!seen) return std::nullopt;
  return expected_at(id, seen->point + 1);
}

const std::vector<std::size_t>& RaceView::moments() const { return index().moments; }

std::vector<std::size_t> RaceView::moments_of(EntrantId id) const {
  const auto number = told_number(id);
  if (!number) return {};
  const auto at = index().moments_of.find(*number);
  return at == index().moments_of.end() ? std::vector<std::size_t>() : at->second;
}

std::optional<RaceView::Seen> RaceView::last_seen(const model::RunnerResult& result) {
  for (std::size_t p = result.splits.size(); p-- > 0;) {
    if (result.splits[p].passing) return Seen{p, result.splits[p].passing->at};
  }
  if (result.start_at) return Seen{0, *result.start_at};
  return std::nullopt;
}

std::optional<base::Duration> RaceView::ranking_at(const model::RunnerResult& result,
                                                   std::size_t point) const {
  const model::Race& of = race(result.race);
  if (point + 1 == of.points.size()) return result.ranking;
  if (point == 0 || point >= result.splits.size()) return std::nullopt;
  const model::Split& split = result.splits[point];
  switch (of.rank_by) {
    case model::RankBy::Gun:
      return split.gun ? std::optional(split.gun->value()) : std::nullopt;
    case model::RankBy::Net:
      return split.net ? std::optional(split.net->value()) : std::nullopt;
    case model::RankBy::Clock:
      break;
  }
  std::optional<base::RaceTime> first;
  for (const model::Wave& wave : of.waves) {
    if (wave.gun && (!first || *wave.gun < *first)) first = wave.gun;
  }
  if (!first || !split.passing) return std::nullopt;
  return split.passing->at - *first + result.penalty;
}

const char* RaceView::status_word() const {
  using Kind = scoring::ListState::Kind;
  const auto& lists = overview_->lists;
  const auto all = [&](auto of_kind) {
    return !lists.empty() && std::all_of(lists.begin(), lists.end(), of_kind);
  };
  if (all([](const auto& one) { return one.kind == Kind::Official; })) return "official";
  if (all([](const auto& one) { return one.kind != Kind::Provisional; })) return "published";
  return "provisional";
}

void RaceView::write_as_of(present::JsonOut& out) const {
  out.key("as_of");
  out.begin_object();
  out.integer_of("seq", static_cast<std::int64_t>(now_->seq().raw()));
  if (overview_->results.version > 0) out.integer_of("version", overview_->results.version);
  out.text_of("status", status_word());
  out.instant_of("at", now_->at());
  out.end_object();
}

}  // namespace hs::server
