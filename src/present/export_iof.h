#pragma once

#include <string>

#include "model/result.h"
#include "present/export_row.h"
#include "present/list_groups.h"

namespace hs::present {

// Documents of the IOF data standard 3.0, for orienteering and trail. A class is a race, or with
// lists by sex or division a part of one ("half W60"). `createTime` is the instant of the results.
// Times are seconds to the thousandth at most; a time that ranks is as the rule set rounds it.
// What the standard has no word for is left out: sex X, a place that is shared, an interval.
//
// Source: IOF.xsd of the data standard 3.0; docs/exports.md has the table of statuses.

/// ResultList: a place, a status, times and every timed point of each entry. A missed point is
/// there as Missing, without a time.
[[nodiscard]] std::string iof_results(const model::EventResults& results,
                                      const ExportOptions& options, ListBy by);

/// StartList: by wave and bib, with the wave's gun as the start.
[[nodiscard]] std::string iof_starts(const model::EventResults& results,
                                     const ExportOptions& options);

/// EntryList: everybody who is entered, and in which class.
[[nodiscard]] std::string iof_entries(const model::EventResults& results,
                                      const ExportOptions& options);

}  // namespace hs::present
