// Whatever comes over the wire, in whatever pieces, a device goes on.
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "sim/emulators/chronotrack_source.h"
#include "sim/emulators/emulator_test_support.h"
#include "sim/emulators/ipico_reader.h"
#include "sim/emulators/mylaps_client.h"
#include "sim/emulators/raceresult_box.h"
#include "sim/emulators/ultra_box.h"
#include "sim/random.h"

namespace hs::sim {
namespace {

using namespace std::string_literals;

struct Subject {
  const char* name;
  std::function<std::unique_ptr<Emulator>()> make;
  std::vector<std::string> words;  ///< What its commands are made of.
};

std::vector<Subject> subjects() {
  return {{"mylaps",
           [] { return std::make_unique<MylapsClient>(MylapsSetup{}); },
           {"A@AckPong@", "Version2.1@c|t|x@$", "$", "T@AckPassing@1@$", "@", "T@Ping@$",
            "T@AckPassing@99999999999999999999@$", "X@GetInfo@Finish@$", "\r\n"}},
          {"chronotrack",
           [] { return std::make_unique<ChronotrackSource>(ChronotrackSetup{}); },
           {"A~B~1\r\n", "A~B~99\r\n", "start\r\n", "start~Finish~", "18446744073709551615", "7",
            "\r\n", "stop~Finish\r\n", "ping\r\n", "time-format=iso\r\n", "~", "getlocations\r\n"}},
          {"raceresult",
           [] { return std::make_unique<RaceresultBox>(RaceresultSetup{}); },
           {"PASSINGS\r\n", "1:99999999999999999\r\n", "3\r\n", "0:5\r\n", "999999999999999999:1",
            "\r\n", "GETFILE;1\r\n", "STOPOPERATION\r\n", "STARTOPERATION\r\n", "SETPUSHPASSINGS;",
            "1;0\r\n", "SETTIME;2027-02-30;25:00:00\r\n", "SETPROTOCOL;<=", "2.6\r\n", ";"}},
          {"ultra",
           [] { return std::make_unique<UltraBox>(UltraSetup{}); },
           {"700", "6", "\0\0"s, "00", "1\r", "999999999999999999\r", "0\r0\r", "8", "9", "s", "?",
            "t 99:99:99 99-99-9999", "r", "u\x1D", "\xFF", "U\n", "R", "S", "N"}},
          {"ipico",
           [] { return std::make_unique<IpicoReader>(IpicoSetup{}); },
           {"ab00000222\r\n", "ab00024b01011a\r\n", "ac00070199999999999999", "00\r\n", "ab",
            "\r\n", "ac000701260306051855440000\r\n"}}};
}

/// Words of the protocol and bytes of none, in random pieces.
std::string some_bytes(const Subject& subject, Random& random) {
  std::string bytes;
  for (std::int64_t n = random.between(0, 6); n > 0; --n) {
    if (random.chance(200000)) {
      for (std::int64_t k = random.between(1, 40); k > 0; --k) {
        bytes += static_cast<char>(random.between(-128, 127));
      }
    } else {
      const auto count = static_cast<std::uint32_t>(subject.words.size());
      bytes += subject.words[random.below(count)];
    }
  }
  return bytes.substr(0, random.below(static_cast<std::uint32_t>(bytes.size()) + 1));
}

TEST(AnyBytes, LeaveADeviceThatGoesOnAndOwesNothingTwice) {
  constexpr std::uint64_t kSeed = 20260920;
  constexpr std::size_t kMostPiece = 200000;  // A whole file may follow what was put together.
  for (const Subject& subject : subjects()) {
    for (std::uint64_t stream = 0; stream < 40; ++stream) {
      SCOPED_TRACE(std::string(subject.name) + " seed " + std::to_string(kSeed) + " stream " +
                   std::to_string(stream));
      Random random(kSeed, stream);
      const std::unique_ptr<Emulator> device = subject.make();
      for (std::int64_t second = 0; second < 100; ++second) {
        if (device->is_connected() && random.chance(50000)) device->disconnect();
        if (!device->is_connected()) device->connect(after_seconds(second));
        if (random.chance(500000)) device->hear(chip_read("1234", "2026-09-20T08:00:00.120"));
        device->receive(some_bytes(subject, random), after_seconds(second));
        ASSERT_LE(device->due(after_seconds(second)).size(), kMostPiece);
      }
      const DeviceTally tally = device->tally();
      EXPECT_LE(tally.sent, tally.heard);
      EXPECT_LE(tally.acknowledged, tally.sent);
    }
  }
}

}  // namespace
}  // namespace hs::sim
