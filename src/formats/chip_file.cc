#include "formats/chip_file.h"

#include <algorithm>
#include <array>

#include "formats/chip_file_builder.h"
#include "formats/chronotrack.h"
#include "formats/csv_reads.h"
#include "formats/hand_times.h"
#include "formats/ipico.h"
#include "formats/lif.h"
#include "formats/llrp.h"
#include "formats/mylaps.h"
#include "formats/raceresult.h"
#include "formats/ultra.h"

namespace hs::formats {
namespace {

struct Format {
  std::string_view name;
  base::Result<void> (*parse)(ChipFileBuilder&);  ///< Null: not read by this version.
};

// The names are a contract (design: read formats of an event file).
constexpr std::array kFormats = {
    Format{"chronotrack", parse_chronotrack},
    Format{"mylaps", parse_mylaps},
    Format{"ipico", parse_ipico},
    Format{"raceresult", parse_raceresult},
    Format{"ultra", parse_ultra},
    Format{"llrp", parse_llrp},
    Format{"csv", parse_csv_reads},
    Format{"lif", parse_lif},
    Format{"times", parse_hand_times},
    Format{"bibs", parse_hand_times},
    Format{"bibtimes", parse_hand_times},
};

const Format* find_format(std::string_view name) {
  const auto place = std::find_if(kFormats.begin(), kFormats.end(),
                                  [&](const Format& format) { return format.name == name; });
  return place == kFormats.end() ? nullptr : &*place;
}

std::string known_names() {
  std::string out;
  for (const Format& format : kFormats) {
    out += (out.empty() ? "" : ", ") + std::string(format.name);
  }
  return out;
}

}  // namespace

bool is_known_read_format(std::string_view name) { return find_format(name) != nullptr; }

base::Result<ChipFile> parse_chip_file(const model::SourceConfig& source, const model::Event& event,
                                       const ChipFileInput& input) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  const base::Place place{.file = input.file, .line = 0, .column = 0};
  const Format* format = find_format(source.format);
  if (!format) {
    return base::fail(
        base::ErrorCode::InvalidInput,
        "found the read format '" + source.format + "', expected one of " + known_names(), place);
  }
  ChipFileInput unmarked = input;
  if (unmarked.bytes.starts_with(kUtf8Mark)) unmarked.bytes.remove_prefix(kUtf8Mark.size());
  ChipFileBuilder out(source, event, unmarked);
  HS_TRY_VOID(format->parse(out));
  return out.finish();
}

}  // namespace hs::formats
