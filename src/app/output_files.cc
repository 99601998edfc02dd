#include "app/output_files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

#include "base/file.h"
#include "model/relay.h"
#include "moments/oddity.h"
#include "present/attention_csv.h"
#include "present/health_json.h"
#include "present/integrity_csv.h"
#include "present/legs.h"
#include "present/moment_card.h"
#include "present/moments_json.h"
#include "present/officials_page.h"
#include "present/reads_csv.h"
#include "present/results_csv.h"
#include "present/results_json.h"
#include "present/story_page.h"
#include "present/version_words.h"
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

/// "m-" and hexadecimal digits and ".png": a name that only we give.
bool is_card(const std::string& name) {
  constexpr std::string_view kHead = "m-";
  constexpr std::string_view kTail = ".png";
  if (name.size() <= kHead.size() + kTail.size() || name.rfind(kHead, 0) != 0) return false;
  const std::size_t digits = name.find_first_not_of("0123456789abcdef", kHead.size());
  return digits != std::string::npos && digits > kHead.size() && name.substr(digits) == kTail;
}

base::Result<void> remove_other_cards(const std::string& folder,
                                      const std::set<std::string>& names) {
  std::error_code failed;
  std::vector<std::filesystem::path> gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    const std::string name = entry.path().filename().string();
    if (is_card(name) && names.count(name) == 0) gone.push_back(entry.path());
  }
  for (const auto& path : gone) {
    if (!failed) std::filesystem::remove(path, failed);
  }
  if (!failed) return {};
  return base::fail(base::ErrorCode::Io, "cards of earlier moments stay: " + failed.message(),
                    {folder, 0, 0});
}

}  // namespace

std::vector<model::ProjectionFan> fans_to_tell(const model::EventResults& results,
                                               const std::vector<model::Moment>& moments) {
  return projection::fans_of(results, alone_in_a_moment(moments));
}

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
  const bool has_relay = std::any_of(results.event.races.begin(), results.event.races.end(),
                                     [](const model::Race& race) { return model::is_relay(race); });
  if (has_relay) {
    HS_TRY_VOID(base::write_file(open + "/" + present::kLegsCsvFile, present::legs_csv(results)));
  }
  HS_TRY_VOID(base::write_file(open + "/version.txt", present::list_states_text(results)));
  HS_TRY_VOID(base::write_file(open + "/moments.json", present::moments_json(results, moments)));
  const auto fans = fans_to_tell(results, moments);
  HS_TRY_VOID(base::write_file(open + "/story.html", present::story_page(results, moments, fans)));
  HS_TRY_VOID(
      base::write_file(officials + "/reads.csv", present::reads_csv(results, by_fact(copies))));
  HS_TRY_VOID(
      base::write_file(officials + "/attention.csv", present::attention_csv(results, event_path)));
  HS_TRY_VOID(base::write_file(
      officials + "/integrity.csv",
      present::integrity_csv(results, moments::find_oddities(results), event_path)));
  HS_TRY_VOID(base::write_file(officials + "/health.json", present::health_json(results)));
  HS_TRY_VOID(
      base::write_file(officials + "/report.html", present::officials_page(results, moments)));
  return {};
}

base::Result<std::size_t> write_story(const model::EventResults& results,
                                      const std::vector<model::Moment>& moments,
                                      present::StoryOptions options, const std::string& folder) {
  const std::string open = folder + "/public";
  const std::string cards = open + "/cards";
  HS_TRY_VOID(base::make_folder(cards));
  options.cards = present::Cards::Yes;
  const present::StoryMoments story = present::choose_moments(results, moments, options);
  std::set<std::string> names;
  for (const model::Moment& moment : story.told) {
    HS_TRY(const present::Card card, present::moment_card(results, moment));
    names.insert(present::card_name(moment));
    HS_TRY_VOID(base::write_file(cards + "/" + present::card_name(moment), card.png));
  }
  const auto fans = fans_to_tell(results, story.told);
  HS_TRY_VOID(
      base::write_file(open + "/story.html", present::story_page(results, moments, fans, options)));
  HS_TRY_VOID(remove_other_cards(cards, names));
  return names.size();
}

}  // namespace hs::app
