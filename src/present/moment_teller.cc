#include "present/moment_teller.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/check.h"

namespace hs::present {
namespace {

constexpr std::size_t kMostHeadline = 110;

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::string clock_text(std::int64_t seconds) {
  const std::int64_t hours = seconds / 3600;
  const std::int64_t minutes = seconds / 60 % 60;
  const std::string tail = ":" + two_digits(seconds % 60);
  return hours > 0 ? std::to_string(hours) + ":" + two_digits(minutes) + tail
                   : std::to_string(minutes) + tail;
}

Teller::Teller(const model::Moment& moment, const model::EventResults& results,
               const MomentTemplates& language)
    : moment_(moment), results_(results), language_(language) {
  const model::Entrant& entrant = results.entrants[moment.people.front().raw()];
  const auto sex = static_cast<std::size_t>(entrant.sex.value_or(model::Sex::X));
  add("they", language.agreement[sex].they);
  add("them", language.agreement[sex].them);
  add("they_within", language.agreement[sex].they_within);
  add("name", name(0));
  if (moment.people.size() > 1) add("second_name", name(1));
}

void Teller::add(std::string_view name, std::string value) {
  values_.emplace_back(name, std::move(value));
}

std::string Teller::fill(std::string_view text, const Values& values) {
  std::string filled;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    filled += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    HS_CHECK(close != std::string_view::npos, "a brace without its partner");
    const std::string_view wanted = text.substr(open + 1, close - open - 1);
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.first == wanted; });
    HS_CHECK(found != values.end(), "a template asks for a value its moment does not have");
    filled += found->second;
    text.remove_prefix(close + 1);
  }
  return filled;
}

std::string Teller::name(std::size_t person) const {
  const std::size_t id = moment_.people[person].raw();
  return model::public_name(results_.entrants[id], results_.persons[id]);
}

std::string Teller::bib(std::size_t person) const {
  return language_.bib + results_.entrants[moment_.people[person].raw()].bib.str();
}

const model::Evidence* Teller::find(std::string_view what, std::size_t nth) const {
  for (const model::Evidence& evidence : moment_.evidence) {
    if (evidence.what == what && nth-- == 0) return &evidence;
  }
  return nullptr;
}

const model::Evidence& Teller::need(std::string_view what, std::size_t nth) const {
  const model::Evidence* found = find(what, nth);
  HS_CHECK(found != nullptr, "a moment lacks the evidence its words need");
  return *found;
}

std::int64_t Teller::seconds(const std::optional<std::int64_t>& value) {
  HS_CHECK(value.has_value(), "evidence lacks a time its words need");
  return *value;
}

std::string Teller::count(std::uint64_t value) const {
  std::string text = std::to_string(value);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, language_.thousands);
  }
  return text;
}

std::string Teller::point(const std::string& id) const {
  if (id == "half") return language_.half_way;
  if (id == race().points.front().id) return language_.start;
  if (id == race().points.back().id) return language_.finish;
  std::string shown = id;
  if (shown.size() > 1 && shown.back() == 'k' &&
      std::isdigit(static_cast<unsigned char>(shown[shown.size() - 2])) != 0) {
    shown.back() = 'K';
  }
  return shown;
}

const model::Race& Teller::race() const { return results_.event.races[moment_.race.raw()]; }

std::int64_t Teller::distance_to(const std::string& id) const {
  const auto& points = race().points;
  const auto found =
      std::find_if(points.begin(), points.end(), [&](const model::Point& p) { return p.id == id; });
  HS_CHECK(found != points.end(), "evidence names a point its race does not have");
  return found->distance.in_millimetres();
}

std::string Teller::length(const std::string& from, const std::string& to) const {
  const std::int64_t metres = (distance_to(to) - distance_to(from) + 500) / 1000;
  if (metres < 1000) return std::to_string(metres) + language_.metres;
  const std::int64_t tenths = (metres + 50) / 100;
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += language_.decimal + std::to_string(tenths % 10);
  return text + language_.kilometres;
}

std::string Teller::pace(const model::Evidence& interval) const {
  const std::int64_t length = distance_to(interval.to) - distance_to(interval.from);
  return clock_text(seconds(interval.seconds) * 1'000'000 / length);
}

void Teller::add_expectation(const model::Evidence& interval) {
  add("from", point(interval.from));
  add("rest", length(interval.from, interval.to));
  add("expected", clock_text(seconds(interval.expected_seconds)));
  add("least", clock_text(seconds(interval.expected_least)));
  add("most", clock_text(seconds(interval.expected_most)));
}

std::string Teller::headline(
    const std::array<const char*, MomentTemplates::kVariants>& variants) const {
  Values by_bib = values_;
  for (auto& [placeholder, value] : by_bib) {
    if (placeholder == "name") value = bib(0);
    if (placeholder == "second_name") value = bib(1);
  }
  std::string text;
  for (const Values* values : {&values_, static_cast<const Values*>(&by_bib)}) {
    for (const char* variant : variants) {
      text = fill(variant, *values);
      if (characters(text) <= kMostHeadline) return text;
    }
  }
  HS_CHECK(false, "the shortest headline by bib is still too long");
  return text;
}

std::string Teller::sentences(std::initializer_list<const char*> templates) const {
  std::string text;
  for (const char* one : templates) {
    if (one == nullptr) continue;
    if (!text.empty()) text += ' ';
    text += fill(one, values_);
  }
  return text;
}

}  // namespace hs::present
