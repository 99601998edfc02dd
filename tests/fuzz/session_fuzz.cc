#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chip_fuzz.h"
#include "readers/open_session.h"

// The first byte says which device speaks, '1' to '7' in the order below; the second how its bytes
// are cut up the second time.

namespace hs::fuzz {
namespace {

constexpr std::array<const char*, 7> kDevices = {"chronotrack", "csv",        "ipico", "llrp",
                                                 "mylaps",      "raceresult", "ultra"};

/// What a session made of an input: the reads with their identities, sorted, since how the bytes
/// were cut decides which streams come together.
struct Made {
  std::vector<std::string> reads;
  std::size_t bad = 0;
  bool gave_up = false;
};

enum class Quiet { Never, BetweenPieces };

void check(const readers::Heard& heard, std::uint64_t fed, Made& made) {
  // An answer may be longer than what asked for it, but not without bounds.
  constexpr std::size_t kLongestAnswer = 8192;
  must(heard.reply.size() <= kLongestAnswer + 64 * fed);
  must(is_printable(heard.give_up));
  made.gave_up = made.gave_up || !heard.give_up.empty();
  std::uint64_t through = 0;
  for (const readers::Delivery& delivery : heard.deliveries) {
    must(delivery.through >= through && delivery.through <= fed);
    through = delivery.through;
    for (const formats::BadLine& bad : delivery.bad) {
      must(bad.line >= 1 && bad.column >= 1 && is_printable(bad.message) && !bad.file.empty());
    }
    made.bad += delivery.bad.size();
    for (const formats::ParsedStream& parsed : delivery.streams) {
      must(is_printable(parsed.stream.device) && is_printable(parsed.stream.epoch));
      must(is_printable(parsed.stream.mat));
      for (const model::Read& read : parsed.reads) {
        must(!read.tag.empty());
        const model::Identity identity = model::identity_of(parsed.stream, read);
        made.reads.emplace_back(identity.begin(), identity.end());
      }
      for (const model::Marker& marker : parsed.markers) must(is_printable(marker.text));
    }
  }
}

Made run(const readers::SessionContext& context, std::string_view bytes, std::size_t piece,
         Quiet quiet) {
  Made made;
  auto session = readers::open_session(context);
  if (!session) return made;  // A device that this version does not speak with.
  (void)(*session)->opened();
  std::uint64_t fed = 0;
  for (std::size_t at = 0; at < bytes.size() && !made.gave_up; at += piece) {
    const std::string_view part = bytes.substr(at, piece);
    fed += part.size();
    check((*session)->take(part, context.event.begins + std::chrono::hours(9)), fed, made);
    if (quiet == Quiet::BetweenPieces) (void)(*session)->quiet();
    const readers::DeviceState state = (*session)->state();
    must(is_printable(state.name) && is_printable(state.trouble));
  }
  std::sort(made.reads.begin(), made.reads.end());
  return made;
}

}  // namespace
}  // namespace hs::fuzz

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hs;
  if (size < 2) return 0;
  static const model::Event kEvent = fuzz::small_event();
  model::SourceConfig source;
  const std::size_t count = fuzz::kDevices.size();
  source.device = fuzz::kDevices[(data[0] + count - '1' % count) % count];
  source.format = source.device;
  const readers::SessionContext context{source, kEvent, "wire", {}};
  const std::string bytes(data + 2, data + size);
  const std::size_t piece = std::size_t{data[1]} % 61 + 1;
  const auto whole = fuzz::run(context, bytes, bytes.size() + 1, fuzz::Quiet::Never);
  const auto cut = fuzz::run(context, bytes, piece, fuzz::Quiet::BetweenPieces);
  // One that gives up may have read more or less before it noticed.
  if (whole.gave_up || cut.gave_up) return 0;
  fuzz::must(whole.reads == cut.reads && whole.bad == cut.bad);
  return 0;
}
