#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/access.h"
#include "server/http_message.h"
#include "server/views.h"

namespace hs::server {

/// Who may ask for something. What is for `Everybody` is on both listeners; all else is not on the
/// public one at all, so that nothing there can be asked for by mistake.
enum class Needs : std::uint8_t {
  Everybody,
  OfficialsListener,  ///< Anybody who reaches that listener: signing in.
  AnyRole,
  TimerOrReferee,
  Timer,
};

/// What answers a route.
enum class Action : std::uint8_t {
  OfRace,  ///< A view of the race.
  OfLog,   ///< The same, computed anew from the whole log: nobody else waits for it.
  Changes,
  Events,
  OpenApi,
  Health,
  Login,
  Logout,
  Session,
  AddFact,
  AddReads,
  Hide,
  AddHand,
  AcceptHand,
  TakeFolder,
};

/// One thing that can be asked for.
struct Route {
  Method method = Method::Get;
  /// "/api/v1/races/{race}/results"; a part in braces stands for any text without "/".
  std::string_view pattern;
  Needs needs = Needs::Everybody;
  Action action = Action::OfRace;
  View view = nullptr;  ///< Of a view.
  std::string_view content_type = "application/json";
  std::string_view parameters;  ///< Names of the query, with blanks between.
  std::string_view summary;     ///< For people, in the OpenAPI document.
};

/// All of them. The one table: the dispatcher, the document and the tests read it.
[[nodiscard]] std::span<const Route> routes();

/// A route and what stands in its braces, decoded.
struct Matched {
  const Route* route = nullptr;
  std::vector<std::string> parts;
};

/// What a path is for this audience.
struct RouteSearch {
  std::optional<Matched> found;
  std::string allow;  ///< Of a path that is there, with other methods: "GET, HEAD".
};
/// A HEAD finds what a GET does. Errors: InvalidInput for a path that is no text.
[[nodiscard]] base::Result<RouteSearch> find_route(Method method, std::string_view path,
                                                   Audience audience);

/// True where somebody in this role may.
[[nodiscard]] bool may(Role role, Needs needs);

/// The OpenAPI 3.1 document of what this audience may ask for.
[[nodiscard]] std::string openapi_json(Audience audience);

}  // namespace hs::server
