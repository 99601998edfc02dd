#include "server/routes.h"

#include <algorithm>
#include <array>

namespace hs::server {
namespace {

constexpr std::string_view kRows = "point sex division search from limit after";

constexpr std::array kRoutes = {
    Route{Method::Get, "/api/v1/races", Needs::Everybody, Action::OfRace, races_json,
          "application/json", "", "The event and its races"},
    Route{Method::Get, "/api/v1/races/{race}/results", Needs::Everybody, Action::OfRace,
          results_json, "application/json", kRows, "An order of a race, best first"},
    Route{Method::Get, "/api/v1/races/{race}/awards", Needs::Everybody, Action::OfRace, awards_json,
          "application/json", "", "Who would win which prize now, and what can still change"},
    Route{Method::Get, "/api/v1/races/{race}/replay", Needs::Everybody, Action::OfRace, replay_json,
          "application/json", "", "Everything needed to play a race"},
    Route{Method::Get, "/api/v1/runners/{race}/{bib}", Needs::Everybody, Action::OfRace,
          runner_json, "application/json", "", "One runner, with splits, projections and moments"},
    Route{Method::Get, "/api/v1/moments", Needs::Everybody, Action::OfRace, moments_json,
          "application/json", "race kind bib", "The moments that are told now, best first"},
    Route{Method::Get, "/api/v1/story", Needs::Everybody, Action::OfRace, story_json,
          "application/json", "race top", "The race in moments"},
    Route{Method::Get, "/api/v1/changes", Needs::Everybody, Action::Changes, nullptr,
          "application/json", "after", "What changed behind a sequence"},
    Route{Method::Get, "/events", Needs::Everybody, Action::Events, nullptr, "text/event-stream",
          "after", "The changes as they come, as server-sent events"},
    Route{Method::Get, "/feed/leaders.json", Needs::Everybody, Action::OfRace, leaders_json,
          "application/json", "race point sex division rows", "The leaders, flat, for graphics"},
    Route{Method::Get, "/feed/leaders.csv", Needs::Everybody, Action::OfRace, leaders_csv,
          "text/csv; charset=utf-8", "race point sex division rows",
          "The leaders, flat, for graphics"},
    Route{Method::Get, "/feed/leaders.xml", Needs::Everybody, Action::OfRace, leaders_xml,
          "application/xml", "race point sex division rows", "The leaders, flat, for graphics"},
    Route{Method::Get, "/api/v1/openapi.json", Needs::Everybody, Action::OpenApi, nullptr,
          "application/json", "", "This document"},
    Route{Method::Get, "/healthz", Needs::Everybody, Action::Health, nullptr, "text/plain", "",
          "200 while it serves"},
    Route{Method::Post, "/api/v1/login", Needs::OfficialsListener, Action::Login, nullptr,
          "application/json", "", "Signs in with a token and a name"},
    Route{Method::Post, "/api/v1/logout", Needs::AnyRole, Action::Logout, nullptr,
          "application/json", "", "Ends the session"},
    Route{Method::Get, "/api/v1/session", Needs::AnyRole, Action::Session, nullptr,
          "application/json", "", "Who is signed in"},
    Route{Method::Get, "/api/v1/announcer", Needs::AnyRole, Action::OfRace, announcer_json,
          "application/json", "race point limit", "Who comes next, and who has just come"},
    Route{Method::Get, "/api/v1/notes", Needs::AnyRole, Action::OfRace, notes_json,
          "application/json", "race", "What people noted, newest first"},
    Route{Method::Get, "/api/v1/console", Needs::Timer, Action::OfRace, console_json,
          "application/json", "", "Readers, mats and the list of things to do"},
    Route{Method::Get, "/api/v1/referee", Needs::TimerOrReferee, Action::OfRace, referee_json,
          "application/json", "", "Rulings, questions about results, notes that are held back"},
    Route{Method::Get, "/api/v1/races/{race}/versions", Needs::TimerOrReferee, Action::OfRace,
          versions_json, "application/json", "", "The versions of a race that went out"},
    Route{Method::Get, "/api/v1/races/{race}/versions/{before}/{after}", Needs::TimerOrReferee,
          Action::OfLog, version_difference_json, "application/json", "",
          "What differs between two versions, with the facts behind it"},
    Route{Method::Get, "/api/v1/explain/{race}/{bib}", Needs::TimerOrReferee, Action::OfRace,
          explain_json, "application/json", "", "Every read of a runner and its verdict"},
    Route{Method::Post, "/api/v1/facts", Needs::AnyRole, Action::AddFact, nullptr,
          "application/json", "", "One fact, as a line of rulings.jsonl without its author"},
    Route{Method::Post, "/api/v1/reads", Needs::Timer, Action::AddReads, nullptr,
          "application/json", "", "Reads as CSV or JSON lines"},
    Route{Method::Get, "/api/v1/hand", Needs::Timer, Action::OfRace, hand_json, "application/json",
          "race mat times bibs", "Times without bibs and bibs without times, laid together"},
    Route{Method::Post, "/api/v1/hand", Needs::Timer, Action::AddHand, nullptr, "application/json",
          "", "Times without bibs or bibs without times, in order, as they are taken"},
    Route{Method::Post, "/api/v1/hand/accept", Needs::Timer, Action::AcceptHand, nullptr,
          "application/json", "", "Gives times to bibs, signed by whoever asks"},
    Route{Method::Post, "/api/v1/reload", Needs::Timer, Action::TakeFolder, nullptr,
          "application/json", "", "Takes what changed in the event folder"},
    Route{Method::Post, "/api/v1/hide", Needs::AnyRole, Action::Hide, nullptr, "application/json",
          "", "Hides every moment of a runner, or shows them again"},
};

/// What a path has for a pattern: the parts in braces; nothing where it is another.
std::optional<std::vector<std::string_view>> match(std::string_view pattern,
                                                   std::string_view path) {
  std::vector<std::string_view> parts;
  while (!pattern.empty() && !path.empty()) {
    if (pattern.front() == '{') {
      const std::size_t end = std::min(path.find('/'), path.size());
      if (end == 0) return std::nullopt;
      parts.push_back(path.substr(0, end));
      path.remove_prefix(end);
      pattern.remove_prefix(pattern.find('}') + 1);
      continue;
    }
    if (pattern.front() != path.front()) return std::nullopt;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return parts;
}

}  // namespace

std::span<const Route> routes() { return kRoutes; }

base::Result<RouteSearch> find_route(Method method, std::string_view path, Audience audience) {
  RouteSearch out;
  const Method wanted = method == Method::Head ? Method::Get : method;
  for (const Route& route : kRoutes) {
    if (audience == Audience::Public && route.needs != Needs::Everybody) continue;
    const auto parts = match(route.pattern, path);
    if (!parts) continue;
    out.allow += out.allow.empty() ? "" : ", ";
    out.allow += route.method == Method::Post ? "POST" : "GET, HEAD";
    if (route.method != wanted) continue;
    Matched matched{&route, {}};
    for (const std::string_view part : *parts) {
      HS_TRY(std::string decoded, percent_decode(part, PlusIs::Plus));
      matched.parts.push_back(std::move(decoded));
    }
    out.found = std::move(matched);
  }
  return out;
}

bool may(Role role, Needs needs) {
  switch (needs) {
    case Needs::Everybody:
    case Needs::OfficialsListener:
    case Needs::AnyRole:
      return true;
    case Needs::TimerOrReferee:
      return role == Role::Timer || role == Role::Referee;
    case Needs::Timer:
      return role == Role::Timer;
  }
  return false;
}

}  // namespace hs::server
