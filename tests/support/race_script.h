#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/fact.h"
#include "model/result.h"
#include "scoring/scorer.h"

namespace hs::test_support {

/// A race written down the way a timekeeper would, and what scoring makes of it.
///
/// One fact a line, in the order of the log; `#` begins a comment; a line may end in `=NAME` so
/// that a later line can name it. Times of day are UTC on 2026-05-08 and may pass 24:00:00 or be
/// negative. Unknown words stop the test.
///
///     race half rules wa-road rank gun window 20:00 closes 12:00:00 unresolved DNF gap 60 pair 30
///     points start@arch 0, 10k@pier 10000 fastest 26:00, hill@top 15000 spotter, finish@arch
///     21097.5 wave A 08:00:00          (without a time: waiting for a gun) division W60 sex F age
///     60-64 mode foot primary award women sex F division * places 3 by net exclude overall,others
///     besides    (races: "prizes higher", also listed, older)    team-award clubs of club sex F
///     division W60 by net score places scorers 3 runners 5 closes-up tie pairs
///     (a relay: points ... ex1@mead 5000 leg 1, finish@arch 10000 leg 2; wave M2 09:00:00 leg 2;
///     runner 12 named Hares legs 1:A1:Ana,2:B1 with chip and name of who runs a leg; C12 is the
///     team's own)
///     runner 101 chips C101,X9 wave A sex F age 33 mode foot status DNS race half
///            team Hill club Vale                                     (on one line)
///     remove 101
///     stream box mat arch role backup device D epoch 1 offset -1.5 zone +02:00 clock free
///            resolution 0.01                                        (all on one line)
///     08:00:10 arch 101 backup seq 7 line 3   (time mat runner; the chip is C101)
///     08:00:10 arch chip:X9 / bib:101         (another chip; a bib written down by hand)
///     08:00:10 box: 101                       (of a named stream, on its own dial)
///     conflict NAME 08:00:11                  (the read NAME again, with another time)
///     marker box time-change before 5 from 1980-01-06T00:00:00 to 2026-05-08T07:00:00
///     marker box gun at 08:00:00 before 5     (also power, other; with text WORD)
///     gun half A 08:05:00      close half      cancel half      note 101 text WORD
///     hand 101 arch 09:30:00   hand-line box time 09:30:00 bib 101
///     correct device D epoch 1 offset -1.5 from 07:00:00 until 08:30:00
///     rule 101 dsq clause TR6.3               (dnf dns ooc reinstate accept-start accept-wave)
///     rule 101 penalty 2:00    rule 101 start 08:00:05   rule 101 finish 09:30:00
///     rule 101 ignore-read NAME,NAME          rule 101 force-read NAME point 10k
///     rule 101 dead-heat with 102,103         rule 101 assisted with 102 (medical advantage)
///     rule 101 merge with 102   rule 101 swap-chips with 102 to 10k   rule 101 move to 10k
///     shorten half 10k          stop half 09:30:00 by 10k
///     neutralise half 09:00:00 09:04:00       neutralise half points 10k,20k
///     undo NAME
///
/// Without streams of their own, reads go to one main, backup or manual stream a mat. A point
/// without `fastest` takes 84 us a millimetre (14 min for 10 km), scaled by mode.
class RaceScript {
 public:
  explicit RaceScript(std::string_view text, scoring::Closing closing = scoring::Closing::Assume);

  [[nodiscard]] const std::vector<model::Fact>& facts() const { return facts_; }
  /// The fact that the script calls `name`.
  [[nodiscard]] model::FactSeq named(const std::string& name) const;
  /// Everything scoring says, from nothing.
  [[nodiscard]] model::EventResults results() const;

  /// A line a runner, best first: "1 101 FIN net 1:29:50 gun 1:30:00 start mat"; shared places as
  /// "2=", no place as "-".
  [[nodiscard]] std::string standings(std::string_view race = "") const;
  /// A line a read: "08:00:10 arch 101 counted start". `who`: a bib, a chip, or all.
  [[nodiscard]] std::string verdicts(std::string_view who = "") const;
  /// A line a later point: "10k 0:44:53 gun 0:45:03 place 1", or "10k -" where missed.
  [[nodiscard]] std::string splits(std::string_view bib) const;
  /// Of a relay team, a line a leg: "2 0:42:10 place 3 mass-start"; "3 0:51:02 place 1 handover by
  /// 4" where the runner of leg 4 ran it; "2 - handover" without a time, "2 DNF handover".
  [[nodiscard]] std::string legs(std::string_view bib) const;
  /// A line a thing to do: "look late-start 101 0:01:00".
  [[nodiscard]] std::string attention() const;
  /// A line a prize: "women F 1 101".
  [[nodiscard]] std::string awards() const;
  /// A line a prize list: "women locked" or "women open 3 until 09:40:00".
  [[nodiscard]] std::string locks() const;
  /// A line a team: "clubs 1 Hill 15: 1 5 9 | 12", its score, the places that score and the rest;
  /// by time: "clubs 1 Hill 1:30:00: 101 103 | 102". Incomplete: "clubs - Vale: 3".
  [[nodiscard]] std::string teams() const;
  /// A line a missed point: "101 10k 0:30:00-0:50:00".
  [[nodiscard]] std::string missed() const;

 private:
  scoring::Closing closing_;
  std::vector<model::Fact> facts_;
  std::map<std::string, model::FactSeq> names_;
};

/// `text` without indents, empty lines and comments, for comparing with what a `RaceScript` shows.
[[nodiscard]] std::string lines(std::string_view text);

/// "1:29:50", "-0:05:00.5": a length of time without needless zeros.
[[nodiscard]] std::string short_time(base::Duration value);

/// The results of a fresh scorer fed with all `facts`.
[[nodiscard]] model::EventResults score(const std::vector<model::Fact>& facts,
                                        scoring::Closing closing = scoring::Closing::Assume);

/// Each official value of `results` as text, a line a runner: for comparing two results so that a
/// difference can be read.
[[nodiscard]] std::string official_text(const model::EventResults& results);

}  // namespace hs::test_support
