#include <array>
#include <string_view>

#include "model/change.h"
#include "model/cup.h"
#include "model/entrant.h"
#include "model/event.h"
#include "model/fact.h"
#include "model/moment.h"
#include "model/result.h"

// Implementation notes: the written names of all enumerations, one table each, so that what is
// read and what is written cannot drift apart. Tables are indexed by the enumerator; a
// static_assert ties the length to the last one.

namespace hs::model {
namespace {

template <typename Enum, std::size_t N>
const char* name_in(const std::array<const char*, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

template <typename Enum, std::size_t N>
std::optional<Enum> find_in(const std::array<const char*, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i) {
    if (text == names[i]) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

template <typename Enum, std::size_t N>
constexpr bool covers(const std::array<const char*, N>&, Enum last) {
  return N == static_cast<std::size_t>(last) + 1;
}

constexpr std::array kModes = {"foot", "wheelchair", "handcycle", "assisted", "stroller"};
static_assert(covers(kModes, Mode::Stroller));
constexpr std::array kSexes = {"F", "M", "X"};
static_assert(covers(kSexes, Sex::X));
constexpr std::array kRankBys = {"gun", "clock", "net"};
static_assert(covers(kRankBys, RankBy::Net));
constexpr std::array kRuleSets = {"wa-road",    "usatf-road",      "wa-track",
                                  "nfhs-track", "nfhs-xc",         "ncaa-xc",
                                  "wa-xc",      "world-triathlon", "open"};
static_assert(covers(kRuleSets, RuleSet::Open));
constexpr std::array kReadRoles = {"main", "backup", "manual"};
static_assert(covers(kReadRoles, ReadRole::Manual));
constexpr std::array kOnePrizes = {"no", "listed", "higher", "older"};
static_assert(covers(kOnePrizes, OnePrize::Older));
constexpr std::array kTeamOfs = {"team", "club"};
static_assert(covers(kTeamOfs, TeamOf::Club));
constexpr std::array kTeamScores = {"places", "time"};
static_assert(covers(kTeamScores, TeamScore::Time));
constexpr std::array kTeamTies = {"next-runner", "pairs", "last-scorer", "share"};
static_assert(covers(kTeamTies, TeamTie::Share));
constexpr std::array kEntryStatuses = {"", "DNS", "deferred"};
static_assert(covers(kEntryStatuses, EntryStatus::Deferred));
constexpr std::array kCupScores = {"points", "time", "median"};
static_assert(covers(kCupScores, CupScore::Median));
constexpr std::array kCupTies = {"share", "wins", "meeting", "latest"};
static_assert(covers(kCupTies, CupTie::Latest));
constexpr std::array kRulings = {
    "dsq",       "reinstate", "dnf",          "dns",         "ooc",         "penalty",
    "start",     "finish",    "accept-start", "accept-wave", "ignore-read", "force-read",
    "dead-heat", "assisted",  "merge",        "swap-chips",  "move"};
static_assert(covers(kRulings, RulingFact::Kind::Move));
constexpr std::array kRaceRulings = {"shorten", "stop", "neutralise"};
static_assert(covers(kRaceRulings, RaceRulingFact::Kind::Neutralise));
constexpr std::array kNoteKinds = {"official", "announcer", "runner", "volunteer"};
static_assert(covers(kNoteKinds, NoteKind::Volunteer));
constexpr std::array kNoteSubjects = {"help", "storm"};
static_assert(covers(kNoteSubjects, NoteSubject::Storm));
constexpr std::array kFactKinds = {"event",       "entrant",   "entrant-removed",
                                   "stream",      "read",      "read-conflict",
                                   "marker",      "gun",       "close",
                                   "cancel",      "ruling",    "clock-correction",
                                   "hand-read",   "hand-line", "note",
                                   "undo",        "hide",      "publish",
                                   "race-ruling", "erase"};
static_assert(kFactKinds.size() == static_cast<std::size_t>(FactKind::Erase));
constexpr std::array kStatuses = {"ENT", "RUN", "UNR", "FIN", "DNS",
                                  "DNF", "DSQ", "OOC", "DEF", "STP"};
static_assert(covers(kStatuses, RunnerStatus::Stopped));
constexpr std::array kVerdicts = {"marker",
                                  "gun",
                                  "outside-event",
                                  "unknown-chip",
                                  "ambiguous-chip",
                                  "ignored-by-ruling",
                                  "forced-by-ruling",
                                  "not-in-race",
                                  "before-gun",
                                  "outside-window",
                                  "too-early",
                                  "counted",
                                  "dwell",
                                  "backup-unused",
                                  "late-repeat",
                                  "duplicate",
                                  "after-stop",
                                  "outside-leg"};
static_assert(covers(kVerdicts, Verdict::OutsideLeg));
constexpr std::array kStartSources = {"mat", "gun", "other-wave", "ruling"};
static_assert(covers(kStartSources, StartSource::Ruling));
constexpr std::array kLegStarts = {"start", "handover", "mass-start", "ruling"};
static_assert(covers(kLegStarts, LegStart::Ruling));
constexpr std::array kSeverities = {"act", "look", "note"};
static_assert(covers(kSeverities, Severity::Note));
constexpr std::array kAttentions = {"unresolved",
                                    "unknown-chip",
                                    "ambiguous-chip",
                                    "two-chips",
                                    "other-wave-start",
                                    "late-start",
                                    "no-gun",
                                    "other-assignment",
                                    "late-start-or-walk",
                                    "lap-missing",
                                    "read-conflict",
                                    "shared-instant",
                                    "wrong-distance",
                                    "dead-mat",
                                    "clock-suspected",
                                    "clock-moved",
                                    "power-lost",
                                    "foreign-file",
                                    "bad-line",
                                    "file-missing",
                                    "file-unreadable",
                                    "stream-repeated",
                                    "sequence-gap",
                                    "net-under-gun-rules",
                                    "ruling-without-runner",
                                    "search-bounded",
                                    "entry-question",
                                    "hand-timing",
                                    "wave-found",
                                    "chip-of-two",
                                    "after-close",
                                    "ruling-without-effect",
                                    "assistance",
                                    "exchange-missing",
                                    "leg-order",
                                    "start-set-aside"};
static_assert(covers(kAttentions, Attention::Kind::StartSetAside));
constexpr std::array kThemes = {"together", "perseverance", "return",    "devotion", "underdog",
                                "line",     "mastery",      "beginning", "shared"};
static_assert(covers(kThemes, Theme::Shared));
constexpr std::array kChanges = {"split",     "result", "status", "moment",
                                 "withdrawn", "gun",    "version"};
static_assert(covers(kChanges, ChangeKind::Version));
constexpr std::array kMomentKinds = {"late-collapse",
                                     "negative-split",
                                     "finish-together",
                                     "long-stop",
                                     "wall-comeback",
                                     "last-finisher",
                                     "overtaking",
                                     "even-pace",
                                     "oldest",
                                     "ran-together",
                                     "same-times",
                                     "group",
                                     "photo-finish",
                                     "lead-change-late",
                                     "guide-pair",
                                     "first-finish",
                                     "unseeded",
                                     "last-to-first",
                                     "beat-the-cutoff",
                                     "youngest",
                                     "late-starter",
                                     "winner-of-a-kind",
                                     "stop-front",
                                     "heat",
                                     "storm",
                                     "lost-mat",
                                     "own-words",
                                     "volunteers",
                                     "waited-and-returned",
                                     "helped",
                                     "through-the-storm",
                                     "streak",
                                     "nth-time",
                                     "back-after-years",
                                     "after-dnf",
                                     "after-interruption",
                                     "personal-best",
                                     "first-under",
                                     "record",
                                     "all-time-list",
                                     "age-grade"};
static_assert(covers(kMomentKinds, MomentKind::AgeGrade));

}  // namespace

const char* name_of(Mode mode) { return name_in(kModes, mode); }
const char* name_of(Sex sex) { return name_in(kSexes, sex); }
const char* name_of(RankBy by) { return name_in(kRankBys, by); }
const char* name_of(RuleSet rules) { return name_in(kRuleSets, rules); }
const char* name_of(ReadRole role) { return name_in(kReadRoles, role); }
const char* name_of(OnePrize policy) { return name_in(kOnePrizes, policy); }
const char* name_of(TeamOf of) { return name_in(kTeamOfs, of); }
const char* name_of(TeamScore score) { return name_in(kTeamScores, score); }
const char* name_of(TeamTie tie) { return name_in(kTeamTies, tie); }
const char* name_of(EntryStatus status) { return name_in(kEntryStatuses, status); }
const char* name_of(RulingFact::Kind kind) { return name_in(kRulings, kind); }
const char* name_of(RaceRulingFact::Kind kind) { return name_in(kRaceRulings, kind); }
const char* name_of(NoteKind kind) { return name_in(kNoteKinds, kind); }
const char* name_of(NoteSubject subject) { return name_in(kNoteSubjects, subject); }
const char* name_of(FactKind kind) { return kFactKinds[static_cast<std::size_t>(kind) - 1]; }
const char* name_of(RunnerStatus status) { return name_in(kStatuses, status); }
const char* name_of(Verdict verdict) { return name_in(kVerdicts, verdict); }
const char* name_of(LegStart start) { return name_in(kLegStarts, start); }
const char* name_of(StartSource source) { return name_in(kStartSources, source); }
const char* name_of(Severity severity) { return name_in(kSeverities, severity); }
const char* name_of(Attention::Kind kind) { return name_in(kAttentions, kind); }
const char* name_of(ChangeKind kind) { return name_in(kChanges, kind); }
const char* name_of(Theme theme) { return name_in(kThemes, theme); }
const char* name_of(MomentKind kind) { return name_in(kMomentKinds, kind); }

std::optional<Mode> parse_mode(std::string_view text) { return find_in<Mode>(kModes, text); }
std::optional<Sex> parse_sex(std::string_view text) { return find_in<Sex>(kSexes, text); }
std::optional<RankBy> parse_rank_by(std::string_view text) {
  return find_in<RankBy>(kRankBys, text);
}
std::optional<RuleSet> parse_rule_set(std::string_view text) {
  return find_in<RuleSet>(kRuleSets, text);
}
std::optional<ReadRole> parse_read_role(std::string_view text) {
  return find_in<ReadRole>(kReadRoles, text);
}

const char* name_of(CupScore score) { return name_in(kCupScores, score); }
const char* name_of(CupTie tie) { return name_in(kCupTies, tie); }

std::optional<CupScore> parse_cup_score(std::string_view text) {
  return find_in<CupScore>(kCupScores, text);
}

std::optional<CupTie> parse_cup_tie(std::string_view text) {
  return find_in<CupTie>(kCupTies, text);
}

std::optional<OnePrize> parse_one_prize(std::string_view text) {
  return find_in<OnePrize>(kOnePrizes, text);
}

std::optional<TeamOf> parse_team_of(std::string_view text) {
  return find_in<TeamOf>(kTeamOfs, text);
}

std::optional<TeamScore> parse_team_score(std::string_view text) {
  return find_in<TeamScore>(kTeamScores, text);
}

std::optional<TeamTie> parse_team_tie(std::string_view text) {
  return find_in<TeamTie>(kTeamTies, text);
}
std::optional<RulingFact::Kind> parse_ruling_kind(std::string_view text) {
  return find_in<RulingFact::Kind>(kRulings, text);
}
std::optional<NoteKind> parse_note_kind(std::string_view text) {
  return find_in<NoteKind>(kNoteKinds, text);
}
std::optional<NoteSubject> parse_note_subject(std::string_view text) {
  return find_in<NoteSubject>(kNoteSubjects, text);
}

std::optional<MomentKind> parse_moment_kind(std::string_view text) {
  return find_in<MomentKind>(kMomentKinds, text);
}
std::span<const char* const> moment_kind_names() { return kMomentKinds; }

std::optional<Theme> parse_theme(std::string_view text) { return find_in<Theme>(kThemes, text); }
std::span<const char* const> theme_names() { return kThemes; }

FactKind kind_of(const FactBody& body) { return static_cast<FactKind>(body.index() + 1); }

static_assert(std::variant_size_v<FactBody> == static_cast<std::size_t>(FactKind::Erase));
static_assert(std::is_same_v<std::variant_alternative_t<4, FactBody>, ReadFact>);

bool is_made_by_person(FactKind kind) {
  switch (kind) {
    case FactKind::Gun:
    case FactKind::Close:
    case FactKind::Cancel:
    case FactKind::Ruling:
    case FactKind::ClockCorrection:
    case FactKind::HandRead:
    case FactKind::Note:
    case FactKind::Undo:
    case FactKind::Hide:
    case FactKind::Publish:
    case FactKind::RaceRuling:
    case FactKind::Erase:
      return true;
    case FactKind::Event:
    case FactKind::Entrant:
    case FactKind::EntrantRemoved:
    case FactKind::Stream:
    case FactKind::Read:
    case FactKind::ReadConflict:
    case FactKind::Marker:
    case FactKind::HandLine:
      return false;
  }
  return false;
}

std::string public_name(const Entrant& entrant, const Person& person) {
  if (entrant.is_private || person.name.empty()) return "Bib " + entrant.bib.str();
  return person.name;
}

std::chrono::seconds utc_offset_at(const Event& event, base::RaceTime at) {
  std::chrono::seconds offset{0};
  bool first = true;
  for (const ZoneOffset& change : event.offsets) {
    if (!first && change.from > at) break;
    offset = change.utc_offset;
    first = false;
  }
  return offset;
}

}  // namespace hs::model
