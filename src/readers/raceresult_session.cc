#include "readers/raceresult_session.h"

#include <utility>

#include "formats/chip_file_builder.h"
#include "formats/chip_lines.h"
#include "readers/device_dial.h"
#include "readers/file_piece.h"

// Implementation notes: the questions of the beginning are sent in one go; the box answers them in
// order. Pushing is asked for before the count, so that no passing lies between the two. While the
// line is quiet status, time and count are asked for again: that is the heartbeat, and it finds
// passings whose push was lost, a file that changed and a box that was put into test mode.

namespace hs::readers {
namespace {

namespace raceresult = formats::raceresult;

constexpr std::string_view kEnd = "\r\n";
constexpr std::string_view kBoxName = "GETCONFIG;GENERAL;BOXNAME;";  ///< Its answer's front.

struct Version {
  int major = 0;
  int minor = 0;
  friend auto operator<=>(const Version&, const Version&) = default;
};

/// The highest protocol whose passings and status are known here.
constexpr Version kHighestKnown{2, 6};

std::optional<Version> read_version(std::string_view text) {
  Version out;
  const std::string_view major = formats::take_until(text, '.');
  if (!formats::read_digits(major, out.major)) return std::nullopt;
  if (!text.empty() && !formats::read_digits(text, out.minor)) return std::nullopt;
  return out;
}

void add_line(std::string& out, std::string_view line) {
  out += line;
  out += kEnd;
}

std::string_view field_of(std::string_view& rest) {
  return formats::without_padding(formats::take_until(rest, ';'));
}

void add_sentence(std::string& out, std::string_view words) {
  if (words.empty()) return;
  if (!out.empty()) out += "; ";
  out += words;
}

}  // namespace

RaceresultSession::RaceresultSession(SessionContext context)
    : context_(std::move(context)), lines_(kMostLineBytes), days_(context_.event.date) {}

std::string RaceresultSession::opened() {
  std::string out;
  add_line(out, "GETPROTOCOL");
  return out;
}

DeviceState RaceresultSession::state() const {
  DeviceState state = state_;
  if (status_) state.trouble = status_->trouble;
  if (days_.counted > 0) {
    add_sentence(state.trouble,
                 "the box counts days instead of saying a date: its day 0 is taken "
                 "as " +
                     base::format_date(context_.event.date));
  } else if (days_.undated.placed() > 0) {
    add_sentence(state.trouble, "the times come without a date: the day is taken from the event, " +
                                    base::format_date(context_.event.date));
  }
  if (pull_.given_up() > 0) {
    add_sentence(state.trouble, std::to_string(pull_.given_up()) + " passings of file " +
                                    file_.value_or("") + " are not to be had from the box");
  }
  add_sentence(state.trouble, left_behind_);
  return state;
}

Heard RaceresultSession::quiet() {
  Heard heard;
  if (!has_begun_) {
    begin({}, heard.reply);
    return heard;
  }
  // What was not answered by now will not be.
  pull_.not_answered();
  status_is_asked_ = false;
  ask_status(heard.reply);
  add_line(heard.reply, "GETTIME");
  add_line(heard.reply, "PASSINGS");
  return heard;
}

Heard RaceresultSession::take(std::string_view bytes, base::RaceTime received) {
  Heard heard;
  const bool knows_day = is_of_event(context_.event, received);
  days_.undated.set_now(knows_day ? dial_at(context_.source, context_.event, received)
                                  : std::nullopt);
  formats::ChipFileInput input;
  input.file = context_.connection;
  formats::ChipFileBuilder out(context_.source, context_.event, input);
  out.understood();  // One bad line alone is a bad line, not a file of another kind.
  std::uint64_t through = 0;
  LineCutter::Whole line;
  while (lines_.next(bytes, line)) {
    through = line.through;
    const std::string_view text = formats::without_padding(line.text);
    if (text.empty()) {
      pull_.block_ended();
    } else if (raceresult::is_passing(text)) {
      take_passing(line, text, out, heard.reply);
    } else {
      take_answer(text, received, heard.reply);
    }
    pull(heard.reply);
  }
  heard.give_up = lines_.give_up();
  auto file = out.finish();
  if (file && (!file->streams.empty() || !file->bad.empty())) {
    heard.deliveries.push_back(
        {std::move(file->streams), std::move(file->bad), std::string(), through});
  }
  return heard;
}

void RaceresultSession::take_passing(const LineCutter::Whole& line, std::string_view text,
                                     formats::ChipFileBuilder& out, std::string& reply) {
  const formats::Line whole{.text = text, .number = line.number, .ended = true};
  auto passing = raceresult::read_passing(text, days_);
  if (!passing) {
    out.refuse(whole, std::move(passing).error(), text);
    return;
  }
  state_.is_ready = true;
  const std::string& name = passing->box_name.empty() ? passing->box : passing->box_name;
  if (!name.empty() && state_.locations.size() < kMostLocations) state_.locations.insert(name);
  const bool is_test = status_ && !status_->is_in_operation;
  const bool is_named = status_ && !is_test && passing->file == status_->file;
  // The mode or the file may have changed since the box was asked.
  if (!is_named && !passing->file.empty()) ask_status(reply);
  const bool is_of_file = file_ && (passing->file.empty() || passing->file == *file_);
  if (is_of_file && !is_test) pull_.came(passing->number);
  raceresult::add_passing(whole, std::move(*passing), out,
                          is_named ? raceresult::Numbers::Name : raceresult::Numbers::NameNothing);
}

void RaceresultSession::take_answer(std::string_view text, base::RaceTime received,
                                    std::string& reply) {
  std::string_view rest = text;
  const std::string_view word = field_of(rest);
  if (word == "GETPROTOCOL") {
    (void)field_of(rest);
    (void)field_of(rest);
    begin(field_of(rest), reply);
  } else if (word == "GETSTATUS") {
    take_status(rest, received, reply);
  } else if (word == "GETTIME") {
    const std::string_view date = field_of(rest);
    note_clock(date, field_of(rest), received);
  } else if (word == "PASSINGS") {
    take_count(rest);
  } else if (word == "STARTOPERATION" || word == "STOPOPERATION") {
    // Somebody else's doing, or ours is told of it: another file may be the current one.
    ask_status(reply);
  } else if (text.starts_with(kBoxName)) {
    rest = text.substr(kBoxName.size());
    box_name_ = formats::clean_name(field_of(rest));
    box_id_ = formats::clean_name(field_of(rest));
    state_.name = box_name_.empty() ? box_id_ : box_name_;
  } else if (word.starts_with("ONLY ")) {
    // It has fewer than were asked for: what it has not cannot come.
    pull_.block_ended();
  }
}

void RaceresultSession::begin(std::string_view highest_protocol, std::string& reply) {
  if (std::exchange(has_begun_, true)) return;
  if (const auto offered = read_version(highest_protocol)) {
    const Version version = std::min(*offered, kHighestKnown);
    add_line(reply,
             "SETPROTOCOL;" + std::to_string(version.major) + "." + std::to_string(version.minor));
  }
  add_line(reply, "SETPUSHPREWARNS;0");
  add_line(reply, "GETCONFIG;GENERAL;BOXNAME");
  ask_status(reply);
  add_line(reply, "GETTIME");
  add_line(reply, "SETPUSHPASSINGS;1;0");
  add_line(reply, "PASSINGS");
}

void RaceresultSession::ask_status(std::string& reply) {
  if (std::exchange(status_is_asked_, true)) return;
  add_line(reply, "GETSTATUS");
}

void RaceresultSession::take_status(std::string_view answer, base::RaceTime received,
                                    std::string& reply) {
  status_is_asked_ = false;
  auto status = read_raceresult_status(answer);
  if (!status) return;
  // The first is followed by the count anyway.
  const bool has_begun = status_ && !status_->is_in_operation && status->is_in_operation;
  const bool has_new_file = status_ && status_->file != status->file;
  // The operation counts anew from 1, also in the file that test mode said.
  if (has_begun) file_.reset();
  if (has_begun || has_new_file) add_line(reply, "PASSINGS");
  status_ = std::move(*status);
  state_.battery_percent = status_->battery_percent;
  note_clock(status_->date, status_->time, received);
}

void RaceresultSession::take_count(std::string_view answer) {
  state_.is_ready = true;
  std::uint64_t count = 0;
  if (!formats::read_number(field_of(answer), count)) return;
  take_file(field_of(answer));
  // What test mode has counted is stored nowhere and cannot be fetched.
  if (status_ && !status_->is_in_operation) return;
  if (count + 1 < pull_.next()) {
    left_behind_ = "file " + file_.value_or("") + " has fewer passings (" + std::to_string(count) +
                   ") than the log: were the files of the box cleared?";
    pull_.begin(1);
  }
  pull_.exists(count);
}

/// The current file as the box says it: another one begins anew.
void RaceresultSession::take_file(std::string_view file) {
  if (file_ && *file_ == file) return;
  if (file_ && pull_.is_behind()) {
    left_behind_ = "file " + *file_ + " ended before all of it was fetched, from passing " +
                   std::to_string(pull_.next()) + " on: read it from the box";
  }
  file_ = formats::clean_name(file);
  const auto last = last_of(*file_);
  pull_.begin(last ? *last + 1 : 1);
}

std::optional<std::uint64_t> RaceresultSession::last_of(const std::string& file) const {
  if (!context_.last_stored || file.empty()) return std::nullopt;
  const std::string epoch = raceresult::epoch_of_file(file);
  auto last = context_.last_stored(box_id_, epoch);
  return last ? last : context_.last_stored(box_name_, epoch);
}

void RaceresultSession::note_clock(std::string_view date, std::string_view time,
                                   base::RaceTime received) {
  const auto shows = raceresult::read_instant(date, time, context_.event.date);
  if (!shows) return;
  const auto ahead = clock_ahead(context_.source, context_.event, *shows, received);
  if (ahead) state_.clock_ahead = *ahead;
}

void RaceresultSession::pull(std::string& reply) {
  if (!file_) return;
  const auto request = pull_.next_request();
  if (!request) return;
  add_line(reply, std::to_string(request->from) + ":" + std::to_string(request->count));
}

}  // namespace hs::readers
