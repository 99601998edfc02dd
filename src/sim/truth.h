#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/event.h"
#include "model/read.h"
#include "model/result.h"

namespace hs::sim {

/// What was planted, on the ground, in a box or in the list. docs/simulator.md has the promises.
enum class Trouble : std::uint8_t {
  PenOnMat,
  GelReturn,
  LateStart,
  OtherWave,
  FinishWait,
  WalkHome,
  MissedMain,
  MissedMat,
  MissedFinish,
  DeadMat,
  DeadAntenna,
  Overheard,
  SecondChip,
  CarriedChip,
  SwappedChips,
  SharedChip,
  UnknownChip,
  DidNotFinish,
  DidNotStart,
  Stopped,
  Clock1980,
  ClockReset,
  ClockOffset,
  ClockHour,
  ClockDrift,
  PowerLoss,
  Resend,
  PrefixFile,
  ForeignFile,
  CutLine,
  CorruptLine,
  NoSex,
  StrangeName,
  Scene,
};

/// As in docs/simulator.md and truth.csv: "pen-on-mat" ...
[[nodiscard]] const char* name_of(Trouble trouble);

/// What truly happened at one point of the course, and the best that any scorer can say of it.
struct TruePassing {
  /// The instant the runner was on the line itself; absent: never came there.
  std::optional<base::RaceTime> crossed;
  /// The time of the read that stands for the passing, as the device gave it and with every clock
  /// correction that the files, the event file and the rulings hold: first read of the main line
  /// while the runner went over it (start: last), else of the backup line. Absent: unheard.
  std::optional<base::RaceTime> heard;
  model::ReadRole role = model::ReadRole::Main;  ///< The line `heard` comes from.
  /// False where the reads cannot show the truth (a passing unheard, a later visit heard): then
  /// nothing is asked here.
  bool knowable = true;
};

/// The truth about one entry, as far as its chip goes.
struct TrueRun {
  std::string race;
  std::string bib;
  std::string wave;            ///< Entered for.
  base::RaceTime gun;          ///< Of that wave.
  base::RaceTime started_gun;  ///< Of the wave started with; the same for nearly all.
  /// FIN, DNS, UNR or DEF: what a perfect scorer must say of complete files without rulings.
  model::RunnerStatus status = model::RunnerStatus::Finished;
  bool status_knowable = true;  ///< False: only "not finished" is asked (a chip of two entries).
  model::StartSource start_source = model::StartSource::Mat;
  std::vector<TruePassing> points;  ///< One a point of the race, the start included.
  std::vector<Trouble> troubles;    ///< In order of the enum, each once.
};

/// How often each trouble was planted.
struct TroubleCount {
  Trouble trouble;
  std::uint64_t count = 0;
};

/// What truly happened in a simulated event.
struct Truth {
  std::vector<std::string> point_ids;  ///< Of the (one) race.
  std::vector<TrueRun> runs;           ///< By entry.
  std::vector<TroubleCount> troubles;  ///< In order of the enum, those planted.
  /// How far from the line a chip is heard, in time for the slowest walker, and how far the
  /// stated clock drift may carry a box: `heard` and `crossed` differ by no more than this.
  base::Duration reach_tolerance{0};
  bool cancelled = false;
};

/// The truth as a table: race, bib, wave, status, start source, troubles, then for each point the
/// instant on the line and the instant heard (RFC 3339, UTC). LF line ends.
[[nodiscard]] std::string truth_csv(const Truth& truth);

}  // namespace hs::sim
