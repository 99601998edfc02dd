#include "sim/truth.h"

#include <fmt/format.h>

#include <iterator>

namespace hs::sim {

const char* name_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::PenOnMat:
      return "pen-on-mat";
    case Trouble::GelReturn:
      return "gel-return";
    case Trouble::LateStart:
      return "late-start";
    case Trouble::OtherWave:
      return "other-wave";
    case Trouble::FinishWait:
      return "finish-wait";
    case Trouble::WalkHome:
      return "walk-home";
    case Trouble::MissedMain:
      return "missed-main";
    case Trouble::MissedMat:
      return "missed-mat";
    case Trouble::MissedFinish:
      return "missed-finish";
    case Trouble::DeadMat:
      return "dead-mat";
    case Trouble::DeadAntenna:
      return "dead-antenna";
    case Trouble::Overheard:
      return "overheard";
    case Trouble::SecondChip:
      return "second-chip";
    case Trouble::CarriedChip:
      return "carried-chip";
    case Trouble::SwappedChips:
      return "swapped-chips";
    case Trouble::SharedChip:
      return "shared-chip";
    case Trouble::UnknownChip:
      return "unknown-chip";
    case Trouble::DidNotFinish:
      return "did-not-finish";
    case Trouble::DidNotStart:
      return "did-not-start";
    case Trouble::Stopped:
      return "stopped";
    case Trouble::Clock1980:
      return "clock-1980";
    case Trouble::ClockReset:
      return "clock-reset";
    case Trouble::ClockOffset:
      return "clock-offset";
    case Trouble::ClockHour:
      return "clock-hour";
    case Trouble::ClockDrift:
      return "clock-drift";
    case Trouble::PowerLoss:
      return "power-loss";
    case Trouble::Resend:
      return "resend";
    case Trouble::PrefixFile:
      return "prefix-file";
    case Trouble::ForeignFile:
      return "foreign-file";
    case Trouble::CutLine:
      return "cut-line";
    case Trouble::CorruptLine:
      return "corrupt-line";
    case Trouble::NoSex:
      return "no-sex";
    case Trouble::StrangeName:
      return "strange-name";
    case Trouble::Scene:
      return "scene";
  }
  return "";
}

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
