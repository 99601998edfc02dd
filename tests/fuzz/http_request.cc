#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/check.h"
#include "formats/entrants_file.h"
#include "formats/event_file.h"
#include "model/json.h"
#include "server/api.h"
#include "support/harbour_ten.h"

// An input is a request: a first byte for listener and method, then lines of target,
// Accept-Encoding, If-None-Match, Authorization, Cookie, X-CSRF-Token, Last-Event-ID and
// Content-Type; the rest is the body. The Authorization "timer" stands for a token that is known.

namespace {

const std::string kEvent = std::string(hs::test::kHarbourTen) + R"([[race.division]]
id = "W30"
sex = "F"
age_min = 30
primary = true
)";
constexpr const char* kEntrants =
    "bib,chips,name,sex,age,race,wave,private\n1,c1,A B,F,34,10k,A,\n2,c2,C D,M,40,10k,A,yes\n";

hs::engine::RaceDay small_race() {
  auto day = hs::engine::RaceDay::in_memory(hs::scoring::Closing::ByFacts);
  HS_CHECK(day.has_value(), "a race in memory");
  hs::engine::EventFolder folder;
  auto event = hs::formats::read_event(kEvent, "event.toml", &folder.attention);
  HS_CHECK(event.has_value(), "the event is one");
  folder.event = *event;
  auto entrants = hs::formats::read_entrants(kEntrants, "entrants.csv", *event);
  HS_CHECK(entrants.has_value(), "the entries are some");
  folder.entrants = std::move(*entrants);
  HS_CHECK(day->take(folder).has_value(), "the race takes them");
  return std::move(*day);
}

/// One race for all inputs: what they manage to write stays, as on a race day.
struct World {
  hs::engine::LiveEngine engine{small_race(), {}};
  hs::engine::LiveStory story{engine, {}};
  std::string token_file =
      std::filesystem::temp_directory_path() / ("hs-fuzz-" + std::to_string(::getpid()));
  std::string token =
      hs::server::TokenFile::open(token_file)->add(hs::server::Role::Timer, "Timer").value();
  hs::server::Api api{engine, story, {token_file, {}, {}, nullptr, nullptr, {}}};
  ~World() { std::filesystem::remove(token_file); }
};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hs::server;
  static World world;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.empty()) return 0;
  const auto first = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  Request request;
  request.method = static_cast<Method>(first % 4);
  request.target = take_line(text);
  request.address = "192.0.2.1";
  request.accept_encoding = take_line(text);
  request.if_none_match = take_line(text);
  request.authorization = take_line(text);
  if (request.authorization == "timer") request.authorization = "Bearer " + world.token;
  request.cookie = take_line(text);
  request.csrf = take_line(text);
  request.last_event_id = take_line(text);
  request.content_type = take_line(text);
  request.body = text;
  const Audience audience = (first & 4) != 0 ? Audience::Officials : Audience::Public;
  (void)world.api.where(request, audience);
  (void)world.api.ready(request, audience);
  const Response response = world.api.answer(request, audience);
  HS_CHECK(response.status >= 200 && response.status < 600, "an answer has a status");
  HS_CHECK(response.status != 500, "no request is a fault of the program");
  HS_CHECK(response.head != nullptr, "an answer has a head");
  HS_CHECK(response.head->find("\r\n\r\n") == std::string::npos, "nothing splits the head");
  if (response.body && response.head->find("json") != std::string::npos &&
      response.head->find("Content-Encoding") == std::string::npos) {
    HS_CHECK(hs::model::parse_json(*response.body).has_value(), "what is called JSON is JSON");
  }
  return 0;
}
