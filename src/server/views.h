#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/console_state.h"
#include "server/http_message.h"
#include "server/race_view.h"

namespace hs::server {

/// What a view is asked, and of what state of the race.
struct ViewRequest {
  const RaceView& view;
  const Query& query;
  /// What stands in the braces of the route, in its order, decoded.
  std::vector<std::string> parts;
  base::RaceTime now;                      ///< For what officials see alone.
  const ConsoleSource* console = nullptr;  ///< The same; null: nobody tells of devices.
  engine::LiveEngine* engine = nullptr;    ///< The same, for the reads of one runner.
  std::string race_file = {};              ///< The same, for versions; empty: there is none.
};

/// Errors: NotFound for a race, point or bib that is not there, InvalidInput for a parameter.
/// Threads: safe from any.
using View = base::Result<std::string> (*)(const ViewRequest&);

// The views that everybody may have, as docs/http-api.md describes them. Cost: O(runners) at most,
// but where it is said.

[[nodiscard]] base::Result<std::string> races_json(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> results_json(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> runner_json(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> moments_json(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> story_json(const ViewRequest& request);
/// Cost: O(runners x points), some megabytes.
[[nodiscard]] base::Result<std::string> replay_json(const ViewRequest& request);

/// Who would win which prize now, and which lists nobody can change any more; some seconds old.
[[nodiscard]] base::Result<std::string> awards_json(const ViewRequest& request);

/// The leaders as flat rows, every value a text, for graphics.
[[nodiscard]] base::Result<std::string> leaders_json(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> leaders_csv(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> leaders_xml(const ViewRequest& request);

/// The beginning of the story, the board or a runner, as the address of the page names it, in HTML:
/// it stands in the page until the script has drawn the view. Data alone, so that nothing the page
/// says is said twice. Empty for every other view, and where there is nothing to show yet.
[[nodiscard]] base::Result<std::string> first_html(const ViewRequest& request);

// The views of officials.

[[nodiscard]] base::Result<std::string> announcer_json(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> console_json(const ViewRequest& request);
[[nodiscard]] base::Result<std::string> referee_json(const ViewRequest& request);
/// The versions of a race that went out, newest first.
[[nodiscard]] base::Result<std::string> versions_json(const ViewRequest& request);
/// What differs between two versions of a race, with the facts behind it. Errors: those of
/// `log::RaceFile::open` and `engine::results_behind`, too. Cost: a replay of the log, seconds for
/// the largest race, and as much memory again as the race takes.
[[nodiscard]] base::Result<std::string> version_difference_json(const ViewRequest& request);
/// What people noted, newest first. Cost: O(notes x runners).
[[nodiscard]] base::Result<std::string> notes_json(const ViewRequest& request);
/// Hand timing of a mat. Cost: O(lines log lines).
[[nodiscard]] base::Result<std::string> hand_json(const ViewRequest& request);
/// Waits for the writer. Cost: O(runners), and a runner's reads.
[[nodiscard]] base::Result<std::string> explain_json(const ViewRequest& request);

}  // namespace hs::server
