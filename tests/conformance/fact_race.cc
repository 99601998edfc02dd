#include "conformance/fact_race.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "base/check.h"

namespace hs::conformance {

model::FactSeq FactRace::append(model::FactBody body) {
  last_ = last_.next();
  scorer_.apply({last_, std::move(body)});
  return last_;
}

model::FactSeq FactRace::read(const std::string& who, const std::string& mat, base::Duration at,
                              model::ReadRole role) {
  const auto key = std::make_pair(mat, role);
  if (sources_.count(key) == 0) {
    Source source;
    source.id = model::StreamId(static_cast<std::uint32_t>(sources_.size() + 1));
    model::Stream stream;
    stream.device = mat + "-" + model::name_of(role);
    stream.epoch = "1";
    stream.mat = mat;
    stream.role = role;
    stream.clock = model::DeviceClock::Utc;
    append(model::StreamFact{source.id, stream});
    sources_.emplace(key, source);
  }
  Source& source = sources_.at(key);
  model::Read read;
  read.stream = source.id;
  read.by = model::ReadBy::Bib;
  read.line = ++source.lines;
  read.tag = model::TagCode::of_bib(bib(who));
  read.time = base::ReaderTime((midnight() + at).time_since_epoch());
  return append(model::ReadFact{read});
}

base::RaceTime midnight() {
  return base::RaceTime(
      std::chrono::seconds(base::days_from_epoch(base::Date{2024, 5, 4}) * 24 * 60 * 60));
}

model::Event empty_event() {
  model::Event event;
  event.name = "Conformance";
  event.date = base::Date{2024, 5, 4};
  event.timezone = "UTC";
  event.begins = midnight();
  event.offsets.push_back({event.begins, std::chrono::seconds(0)});
  return event;
}

model::Point point(const std::string& id, std::int64_t metres, base::Duration fastest) {
  model::Point point;
  point.id = id;
  point.mat = id;
  point.distance = base::Distance::metres(metres);
  point.fastest = fastest;
  point.fastest_given = true;
  return point;
}

base::Duration duration(std::string_view text) {
  const auto parsed = base::parse_duration(text);
  HS_CHECK(parsed.has_value(), "a conformance case has a time that is none");
  return *parsed;
}

model::BibNumber bib(std::string_view text) {
  const auto parsed = model::BibNumber::parse(text);
  HS_CHECK(parsed.has_value(), "a conformance case has a bib that is none");
  return *parsed;
}

std::string shared_cases() {
  const char* shared = std::getenv("HS_SHARED");
  const std::string folder =
      std::string(shared != nullptr ? shared : "../shared") + "/data/conformance";
  return std::filesystem::is_directory(folder) ? folder : std::string();
}

}  // namespace hs::conformance
