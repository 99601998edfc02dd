#include "present/doctor.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/check.h"
#include "model/fact_codec.h"
#include "present/attention_words.h"
#include "present/read_index.h"
#include "present/table.h"
#include "present/wording.h"

// Implementation notes: everything here is advice. The numbers come from the advisory fold; a
// proposal becomes official only as a fact that a person accepts.

namespace hs::present {
namespace {

constexpr std::size_t kIndent = 2;
/// Below this share a minute of a mat is worth a line: 95 %, as parts of a hundred.
constexpr std::uint64_t kPoorMinutePercent = 95;
/// Fewer passings than this in a minute say nothing about a mat.
constexpr std::uint32_t kMinutePassedLeast = 5;

/// "12000C (reads/arch.csv at arch)": a device names itself by its address, which nobody knows.
std::string device_name(const model::EventResults& results, model::StreamId id) {
  for (const model::StreamHealth& health : results.streams) {
    if (health.id != id) continue;
    const model::Stream& stream = health.stream;
    const std::string file = stream.file.empty() ? std::string() : stream.file + " ";
    return stream.device + " (" + file + "at " + stream.mat + ")";
  }
  return "stream " + std::to_string(id.raw());
}

std::string heading(const char* text, Colour colour) {
  return "\n" + inked(text, Ink::Strong, colour) + "\n";
}

bool is_poor(const model::MatHealth::Minute& minute) {
  return minute.passed >= kMinutePassedLeast &&
         std::uint64_t{minute.heard} * 100 < std::uint64_t{minute.passed} * kPoorMinutePercent;
}

/// "09:10-09:13, 09:20": the minutes in which a mat heard poorly, neighbours put together.
std::string poor_minutes(const model::Event& event, const model::MatHealth& mat) {
  std::string out;
  for (std::size_t i = 0; i < mat.minutes.size(); ++i) {
    if (!is_poor(mat.minutes[i])) continue;
    std::size_t last = i;
    while (last + 1 < mat.minutes.size() && is_poor(mat.minutes[last + 1])) ++last;
    out += (out.empty() ? "" : ", ") + local_time(event, mat.minutes[i].from).substr(0, 5);
    if (last > i) out += "-" + local_time(event, mat.minutes[last].from).substr(0, 5);
    i = last;
  }
  return out;
}

std::string mats_block(const model::EventResults& results, Colour colour) {
  if (results.mats.empty()) return {};
  Table table({{"mat", Align::Left, 20},
               {"heard", Align::Right},
               {"of", Align::Right},
               {"", Align::Right},
               {"minutes below 95 %", Align::Left}});
  for (const model::MatHealth& mat : results.mats) {
    const std::string poor = poor_minutes(results.event, mat);
    table.add({{mat.mat},
               {grouped(mat.heard)},
               {grouped(mat.passed)},
               {percent(mat.heard, mat.passed), poor.empty() ? Ink::Good : Ink::Warn},
               {poor.empty() ? "none" : poor}});
  }
  return heading("Mats", colour) + table.text(kIndent, colour);
}

std::string streams_block(const model::EventResults& results, Colour colour) {
  if (results.streams.empty()) return {};
  Table table({{"device", Align::Left, 16},
               {"mat", Align::Left, 14},
               {"role", Align::Left},
               {"reads", Align::Right},
               {"outside", Align::Right},
               {"unknown", Align::Right},
               {"missing", Align::Right},
               {"from - to", Align::Left},
               {"file", Align::Left}});
  for (const model::StreamHealth& health : results.streams) {
    std::string span = "no reads";
    if (health.first.has_value() && health.last.has_value()) {
      span = local_time(results.event, *health.first) + " - " +
             local_time(results.event, *health.last);
    }
    table.add({{health.stream.device},
               {health.stream.mat},
               {model::name_of(health.stream.role)},
               {grouped(health.reads)},
               {grouped(health.outside_event)},
               {grouped(health.unknown_chips)},
               {grouped(health.missing_sequence)},
               {span},
               {health.stream.file}});
  }
  return heading("Devices", colour) + table.text(kIndent, colour);
}

std::string course_clock_sentence(const model::CourseClock& clock,
                                  const model::EventResults& results) {
  const std::string side = clock.apart < base::Duration::zero() ? " behind" : " ahead of";
  return device_name(results, clock.stream) + side +
         " an even pace between the points around it by " + short_time(clock.apart) + " \xC2\xB1 " +
         short_time(clock.spread) + ", " + grouped(clock.runners) + " runners" +
         (clock.correction ? "; a wrong time zone would explain it"
                           : "; nothing known explains it, so no correction is proposed");
}

std::string clocks_block(const model::EventResults& results, Colour colour) {
  if (results.clocks.empty() && results.course_clocks.empty()) return {};
  std::string out = heading("Clocks", colour);
  for (const model::CourseClock& clock : results.course_clocks) {
    out += paragraph(course_clock_sentence(clock, results) + ".", kIndent, kIndent + 2);
  }
  for (const model::ClockCompare& clock : results.clocks) {
    out += paragraph(clock_sentence(clock, results) + ".", kIndent, kIndent + 2);
  }
  return out;
}

Ink ink_of(model::Severity severity) {
  switch (severity) {
    case model::Severity::Act:
      return Ink::Bad;
    case model::Severity::Look:
      return Ink::Warn;
    case model::Severity::Note:
      return Ink::Faint;
  }
  return Ink::Plain;
}

/// What to do, each command unbroken on a line of its own: it is there to be copied.
std::string act_block(const AttentionWords& words) {
  std::string out;
  std::string_view rest = words.act;
  const auto add_prose = [&](std::string_view prose) {
    // What joined the sentence to the command before it.
    prose.remove_prefix(std::min(prose.find_first_not_of(".,; "), prose.size()));
    if (prose.empty()) return;
    std::string text(prose);
    if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    out += paragraph(text, kIndent + 6, kIndent + 6);
  };
  for (const auto& one : words.commands) {
    const std::string& command = one.text;
    const std::size_t at = rest.find(command);
    HS_CHECK(at != std::string_view::npos, "the commands stand in the text, in order");
    add_prose(rest.substr(0, at));
    out += std::string(kIndent + 8, ' ') + command + "\n";
    rest.remove_prefix(at + command.size());
  }
  add_prose(rest);
  return out;
}

std::string list_block(const model::EventResults& results, Colour colour,
                       const std::string& event_path) {
  if (results.attention.empty()) return heading("To do", colour) + "  Nothing.\n";
  std::string out = heading("To do", colour);
  for (const model::Attention& item : results.attention) {
    const AttentionWords words = words_for(item, results, event_path);
    const std::string severity = model::name_of(item.severity);
    const std::string first = paragraph(words.what, kIndent + 6, kIndent + 6);
    // The severity stands in the room that the indent leaves.
    out += std::string(kIndent, ' ') + inked(severity, ink_of(item.severity), colour) +
           first.substr(kIndent + severity.size());
    out += act_block(words);
  }
  return out;
}

/// The line without its empty author: whoever accepts it is the author.
std::string unsigned_line(const model::FactBody& body) {
  constexpr std::string_view kUnsigned = ",\"by\":\"\"}";
  std::string line = model::to_json_line(body);
  const std::size_t at = line.rfind(kUnsigned);
  HS_CHECK(at != std::string::npos && at + kUnsigned.size() == line.size(),
           "the author is the last field of a fact's line");
  line.replace(at, kUnsigned.size(), "}");
  return line;
}

model::ClockCorrectionFact correction_for(const model::ClockCompare& clock,
                                          const model::StreamHealth& health,
                                          const model::EventResults& results) {
  model::ClockCorrectionFact fact;
  fact.device = health.stream.device;
  fact.epoch = health.stream.epoch;
  // `offset` says how far the stream's times lie behind (negative) or ahead of the other's; the
  // correction takes that away.
  fact.offset = -*clock.offset;
  fact.reason = clock_sentence(clock, results) + ", from " +
                counted(clock.pairs, "pair of reads", "pairs of reads");
  return fact;
}

}  // namespace

std::string clock_sentence(const model::ClockCompare& clock, const model::EventResults& results) {
  const std::string device = device_name(results, clock.stream);
  const std::string against = device_name(results, clock.against);
  std::string spacing;
  if (clock.spacing.has_value()) {
    const std::int64_t millimetres = std::abs(clock.spacing->in_millimetres());
    const auto tenths = base::Distance::millimetres((millimetres + 50) / 100 * 100);
    spacing = "; spacing of the lines " + distance_text(tenths);
  }
  if (!clock.offset.has_value()) {
    return device + " and " + against + " differ by " + short_time(clock.at_start) +
           " on start passings and " + short_time(clock.at_finish) +
           " on later ones: cannot tell a clock's offset from line spacing";
  }
  if (*clock.offset == base::Duration::zero()) {
    return device + " agrees with " + against + " (\xC2\xB1 " + short_time(clock.offset_error) +
           ")" + spacing;
  }
  const char* side = *clock.offset < base::Duration::zero() ? " behind " : " ahead of ";
  return device + side + against + " by " + short_time(*clock.offset) + " \xC2\xB1 " +
         short_time(clock.offset_error) + spacing;
}

std::string doctor_report(const model::EventResults& results, Colour colour,
                          const std::string& event_path) {
  return inked(fitted(results.event.name, kTerminalWidth), Ink::Strong, colour) + "\n" +
         mats_block(results, colour) + streams_block(results, colour) +
         clocks_block(results, colour) + list_block(results, colour, event_path);
}

std::vector<std::string> proposals(const model::EventResults& results) {
  const ReadIndex index(results);
  std::vector<std::string> out;
  for (const model::ClockCompare& clock : results.clocks) {
    const model::StreamHealth* health = index.stream(clock.stream);
    // An offset that its own error swallows is no reason to move anybody's time.
    const bool known = clock.offset.has_value() &&
                       std::chrono::abs(*clock.offset) > std::chrono::abs(clock.offset_error);
    if (health == nullptr || !known) continue;
    out.push_back(unsigned_line(correction_for(clock, *health, results)));
  }
  for (const model::CourseClock& clock : results.course_clocks) {
    const model::StreamHealth* health = index.stream(clock.stream);
    if (health == nullptr || !clock.correction) continue;
    model::ClockCorrectionFact fact;
    fact.device = health->stream.device;
    fact.epoch = health->stream.epoch;
    fact.offset = *clock.correction;
    fact.reason = course_clock_sentence(clock, results);
    out.push_back(unsigned_line(fact));
  }
  for (const model::Attention& item : results.attention) {
    const bool whole = item.kind == model::Attention::Kind::HandTiming &&
                       item.entrant.has_value() && item.from.has_value() && !item.mat.empty();
    if (!whole) continue;
    const model::Entrant& entrant = results.entrants[item.entrant->raw()];
    model::HandReadFact fact;
    fact.race = entrant.race;
    fact.bib = entrant.bib;
    fact.mat = item.mat;
    fact.at = *item.from;
    fact.reason = item.text.empty() ? "hand timing" : item.text;
    out.push_back(unsigned_line(fact));
  }
  return out;
}

}  // namespace hs::present
