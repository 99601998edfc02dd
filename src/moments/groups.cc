#include "moments/groups.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace hs::moments {
namespace {

constexpr std::size_t kMostTogether = 8;

bool is_pair(const model::Moment& moment) {
  return moment.people.size() == 2 && (moment.kind == model::MomentKind::FinishTogether ||
                                       moment.kind == model::MomentKind::RanTogether ||
                                       moment.kind == model::MomentKind::SameTimes);
}

/// Which moments of one kind tell of somebody; by kind and person.
using Told = std::map<std::pair<model::MomentKind, model::EntrantId>, std::size_t>;

class Once {
 public:
  explicit Once(const model::EventResults& results) : results_(results) {}

  void add(model::Moment moment) {
    const std::vector<std::size_t> with = told_with(moment);
    if (with.empty()) {
      for (const model::EntrantId id : moment.people) told_[{moment.kind, id}] = moments_.size();
      moments_.push_back(std::move(moment));
    } else if (is_pair(moment)) {
      for (const std::size_t one : with) join(with.front(), moments_[one].people);
      join(with.front(), moment.people);
    }
  }

  std::vector<model::Moment> take() {
    for (const std::size_t at : joined_) say_how_many(moments_[at]);
    std::vector<model::Moment> kept;
    for (std::size_t i = 0; i < moments_.size(); ++i) {
      const bool is_crowd = joined_.count(i) > 0 && moments_[i].people.size() > kMostTogether;
      if (gone_.count(i) == 0 && !is_crowd) kept.push_back(std::move(moments_[i]));
    }
    return kept;
  }

 private:
  /// Earlier moments of the kind with somebody of this one, the best first.
  [[nodiscard]] std::vector<std::size_t> told_with(const model::Moment& moment) const {
    std::set<std::size_t> with;
    for (const model::EntrantId id : moment.people) {
      const auto found = told_.find({moment.kind, id});
      if (found != told_.end()) with.insert(found->second);
    }
    return {with.begin(), with.end()};
  }

  /// Puts people into an earlier moment; one that they leave is gone.
  void join(std::size_t into, const std::vector<model::EntrantId>& people) {
    for (const model::EntrantId id : people) {
      auto& all = moments_[into].people;
      if (std::find(all.begin(), all.end(), id) == all.end()) all.push_back(id);
      const auto [told, is_new] = told_.insert({{moments_[into].kind, id}, into});
      if (!is_new && told->second != into) gone_.insert(told->second);
      told->second = into;
    }
    if (moments_[into].people.size() > 2) joined_.insert(into);
  }

  void say_how_many(model::Moment& moment) const {
    model::Evidence several;
    several.what = "several";
    several.to = moment.evidence.front().to;
    several.of = static_cast<std::uint32_t>(moment.people.size());
    for (const model::EntrantId id : moment.people) {
      several.bibs.push_back(results_.entrants[id.raw()].bib);
    }
    moment.evidence.push_back(std::move(several));
  }

  const model::EventResults& results_;
  std::vector<model::Moment> moments_;
  Told told_;
  std::set<std::size_t> joined_;  // Those of more than two people.
  std::set<std::size_t> gone_;    // Those that went into another.
};

}  // namespace

std::vector<model::Moment> tell_once(const model::EventResults& results,
                                     std::vector<Found> sorted) {
  Once once(results);
  for (Found& found : sorted) once.add(std::move(found.moment));
  return once.take();
}

}  // namespace hs::moments
