#include "engine/fact_check.h"

#include <algorithm>
#include <set>
#include <string>

#include "model/relay.h"

namespace hs::engine {
namespace {

using base::ErrorCode;
using base::Result;

template <typename List>
std::string ids_of(const List& list) {
  std::string out;
  for (const auto& item : list) out += (out.empty() ? "" : ", ") + item.id;
  return out;
}

std::string list_of(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

template <typename List>
Result<void> expect_id(const List& list, const std::string& id, const char* what) {
  const bool found =
      std::any_of(list.begin(), list.end(), [&](const auto& item) { return item.id == id; });
  if (found) return {};
  return base::fail(ErrorCode::NotFound, std::string("found the ") + what + " '" + id +
                                             "', expected one of: " + ids_of(list));
}

/// A ruling sets times only where times are taken.
Result<void> expect_timed(const model::Race& race, const std::string& id) {
  std::vector<model::Point> timed;
  for (const model::Point& point : race.points) {
    if (point.role == model::PointRole::Timed) timed.push_back(point);
  }
  return expect_id(timed, id, "point");
}

/// The names that a fact uses; empty ones are not looked up.
struct Names {
  std::string race;
  std::string wave;
  std::string point;
  std::string mat;
  std::vector<model::BibNumber> bibs;
};

struct NamesOf {
  Names operator()(const model::GunFact& f) const { return {f.race, f.wave, "", "", {}}; }
  Names operator()(const model::CloseFact& f) const { return {f.race, "", "", "", {}}; }
  Names operator()(const model::CancelFact& f) const { return {f.race, "", "", "", {}}; }
  Names operator()(const model::PublishFact& f) const { return {f.race, "", "", "", {}}; }
  Names operator()(const model::HideFact& f) const { return {f.race, "", "", "", {f.bib}}; }
  Names operator()(const model::EraseFact& f) const { return {f.race, "", "", "", {f.bib}}; }
  Names operator()(const model::HandReadFact& f) const { return {f.race, "", "", f.mat, {f.bib}}; }
  Names operator()(const model::NoteFact& f) const { return {f.race, "", f.point, "", f.bibs}; }
  Names operator()(const model::RaceRulingFact& f) const { return {f.race, "", f.point, "", {}}; }
  Names operator()(const model::RulingFact& f) const {
    Names names{f.race, "", f.point, "", {}};
    if (f.to.empty()) names.bibs = f.with;  // Else they are of the other race.
    names.bibs.push_back(f.bib);
    return names;
  }
  template <typename Other>
  Names operator()(const Other&) const {
    return {};
  }
};

/// Who signed; nothing for facts that nobody signs.
struct AuthorOf {
  template <typename Body>
  const model::Author* operator()(const Body& body) const {
    if constexpr (requires { body.author; }) {
      return &body.author;
    } else {
      return nullptr;
    }
  }
};

/// Nothing but blanks says nothing.
bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

Result<void> refuse(const model::Misfit& misfit) {
  return base::fail(ErrorCode::InvalidInput,
                    std::string("'") + misfit.key + "': " + misfit.message);
}

Result<void> check_words(const model::FactBody& body) {
  const model::Author* author = std::visit(AuthorOf{}, body);
  if (author != nullptr && is_blank(author->by)) {
    return base::fail(ErrorCode::InvalidInput, "found nobody's name, expected who says it");
  }
  if (const auto* ruling = std::get_if<model::RaceRulingFact>(&body)) {
    const auto misfit = model::misfit_of(*ruling);
    return misfit ? refuse(*misfit) : Result<void>();
  }
  const auto* note = std::get_if<model::NoteFact>(&body);
  if (note != nullptr && is_blank(note->text)) {
    return base::fail(ErrorCode::InvalidInput, "found a note without words, expected some");
  }
  if (note == nullptr) return {};
  if (const auto misfit = model::misfit_of(*note)) {
    return refuse(*misfit);
  }
  return {};
}

/// What a ruling about a race names besides its race: points in their order, at which times are
/// taken, and none of them the start where everything would end there.
Result<void> check_race_ruling(const model::Race& race, const model::RaceRulingFact& ruling) {
  for (const std::string* point : {&ruling.point, &ruling.to_point}) {
    if (!point->empty()) HS_TRY_VOID(expect_timed(race, *point));
  }
  const bool ends_there = ruling.kind != model::RaceRulingFact::Kind::Neutralise;
  if (ends_there && ruling.point == race.points.front().id) {
    return base::fail(ErrorCode::InvalidInput,
                      "found the start '" + ruling.point + "', expected a point behind it");
  }
  if (ruling.to_point.empty()) return {};
  for (const model::Point& point : race.points) {
    if (point.id == ruling.to_point) {
      return base::fail(ErrorCode::InvalidInput, "found '" + ruling.point + "' to '" +
                                                     ruling.to_point +
                                                     "', expected points in course order");
    }
    if (point.id == ruling.point) break;
  }
  return {};
}

/// A ruling on a start or on not finishing names a point only where legs begin and end.
Result<void> check_leg(const model::Race& race, const model::RulingFact& ruling) {
  using Kind = model::RulingFact::Kind;
  if (ruling.point.empty()) return {};
  if (ruling.kind != Kind::Start && ruling.kind != Kind::DidNotFinish) return {};
  std::string known;
  for (const model::RelayLeg& leg : model::legs_of(race)) {
    const std::string& point = race.points[ruling.kind == Kind::Start ? leg.from : leg.to].id;
    if (point == ruling.point) return {};
    known += (known.empty() ? "" : ", ") + point;
  }
  return base::fail(ErrorCode::InvalidInput,
                    "found the point '" + ruling.point + "', expected " +
                        (known.empty() ? "none: the race is no relay" : "one of: " + known));
}

/// A point of any race, for words about the event as a whole.
Result<void> expect_point_somewhere(const model::Event& event, const std::string& point) {
  std::vector<model::Point> all;
  for (const model::Race& race : event.races) {
    all.insert(all.end(), race.points.begin(), race.points.end());
  }
  return expect_id(all, point, "point");
}

Result<void> expect_mat(const model::Race& race, const std::string& mat) {
  std::string known;
  for (const model::Point& point : race.points) {
    if (point.mat == mat) return {};
    known += (known.empty() ? "" : ", ") + point.mat;
  }
  return base::fail(ErrorCode::NotFound, "found the mat '" + mat + "', expected one of: " + known);
}

bool is_entered_somewhere(const model::Event& event, const scoring::Scorer& scorer,
                          const model::BibNumber& bib) {
  return std::any_of(event.races.begin(), event.races.end(), [&](const model::Race& race) {
    return scorer.find(race.id, bib).has_value();
  });
}

}  // namespace

Result<void> check_names(const model::Event& event, const model::FactBody& body) {
  HS_TRY_VOID(check_words(body));
  const Names names = std::visit(NamesOf{}, body);
  if (names.race.empty()) {
    if (names.point.empty()) return {};
    return expect_point_somewhere(event, names.point);
  }
  HS_TRY_VOID(expect_id(event.races, names.race, "race"));
  const auto race = std::find_if(event.races.begin(), event.races.end(),
                                 [&](const model::Race& r) { return r.id == names.race; });
  if (!names.wave.empty()) HS_TRY_VOID(expect_id(race->waves, names.wave, "wave"));
  if (!names.point.empty()) {
    HS_TRY_VOID(std::holds_alternative<model::RulingFact>(body)
                    ? expect_timed(*race, names.point)
                    : expect_id(race->points, names.point, "point"));
  }
  if (!names.mat.empty()) HS_TRY_VOID(expect_mat(*race, names.mat));
  if (const auto* ruling = std::get_if<model::RaceRulingFact>(&body)) {
    return check_race_ruling(*race, *ruling);
  }
  const auto* ruling = std::get_if<model::RulingFact>(&body);
  if (ruling == nullptr) return {};
  HS_TRY_VOID(check_leg(*race, *ruling));
  return ruling->to.empty() ? Result<void>() : expect_id(event.races, ruling->to, "race");
}

namespace {

Result<void> expect_entered(const scoring::Scorer& scorer, const std::string& race,
                            const model::BibNumber& bib) {
  if (scorer.find(race, bib)) return {};
  return base::fail(ErrorCode::NotFound, "found the bib '" + bib.str() +
                                             "', expected one entered in the race '" + race + "'");
}

/// What a ruling says of two entries, or of two races, has to be possible.
Result<void> check_two(const scoring::Scorer& scorer, const model::RulingFact& ruling) {
  using Kind = model::RulingFact::Kind;
  if (ruling.kind == Kind::Move) {
    if (ruling.to == ruling.race) {
      return base::fail(ErrorCode::InvalidInput,
                        "found the race '" + ruling.to + "', expected another one to move to");
    }
    if (!scorer.find(ruling.to, ruling.bib)) return {};
    return base::fail(ErrorCode::InvalidInput, "found bib " + ruling.bib.str() + " in '" +
                                                   ruling.to + "' already, expected it free there");
  }
  if (ruling.kind != Kind::Merge && ruling.kind != Kind::SwapChips) return {};
  const std::string& race = ruling.to.empty() ? ruling.race : ruling.to;
  for (const model::BibNumber& bib : ruling.with) {
    HS_TRY_VOID(expect_entered(scorer, race, bib));
    if (race == ruling.race && bib == ruling.bib) {
      return base::fail(ErrorCode::InvalidInput,
                        "found bib " + bib.str() + " twice, expected two entries");
    }
  }
  return {};
}

}  // namespace

Result<void> check_bibs(const model::Event& event, const scoring::Scorer& scorer,
                        const model::FactBody& body) {
  const Names names = std::visit(NamesOf{}, body);
  for (const model::BibNumber& bib : names.bibs) {
    const bool entered = names.race.empty() ? is_entered_somewhere(event, scorer, bib)
                                            : scorer.find(names.race, bib).has_value();
    if (entered) continue;
    const std::string where = names.race.empty() ? "" : " in the race '" + names.race + "'";
    return base::fail(ErrorCode::NotFound,
                      "found the bib '" + bib.str() + "', expected one entered" + where);
  }
  const auto* ruling = std::get_if<model::RulingFact>(&body);
  return ruling != nullptr ? check_two(scorer, *ruling) : Result<void>();
}

Result<void> check_device(std::span<const model::Stream> streams, const model::FactBody& body) {
  const auto* correction = std::get_if<model::ClockCorrectionFact>(&body);
  if (correction == nullptr) return {};
  std::set<std::string> devices;
  std::set<std::string> epochs;
  for (const model::Stream& stream : streams) {
    devices.insert(stream.device);
    if (stream.device == correction->device) epochs.insert(stream.epoch);
  }
  if (epochs.empty()) {
    return base::fail(ErrorCode::NotFound,
                      "found the device '" + correction->device + "', expected " +
                          (devices.empty() ? "that reads of it came first; there are none yet"
                                           : "one of: " + list_of(devices)));
  }
  if (correction->epoch.empty() || epochs.contains(correction->epoch)) return {};
  return base::fail(ErrorCode::NotFound, "found the epoch '" + correction->epoch +
                                             "' of the device '" + correction->device +
                                             "', expected one of: " + list_of(epochs));
}

}  // namespace hs::engine
