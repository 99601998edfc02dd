#include "server/change_json.h"

#include "present/json_out.h"

namespace hs::server {
namespace {

void write_change(present::JsonOut& out, const model::Change& change) {
  out.begin_object();
  out.integer_of("seq", static_cast<std::int64_t>(change.seq.raw()));
  out.instant_of("at", change.at);
  out.text_of("race", change.race);
  if (change.bib) out.text_of("bib", change.bib->view());
  out.text_of("kind", model::name_of(change.kind));
  if (!change.orders.empty()) {
    out.key("orders");
    out.begin_array();
    for (const std::string& order : change.orders) out.text(order);
    out.end_array();
  }
  out.text_of("moment", change.moment);
  out.end_object();
}

}  // namespace

std::string changes_json(const std::vector<engine::ChangeBatch>& batches) {
  present::JsonOut out;
  out.begin_array();
  for (const engine::ChangeBatch& batch : batches) {
    for (const model::Change& change : *batch) write_change(out, change);
  }
  out.end_array();
  return out.take();
}

}  // namespace hs::server
