#include "projection/generic_fit.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace hs::projection {
namespace {

/// Pieces of a course, of equal length, over which a profile is kept: 0.9 km of a marathon.
constexpr std::size_t kPieces = 48;
using Profile = std::array<double, kPieces>;

/// Made-up courses. Their signs are the rows of a Hadamard matrix, so that no two parts of a course
/// go together over all of them, and no chance plays a part.
constexpr std::size_t kMadeUp = 32;
/// Rows that `fit_course` looks at; more would only be thinned.
constexpr std::size_t kRows = 40'000;
/// Courses differ by this in log pace over a piece as far as two or three can tell; counted as
/// one course more.
constexpr double kUsualDifference = 0.02;

double seconds_of(base::Duration time) { return std::chrono::duration<double>(time).count(); }

/// The mean of a profile between two shares of the course.
double mean_of(const Profile& profile, double from, double to) {
  double sum = 0;
  for (std::size_t i = 0; i < kPieces; ++i) {
    const double begin = static_cast<double>(i) / kPieces;
    const double overlap = std::min(to, begin + 1.0 / kPieces) - std::max(from, begin);
    if (overlap > 0) sum += overlap * profile[i];
  }
  return sum / (to - from);
}

/// The median runner's log pace over his mean, by piece.
Profile profile_of(const PastRace& race) {
  const auto km = kilometres(race.course);
  Profile out{};
  double begin = 0;
  for (std::size_t p = 0; p < km.size(); ++p) {
    std::vector<double> logs;
    for (const Runner& runner : race.runners) {
      if (runner.times.size() != km.size() || !runner.times.back() || !runner.times[p]) continue;
      if (p > 0 && !runner.times[p - 1]) continue;
      const double from = p == 0 ? 0 : seconds_of(*runner.times[p - 1]);
      const double took = seconds_of(*runner.times[p]) - from;
      const double pace = seconds_of(*runner.times.back()) / km.back();
      if (took > 0 && pace > 0) logs.push_back(std::log(took / (km[p] - begin) / pace));
    }
    const double usual = logs.empty() ? 0 : quantile_of(logs, 0.5);
    for (std::size_t i = 0; i < kPieces; ++i) {
      const double middle = (static_cast<double>(i) + 0.5) / kPieces * km.back();
      if (middle > begin && middle <= km[p]) out[i] = usual;
    }
    begin = km[p];
  }
  return out;
}

template <typename Items, typename ProfileOf>
Profile mean_profile_of(const Items& items, const ProfileOf& profile) {
  Profile out{};
  for (const auto& item : items) {
    const Profile one = profile(item);
    for (std::size_t i = 0; i < kPieces; ++i) {
      out[i] += one[i] / static_cast<double>(items.size());
    }
  }
  return out;
}

/// How much courses differ in log pace over a piece.
double difference_of(std::span<const Profile> profiles, const Profile& mean) {
  double sum = kUsualDifference * kUsualDifference;
  for (const Profile& profile : profiles) {
    for (std::size_t i = 0; i < kPieces; ++i) {
      sum += (profile[i] - mean[i]) * (profile[i] - mean[i]) / kPieces;
    }
  }
  return std::sqrt(sum / static_cast<double>(profiles.size()));  // One less, and the usual one.
}

/// The profile of a made-up course against the mean: hills of a quarter, an eighth and a sixteenth
/// of its length, in equal parts.
Profile made_up(std::size_t which, double difference) {
  const auto sign = [&](std::size_t column) {
    return std::popcount(which & column) % 2 == 0 ? 1.0 : -1.0;
  };
  Profile out{};
  double mean = 0;
  for (std::size_t i = 0; i < kPieces; ++i) {
    // The columns 4 .. 7, 8 .. 15 and 16 .. 31 of the matrix.
    for (const std::size_t parts : {4U, 8U, 16U}) {
      out[i] += difference / std::sqrt(3.0) * sign(parts + i * parts / kPieces);
    }
    mean += out[i] / kPieces;
  }
  for (double& piece : out) piece -= mean;
  return out;
}

/// The runner as he would have run where each piece takes exp(`change`) as long.
Runner moved(const Runner& runner, const std::vector<double>& km, const Profile& change) {
  Runner out = runner;
  double begin = 0;
  double before = 0;
  double at = 0;
  for (std::size_t p = 0; p < km.size(); ++p) {
    if (!runner.times[p]) continue;
    const double seen = seconds_of(*runner.times[p]);
    at += (seen - before) * std::exp(mean_of(change, begin / km.back(), km[p] / km.back()));
    out.times[p] = base::Duration(std::llround(at * 1e6));
    begin = km[p];
    before = seen;
  }
  return out;
}

/// Every so many-th of a course's finishers, others for each made-up course.
std::vector<PastRace> sample_of(const PastCourse& course, const Profile& change, std::size_t which,
                                std::size_t most) {
  std::size_t finishers = 0;
  for (const PastRace& race : course) finishers += race.runners.size();
  const double step = std::max(1.0, static_cast<double>(finishers) / static_cast<double>(most));
  double next = step * static_cast<double>(which) / kMadeUp;
  std::size_t i = 0;
  std::vector<PastRace> out;
  for (const PastRace& race : course) {
    const auto km = kilometres(race.course);
    PastRace some{race.course, {}};
    for (const Runner& runner : race.runners) {
      if (static_cast<double>(i++) < next) continue;
      next += step;
      if (runner.times.size() == km.size()) some.runners.push_back(moved(runner, km, change));
    }
    out.push_back(std::move(some));
  }
  return out;
}

}  // namespace

std::optional<CourseModel> fit_generic(std::span<const PastCourse> courses, Legs legs) {
  std::vector<Profile> profiles;
  for (const PastCourse& course : courses) {
    for (const PastRace& race : course) {
      if (race.course.points.empty()) return std::nullopt;
    }
    if (!course.empty()) profiles.push_back(mean_profile_of(course, profile_of));
  }
  if (profiles.empty()) return std::nullopt;
  const Profile mean = mean_profile_of(profiles, [](const Profile& profile) { return profile; });
  const double difference = difference_of(profiles, mean);
  std::vector<PastRace> past;
  std::size_t next = 0;
  for (const PastCourse& course : courses) {
    if (course.empty()) continue;
    const Profile& own = profiles[next++];
    for (std::size_t which = 0; which < kMadeUp; ++which) {
      Profile change = made_up(which, difference);
      for (std::size_t i = 0; i < kPieces; ++i) change[i] += mean[i] - own[i];
      auto some = sample_of(course, change, which, kRows / (kMadeUp * profiles.size()));
      std::move(some.begin(), some.end(), std::back_inserter(past));
    }
  }
  auto model = fit_course(past, legs);
  if (model) model->difference = difference;
  return model;
}

}  // namespace hs::projection
