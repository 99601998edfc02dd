#include "present/wording.h"

#include <cstdlib>

#include "scoring/rule_set.h"

namespace hs::present {
namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMillimetresPerMetre = 1000;
constexpr std::int64_t kMillimetresPerKilometre = 1'000'000;

std::string two_digits(std::int64_t value) {
  const std::string digits = std::to_string(value);
  return digits.size() < 2 ? "0" + digits : digits;
}

std::string ordinal_of(std::uint32_t place) {
  const std::uint32_t tens = place % 100;
  const bool teen = tens >= 11 && tens <= 13;
  const char* ending = teen              ? "th"
                       : place % 10 == 1 ? "st"
                       : place % 10 == 2 ? "nd"
                       : place % 10 == 3 ? "rd"
                                         : "th";
  return std::to_string(place) + ending;
}

/// `value` / `unit` with as many decimals as it needs; `unit` is a power of ten.
std::string decimal_text(std::int64_t value, std::int64_t unit) {
  std::string out = std::to_string(value / unit);
  std::string rest = std::to_string(unit + value % unit).substr(1);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  return rest.empty() ? out : out + "." + rest;
}

}  // namespace

std::string place_text(const model::Placing& placing) {
  return std::to_string(placing.place) + (placing.shared ? "=" : "");
}

std::string ordinal(const model::Placing& placing) {
  return ordinal_of(placing.place) + (placing.shared ? "=" : "");
}

std::string_view status_words(model::RunnerStatus status) {
  switch (status) {
    case model::RunnerStatus::Entered:
      return "entered, not seen yet";
    case model::RunnerStatus::Running:
      return "on the course";
    case model::RunnerStatus::Unresolved:
      return "seen, but no finish was heard";
    case model::RunnerStatus::Finished:
      return "finished";
    case model::RunnerStatus::DidNotStart:
      return "did not start";
    case model::RunnerStatus::DidNotFinish:
      return "did not finish";
    case model::RunnerStatus::Disqualified:
      return "disqualified";
    case model::RunnerStatus::OutOfCompetition:
      return "timed out of competition";
    case model::RunnerStatus::Deferred:
      return "deferred to another edition";
    case model::RunnerStatus::Stopped:
      return "stopped on the course with the race";
  }
  return "";
}

std::string_view sex_words(model::Sex sex) {
  switch (sex) {
    case model::Sex::Female:
      return "women";
    case model::Sex::Male:
      return "men";
    case model::Sex::X:
      return "X";
  }
  return "";
}

std::string short_time(base::Duration value) {
  const std::int64_t micros = std::abs(value.count());
  const std::int64_t seconds = micros / kMicrosPerSecond;
  if (micros > 0 && micros < kMicrosPerSecond / 10) {
    return decimal_text(micros / 1000, 1000) + " s";
  }
  if (seconds < 60) return decimal_text(micros / (kMicrosPerSecond / 10), 10) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + ":" + two_digits(seconds % 60);
  return h_mm_ss(base::Duration(micros));
}

std::string signed_time(base::Duration value) {
  return (value < base::Duration::zero() ? "-" : "+") + short_time(value);
}

std::string h_mm_ss(base::Duration value) {
  const std::string full = base::format_h_mm_ss_mmm(value);
  return full.substr(0, full.size() - 4);
}

std::string distance_text(base::Distance distance) {
  const std::int64_t millimetres = distance.in_millimetres();
  if (millimetres >= kMillimetresPerKilometre) {
    return decimal_text(millimetres, kMillimetresPerKilometre) + " km";
  }
  return decimal_text(millimetres, kMillimetresPerMetre) + " m";
}

std::string local_time(const model::Event& event, base::RaceTime at, int decimals) {
  return base::format_time_of_day(at, model::utc_offset_at(event, at), decimals);
}

std::string local_day_and_time(const model::Event& event, base::RaceTime at, int decimals) {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  const std::string whole = base::format_rfc3339(second, model::utc_offset_at(event, second));
  const std::string day = whole.substr(0, whole.find('T'));
  const std::string time = local_time(event, at, decimals);
  return day == base::format_date(event.date) ? time : day + " " + time;
}

const std::string& race_name(const model::EventResults& results, model::RaceId race) {
  const model::Race& config = results.event.races[race.raw()];
  return config.name.empty() ? config.id : config.name;
}

std::string official_time(const model::Race& race, base::Duration official) {
  return base::format_official(official, scoring::rounding_of(race.rules));
}

std::string grouped(std::uint64_t value) {
  std::string out = std::to_string(value);
  for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string counted(std::uint64_t count, std::string_view singular, std::string_view plural) {
  std::string out = grouped(count) + " ";
  if (count == 1) return out + std::string(singular);
  if (plural.empty()) return out + std::string(singular) + "s";
  return out + std::string(plural);
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  // Cut, not rounded: "100 %" is a promise that nobody was missed.
  const std::uint64_t tenths = part * 1000 / whole;
  if (tenths % 10 == 0) return std::to_string(tenths / 10) + " %";
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace hs::present
