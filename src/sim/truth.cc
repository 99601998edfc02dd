#include "sim/truth.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace hs::sim {

namespace {

// In order of the enum.
constexpr std::array kTroubleNames = {
    "pen-on-mat",   "gel-return",   "late-start",     "other-wave",    "finish-wait",
    "walk-home",    "missed-main",  "missed-mat",     "missed-finish", "dead-mat",
    "dead-antenna", "overheard",    "second-chip",    "carried-chip",  "swapped-chips",
    "shared-chip",  "unknown-chip", "did-not-finish", "did-not-start", "stopped",
    "clock-1980",   "clock-reset",  "clock-offset",   "clock-hour",    "clock-drift",
    "power-loss",   "resend",       "prefix-file",    "foreign-file",  "cut-line",
    "corrupt-line", "no-sex",       "strange-name",   "scene"};
static_assert(kTroubleNames.size() == static_cast<std::size_t>(Trouble::Scene) + 1);

}  // namespace

const char* name_of(Trouble trouble) { return kTroubleNames[static_cast<std::size_t>(trouble)]; }

namespace {

std::string instant(const std::optional<base::RaceTime>& at) {
  return at ? base::format_rfc3339(*at, std::chrono::seconds(0), 3) : std::string();
}

}  // namespace

std::string truth_csv(const Truth& truth) {
  std::string out = "race,bib,wave,status,start_source,troubles";
  for (const std::string& id : truth.point_ids) {
    fmt::format_to(std::back_inserter(out), ",{0}_crossed,{0}_heard", id);
  }
  out += '\n';
  for (const TrueRun& run : truth.runs) {
    fmt::format_to(std::back_inserter(out), "{},{},{},{},{},", run.race, run.bib, run.wave,
                   model::name_of(run.status), model::name_of(run.start_source));
    for (std::size_t i = 0; i < run.troubles.size(); ++i) {
      if (i > 0) out += ';';
      out += name_of(run.troubles[i]);
    }
    for (const TruePassing& passing : run.points) {
      fmt::format_to(std::back_inserter(out), ",{},{}", instant(passing.crossed),
                     instant(passing.heard));
    }
    out += '\n';
  }
  return out;
}

}  // namespace hs::sim
