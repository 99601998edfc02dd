#include "engine/event_change.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "formats/config_tree.h"
#include "model/fact.h"
#include "model/fact_codec.h"

namespace hs::engine {
namespace {

using formats::ConfigValue;
using model::SourceConfig;

const ConfigValue* find(const ConfigValue& table, std::string_view key) {
  const auto found = std::find_if(table.entries.begin(), table.entries.end(),
                                  [&](const auto& entry) { return entry.key == key; });
  return found == table.entries.end() ? nullptr : &found->value;
}

base::Result<void> refuse(std::string what, base::Place place) {
  return base::fail(base::ErrorCode::Unsupported,
                    std::move(what) +
                        " is another than when the program began: end it and start it again, "
                        "devices come back by themselves; nothing was taken",
                    std::move(place));
}

std::vector<SourceConfig> devices_of(const model::Event& event) {
  std::vector<SourceConfig> out;
  for (const SourceConfig& source : event.sources) {
    if (!source.device.empty()) out.push_back(source);
  }
  return out;
}

bool is_same_device(const SourceConfig& a, const SourceConfig& b) {
  const auto settings = [](const SourceConfig& s) {
    return std::tie(s.device, s.listen, s.connect, s.mat, s.role, s.clock, s.fixed_offset,
                    s.offset);
  };
  return settings(a) == settings(b) &&
         std::equal(a.locations.begin(), a.locations.end(), b.locations.begin(), b.locations.end(),
                    [](const model::Location& x, const model::Location& y) {
                      return x.name == y.name && x.mat == y.mat;
                    });
}

/// One that came lies at its line; one that is gone, at the end of those that stayed.
base::Result<void> check_devices(const model::Event& before, const EventFolder& after,
                                 const std::string& file) {
  const std::vector<SourceConfig> old = devices_of(before);
  const std::vector<SourceConfig> now = devices_of(after.event);
  for (std::size_t i = 0; i < std::max(old.size(), now.size()); ++i) {
    if (i < old.size() && i < now.size() && is_same_device(old[i], now[i])) continue;
    const int line = i < now.size() ? now[i].line : now.empty() ? 0 : now.back().line;
    const std::string& device = i < now.size() ? now[i].device : old[i].device;
    return refuse("[[source]]: the device '" + device + "'", {file, line, 0});
  }
  return {};
}

base::Result<void> check_races(const model::Event& before, const EventFolder& after,
                               const ConfigValue& root, const std::string& file) {
  const auto& old = before.races;
  const auto& now = after.event.races;
  const ConfigValue* tables = find(root, "race");
  for (std::size_t r = 0; r < std::max(old.size(), now.size()); ++r) {
    if (r < old.size() && r < now.size() && old[r].id == now[r].id) continue;
    const bool is_there = tables != nullptr && r < tables->items.size();
    return refuse(
        "[[race]]: the list of races ('" + (r < now.size() ? now[r].id : old[r].id) + "')",
        is_there ? tables->items[r].place : base::Place{file, 0, 0});
  }
  return {};
}

}  // namespace

bool is_same_event(const model::Event& a, const model::Event& b) {
  return model::encode(model::EventFact{a}).body == model::encode(model::EventFact{b}).body;
}

base::Result<void> check_live_change(const model::Event& before, const EventFolder& after) {
  const std::string file = after.path + "/event.toml";
  HS_TRY(const ConfigValue root, formats::parse_toml(after.event_text, file));
  const ConfigValue* table = find(root, "event");
  const auto check = [&](std::string_view key, bool is_same) -> base::Result<void> {
    if (is_same) return {};
    const ConfigValue* value = table != nullptr ? find(*table, key) : nullptr;
    return refuse("[event]: the " + std::string(key),
                  value != nullptr ? value->place : base::Place{file, 0, 0});
  };
  HS_TRY_VOID(check("date", before.date == after.event.date));
  HS_TRY_VOID(check("timezone", before.timezone == after.event.timezone));
  HS_TRY_VOID(check_races(before, after, root, file));
  return check_devices(before, after, file);
}

}  // namespace hs::engine
