#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/distance.h"
#include "base/time.h"
#include "model/ids.h"

namespace hs::model {

/// What a competitor moves with. Decides the least credible time (`fastest`) and divisions.
enum class Mode : std::uint8_t { Foot, Wheelchair, Handcycle, Assisted, Stroller };

enum class Sex : std::uint8_t { Female, Male, X };

/// Which time places a race or an award.
enum class RankBy : std::uint8_t {
  Gun,    ///< Finish minus the gun of the runner's own wave.
  Clock,  ///< Finish minus the race's first gun: the order over the line.
  Net,    ///< Finish minus own start.
};

/// The rule books a race can be held under; each is one table in `scoring/rule_set.h`.
enum class RuleSet : std::uint8_t {
  WaRoad,
  UsatfRoad,
  WaTrack,
  NfhsTrack,
  NfhsXc,
  NcaaXc,
  WaXc,
  WorldTriathlon,
  Open,
};

/// What becomes of somebody seen on the course without a finish once the race is closed.
enum class Unresolved : std::uint8_t {
  NeedsPerson,   ///< UNR, and on the list of people to look for.
  DidNotFinish,  ///< DNF.
};

/// Which prize a runner keeps where nobody takes two.
enum class OnePrize : std::uint8_t {
  No,      ///< Each award is its own; only `Award::exclude_winners_of` passes winners over.
  Listed,  ///< Of the award that stands first in the event file.
  Higher,  ///< The better place; of equal places, of the award that stands first.
  Older,   ///< Of the division of the oldest; of an award without a division last.
};

enum class PointRole : std::uint8_t {
  Timed,    ///< Gives a split and places.
  Spotter,  ///< Feeds the announcer only: no split, no place, not needed for anything.
};

/// A place on the course where runners are timed.
struct Point {
  std::string id;
  base::Distance distance;     ///< From the start. Strictly rising along the course.
  std::string mat;             ///< One mat may serve many points.
  base::Duration fastest{0};   ///< Least credible time since the start, on foot.
  bool fastest_given = false;  ///< True where the event file names it, for every mode.
  PointRole role = PointRole::Timed;
  std::string leg = {};  ///< In a relay: the leg that ends here; empty: none does.
};

struct Wave {
  std::string id;
  std::optional<base::RaceTime> gun;  ///< Absent: waiting for a gun fact.
  /// In a relay: a mass start. Legs up to this one that have not begun begin at the gun. Empty: the
  /// gun behind which those entered in this wave start.
  std::string leg = {};
};

/// A set of runners placed among themselves. Absent limits do not limit.
struct Division {
  std::string id;
  std::optional<Sex> sex;
  std::optional<int> age_min;  ///< Years on race day, inclusive.
  std::optional<int> age_max;  ///< Years on race day, inclusive.
  std::optional<Mode> mode;
  bool primary = false;  ///< `place_division` is the place in the first matching primary one.
  std::vector<Sex> more_sexes = {};  ///< Who else belongs, beside `sex`; empty without it.
};

struct Award {
  std::string id;
  std::optional<Sex> sex;
  std::string division;  ///< Empty: none; "*": each division in turn.
  int places = 1;
  RankBy by = RankBy::Gun;
  std::vector<std::string> exclude_winners_of;  ///< Ids of awards whose winners do not count here.
  bool besides = false;  ///< Won besides any other prize, whatever the race's `one_prize`.
  std::vector<std::string> clubs = {};  ///< Only members of these; empty: anybody.
};

/// What makes runners one team.
enum class TeamOf : std::uint8_t { Team, Club };

/// What a team's score is the sum of; the least wins.
enum class TeamScore : std::uint8_t {
  Places,  ///< Places of its scorers among those who take part for a team.
  Time,    ///< Their times.
};

/// Which of two teams with the same score stands first.
enum class TeamTie : std::uint8_t {
  NextRunner,  ///< Whose runner behind the scorers is better; one without comes last (NFHS 9-2-4).
  Pairs,       ///< Who wins more of the pairs first against first, second against second ...
  LastScorer,  ///< Whose last scorer is nearer to the first place (World Athletics).
  Share,       ///< Neither: they share.
};

/// A prize for teams. What is absent is the rule set's own (`scoring/rule_set.h`).
struct TeamAward {
  std::string id;
  TeamOf of = TeamOf::Team;
  std::optional<Sex> sex;
  std::string division;  ///< Empty: none; else whose members count.
  int places = 3;
  RankBy by = RankBy::Gun;
  std::optional<TeamScore> score;
  std::optional<int> scorers;     ///< How many count, at least 1.
  std::optional<int> runners;     ///< How many of a team may push others back; not under `scorers`.
  std::optional<bool> closes_up;  ///< Places are counted anew without runners of no full team.
  std::optional<TeamTie> tie;
};

/// The time to run for one sex and one band of ages of a `Standard`.
struct StandardTime {
  Sex sex = Sex::Female;
  int age_min = 0;             ///< Years, inclusive.
  std::optional<int> age_max;  ///< Years, inclusive; absent: from `age_min` on.
  base::Duration time{0};      ///< Whole seconds.
};

/// Which time of a runner a `Standard` is compared with.
enum class StandardBy : std::uint8_t { Net, Gun };

/// A table of times by sex and age that another race asks for, such as a qualifying standard, as
/// this race's director declares it. For runners on foot.
///
/// Invariants (checked where an event is made): the bands of a sex follow on one another in order
/// of age, without gap or overlap; at least one band; `from` not after `until`.
struct Standard {
  std::string name;  ///< As people say it: "City 2027". Unique within the race.
  StandardBy by = StandardBy::Net;
  base::Duration course_index{0};    ///< Added to every time before comparing, for a net drop.
  std::optional<base::Date> from;    ///< First day on which a race counts; absent: no first.
  std::optional<base::Date> until;   ///< Last day on which a race counts; absent: no last.
  std::optional<base::Date> age_on;  ///< The day whose age decides; absent: race day.
  std::vector<StandardTime> times;   ///< By sex, then rising age.
};

/// One race of an event.
///
/// Invariants (checked where an event is made, `formats/event_file.h`): two or more points, the
/// first the start, the last the finish, both timed; one or more waves; ids unique within their
/// list; at most 64 points.
struct Race {
  std::string id;
  std::string name;
  RuleSet rules = RuleSet::Open;
  std::string rules_edition;  ///< "" or what follows the "@" in the event file.
  RankBy rank_by = RankBy::Gun;
  base::Duration start_window = std::chrono::minutes(30);
  base::Duration gap = std::chrono::seconds(60);
  base::Duration pair_window = std::chrono::seconds(30);
  std::optional<base::RaceTime> closes;
  Unresolved unresolved = Unresolved::NeedsPerson;
  std::vector<Point> points;
  std::vector<Wave> waves;
  std::vector<Division> divisions;
  OnePrize one_prize = OnePrize::No;
  std::vector<Award> awards;
  std::vector<TeamAward> team_awards;
  std::vector<Standard> standards;
};

/// Where a device's own time stands.
enum class DeviceClock : std::uint8_t {
  Utc,    ///< The device says UTC.
  Local,  ///< The event's zone, frozen at the offset in force at the event's first gun.
  Fixed,  ///< A named offset, "+02:00".
  Free,   ///< Counts from an unknown zero; only a clock correction makes it usable.
};

enum class ReadRole : std::uint8_t { Main, Backup, Manual };

/// A mat as a device calls it.
struct Location {
  std::string name;  ///< As the device sends it: "Finish", "10KM".
  std::string mat;   ///< Mat of the event.
};

/// One `[[source]]` of the event file: where reads come from.
struct SourceConfig {
  std::string mat;      ///< Empty where the rows name their own (csv).
  std::string file;     ///< As written; relative to the event file, `*` allowed.
  std::string device;   ///< A live device instead of a file: its protocol.
  std::string listen;   ///< ADDRESS:PORT where the device calls us; else `connect` is set.
  std::string connect;  ///< ADDRESS:PORT of the device, which we call.
  std::vector<Location> locations;  ///< Of a device with several mats; by name, each once.
  std::string format;
  ReadRole role = ReadRole::Main;
  DeviceClock clock = DeviceClock::Local;
  std::chrono::seconds fixed_offset{0};  ///< For `DeviceClock::Fixed`.
  base::Duration offset{0};              ///< Signed, added to the device's time.
  int line = 0;                          ///< In the event file, for messages.
};

/// From `from` on, local time is UTC + `utc_offset`.
struct ZoneOffset {
  base::RaceTime from;
  std::chrono::seconds utc_offset{0};
};

/// The event as configured, every civil time resolved to UTC when the fact was made.
struct Event {
  std::string name;
  base::Date date;
  std::string timezone;                ///< IANA name, for show; `offsets` is what counts.
  std::vector<ZoneOffset> offsets;     ///< Rising; the first holds from `begins` or before.
  base::RaceTime begins;               ///< Local midnight at the beginning of `date`.
  std::optional<base::RaceTime> ends;  ///< Absent: last gun + 36 h.
  std::vector<Race> races;
  std::vector<SourceConfig> sources;
  std::vector<std::string> publish_columns;  ///< Columns of entrants.csv that may be shown.
  std::string language;                      ///< Of the moments, "de"; empty: English.
};

/// The offset of local time from UTC at `at`.
[[nodiscard]] std::chrono::seconds utc_offset_at(const Event& event, base::RaceTime at);

// The written names, as in event.toml and all outputs. `parse_*` gives nothing for other words.
[[nodiscard]] const char* name_of(Mode mode);
[[nodiscard]] const char* name_of(Sex sex);  ///< F, M, X.
[[nodiscard]] const char* name_of(RankBy by);
[[nodiscard]] const char* name_of(RuleSet rules);
[[nodiscard]] const char* name_of(ReadRole role);
[[nodiscard]] const char* name_of(OnePrize policy);
[[nodiscard]] const char* name_of(TeamOf of);
[[nodiscard]] const char* name_of(TeamScore score);
[[nodiscard]] const char* name_of(TeamTie tie);
[[nodiscard]] std::optional<Mode> parse_mode(std::string_view text);
[[nodiscard]] std::optional<Sex> parse_sex(std::string_view text);  ///< F, M, X only.
[[nodiscard]] std::optional<RankBy> parse_rank_by(std::string_view text);
[[nodiscard]] std::optional<RuleSet> parse_rule_set(std::string_view text);
[[nodiscard]] std::optional<ReadRole> parse_read_role(std::string_view text);
[[nodiscard]] std::optional<OnePrize> parse_one_prize(std::string_view text);
[[nodiscard]] std::optional<TeamOf> parse_team_of(std::string_view text);
[[nodiscard]] std::optional<TeamScore> parse_team_score(std::string_view text);
[[nodiscard]] std::optional<TeamTie> parse_team_tie(std::string_view text);

}  // namespace hs::model
