#pragma once

#include <array>
#include <concepts>

#include "model/json_fields.h"

/// The fields of every kind of fact, in the order in which they are written. A field added later
/// must be a `maybe`, so that older race files still open; docs/race-file.md lists them all.
namespace hs::model {

template <typename F, typename T>
concept Is = std::same_as<std::remove_const_t<F>, T>;

// Names that only files use. Those that outputs use too are in names.cc; the tables here repeat
// them by asking for each value, so there is one source for every word.
namespace detail {

template <typename Enum, std::size_t... I>
std::array<const char*, sizeof...(I)> ask_names(std::index_sequence<I...>) {
  return {name_of(static_cast<Enum>(I))...};
}

template <typename Enum, Enum kLast>
const auto& asked_names() {
  static const auto kNames =
      ask_names<Enum>(std::make_index_sequence<static_cast<std::size_t>(kLast) + 1>());
  return kNames;
}

}  // namespace detail

inline const auto& names_of(Mode) { return detail::asked_names<Mode, Mode::Stroller>(); }
inline const auto& names_of(Sex) { return detail::asked_names<Sex, Sex::X>(); }
inline const auto& names_of(RankBy) { return detail::asked_names<RankBy, RankBy::Net>(); }
inline const auto& names_of(RuleSet) { return detail::asked_names<RuleSet, RuleSet::Open>(); }
inline const auto& names_of(ReadRole) { return detail::asked_names<ReadRole, ReadRole::Manual>(); }
inline const auto& names_of(OnePrize) { return detail::asked_names<OnePrize, OnePrize::Older>(); }
inline const auto& names_of(TeamOf) { return detail::asked_names<TeamOf, TeamOf::Club>(); }
inline const auto& names_of(TeamScore) { return detail::asked_names<TeamScore, TeamScore::Time>(); }
inline const auto& names_of(TeamTie) { return detail::asked_names<TeamTie, TeamTie::Share>(); }
inline const auto& names_of(EntryStatus) {
  return detail::asked_names<EntryStatus, EntryStatus::Deferred>();
}
inline const auto& names_of(RulingFact::Kind) {
  return detail::asked_names<RulingFact::Kind, RulingFact::Kind::Move>();
}
inline const auto& names_of(RaceRulingFact::Kind) {
  return detail::asked_names<RaceRulingFact::Kind, RaceRulingFact::Kind::Neutralise>();
}
inline const auto& names_of(NoteKind) {
  return detail::asked_names<NoteKind, NoteKind::Volunteer>();
}
inline const auto& names_of(NoteSubject) {
  return detail::asked_names<NoteSubject, NoteSubject::Storm>();
}

inline constexpr std::array kUnresolvedNames = {"UNR", "DNF"};
inline constexpr std::array kPointRoleNames = {"timed", "spotter"};
inline constexpr std::array kStandardByNames = {"net", "gun"};
inline constexpr std::array kDeviceClockNames = {"utc", "local", "fixed", "free"};
inline constexpr std::array kReadByNames = {"chip", "bib"};
inline constexpr std::array kMarkerNames = {"gun", "time-change", "point", "power", "other"};

inline const auto& names_of(Unresolved) { return kUnresolvedNames; }
inline const auto& names_of(StandardBy) { return kStandardByNames; }
inline const auto& names_of(PointRole) { return kPointRoleNames; }
inline const auto& names_of(DeviceClock) { return kDeviceClockNames; }
inline const auto& names_of(ReadBy) { return kReadByNames; }
inline const auto& names_of(Marker::Kind) { return kMarkerNames; }

// ---- The event file. ----

template <typename V, Is<Point> F>
void fields(V& v, F& f) {
  v.need("id", f.id);
  v.need("distance", f.distance);
  v.need("mat", f.mat);
  v.need("fastest", f.fastest);
  v.maybe("fastest_given", f.fastest_given);
  v.need("role", f.role);
  v.maybe("leg", f.leg);
}

template <typename V, Is<Wave> F>
void fields(V& v, F& f) {
  v.need("id", f.id);
  v.maybe("gun", f.gun);
  v.maybe("leg", f.leg);
}

template <typename V, Is<Division> F>
void fields(V& v, F& f) {
  v.need("id", f.id);
  v.maybe("sex", f.sex);
  v.maybe("more_sexes", f.more_sexes);
  v.maybe("age_min", f.age_min);
  v.maybe("age_max", f.age_max);
  v.maybe("mode", f.mode);
  v.maybe("primary", f.primary);
}

template <typename V, Is<Award> F>
void fields(V& v, F& f) {
  v.need("id", f.id);
  v.maybe("sex", f.sex);
  v.maybe("division", f.division);
  v.need("places", f.places);
  v.need("by", f.by);
  v.maybe("exclude_winners_of", f.exclude_winners_of);
  v.maybe("clubs", f.clubs);
  v.maybe("besides", f.besides);
}

template <typename V, Is<TeamAward> F>
void fields(V& v, F& f) {
  v.need("id", f.id);
  v.maybe("of", f.of);
  v.maybe("sex", f.sex);
  v.maybe("division", f.division);
  v.need("places", f.places);
  v.need("by", f.by);
  v.maybe("score", f.score);
  v.maybe("scorers", f.scorers);
  v.maybe("runners", f.runners);
  v.maybe("closes_up", f.closes_up);
  v.maybe("tie", f.tie);
}

template <typename V, Is<StandardTime> F>
void fields(V& v, F& f) {
  v.need("sex", f.sex);
  v.maybe("age_min", f.age_min);
  v.maybe("age_max", f.age_max);
  v.need("time", f.time);
}

template <typename V, Is<Standard> F>
void fields(V& v, F& f) {
  v.need("name", f.name);
  v.maybe("by", f.by);
  v.maybe("course_index", f.course_index);
  v.maybe("from", f.from);
  v.maybe("until", f.until);
  v.maybe("age_on", f.age_on);
  v.need("times", f.times);
}

template <typename V, Is<Race> F>
void fields(V& v, F& f) {
  v.need("id", f.id);
  v.maybe("name", f.name);
  v.need("rules", f.rules);
  v.maybe("rules_edition", f.rules_edition);
  v.need("rank_by", f.rank_by);
  v.need("start_window", f.start_window);
  v.need("gap", f.gap);
  v.need("pair_window", f.pair_window);
  v.maybe("closes", f.closes);
  v.need("unresolved", f.unresolved);
  v.need("points", f.points);
  v.need("waves", f.waves);
  v.maybe("divisions", f.divisions);
  v.maybe("one_prize", f.one_prize);
  v.maybe("awards", f.awards);
  v.maybe("team_awards", f.team_awards);
  v.maybe("standards", f.standards);
}

template <typename V, Is<Location> F>
void fields(V& v, F& f) {
  v.need("name", f.name);
  v.need("mat", f.mat);
}

template <typename V, Is<SourceConfig> F>
void fields(V& v, F& f) {
  v.maybe("mat", f.mat);
  v.maybe("file", f.file);
  v.maybe("device", f.device);
  v.maybe("listen", f.listen);
  v.maybe("connect", f.connect);
  v.maybe("locations", f.locations);
  v.maybe("format", f.format);
  v.need("role", f.role);
  v.need("clock", f.clock);
  v.maybe("fixed_offset", f.fixed_offset);
  v.maybe("offset", f.offset);
  v.maybe("line", f.line);
}

template <typename V, Is<ZoneOffset> F>
void fields(V& v, F& f) {
  v.need("from", f.from);
  v.need("utc_offset", f.utc_offset);
}

template <typename V, Is<EventFact> F>
void fields(V& v, F& fact) {
  auto& f = fact.event;
  v.need("name", f.name);
  v.need("date", f.date);
  v.need("timezone", f.timezone);
  v.need("offsets", f.offsets);
  v.need("begins", f.begins);
  v.maybe("ends", f.ends);
  v.need("races", f.races);
  v.maybe("sources", f.sources);
  v.maybe("publish_columns", f.publish_columns);
  v.maybe("language", f.language);
}

// ---- The entry list. ----

template <typename V, Is<LegRunner> F>
void fields(V& v, F& f) {
  v.need("leg", f.leg);
  v.maybe("chips", f.chips);
}

template <typename V, Is<Entrant> F>
void fields(V& v, F& f) {
  v.need("race", f.race);
  v.need("bib", f.bib);
  v.maybe("chips", f.chips);
  v.maybe("wave", f.wave);
  v.maybe("mode", f.mode);
  v.maybe("entry_status", f.entry_status);
  v.maybe("sex", f.sex);
  v.maybe("age", f.age);
  v.maybe("private", f.is_private);
  v.maybe("minor", f.is_minor);
  v.maybe("tell", f.tell);
  v.maybe("legs", f.legs);
}

template <typename V, Is<Person> F>
void fields(V& v, F& f) {
  v.maybe("first_name", f.first_name);
  v.maybe("last_name", f.last_name);
  v.maybe("name", f.name);
  v.maybe("birth_date", f.birth_date);
  v.maybe("club", f.club);
  v.maybe("team", f.team);
  v.maybe("group", f.group);
  v.maybe("city", f.city);
  v.maybe("state", f.state);
  v.maybe("country", f.country);
  v.maybe("goal_time", f.goal_time);
  v.maybe("guide_of", f.guide_of);
  v.maybe("para", f.para);
  v.maybe("first_time", f.first_time);
  v.maybe("why", f.why);
  v.maybe("cause", f.cause);
  v.maybe("dedication", f.dedication);
  v.maybe("note", f.note);
  v.maybe("extra", f.extra);
  v.maybe("runners", f.runners);
}

template <typename V, Is<EntrantRemovedFact> F>
void fields(V& v, F& f) {
  v.need("race", f.race);
  v.need("bib", f.bib);
}

// ---- What devices say. Reads are packed bytes: read_codec.cc. ----

template <typename V, Is<StreamFact> F>
void fields(V& v, F& fact) {
  auto& f = fact.stream;
  v.need("id", fact.id);
  v.need("device", f.device);
  v.need("epoch", f.epoch);
  v.need("mat", f.mat);
  v.maybe("file", f.file);
  v.maybe("format", f.format);
  v.need("role", f.role);
  v.need("clock", f.clock);
  v.need("utc_offset", f.utc_offset);
  v.maybe("offset", f.offset);
  v.need("resolution", f.resolution);
}

template <typename V, Is<MarkerFact> F>
void fields(V& v, F& fact) {
  auto& f = fact.marker;
  v.need("stream", fact.stream);
  v.need("kind", f.kind);
  v.need("before_seq", f.before_seq);
  v.need("time", f.time);
  v.maybe("old_time", f.old_time);
  v.maybe("text", f.text);
}

template <typename V, Is<HandLineFact> F>
void fields(V& v, F& f) {
  v.need("stream", f.stream);
  v.need("line", f.line);
  v.maybe("time", f.time);
  v.maybe("bib", f.bib);
}

// ---- What people say. ----

/// In every fact a person made, at the end.
template <typename V, typename F>
void author_fields(V& v, F& author) {
  v.need("by", author.by);
  v.maybe("said_at", author.at);
}

template <typename V, Is<GunFact> F>
void fields(V& v, F& f) {
  v.need("race", f.race);
  v.need("wave", f.wave);
  v.need("at", f.at);
  author_fields(v, f.author);
}

template <typename V, Is<CloseFact> F>
void fields(V& v, F& f) {
  v.need("race", f.race);
  author_fields(v, f.author);
}

template <typename V, Is<CancelFact> F>
void fields(V& v, F& f) {
  v.need("race", f.race);
  v.maybe("reason", f.reason);
  author_fields(v, f.author);
}

template <typename V, typename F>
requires Is<F, HideFact> || Is<F, EraseFact>
void fields(V& v, F& f) {
  v.need("race", f.race);
  v.need("bib", f.bib);
  author_fields(v, f.author);
}

template <typename V, Is<PublishFact> F>
void fields(V& v, F& f) {
  v.need("race", f.race);
  v.maybe("reason", f.reason);
  v.maybe("official", f.official);
  v.maybe("protest_until", f.protest_until);
  v.maybe("hash", f.hash);
  author_fields(v, f.author);
}

template <typename V, Is<RaceRulingFact> F>
void fields(V& v, F& f) {
  v.need("ruling", f.kind);
  v.need("race", f.race);
  v.maybe("point", f.point);
  v.maybe("to_point", f.to_point);
  v.maybe("at", f.at);
  v.maybe("from", f.from);
  v.maybe("until", f.until);
  v.maybe("clause", f.clause);
  v.maybe("reason", f.reason);
  author_fields(v, f.author);
}

template <typename V, Is<RulingFact> F>
void fields(V& v, F& f) {
  v.need("ruling", f.kind);
  v.need("race", f.race);
  v.need("bib", f.bib);
  v.maybe("amount", f.amount);
  v.maybe("at", f.at);
  v.maybe("reads", f.reads);
  v.maybe("point", f.point);
  v.maybe("with", f.with);
  v.maybe("to", f.to);
  v.maybe("medical_at_hand", f.medical_at_hand);
  v.maybe("advantage", f.advantage);
  v.maybe("clause", f.clause);
  v.maybe("reason", f.reason);
  author_fields(v, f.author);
}

template <typename V, Is<ClockCorrectionFact> F>
void fields(V& v, F& f) {
  v.need("device", f.device);
  v.maybe("epoch", f.epoch);
  v.need("offset", f.offset);
  v.maybe("from", f.from);
  v.maybe("until", f.until);
  v.maybe("reason", f.reason);
  author_fields(v, f.author);
}

template <typename V, Is<HandReadFact> F>
void fields(V& v, F& f) {
  v.need("race", f.race);
  v.need("bib", f.bib);
  v.need("mat", f.mat);
  v.need("at", f.at);
  v.maybe("reason", f.reason);
  author_fields(v, f.author);
}

template <typename V, Is<NoteFact> F>
void fields(V& v, F& f) {
  v.need("kind", f.kind);
  v.maybe("race", f.race);
  v.maybe("bibs", f.bibs);
  v.maybe("point", f.point);
  v.need("text", f.text);
  v.maybe("about", f.about);
  v.maybe("from", f.from);
  v.maybe("until", f.until);
  author_fields(v, f.author);
}

template <typename V, Is<UndoFact> F>
void fields(V& v, F& f) {
  v.need("seq", f.undone);
  v.maybe("reason", f.reason);
  author_fields(v, f.author);
}

}  // namespace hs::model
