#include "readers/llrp_session.h"

#include <algorithm>
#include <utility>

#include "readers/file_piece.h"
#include "readers/llrp_message.h"

// Implementation notes: one command at a time. The standard lets a client send several, but not
// every reader takes the second out of one piece of bytes.

namespace hs::readers {
namespace {

namespace message_type = formats::llrp::message_type;
namespace parameter_type = formats::llrp::parameter_type;

constexpr std::size_t kMostAntennas = 64;

/// The command that a message answers, for people; empty for messages that answer none of ours.
std::string_view command_answered_by(std::uint16_t type) {
  switch (type) {
    case message_type::kGetReaderConfigResponse:
      return "GET_READER_CONFIG";
    case message_type::kGetRoSpecsResponse:
      return "GET_ROSPECS";
    case message_type::kSetReaderConfigResponse:
      return "SET_READER_CONFIG";
    case message_type::kDeleteRoSpecResponse:
      return "DELETE_ROSPEC";
    case message_type::kAddRoSpecResponse:
      return "ADD_ROSPEC";
    case message_type::kEnableRoSpecResponse:
      return "ENABLE_ROSPEC";
    case message_type::kStartRoSpecResponse:
      return "START_ROSPEC";
    default:
      return {};
  }
}

std::string why_not_connected(std::uint16_t attempt) {
  if (attempt == 1 || attempt == 2) return "another program has the reader";
  if (attempt == 4) return "another program tried to connect with the reader";
  return "the reader could not take the connection";
}

}  // namespace

DeviceState LlrpSession::state() const {
  DeviceState out = state_;
  if (!refused_.empty()) {
    out.trouble = refused_;
  } else if (!antennas_off_.empty()) {
    out.trouble = "not connected to the reader: antenna";
    for (const std::uint16_t antenna : antennas_off_) out.trouble += " " + std::to_string(antenna);
  } else {
    out.trouble = fault_;
  }
  return out;
}

Heard LlrpSession::quiet() {
  Heard heard;
  if (step_ == Step::Event) {
    begin(heard);
  } else if (step_ == Step::Reads) {
    heard.reply = llrp::get_identification(next_id());
  } else {
    go_on(heard);
  }
  return heard;
}

Heard LlrpSession::take(std::string_view bytes, base::RaceTime received) {
  Heard heard;
  Delivery delivery;
  rest_ += bytes;
  std::string_view left = rest_;
  while (heard.give_up.empty()) {
    const auto head = formats::llrp::read_head(left);
    if (formats::llrp::is_no_head(left) ||
        (head && head->length > formats::llrp::kMostMessageBytes)) {
      heard.give_up = "found bytes that are no LLRP message";
      left = {};
      break;
    }
    if (!head || head->length > left.size()) break;
    through_ += head->length;
    ++messages_;
    take_message(*head, left.substr(0, head->length), received, heard, delivery);
    left.remove_prefix(head->length);
  }
  rest_.erase(0, rest_.size() - left.size());
  if (!delivery.streams.empty() || !delivery.bad.empty()) {
    set_clock(delivery);
    note_locations(state_, delivery);
    heard.deliveries.push_back(std::move(delivery));
  }
  return heard;
}

void LlrpSession::take_message(const formats::llrp::Head& head, std::string_view message,
                               base::RaceTime received, Heard& heard, Delivery& delivery) {
  const std::string_view body = message.substr(formats::llrp::kHeadBytes);
  switch (head.type) {
    case message_type::kRoAccessReport:
      take_report(message, delivery);
      return;
    case message_type::kKeepalive:
      heard.reply += llrp::keepalive_ack(head.id);
      return;
    case message_type::kReaderEventNotification:
      take_event(message, received, heard);
      return;
    case message_type::kGetReaderConfigResponse:
      note_identity(body);
      take_answer(head, body, heard);
      return;
    case message_type::kGetRoSpecsResponse:
      note_rospecs(body);
      take_answer(head, body, heard);
      return;
    case message_type::kCloseConnectionResponse:
      heard.give_up = "the reader ended the connection";
      return;
    default:
      take_answer(head, body, heard);
      return;
  }
}

void LlrpSession::take_report(std::string_view message, Delivery& delivery) {
  // Where times hang on how the connection began, that message goes in front.
  const int front = uptime_event_.empty() ? 0 : 1;
  if (read_into(delivery, context_, "llrp", uptime_event_ + std::string(message),
                messages_ - 1 - front)) {
    delivery.through = front == 0 ? through_ : 0;
  }
}

void LlrpSession::set_clock(Delivery& delivery) const {
  if (uptime_event_.empty()) return;
  for (formats::ParsedStream& parsed : delivery.streams) {
    if (parsed.stream.clock != model::DeviceClock::Free) continue;
    parsed.stream.clock = model::DeviceClock::Utc;
    parsed.stream.offset += uptime_offset_;
  }
}

void LlrpSession::take_event(std::string_view message, base::RaceTime received, Heard& heard) {
  const auto event = formats::llrp::read_event(message.substr(formats::llrp::kHeadBytes));
  if (!event) return;
  if (event->utc_micros) {
    const auto said = base::Duration(static_cast<std::int64_t>(*event->utc_micros));
    state_.clock_ahead = said - received.time_since_epoch();
  }
  if (!event->exception.empty()) fault_ = "the reader says: " + event->exception;
  if (event->overflowed) fault_ = "the reader's memory was full, tags were lost";
  if (event->antenna) {
    if (event->antenna_connected) {
      antennas_off_.erase(*event->antenna);
    } else if (antennas_off_.size() < kMostAntennas) {
      antennas_off_.insert(*event->antenna);
    }
  }
  if (event->closes) heard.give_up = "the reader ended the connection";
  if (!event->attempt) return;
  if (*event->attempt != 0) {
    heard.give_up = why_not_connected(*event->attempt);
    return;
  }
  if (event->uptime_micros && !event->utc_micros) {
    uptime_event_ = message;
    uptime_offset_ = received.time_since_epoch() -
                     base::Duration(static_cast<std::int64_t>(*event->uptime_micros));
  }
  if (step_ == Step::Event) begin(heard);
}

void LlrpSession::begin(Heard& heard) {
  step_ = Step::Identity;
  heard.reply += llrp::get_identification(next_id());
}

void LlrpSession::note_identity(std::string_view body) {
  const auto identification = formats::llrp::find_parameter(body, parameter_type::kIdentification);
  if (!identification) return;
  // u8 what sort of id, u16 its length, the id.
  const auto length = formats::llrp::number_of(
      identification->substr(std::min<std::size_t>(1, identification->size())), 2);
  constexpr std::size_t kIdAt = 3;
  if (!length || identification->size() < kIdAt + *length || *length == 0) return;
  const std::string_view id = identification->substr(kIdAt, static_cast<std::size_t>(*length));
  constexpr std::size_t kMostShown = 16;
  state_.name = "reader " + formats::llrp::hex_of(id.substr(0, kMostShown));
  constexpr std::size_t kEnd = sizeof(std::uint32_t);
  const std::string_view end = id.substr(id.size() > kEnd ? id.size() - kEnd : 0);
  const auto number = formats::llrp::number_of(end, end.size());
  if (step_ == Step::Identity && number && *number != 0) {
    rospec_ = static_cast<std::uint32_t>(*number);
  }
}

void LlrpSession::note_rospecs(std::string_view body) {
  constexpr std::uint64_t kActive = 2;
  constexpr std::size_t kStateAt = 5;  // Behind u32 id and u8 priority.
  formats::llrp::ParameterWalk walk(body);
  formats::llrp::Parameter parameter;
  for (auto more = walk.next(parameter); more && *more; more = walk.next(parameter)) {
    if (parameter.type != parameter_type::kRoSpec || parameter.body.size() <= kStateAt) continue;
    has_rospecs_ = true;
    const auto id = formats::llrp::number_of(parameter.body, sizeof(std::uint32_t));
    const auto state = formats::llrp::number_of(parameter.body.substr(kStateAt), 1);
    if (id == std::optional<std::uint64_t>(rospec_) && state == std::optional(kActive)) {
      is_active_ = true;
    }
  }
}

void LlrpSession::take_answer(const formats::llrp::Head& head, std::string_view body,
                              Heard& heard) {
  const bool is_error = head.type == message_type::kErrorMessage;
  std::string_view command = command_answered_by(head.type);
  if (is_error) command = "a command";
  if (command.empty()) return;
  const auto status = formats::llrp::read_status(body);
  if (status && status->code != 0 && refused_.empty()) {
    refused_ = "the reader refused " + std::string(command) + ": " + status->description +
               " (status " + std::to_string(status->code) + ")";
  }
  // What nobody waits for is told, and nothing hangs on it.
  if (is_error ? head.id == last_id_ : head.type == waited_for()) go_on(heard);
}

std::uint16_t LlrpSession::waited_for() const {
  switch (step_) {
    case Step::Identity:
      return message_type::kGetReaderConfigResponse;
    case Step::RoSpecs:
      return message_type::kGetRoSpecsResponse;
    case Step::Config:
      return message_type::kSetReaderConfigResponse;
    case Step::Delete:
      return message_type::kDeleteRoSpecResponse;
    case Step::Add:
      return message_type::kAddRoSpecResponse;
    case Step::Enable:
      return message_type::kEnableRoSpecResponse;
    case Step::Start:
      return message_type::kStartRoSpecResponse;
    case Step::Event:
    case Step::Reads:
      break;
  }
  return 0;
}

void LlrpSession::go_on(Heard& heard) {
  switch (step_) {
    case Step::Identity:
      heard.reply += llrp::get_rospecs(next_id());
      step_ = Step::RoSpecs;
      return;
    case Step::RoSpecs:
      heard.reply += llrp::set_reader_config(next_id(), kKeepaliveMs);
      step_ = Step::Config;
      return;
    case Step::Config:
      // What it held goes first, before it is told anything that could make it forget.
      if (has_rospecs_) heard.reply += llrp::enable_events_and_reports(next_id());
      if (is_active_) break;
      heard.reply += llrp::delete_rospec(next_id(), 0);
      step_ = Step::Delete;
      return;
    case Step::Delete:
      heard.reply += llrp::add_rospec(next_id(), rospec_);
      step_ = Step::Add;
      return;
    case Step::Add:
      heard.reply += llrp::enable_rospec(next_id(), rospec_);
      step_ = Step::Enable;
      return;
    case Step::Enable:
      heard.reply += llrp::start_rospec(next_id(), rospec_);
      step_ = Step::Start;
      return;
    case Step::Start:
      heard.reply += llrp::enable_events_and_reports(next_id());
      break;
    case Step::Event:
    case Step::Reads:
      return;
  }
  step_ = Step::Reads;
  state_.is_ready = true;
}

}  // namespace hs::readers
