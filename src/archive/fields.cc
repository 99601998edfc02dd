#include "archive/fields.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "archive/archive_impl.h"
#include "model/own_time.h"

// Implementation notes: both tables are computed from the race that is being put and from nothing
// else, so they can be thrown away and made again; an archive of an older version gets them when it
// is opened for writing.

namespace hs::archive {
namespace {

using model::PublishedRace;
using model::PublishedResult;

constexpr std::array<std::optional<model::Sex>, 4> kFields = {std::nullopt, model::Sex::Female,
                                                              model::Sex::Male, model::Sex::X};

/// "" for all.
const char* word_of(const std::optional<model::Sex>& sex) {
  return sex ? model::name_of(*sex) : "";
}

/// The time by which somebody is compared with the field; nothing for whoever is not.
std::optional<base::Duration> comparable_time(const PublishedResult& result) {
  const bool on_foot = result.mode.value_or(model::Mode::Foot) == model::Mode::Foot;
  if (result.is_apart || !on_foot || result.status != model::RunnerStatus::Finished) {
    return std::nullopt;
  }
  const auto own = model::own_time(result);
  return own ? std::optional(own->time) : std::nullopt;
}

using AgeKey = std::pair<model::Sex, std::uint16_t>;

std::map<AgeKey, AgeBest> age_bests_of(std::uint32_t number, const PublishedRace& race) {
  std::map<AgeKey, AgeBest> out;
  for (std::size_t i = 0; i < race.results.size(); ++i) {
    const PublishedResult& result = race.results[i];
    const auto time = comparable_time(result);
    if (!time || !result.sex || !result.age) continue;
    const AgeBest one{ResultId(number, static_cast<std::uint32_t>(i)), *time};
    const auto [at, is_first] = out.emplace(AgeKey(*result.sex, *result.age), one);
    if (!is_first && *time < at->second.time) at->second = one;
  }
  return out;
}

}  // namespace

std::vector<FieldFigures> field_figures(std::uint32_t number, const PublishedRace& race) {
  std::vector<FieldFigures> out;
  for (const auto& sex : kFields) {
    std::vector<base::Duration> times;
    for (const PublishedResult& result : race.results) {
      if (sex && result.sex != sex) continue;
      if (const auto time = comparable_time(result)) times.push_back(*time);
    }
    if (sex && times.empty()) continue;
    FieldFigures one{number, sex, static_cast<std::uint32_t>(times.size()), base::Duration(0)};
    if (!times.empty()) {
      const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
      std::nth_element(times.begin(), middle, times.end());
      one.median = *middle;
    }
    out.push_back(one);
  }
  return out;
}

base::Result<void> Archive::Impl::insert_fields(const PublishedRace& race, std::int64_t number) {
  const auto race_number = static_cast<std::uint32_t>(number);
  HS_TRY(base::Statement field, database.prepare("INSERT INTO fields VALUES(?1,?2,?3,?4)"));
  for (const FieldFigures& one : field_figures(race_number, race)) {
    field.bind(1, number).bind_text(2, word_of(one.sex)).bind(3, one.finishers);
    HS_TRY_VOID(field.bind(4, one.median.count()).run());
  }
  HS_TRY(base::Statement best, database.prepare("INSERT INTO age_bests VALUES(?1,?2,?3,?4,?5)"));
  for (const auto& [key, one] : age_bests_of(race_number, race)) {
    best.bind_text(1, model::name_of(key.first)).bind(2, key.second).bind(3, number);
    best.bind(4, static_cast<std::int64_t>(one.result.raw())).bind(5, one.time.count());
    HS_TRY_VOID(best.run());
  }
  return {};
}

base::Result<void> Archive::Impl::erase_fields(std::int64_t number) {
  HS_TRY(base::Statement fields, database.prepare("DELETE FROM fields WHERE race=?1"));
  HS_TRY_VOID(fields.bind(1, number).run());
  HS_TRY(base::Statement bests, database.prepare("DELETE FROM age_bests WHERE race=?1"));
  return bests.bind(1, number).run();
}

base::Result<void> Archive::add_missing_fields() {
  std::vector<std::pair<std::int64_t, std::string>> missing;
  {
    HS_TRY(base::Statement rows,
           impl_->database.prepare("SELECT number,id FROM races WHERE number NOT IN"
                                   " (SELECT race FROM fields WHERE sex='') ORDER BY number"));
    while (true) {
      HS_TRY(const bool more, rows.step());
      if (!more) break;
      missing.emplace_back(rows.integer(0), std::string(rows.blob(1)));
    }
  }
  for (const auto& [number, id] : missing) {
    HS_TRY(const PublishedRace whole, race(id));
    HS_TRY(base::Transaction transaction,
           base::Transaction::begin(impl_->database, base::Transaction::Kind::Write));
    HS_TRY_VOID(impl_->erase_fields(number));
    HS_TRY_VOID(impl_->insert_fields(whole, number));
    HS_TRY_VOID(transaction.commit());
  }
  return {};
}

base::Result<std::vector<FieldFigures>> Archive::fields() const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare("SELECT race,sex,finishers,median_us FROM fields"
                                 " ORDER BY race,sex"));
  std::vector<FieldFigures> out;
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return out;
    out.push_back({static_cast<std::uint32_t>(rows.integer(0)), model::parse_sex(rows.blob(1)),
                   static_cast<std::uint32_t>(rows.integer(2)), base::Duration(rows.integer(3))});
  }
}

base::Result<std::vector<AgeBest>> Archive::age_bests(model::Sex sex, int age) const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare("SELECT result,time_us FROM age_bests WHERE sex=?1 AND age=?2"
                                 " ORDER BY race"));
  rows.bind_text(1, model::name_of(sex)).bind(2, age);
  std::vector<AgeBest> out;
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return out;
    out.push_back(
        {ResultId(static_cast<std::uint64_t>(rows.integer(0))), base::Duration(rows.integer(1))});
  }
}

}  // namespace hs::archive
