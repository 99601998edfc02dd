#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "chip_fuzz.h"
#include "readers/open_session.h"

// The first byte of an input names the device, the rest is what it sends: once whole and once in
// pieces whose lengths follow from the bytes. Both must give the same reads and answers.

namespace hs::fuzz {
namespace {

constexpr std::array kDevices = {"csv", "ipico", "llrp", "mylaps", "ultra"};
constexpr base::RaceTime kReceived{std::chrono::seconds(1'620'460'800)};

/// What a session said of everything, without what may depend on how the bytes came.
struct Said {
  std::string replies;
  std::multiset<model::Identity> reads;
  std::size_t bad = 0;
  std::uint64_t through = 0;
  bool gave_up = false;
};

void take(readers::DeviceSession& session, std::string_view bytes, Said& said) {
  if (said.gave_up) return;
  const readers::Heard heard = session.take(bytes, kReceived);
  said.replies += heard.reply;
  said.gave_up = !heard.give_up.empty();
  must(is_printable(heard.give_up));
  for (const readers::Delivery& delivery : heard.deliveries) {
    formats::ChipFile file;
    file.streams = delivery.streams;
    file.bad = delivery.bad;
    check(file);
    said.bad += delivery.bad.size();
    said.through = delivery.through;
    for (const formats::ParsedStream& parsed : delivery.streams) {
      for (const model::Read& read : parsed.reads) {
        said.reads.insert(model::identity_of(parsed.stream, read));
      }
    }
  }
  const readers::DeviceState state = session.state();
  must(is_printable(state.name) && is_printable(state.trouble));
}

void run(const char* device, std::string_view bytes) {
  static const model::Event kEvent = small_event();
  model::SourceConfig source;
  source.device = device;
  source.format = device;
  source.mat = "arch";
  const readers::SessionContext context{source, kEvent, "fuzz", {}};
  auto whole = readers::open_session(context);
  auto pieces = readers::open_session(context);
  must(whole.has_value() && pieces.has_value());
  must((*whole)->opened() == (*pieces)->opened());
  Said of_whole;
  Said of_pieces;
  take(**whole, bytes, of_whole);
  while (!bytes.empty()) {
    constexpr std::size_t kLongest = 7;
    const std::size_t length = 1 + static_cast<std::uint8_t>(bytes.front()) % kLongest;
    take(**pieces, bytes.substr(0, length), of_pieces);
    bytes.remove_prefix(std::min(length, bytes.size()));
  }
  must(of_whole.gave_up == of_pieces.gave_up && of_whole.reads == of_pieces.reads);
  must(of_whole.bad == of_pieces.bad && of_whole.replies == of_pieces.replies);
  must(of_whole.through == of_pieces.through);
  (void)(*whole)->quiet();
  (void)(*whole)->quiet_after();
}

}  // namespace
}  // namespace hs::fuzz

// The name and the signature are libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  hs::fuzz::run(hs::fuzz::kDevices[data[0] % hs::fuzz::kDevices.size()], bytes);
  return 0;
}
