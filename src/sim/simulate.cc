#include "sim/simulate.h"

#include "base/check.h"
#include "base/file.h"
#include "sim/event_files.h"
#include "sim/folder_troubles.h"
#include "sim/heard_race.h"

namespace hs::sim {

namespace {
constexpr std::uint32_t kDemoRunners = 20000;
}  // namespace

base::Result<SimulatedEvent> simulate(const SimulationRequest& request) {
  HS_TRY(const HeardRace race, hear_race(request));
  SimulatedEvent event;
  FolderTroubles folder;
  const bool troubled = request.troubles == WithTroubles::Yes && !race.plan.cancelled;
  std::vector<SimulatedFile> reads = troubled ? write_troubled_files(race.plan, race.by_box, folder)
                                              : write_clean_files(race.plan, race.by_box);
  event.files.push_back({"event.toml", event_toml(race.plan, folder.extra_sources)});
  event.files.push_back({"entrants.csv", entrants_csv(race.plan, race.field)});
  for (SimulatedFile& file : reads) event.files.push_back(std::move(file));
  std::string rulings = rulings_of(race);
  if (!rulings.empty()) event.files.push_back({"rulings.jsonl", std::move(rulings)});
  event.truth = truth_of(race, folder.planted);
  return event;
}

SimulationRequest demo_request(std::uint64_t seed) {
  SimulationRequest request;
  request.seed = seed;
  request.runners = kDemoRunners;
  for (const std::string& name : scene_names()) {
    const auto scene = load_scene(name);
    HS_CHECK(scene.has_value(), "the scenes are ours");
    if (scene->course == "marathon" && !scene->takes_the_race()) request.scenes.push_back(name);
  }
  return request;
}

base::Result<void> write_event_folder(const SimulatedEvent& event, const std::string& folder) {
  for (const SimulatedFile& file : event.files) {
    const std::string path = folder + "/" + file.path;
    HS_TRY_VOID(base::make_folder(path.substr(0, path.rfind('/'))));
    HS_TRY_VOID(base::write_file(path, file.bytes));
  }
  std::string beside = folder;
  while (beside.size() > 1 && beside.back() == '/') beside.pop_back();
  return base::write_file(beside + "-truth.csv", truth_csv(event.truth));
}

}  // namespace hs::sim
