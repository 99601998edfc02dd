#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "present/json_out.h"
#include "server/routes.h"

// Implementation notes: made from the table of routes, so that it cannot forget one. What the
// bodies hold is described in docs/http-api.md, for people.

namespace hs::server {
namespace {

using present::JsonOut;

void write_parameter(JsonOut& out, std::string_view name, std::string_view where) {
  out.begin_object();
  out.text_of("name", name);
  out.text_of("in", where);
  out.boolean_of("required", where == "path");
  out.key("schema");
  out.begin_object();
  out.text_of("type", "string");
  out.end_object();
  out.end_object();
}

void write_parameters(JsonOut& out, const Route& route) {
  out.key("parameters");
  out.begin_array();
  for (std::string_view rest = route.pattern; rest.find('{') != std::string_view::npos;) {
    const std::size_t begin = rest.find('{') + 1;
    const std::size_t end = rest.find('}');
    write_parameter(out, rest.substr(begin, end - begin), "path");
    rest.remove_prefix(end + 1);
  }
  for (std::string_view rest = route.parameters; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    write_parameter(out, rest.substr(0, end), "query");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  out.end_array();
}

void write_response(JsonOut& out, std::string_view status, std::string_view description,
                    std::string_view content_type) {
  out.key(status);
  out.begin_object();
  out.text_of("description", description);
  out.key("content");
  out.begin_object();
  out.key(content_type);
  out.begin_object();
  out.end_object();
  out.end_object();
  out.end_object();
}

void write_body(JsonOut& out, const Route& route) {
  out.key("requestBody");
  out.begin_object();
  out.boolean_of("required", route.action != Action::Logout);
  out.key("content");
  out.begin_object();
  out.key(route.action == Action::AddReads ? "text/csv" : "application/json");
  out.begin_object();
  out.end_object();
  out.end_object();
  out.end_object();
}

void write_security(JsonOut& out) {
  out.key("security");
  out.begin_array();
  for (const char* scheme : {"token", "session"}) {
    out.begin_object();
    out.key(scheme);
    out.begin_array();
    out.end_array();
    out.end_object();
  }
  out.end_array();
}

void write_operation(JsonOut& out, const Route& route) {
  out.key(route.method == Method::Post ? "post" : "get");
  out.begin_object();
  out.text_of("summary", route.summary);
  write_parameters(out, route);
  if (route.method == Method::Post) write_body(out, route);
  out.key("responses");
  out.begin_object();
  constexpr std::array kMakes = {Action::AddFact, Action::Hide, Action::AddHand,
                                 Action::AcceptHand};
  const bool makes = std::find(kMakes.begin(), kMakes.end(), route.action) != kMakes.end();
  write_response(out, makes ? "201" : "200", "As asked", route.content_type);
  write_response(out, "default", "An error", "application/problem+json");
  out.end_object();
  if (route.needs != Needs::Everybody && route.needs != Needs::OfficialsListener) {
    write_security(out);
  }
  out.end_object();
}

void write_security_schemes(JsonOut& out) {
  out.key("components");
  out.begin_object();
  out.key("securitySchemes");
  out.begin_object();
  out.key("token");
  out.begin_object();
  out.text_of("type", "http");
  out.text_of("scheme", "bearer");
  out.end_object();
  out.key("session");
  out.begin_object();
  out.text_of("type", "apiKey");
  out.text_of("in", "cookie");
  out.text_of("name", "hs_session");
  out.end_object();
  out.end_object();
  out.end_object();
}

}  // namespace

std::string openapi_json(Audience audience) {
  std::map<std::string_view, std::vector<const Route*>> paths;
  for (const Route& route : routes()) {
    if (audience == Audience::Public && route.needs != Needs::Everybody) continue;
    paths[route.pattern].push_back(&route);
  }
  JsonOut out;
  out.begin_object();
  out.text_of("openapi", "3.1.0");
  out.key("info");
  out.begin_object();
  out.text_of("title", "Homestretch");
  out.text_of("version", "1");
  out.end_object();
  out.key("paths");
  out.begin_object();
  for (const auto& [pattern, of_path] : paths) {
    out.key(pattern);
    out.begin_object();
    for (const Route* route : of_path) write_operation(out, *route);
    out.end_object();
  }
  out.end_object();
  if (audience == Audience::Officials) write_security_schemes(out);
  out.end_object();
  return out.take();
}

}  // namespace hs::server
