#pragma once

#include <cstdio>
#include <string>

#include "app/commands.h"
#include "app/event_source.h"
#include "base/clock.h"
#include "model/fact.h"

namespace hs::app {

/// Who says it at the terminal, now.
[[nodiscard]] inline model::Author signed_by(const std::string& by) {
  return {by, base::system_clock().now()};
}

/// Appends the fact that `make` gives for the opened event, and says its number.
///
/// Shape: `make(engine::RaceDay&)` gives a `Result<model::FactBody>`.
template <typename Make>
[[nodiscard]] Exit append_fact(const std::string& event, Make make) {
  auto day = open_log(event);
  if (!day) return report(day.error());
  const base::Result<model::FactBody> body = make(*day);
  if (!body) return report(body.error());
  const auto seq = day->add(*body);
  if (!seq) return report(seq.error());
  std::printf("fact %llu: %s written to %s\n", static_cast<unsigned long long>(seq->raw()),
              model::name_of(model::kind_of(*body)), race_path_of(event).c_str());
  if (model::kind_of(*body) == model::FactKind::Erase) {
    std::printf(
        "it cannot be taken back; entrants.csv and copies made earlier keep what they hold\n");
    return Exit::Done;
  }
  std::printf("take it back with: homestretch undo %s %llu --by NAME\n", event.c_str(),
              static_cast<unsigned long long>(seq->raw()));
  return Exit::Done;
}

}  // namespace hs::app
