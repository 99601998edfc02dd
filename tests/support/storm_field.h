#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "support/moment_field.h"

// A storm of forty minutes over a marathon: everybody loses an eighth of their pace in it, one does
// not. Only tests include this.

namespace hs::moment_field {

inline constexpr double kStormFrom = 2.0 * 3600;  ///< After the gun.
inline constexpr double kStormUntil = kStormFrom + 40 * 60;

/// Net times of somebody of `pace` whom the storm slows by the factor `loss`, from the start on at
/// `start` seconds after the gun.
inline std::vector<Seconds> through(double pace, double start, double loss, double noise,
                                    Series& series) {
  std::vector<Seconds> net;
  double at = start;
  double metres = 0;
  for (const auto& [id, where] : marathon_points()) {
    const double own = pace * (1 + noise * series.normal());
    // In steps of ten metres: the storm begins and ends between mats.
    for (; metres < where; metres = std::min(where, metres + 10)) {
      const bool in_it = at >= kStormFrom && at < kStormUntil;
      at += std::min(10.0, where - metres) / 1000 * own * (in_it ? loss : 1.0);
    }
    net.push_back(at - start);
  }
  return net;
}

/// The last one added keeps their pace, or loses the factor `steady_loss`.
struct Stormy {
  FieldBuilder field{marathon_points()};
  model::EntrantId steady;

  explicit Stormy(int n = 900, double loss = 1.125, double steady_loss = 1.0) {
    Series series;
    for (int i = 0; i < n; ++i) {
      const double start = 600 * series.next();
      const double pace = 330 + 30 * series.normal();
      const double own = loss * (1 + 0.01 * series.normal());
      field.add(std::to_string(1000 + i), through(pace, start, own, 0.01, series), start);
    }
    steady = field.add("7", through(330, 300, steady_loss, 0, series), 300.0);
    note();
  }

  void note() {
    model::Note note;
    note.seq = model::FactSeq(5);
    note.note.kind = model::NoteKind::Official;
    note.note.text = "Hail over the whole course.";
    note.note.about = model::NoteSubject::Storm;
    note.note.from = FieldBuilder::gun() + micros(kStormFrom);
    note.note.until = FieldBuilder::gun() + micros(kStormUntil);
    note.note.author.by = "Race director";
    field.results().notes = {note};
  }
  model::NoteFact& fact() { return field.results().notes.front().note; }

  std::vector<model::Moment> found() {
    std::vector<model::Moment> all = moments::find_moments(field.results());
    std::erase_if(all,
                  [](const auto& one) { return one.kind != model::MomentKind::ThroughTheStorm; });
    return all;
  }
  bool is_told(model::EntrantId id) {
    const auto all = found();
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& one) { return one.people == std::vector{id}; });
  }
};

}  // namespace hs::moment_field
