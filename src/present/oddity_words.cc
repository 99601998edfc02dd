#include "present/oddity_words.h"

#include <algorithm>

#include "base/check.h"
#include "present/command_text.h"
#include "present/page_time.h"
#include "present/wording.h"

// Implementation notes: one function a kind. A mat, a clock or a chip comes first in what to look
// at, since it is the likelier cause of most that is odd.

namespace hs::present {
namespace {

using model::EventResults;
using moments::Oddity;
using moments::OddityKind;

std::string kilometres(double metres) {
  return distance_text(base::Distance::metres(static_cast<std::int64_t>(metres / 100) * 100));
}

class OddityCase {
 public:
  OddityCase(const Oddity& oddity, const EventResults& results, const std::string& event_path)
      : oddity_(oddity), results_(results), commands_(results, event_path) {}

  [[nodiscard]] OddityWords cut() const {
    std::string what = "From " + point(oddity_.from) + " to " + point(oddity_.to) + " in " +
                       cut_seconds(oddity_.took) + ", " + pace(oddity_.pace) +
                       "; elsewhere on the course " + pace(oddity_.own_pace) +
                       ". The fastest of the others there: " + pace(oddity_.fastest_pace) +
                       ". Expected were " + cut_seconds(oddity_.expected) +
                       ", as if the way had been " + kilometres(oddity_.metres) + " shorter.";
    what += oddity_.silent.empty() ? " No mat on it missed this chip."
                                   : " Not heard on it at " + silent() + ".";
    return {what, "First the mats and clocks of " + point(oddity_.from) + " and " +
                      point(oddity_.to) + ", then pictures between them and who wore the chip; " +
                      explain(oddity_.runner)};
  }

  [[nodiscard]] OddityWords missed() const {
    return {"Not heard at " + silent() + ". The pace from mat to mat is ordinary.",
            "First the chip: another of the same kind may have been missed as often; then pictures "
            "at these mats; " +
                explain(oddity_.runner)};
  }

  [[nodiscard]] OddityWords as_one() const {
    return {"This chip and that of bib " + other() + " crossed " + counted(oddity_.mats, "mat") +
                " together, never more than " + short_time(oddity_.apart) + " apart.",
            "First who finished with which chip: pictures of the finish; two who ran side by side "
            "look alike here; " +
                explain(oddity_.runner)};
  }

  [[nodiscard]] OddityWords unlike_past() const {
    return {
        "Finished in " + cut_seconds(oddity_.took) + "; the best of " +
            counted(oddity_.mats, "earlier result") +
            " over this distance, as the field ran that day: " + cut_seconds(oddity_.expected) +
            ".",
        "First whether the earlier results are this person's, then the picture of the finish; " +
            explain(oddity_.runner)};
  }

  [[nodiscard]] const std::vector<Command>& commands() const { return commands_.handed_out(); }

 private:
  [[nodiscard]] std::string point(model::PointId id) const {
    return point_label(results_.event.races[oddity_.race.raw()].points[id.raw()]);
  }
  [[nodiscard]] static std::string pace(double seconds_per_km) {
    return pace_text(seconds_per_km) + "/km";
  }
  [[nodiscard]] std::string explain(model::EntrantId id) const {
    return commands_.explain(id) + ".";
  }
  [[nodiscard]] std::string other() const {
    HS_CHECK(oddity_.other.has_value(), "an oddity of two names the other");
    return results_.entrants[oddity_.other->raw()].bib.str();
  }
  /// "30K (that mat heard 99.8 % around that minute, 998 of 1,000)".
  [[nodiscard]] std::string silent() const {
    std::string out;
    for (const moments::SilentMat& mat : oddity_.silent) {
      out += (out.empty() ? "" : ", ") + point(mat.point) + " (that mat heard " +
             percent(mat.heard, mat.passed) + " around that minute, " + grouped(mat.heard) +
             " of " + grouped(mat.passed) + ")";
    }
    return out;
  }

  const Oddity& oddity_;
  const EventResults& results_;
  Commands commands_;
};

}  // namespace

OddityWords words_for(const Oddity& oddity, const EventResults& results,
                      const std::string& event_path) {
  const OddityCase words(oddity, results, event_path);
  OddityWords out;
  switch (oddity.kind) {
    case OddityKind::Cut:
      out = words.cut();
      break;
    case OddityKind::Missed:
      out = words.missed();
      break;
    case OddityKind::AsOne:
      out = words.as_one();
      break;
    case OddityKind::UnlikePast:
      out = words.unlike_past();
      break;
  }
  out.commands = words.commands();
  return out;
}

}  // namespace hs::present
