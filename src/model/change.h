#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace hs::model {

/// What is different for whoever looks on.
enum class ChangeKind : std::uint8_t {
  Split,      ///< A time at a point: new, other or gone.
  Result,     ///< The time that ranks, a finish.
  Status,     ///< RUN, FIN, DSQ ...
  Moment,     ///< A moment that is new or told otherwise.
  Withdrawn,  ///< A moment that no longer holds.
  Gun,
  Version,  ///< A version of the results was published.
};
[[nodiscard]] const char* name_of(ChangeKind kind);  ///< "split" ...

/// One step of what everybody follows: the board, the announcer, exports and replicas. It says that
/// something is different and where to look; what it is now, the results say.
struct Change {
  /// The last fact behind it. Changes of one commit share it; a client that has seen it has seen
  /// all of them.
  FactSeq seq;
  base::RaceTime at;  ///< When the facts were recorded.
  std::string race;
  std::optional<BibNumber> bib;  ///< Nothing where it is the race's.
  ChangeKind kind = ChangeKind::Split;
  /// Orders in which somebody's place moved: "half/10k/F" is race, point, sex or division; not
  /// everybody whose place is another is named.
  std::vector<std::string> orders;
  std::string moment;  ///< Its id, of Moment and Withdrawn.
};

}  // namespace hs::model
