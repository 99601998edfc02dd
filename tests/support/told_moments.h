#pragma once

#include <vector>

#include "moments/find_moments.h"
#include "moments/live_moments.h"
#include "support/moment_field.h"

// What the engine tells of a field made for a test. Only tests include this.

namespace hs::moment_field {

inline std::vector<model::Moment> of_kind(FieldBuilder& field, model::MomentKind kind) {
  std::vector<model::Moment> found = moments::find_moments(field.results());
  std::erase_if(found, [kind](const model::Moment& moment) { return moment.kind != kind; });
  return found;
}

/// What the feed says new of a kind when everybody but `last` was in, the day was fitted, and then
/// `last` comes in.
inline std::vector<model::Moment> told_at_once(FieldBuilder& field, model::EntrantId last,
                                               model::MomentKind kind) {
  moments::LiveMoments live{model::RaceId(0)};
  field.runner(last).status = model::RunnerStatus::Running;
  (void)live.refit(field.results());
  field.runner(last).status = model::RunnerStatus::Finished;
  std::vector<model::Moment> fresh;
  for (const moments::MomentChange& change : live.runner_changed(field.results(), last)) {
    const bool is_new = change.what == moments::MomentChange::What::New;
    if (is_new && change.moment.kind == kind) fresh.push_back(change.moment);
  }
  return fresh;
}

}  // namespace hs::moment_field
