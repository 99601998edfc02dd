#include <algorithm>

#include "base/sha256.h"
#include "model/json.h"
#include "present/json_out.h"
#include "server/api.h"
#include "server/session_json.h"

// Implementation notes: signing in, and who asks. The rest of the Api is in api.cc.

namespace hs::server {
namespace {

constexpr std::string_view kCookie = "hs_session";
constexpr std::string_view kBearer = "Bearer ";
constexpr std::size_t kMostBearers = 1'000;
constexpr std::size_t kNameBytes = 60;

/// The value of our cookie among others; empty where it is not there.
std::string_view cookie_of(std::string_view header) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    std::string_view one = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    if (one.substr(0, kCookie.size()) == kCookie && one.substr(kCookie.size(), 1) == "=") {
      return one.substr(kCookie.size() + 1);
    }
  }
  return {};
}

std::string_view text_member(const model::JsonValue& json, std::string_view key) {
  for (const model::JsonMember& member : json.members) {
    if (member.key == key && member.value.kind == model::JsonValue::Kind::Text) {
      return member.value.text;
    }
  }
  return {};
}

bool is_json(std::string_view content_type) {
  return content_type.substr(0, content_type.find(';')) == "application/json";
}

bool is_plain(std::string_view name) {
  return name.size() <= kNameBytes && std::none_of(name.begin(), name.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20;
         });
}

Response unauthorized(std::string_view detail) {
  return problem(401, detail, header_line("WWW-Authenticate", "Bearer"));
}

std::string cookie_line(const Request& request, std::string_view value, std::chrono::seconds age) {
  std::string line = std::string(kCookie) + "=" + std::string(value) +
                     "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age.count());
  // Without TLS a browser would not send it back.
  if (request.is_over_tls) line += "; Secure";
  return header_line("Set-Cookie", line);
}

}  // namespace

std::string session_json(const Identity& who) {
  present::JsonOut out;
  out.begin_object();
  out.text_of("role", name_of(who.role));
  out.text_of("name", who.name);
  out.text_of("csrf", who.csrf);
  out.end_object();
  return out.take();
}

void Api::check_sessions() {
  const auto file = TokenFile::open(options_.token_file);
  if (!file) return;  // A file that cannot be read now throws nobody out.
  const std::vector<TokenFile::Entry> tokens = file->list();
  sessions_.keep_only(tokens);
  const std::lock_guard lock(mutex_);
  std::erase_if(known_, [&](const auto& one) {
    return std::none_of(tokens.begin(), tokens.end(), [&](const TokenFile::Entry& entry) {
      return entry.id == one.second.token_id;
    });
  });
}

Response Api::too_many_guesses() {
  return problem(429, "too many wrong tokens from here: wait a little",
                 header_line("Retry-After", "30"));
}

bool Api::brings_new_token(const Request& request, const Route& route) const {
  if (route.action == Action::Login) return true;
  if (route.needs == Needs::Everybody || route.needs == Needs::OfficialsListener) return false;
  const std::string_view header = request.authorization;
  return header.substr(0, kBearer.size()) == kBearer &&
         !known_bearer(header.substr(kBearer.size()));
}

tl::expected<TokenFile::Entry, Response> Api::check_token(const Request& request,
                                                          std::string_view token) {
  const auto now = std::chrono::steady_clock::now();
  if (sessions_.is_waiting(request.address, now)) {
    return tl::make_unexpected(too_many_guesses());
  }
  // Anew each time: tokens are made and removed while the race runs.
  const auto file = TokenFile::open(options_.token_file);
  if (!file) return tl::make_unexpected(problem(file.error()));
  auto found = file->check(token);
  if (!found) {
    sessions_.note_wrong(request.address, now);
    Response out = unauthorized("this token is not known");
    out.hold = sessions_.hold_for(request.address, now);
    return tl::make_unexpected(std::move(out));
  }
  sessions_.note_right(request.address);
  return std::move(*found);
}

std::optional<Identity> Api::known_bearer(std::string_view token) const {
  const std::string key = base::to_hex(base::sha256(token));
  const std::lock_guard lock(mutex_);
  const auto known = known_.find(key);
  return known == known_.end() ? std::nullopt : std::optional(known->second.who);
}

Api::Who Api::by_bearer(const Request& request, std::string_view token) {
  if (auto known = known_bearer(token)) return std::move(*known);
  auto entry = check_token(request, token);
  if (!entry) return tl::make_unexpected(std::move(entry.error()));
  Identity who{entry->role, entry->name, {}};
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostBearers) known_.clear();
  known_[base::to_hex(base::sha256(token))] = {who, entry->id};
  return who;
}

Api::Who Api::identify(const Request& request, Needs needs) {
  Who who = tl::make_unexpected(Response());
  const std::string_view bearer = request.authorization;
  if (bearer.substr(0, kBearer.size()) == kBearer) {
    who = by_bearer(request, bearer.substr(kBearer.size()));
    if (!who) return who;
  } else {
    const std::string_view cookie = cookie_of(request.cookie);
    const auto found = sessions_.find(cookie, std::chrono::steady_clock::now());
    if (!found) return tl::make_unexpected(unauthorized("sign in with a token"));
    // A page of somebody else can make the browser send the cookie, but cannot read this.
    if (request.method == Method::Post && !is_same_secret(request.csrf, found->csrf)) {
      return tl::make_unexpected(problem(403, "expected the header X-CSRF-Token as login gave it"));
    }
    who = *found;
  }
  if (!may(who->role, needs)) {
    return tl::make_unexpected(
        problem(403, std::string("not for the role '") + name_of(who->role) + "'"));
  }
  return who;
}

Response Api::login(const Request& request) {
  // A form of somebody else's page cannot send this type.
  if (!is_json(request.content_type)) return problem(400, "expected application/json");
  const auto json = model::parse_json(request.body);
  if (!json) return problem(400, json.error().message);
  const std::string token(text_member(*json, "token"));
  std::string name(text_member(*json, "name"));
  if (!is_plain(name)) return problem(422, "expected a name of at most 60 characters");
  const auto entry = check_token(request, token);
  if (!entry) return entry.error();
  if (name.empty()) name = entry->name;
  const auto now = std::chrono::steady_clock::now();
  const std::string key = sessions_.begin(entry->role, name, entry->id, now);
  return respond(
      200, "application/json", session_json(*sessions_.find(key, now)),
      cookie_line(request, key, std::chrono::hours(12)) + header_line("Cache-Control", "no-store"));
}

Response Api::logout(const Request& request) {
  sessions_.end(cookie_of(request.cookie));
  return respond(
      200, "application/json", "{}",
      cookie_line(request, "", std::chrono::seconds(0)) + header_line("Cache-Control", "no-store"));
}

}  // namespace hs::server
