// Implementation notes
//
// The truth of an entry is that of its chip: `heard` is gathered by the chip's owner, `crossed`
// comes from the way of the body that carried it. Main before backup, last read at the start and
// first at every later point is the promise of docs/simulator.md, applied to reads of which the
// ground says that they belong to the passing; nothing here looks at times between reads.
#include "sim/listen.h"

#include <algorithm>
#include <map>

#include "base/check.h"

namespace hs::sim {

namespace {

using base::RaceTime;

constexpr std::uint64_t kHearStream = 3ULL << 32U;
constexpr std::uint64_t kCrewStream = 4ULL << 32U;
constexpr std::uint64_t kBoxStreams = 1ULL << 20U;  // Room for runners between boxes.
constexpr ChipNumber kCrewChip = 99997;

/// What is known of one entry at one point while listening.
struct Gathered {
  std::optional<RaceTime> main, backup;  ///< As the files say.
  bool other_visit = false;              ///< Heard at this point's mat in another visit that
                                         ///< could be taken for it.
  bool deaf = false;
  bool has_backup_line = false;
};

struct Account {
  std::vector<Gathered> points;
  const Runner* body = nullptr;
  bool overheard = false;
};

/// Where each chip's entry is; a chip of two entries belongs to nobody.
std::map<ChipNumber, std::size_t> owners_of(const std::vector<Runner>& field) {
  std::map<ChipNumber, std::size_t> owners;
  std::vector<ChipNumber> shared;
  for (std::size_t i = 0; i < field.size(); ++i) {
    for (const ChipNumber chip : field[i].chips) {
      if (!owners.emplace(chip, i).second) shared.push_back(chip);
    }
  }
  for (const ChipNumber chip : shared) owners.erase(chip);
  return owners;
}

void gather(const Box& box, const HeardAt& heard, RaceTime gun, Account& account) {
  account.overheard = account.overheard || heard.overheard;
  if (heard.overheard) return;
  Gathered& at = account.points[heard.point];
  at.deaf = at.deaf || heard.deaf;
  at.has_backup_line = at.has_backup_line || box.role == model::ReadRole::Backup;
  const bool start = heard.point == 0;
  // At the start an earlier visit can be taken for the start only once the gun has gone.
  const auto& other = heard.other_after;
  if (other && (!start || *other >= gun)) at.other_visit = true;
  const auto& read = start ? heard.last : heard.first;
  if (!read) return;
  const RaceTime known = known_time(box, *read);
  auto& kept = box.role == model::ReadRole::Backup ? at.backup : at.main;
  if (!kept || (start ? *kept < known : known < *kept)) kept = known;
}

/// A crew member tests the box with a chip nobody entered.
void test_chip(const Box& box, std::size_t index, std::uint64_t seed, std::vector<Detection>& out) {
  Random random(seed, kCrewStream + index);
  RaceTime at = box.clock.front().from + std::chrono::minutes(35);
  for (int i = 0; i < 4; ++i) {
    Detection detection;
    detection.at = at;
    detection.written = at;
    detection.chip = kCrewChip;
    detection.antenna = static_cast<std::uint8_t>(random.between(1, 4));
    detection.rssi_dbm = static_cast<std::int8_t>(random.between(-60, -30));
    detection.hits = static_cast<std::uint16_t>(random.between(40, 120));
    out.push_back(detection);
    at += base::Duration(random.between(2000000, 9000000));
  }
}

TruePassing passing_of(const Plan& plan, const Account& account, std::size_t point) {
  TruePassing passing;
  const base::Distance along = plan.points[point].distance;
  passing.crossed = point == 0 ? last_crossing(account.body->way, along)
                               : first_crossing(account.body->way, along);
  const Gathered& at = account.points[point];
  passing.heard = at.main ? at.main : at.backup;
  passing.role = at.main ? model::ReadRole::Main : model::ReadRole::Backup;
  const bool ends = point == 0 || point + 1 == plan.points.size();
  passing.knowable = passing.heard.has_value() || !ends || !at.other_visit;
  return passing;
}

void note_troubles(const Account& account, const TrueRun& run, std::vector<Trouble>& troubles) {
  if (account.overheard) add_trouble(troubles, Trouble::Overheard);
  for (std::size_t i = 0; i < run.points.size(); ++i) {
    const TruePassing& passing = run.points[i];
    const bool last = i + 1 == run.points.size();
    if (!passing.crossed) continue;
    const Gathered& at = account.points[i];
    if (at.deaf && !passing.heard) add_trouble(troubles, Trouble::DeadMat);
    if (!passing.heard) add_trouble(troubles, last ? Trouble::MissedFinish : Trouble::MissedMat);
    if (at.has_backup_line && !at.main && at.backup) add_trouble(troubles, Trouble::MissedMain);
  }
}

void judge_status(const Plan& plan, const Account& account, bool shared, TrueRun& run) {
  const bool seen =
      std::any_of(account.points.begin(), account.points.end(),
                  [](const Gathered& g) { return g.main || g.backup || g.other_visit; });
  const TruePassing& finish = run.points.back();
  run.status = model::RunnerStatus::DidNotStart;
  if (seen) run.status = model::RunnerStatus::Unresolved;
  if (finish.heard) run.status = model::RunnerStatus::Finished;
  run.status_knowable = !shared && finish.knowable;
  run.start_source = model::StartSource::Gun;
  const TruePassing& start = run.points.front();
  if (start.heard) {
    run.start_source =
        *start.heard < run.gun ? model::StartSource::OtherWave : model::StartSource::Mat;
  }
  static_cast<void>(plan);
}

TrueRun make_run(const Plan& plan, Runner& entry, const Account& account) {
  TrueRun run;
  run.race = plan.race_id;
  run.bib = entry.entrant.bib.str();
  run.wave = plan.waves[entry.wave].id;
  run.gun = plan.waves[entry.wave].gun;
  run.points.resize(plan.points.size());
  const Runner& body = account.body != nullptr ? *account.body : entry;
  run.started_gun = plan.waves[body.started_wave].gun;
  if (account.body != nullptr) {
    for (std::size_t i = 0; i < run.points.size(); ++i)
      run.points[i] = passing_of(plan, account, i);
    note_troubles(account, run, entry.troubles);
  }
  judge_status(plan, account, has_trouble(entry.troubles, Trouble::SharedChip), run);
  return run;
}

}  // namespace

Listened listen(const Plan& plan, std::vector<Runner>& field, std::uint64_t seed) {
  HS_CHECK(field.size() < kBoxStreams, "a stream for each runner and box");
  Listened listened;
  const std::map<ChipNumber, std::size_t> owners = owners_of(field);
  std::vector<Account> accounts(field.size());
  for (Account& account : accounts) account.points.resize(plan.points.size());
  for (std::size_t b = 0; b < plan.boxes.size(); ++b) {
    const Box& box = plan.boxes[b];
    std::vector<Detection> detections;
    test_chip(box, b, seed, detections);
    for (std::size_t i = 0; i < field.size(); ++i) {
      if (field[i].way.empty() || field[i].carries.empty()) continue;
      Random random(seed, kHearStream + b * kBoxStreams + i);
      const RaceTime gun = plan.waves[field[i].started_wave].gun;
      for (const HeardAt& heard : walk_past(box, field[i], plan.points, gun, random, detections)) {
        const auto owner = owners.find(heard.chip);
        if (owner == owners.end()) continue;
        accounts[owner->second].body = &field[i];
        gather(box, heard, gun, accounts[owner->second]);
      }
    }
    std::stable_sort(detections.begin(), detections.end(),
                     [](const Detection& a, const Detection& c) { return a.written < c.written; });
    listened.by_box.push_back(std::move(detections));
  }
  for (std::size_t i = 0; i < field.size(); ++i) {
    listened.runs.push_back(make_run(plan, field[i], accounts[i]));
  }
  for (std::size_t i = 0; i < field.size(); ++i) listened.runs[i].troubles = field[i].troubles;
  return listened;
}

}  // namespace hs::sim
