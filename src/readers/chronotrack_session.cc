#include "readers/chronotrack_session.h"

#include <algorithm>
#include <array>
#include <utility>

#include "formats/chip_file_builder.h"
#include "formats/chip_lines.h"
#include "readers/device_dial.h"

// Implementation notes: each question waits for the answer of the one before, since `start` needs
// the connection id and the locations. A source that does not know a question says err~ or nothing
// at all; both lead on to the next, the second by the silence. Which of the two speaks first is
// told both ways by those who wrote about this protocol, so both ways are taken.
// `pushmode-ack` is about the commands `start` and `stop`, not about reads, and is asked to be off.

namespace hs::readers {
namespace {

namespace ctp01 = formats::ctp01;

constexpr std::string_view kEnd = "\r\n";
constexpr std::string_view kName = "Homestretch";
constexpr std::string_view kVersion = "1";
constexpr base::Duration kFirstSilence = std::chrono::seconds(2);
constexpr base::Duration kSilence = std::chrono::seconds(10);

/// What we ask for in the greeting: reads pushed with their date, guns, and mats that come later.
constexpr std::array<std::string_view, 7> kWishes = {
    "stream-mode=push", "pushmode-ack=false", "time-format=iso",   "location=multi",
    "guntimes=true",    "newlocations=true",  "connection-id=true"};

/// True for a wish whose refusal costs no read: what comes instead is understood, too.
bool is_small_wish(std::string_view command) {
  if (command == "stream-mode") return false;
  return std::any_of(kWishes.begin(), kWishes.end(), [&](std::string_view wish) {
    return formats::take_until(wish, '=') == command;
  });
}

void add_line(std::string& out, std::string_view line) {
  out += line;
  out += kEnd;
}

bool is_number(std::string_view text) {
  int value = 0;
  return formats::read_digits(text, value);
}

}  // namespace

ChronotrackSession::ChronotrackSession(SessionContext context)
    : context_(std::move(context)), lines_(kMostLineBytes), memory_(context_.event.date) {}

base::Duration ChronotrackSession::quiet_after() const {
  return step_ == Step::Silence ? kFirstSilence : kSilence;
}

DeviceState ChronotrackSession::state() const {
  DeviceState state = state_;
  if (state.trouble.empty() && memory_.day.placed() > 0) {
    state.trouble = "the times come without a date: the day is taken from the event, " +
                    base::format_date(context_.event.date) + ", and from our clock";
  }
  return state;
}

Heard ChronotrackSession::quiet() {
  Heard heard;
  if (step_ == Step::Silence) {
    step_ = Step::Greeted;
    add_line(heard.reply, std::string(kName) + "~" + std::string(kVersion) + "~CTP01");
    return heard;
  }
  add_line(heard.reply, "ping");
  // Whoever is silent about a question does not know it.
  if (step_ == Step::ConnectionId)
    ask(Step::Locations, heard.reply);
  else if (step_ == Step::Locations)
    ask(Step::Streaming, heard.reply);
  return heard;
}

Heard ChronotrackSession::take(std::string_view bytes, base::RaceTime received) {
  Heard heard;
  const bool knows_day = is_of_event(context_.event, received);
  memory_.day.set_now(knows_day ? dial_at(context_.source, context_.event, received)
                                : std::nullopt);
  formats::ChipFileInput input;
  input.file = context_.connection;
  formats::ChipFileBuilder out(context_.source, context_.event, input);
  out.understood();  // One bad line alone is a bad line, not a file of another kind.
  std::uint64_t through = 0;
  LineCutter::Whole line;
  while (lines_.next(bytes, line)) {
    take_line(line, out, heard.reply);
    through = line.through;
  }
  heard.give_up = lines_.give_up();
  auto file = out.finish();
  if (file && (!file->streams.empty() || !file->bad.empty())) {
    heard.deliveries.push_back(
        {std::move(file->streams), std::move(file->bad), std::string(), through});
  }
  return heard;
}

void ChronotrackSession::take_line(const LineCutter::Whole& line, formats::ChipFileBuilder& out,
                                   std::string& reply) {
  const std::string_view text = formats::without_padding(line.text);
  if (text.empty()) return;
  const formats::Line whole{.text = text, .number = line.number, .ended = true};
  if (text.starts_with("TO~")) {
    // A controller's own lines, numbered by another rule; they belong into its file.
    out.refuse(whole, formats::unfit(text, text.substr(0, 2), "CT01_ and two digits").value());
    return;
  }
  if (!ctp01::is_tag_event(text)) {
    take_talk(text, reply);
    return;
  }
  const ctp01::Taken taken = ctp01::take_tag_event(whole, text, out, memory_);
  if (taken.kind == ctp01::Taken::Kind::Bad) return;
  note_location(taken.location);
  if (taken.kind != ctp01::Taken::Kind::NewLocation) {
    state_.is_ready = true;
    return;
  }
  // It is asked for by the name that the list of locations has, from where the log ends.
  const auto known = started_.find(taken.location);
  if (known != started_.end()) known->second = false;
  ask(Step::Locations, reply);
}

void ChronotrackSession::note_location(const std::string& location) {
  if (state_.locations.size() < kMostLocations) state_.locations.insert(location);
}

void ChronotrackSession::take_talk(std::string_view text, std::string& reply) {
  std::string_view rest = text;
  const std::string_view word = formats::take_until(rest, '~');
  if (word == "ack") {
    take_answer(rest, reply);
  } else if (word == "err") {
    take_error(rest, reply);
  } else if (text == "ping") {
    add_line(reply, "ack~ping");
  } else if (word == "start" || word == "stop") {
    add_line(reply, "ack~" + std::string(text));
  } else {
    (void)formats::take_until(rest, '~');
    take_greeting(word, rest, reply);
  }
}

void ChronotrackSession::take_greeting(std::string_view name, std::string_view third,
                                       std::string& reply) {
  const bool is_first = step_ == Step::Silence || step_ == Step::Greeted;
  if (!is_first || name.empty()) return;
  if (third.starts_with("CTP")) {
    add_line(reply, std::string(kName) + "~" + std::string(kVersion) + "~" +
                        std::to_string(kWishes.size()));
    for (const std::string_view wish : kWishes) add_line(reply, wish);
  } else if (step_ != Step::Greeted || !is_number(third)) {
    return;  // Neither a greeting nor an answer to ours.
  }
  state_.name = formats::clean_name(name);
  ask(Step::ConnectionId, reply);
}

void ChronotrackSession::take_answer(std::string_view rest, std::string& reply) {
  const std::string_view command = formats::take_until(rest, '~');
  if (command == "getconnectionid") {
    if (!rest.empty()) memory_.connection_id = std::string(formats::without_padding(rest));
    if (step_ == Step::ConnectionId) ask(Step::Locations, reply);
  } else if (command == "getlocations") {
    step_ = Step::Streaming;
    while (!rest.empty()) start(formats::without_padding(formats::take_until(rest, '~')), reply);
    state_.is_ready = true;
  } else if (command == "start") {
    state_.is_ready = true;
  }
}

void ChronotrackSession::take_error(std::string_view rest, std::string& reply) {
  const std::string_view command = formats::take_until(rest, '~');
  if (command == "getconnectionid" && step_ == Step::ConnectionId) {
    ask(Step::Locations, reply);
  } else if ((command == "getlocations" && step_ == Step::Locations) ||
             (command == "start" && !started_all_)) {
    // Without numbers it sends at least what comes from now on.
    ask(Step::Streaming, reply);
  } else if (!is_small_wish(command)) {
    state_.trouble =
        "the source refuses '" + formats::clean_name(command) + "': " + formats::clean_name(rest);
  }
}

/// Takes the next step on the way to reads and asks what belongs to it.
void ChronotrackSession::ask(Step step, std::string& reply) {
  step_ = step;
  if (step == Step::ConnectionId) add_line(reply, "getconnectionid");
  if (step == Step::Locations) add_line(reply, "getlocations");
  if (step == Step::Streaming && !started_all_) {
    started_all_ = true;
    add_line(reply, "start");
  }
}

void ChronotrackSession::start(std::string_view location, std::string& reply) {
  const std::string device = ctp01::stream_device(location);
  if (device.empty() || (started_.size() >= kMostLocations && !started_.contains(device))) return;
  if (std::exchange(started_[device], true)) return;
  note_location(device);
  std::uint64_t next = 1;
  if (context_.last_stored && !memory_.connection_id.empty()) {
    const auto last = context_.last_stored(device, formats::clean_name(memory_.connection_id));
    if (last) next = *last + 1;
  }
  add_line(reply, "start~" + std::string(location) + "~" + std::to_string(next));
}

}  // namespace hs::readers
