#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/plan.h"
#include "sim/runner.h"

namespace hs::sim {

/// The event file of a plan. `extra_sources` are paths of further files of a mat, as they lie about
/// in real folders (earlier downloads, another event's file): pairs of box index and path.
[[nodiscard]] std::string event_toml(
    const Plan& plan, const std::vector<std::pair<std::size_t, std::string>>& extra_sources);

/// A device on the wire, as the event file names it.
struct LiveSource {
  enum class OpenedBy : std::uint8_t { Device, Us };  ///< `listen`, or `connect`.
  std::string device;                                 ///< "mylaps" ...
  OpenedBy opened_by = OpenedBy::Device;
  std::string address;  ///< ADDRESS:PORT.
  model::ReadRole role = model::ReadRole::Main;
  base::Duration offset{0};
  /// The device's mats; one without a name: the device has no word for its place.
  std::vector<model::Location> locations;
};

/// The event file of a plan whose reads come over wires instead of files.
[[nodiscard]] std::string live_event_toml(const Plan& plan, const std::vector<LiveSource>& sources);

/// The entry list, by bib. RFC 4180, UTF-8, LF.
[[nodiscard]] std::string entrants_csv(const Plan& plan, const std::vector<Runner>& field);

/// A cell of a CSV file, quoted where it must be.
[[nodiscard]] std::string csv_cell(const std::string& text);

}  // namespace hs::sim
