#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/moment.h"
#include "model/projection.h"
#include "model/result.h"
#include "present/export_row.h"

namespace hs::present {

/// Puts a file of the site where it belongs; `path` is below the site's folder.
using SiteSink = std::function<base::Result<void>(const std::string& path, std::string_view bytes)>;

/// The event as a folder of pages that any web host serves, and that opens from a disk as well:
/// plain files, every link relative and to a file, nothing asked of the network, and the look of
/// the story page.
///
///     index.html                    the races, their winners, the way to everything
///     story.html                    the race in twelve moments (story_page.h)
///     races/ID/index.html           search, filters; each runner with splits at #bib=812
///     races/ID/women.html ...       lists by sex and by division, whole without a script
///     results.csv                   for everybody's own use
///
/// Public as the story page is, and held to the same: a private runner is "Bib N".
///
/// Errors: those of the sink; it is not asked again after one.
/// Cost:   30,000 runners with ten points in some seconds and some 25 MB.
[[nodiscard]] base::Result<void> write_site(const model::EventResults& results,
                                            const std::vector<model::Moment>& moments,
                                            const std::vector<model::ProjectionFan>& fans,
                                            const SiteSink& sink,
                                            const ExportProgress& progress = {});

}  // namespace hs::present
