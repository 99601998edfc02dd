#include "app/output_files.h"

#include <algorithm>

#include "base/file.h"
#include "present/attention_csv.h"
#include "present/health_json.h"
#include "present/moments_json.h"
#include "present/officials_page.h"
#include "present/reads_csv.h"
#include "present/results_csv.h"
#include "present/results_json.h"
#include "present/story_page.h"
#include "projection/race_projector.h"

namespace hs::app {
namespace {

/// Those who are alone in a moment: a page shows how their finish was projected.
std::vector<model::EntrantId> alone_in_a_moment(const std::vector<model::Moment>& moments) {
  std::vector<model::EntrantId> out;
  for (const model::Moment& moment : moments) {
    if (moment.people.size() == 1) out.push_back(moment.people.front());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// Copies by fact number, as `reads_csv` wants them.
std::vector<std::uint32_t> by_fact(const std::vector<log::CopyCount>& copies) {
  std::vector<std::uint32_t> out;
  for (const log::CopyCount& copy : copies) {
    if (copy.seq.raw() >= out.size()) out.resize(copy.seq.raw() + 1);
    out[copy.seq.raw()] = static_cast<std::uint32_t>(copy.count);
  }
  return out;
}

}  // namespace

base::Result<void> write_outputs(const model::EventResults& results,
                                 const std::vector<model::Moment>& moments,
                                 const std::vector<log::CopyCount>& copies,
                                 const std::string& folder, const std::string& event_path) {
  const std::string open = folder + "/public";
  const std::string officials = folder + "/officials";
  HS_TRY_VOID(base::make_folder(open));
  HS_TRY_VOID(base::make_folder(officials));
  HS_TRY_VOID(base::write_file(open + "/results.csv", present::results_csv(results)));
  HS_TRY_VOID(base::write_file(open + "/results.json", present::results_json(results)));
  HS_TRY_VOID(base::write_file(open + "/moments.json", present::moments_json(results, moments)));
  const auto fans = projection::fans_of(results, alone_in_a_moment(moments));
  HS_TRY_VOID(base::write_file(open + "/story.html", present::story_page(results, moments, fans)));
  HS_TRY_VOID(
      base::write_file(officials + "/reads.csv", present::reads_csv(results, by_fact(copies))));
  HS_TRY_VOID(
      base::write_file(officials + "/attention.csv", present::attention_csv(results, event_path)));
  HS_TRY_VOID(base::write_file(officials + "/health.json", present::health_json(results)));
  HS_TRY_VOID(
      base::write_file(officials + "/report.html", present::officials_page(results, moments)));
  return {};
}

}  // namespace hs::app
