#include "server/views.h"

namespace hs::server {
namespace {

using present::JsonOut;

void write_winner(JsonOut& out, const model::EventResults& results, const model::Placing& placing,
                  model::EntrantId id) {
  const model::Entrant& entrant = results.entrants[id.raw()];
  out.begin_object();
  out.integer_of("place", placing.place);
  if (placing.shared) out.boolean_of("shared", true);
  out.text_of("bib", entrant.bib.view());
  out.text_of("name", model::public_name(entrant, results.persons[id.raw()]));
  out.milliseconds_of("official_ms", results.runners[id.raw()].official);
  out.end_object();
}

void write_award(JsonOut& out, const model::EventResults& results,
                 const model::AwardWinners& award) {
  const model::Race& race = results.event.races[award.race.raw()];
  out.begin_object();
  out.text_of("id", award.award);
  out.text_of("division", award.division);
  for (const model::Award& config : race.awards) {
    if (config.id == award.award) out.integer_of("places", config.places);
  }
  out.key("winners");
  out.begin_array();
  for (const auto& [placing, id] : award.winners) write_winner(out, results, placing, id);
  out.end_array();
  out.boolean_of("locked", award.is_locked);
  if (!award.is_locked) {
    out.integer_of("could_change_it", static_cast<std::int64_t>(award.could.size()));
    out.instant_of("open_until_at", award.open);
  }
  out.end_object();
}

}  // namespace

base::Result<std::string> awards_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  HS_TRY(const model::RaceId race, view.need_race(request.parts.at(0)));
  const engine::Told& told = view.told();
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", view.race(race).id);
  out.instant_of("awards_at", told.overview->at);
  out.key("items");
  out.begin_array();
  for (const model::AwardWinners& award : told.awards) {
    if (award.race == race) write_award(out, told.overview->results, award);
  }
  out.end_array();
  out.end_object();
  return out.take();
}

}  // namespace hs::server
