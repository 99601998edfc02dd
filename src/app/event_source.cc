#include "app/event_source.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace hs::app {
namespace {

using base::Result;

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

scoring::Closing closing_of(bool open) {
  return open ? scoring::Closing::ByFacts : scoring::Closing::Assume;
}

/// "reading 45 %" on a terminal, rewritten in place; nothing elsewhere.
engine::Progress progress_bar() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [](std::uint64_t done, std::uint64_t all) {
    if (all == 0) return;
    std::fprintf(stderr, "\rreading %3llu %%", static_cast<unsigned long long>(done * 100 / all));
    if (done >= all) std::fprintf(stderr, "\r             \r");
    std::fflush(stderr);
  };
}

}  // namespace

std::string race_path_of(const std::string& event) {
  return is_folder(event) ? engine::race_file_of(event) : event;
}

Result<std::string> need_race_path_of(const std::string& event) {
  if (!is_folder(event) && !is_file(event)) {
    return base::fail(base::ErrorCode::NotFound,
                      "found nothing, expected an event folder or a .race file", {event, 0, 0});
  }
  return race_path_of(event);
}

namespace {

/// A race file by itself. Nothing is added without a folder, so a log on a read-only stick, or one
/// that is being written, can be scored too.
Result<OpenEvent> open_race_file(const std::string& path, scoring::Closing closing) {
  HS_TRY_VOID(need_race_path_of(path));
  log::OpenOptions reading;
  reading.mode = log::OpenMode::ReadOnly;
  HS_TRY(engine::RaceDay day, engine::RaceDay::open(path, closing, reading));
  return OpenEvent{std::move(day), {}, false};
}

Result<OpenEvent> take_folder(engine::RaceDay day, const engine::EventFolder& folder) {
  HS_TRY(engine::IngestReport report, day.take(folder, progress_bar()));
  return OpenEvent{std::move(day), std::move(report), true};
}

}  // namespace

Result<OpenEvent> open_event(const EventRequest& request) {
  const scoring::Closing closing = closing_of(request.open);
  if (!is_folder(request.path)) return open_race_file(request.path, closing);
  // Everything is parsed before the race file is touched: a mistake changes nothing.
  HS_TRY(const engine::EventFolder folder, engine::read_event_folder(request.path, request.strict));
  HS_TRY(engine::RaceDay day,
         request.memory ? engine::RaceDay::in_memory(closing)
                        : engine::RaceDay::open(engine::race_file_of(request.path), closing));
  return take_folder(std::move(day), folder);
}

Result<OpenEvent> look_at_event(const std::string& path, bool open) {
  const scoring::Closing closing = closing_of(open);
  if (!is_folder(path)) return open_race_file(path, closing);
  HS_TRY(const engine::EventFolder folder, engine::read_event_folder(path, engine::Strict::No));
  const std::string race = engine::race_file_of(path);
  HS_TRY(engine::RaceDay day, is_file(race) ? engine::RaceDay::copy_in_memory(race, closing)
                                            : engine::RaceDay::in_memory(closing));
  return take_folder(std::move(day), folder);
}

Result<engine::RaceDay> open_log(const std::string& path) {
  const std::string race = race_path_of(path);
  if (!is_file(race)) {
    HS_TRY(OpenEvent event, open_event({path, false, false, engine::Strict::No}));
    return std::move(event.day);
  }
  return engine::RaceDay::open(race, scoring::Closing::Assume);
}

present::Colour colour_of_stdout() {
  const char* no_colour = std::getenv("NO_COLOR");
  const bool wanted = no_colour == nullptr || *no_colour == '\0';
  return wanted && ::isatty(STDOUT_FILENO) != 0 ? present::Colour::Yes : present::Colour::No;
}

}  // namespace hs::app
