#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "readers/device_session.h"
#include "readers/open_session.h"

/// What the tests of device sessions share. Only tests include this.
namespace hs::readers::test {

/// 2026-05-08T08:00:00Z, when everything is received unless a test says otherwise.
inline constexpr base::RaceTime kReceived{std::chrono::seconds(1'778'227'200)};

/// A source of one device at the mat "arch", on 2026-05-08 at UTC+2, and what a session knows.
struct Connection {
  model::SourceConfig source;
  model::Event event;
  LastStored last_stored;

  explicit Connection(std::string device) {
    source.device = device;
    source.format = std::move(device);
    source.mat = "arch";
    event.date = base::Date{2026, 5, 8};
    event.begins = kReceived - std::chrono::hours(10);
    event.offsets.push_back({.from = event.begins, .utc_offset = std::chrono::hours(2)});
  }

  [[nodiscard]] std::unique_ptr<DeviceSession> session() const {
    auto session = open_session({source, event, "test connection", last_stored});
    EXPECT_TRUE(session) << session.error().text();
    return std::move(*session);
  }
};

/// Everything a session said of some bytes, put together.
struct Said {
  std::string replies;
  std::vector<formats::ParsedStream> streams;  ///< One for each of each delivery.
  std::vector<formats::BadLine> bad;
  std::string thanks;  ///< The last acknowledgement.
  std::uint64_t through = 0;
  std::string give_up;
};

inline void add(Said& said, Heard heard) {
  said.replies += heard.reply;
  for (Delivery& delivery : heard.deliveries) {
    for (auto& stream : delivery.streams) said.streams.push_back(std::move(stream));
    for (auto& bad : delivery.bad) said.bad.push_back(std::move(bad));
    if (!delivery.acknowledge.empty()) said.thanks = delivery.acknowledge;
    said.through = delivery.through;
  }
  if (!heard.give_up.empty()) said.give_up = heard.give_up;
}

inline Said take(DeviceSession& session, std::string_view bytes,
                 base::RaceTime received = kReceived) {
  Said said;
  add(said, session.take(bytes, received));
  return said;
}

/// The same bytes in pieces of `piece`.
inline Said take_pieces(DeviceSession& session, std::string_view bytes, std::size_t piece) {
  Said said;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    add(said, session.take(bytes.substr(at, piece), kReceived));
  }
  return said;
}

inline std::string of_identity(const model::Identity& identity) {
  return std::string(identity.begin(), identity.end());
}

/// Who was read when, by identity: what must not depend on how it came.
inline std::multiset<std::string> identities(const std::vector<formats::ParsedStream>& streams) {
  std::multiset<std::string> out;
  for (const auto& stream : streams) {
    for (const auto& read : stream.reads) {
      out.insert(of_identity(model::identity_of(stream.stream, read)));
    }
    for (const auto& marker : stream.markers) {
      out.insert(of_identity(model::identity_of(stream.stream, marker)));
    }
  }
  return out;
}

inline std::vector<model::Read> reads_of(const Said& said) {
  std::vector<model::Read> out;
  for (const auto& stream : said.streams) {
    out.insert(out.end(), stream.reads.begin(), stream.reads.end());
  }
  return out;
}

inline std::size_t markers_of(const Said& said) {
  std::size_t out = 0;
  for (const auto& stream : said.streams) out += stream.markers.size();
  return out;
}

/// All of it as one text, to compare.
inline std::string text_of(const Said& said) {
  std::string out = said.replies + "|" + said.thanks + "|" + std::to_string(said.through) + "|" +
                    said.give_up + "|";
  for (const std::string& identity : identities(said.streams)) out += identity;
  for (const model::Read& read : reads_of(said)) {
    out += std::to_string(read.line) + "/" + std::to_string(read.rssi_dbm) + " ";
  }
  for (const auto& bad : said.bad) {
    out += std::to_string(bad.line) + ":" + std::to_string(bad.column) + bad.message;
  }
  return out;
}

/// However the bytes are cut up, the session says the same of them.
inline void expect_same_in_pieces(const Connection& connection, std::string_view bytes,
                                  std::size_t longest_piece = 64) {
  const auto whole = connection.session();
  const std::string expected = text_of(take(*whole, bytes));
  for (std::size_t piece = 1; piece <= longest_piece; ++piece) {
    const auto session = connection.session();
    EXPECT_EQ(text_of(take_pieces(*session, bytes, piece)), expected) << piece;
  }
}

/// What the parser of files makes of the same bytes.
inline formats::ChipFile as_file(const Connection& connection, std::string_view bytes) {
  formats::ChipFileInput input;
  input.file = "as a file";
  input.bytes = bytes;
  auto parsed = formats::parse_chip_file(connection.source, connection.event, input);
  EXPECT_TRUE(parsed) << parsed.error().text();
  return parsed ? std::move(*parsed) : formats::ChipFile{};
}

/// The session gives the reads and markers of the file, each as often, and refuses as many lines.
inline void expect_as_file(const Connection& connection, std::string_view bytes) {
  const auto session = connection.session();
  const Said said = take_pieces(*session, bytes, 100);
  const formats::ChipFile file = as_file(connection, bytes);
  EXPECT_EQ(identities(said.streams), identities(file.streams));
  EXPECT_FALSE(said.streams.empty());
  ASSERT_EQ(said.bad.size(), file.bad.size());
  for (std::size_t i = 0; i < file.bad.size(); ++i) {
    EXPECT_EQ(said.bad[i].line, file.bad[i].line);
    EXPECT_EQ(said.bad[i].message, file.bad[i].message);
  }
}

/// Anything may come over a wire: every byte value, the device's own bytes damaged.
inline void expect_survives_rubbish(const Connection& connection, std::string_view good) {
  for (int byte = 0; byte < 256; ++byte) {
    const auto session = connection.session();
    (void)session->opened();
    const Said said = take(*session, std::string(3'000, static_cast<char>(byte)) + "\n");
    EXPECT_TRUE(reads_of(said).empty()) << byte;
  }
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char other : {'\0', '\xff', ',', '\n', '9'}) {
      std::string damaged(good);
      damaged[at] = other;
      const auto session = connection.session();
      for (const auto& bad : take(*session, damaged).bad) {
        EXPECT_TRUE(bad.line >= 1 && bad.column >= 1) << at;
        EXPECT_TRUE(std::all_of(bad.message.begin(), bad.message.end(),
                                [](char c) { return c >= ' ' && c != '\x7f'; }));
      }
      (void)session->quiet();
      (void)session->state();
    }
  }
}

/// A file of the shared real data, or nothing where this checkout does not have it.
inline std::optional<std::string> shared_file(const std::string& path) {
  const char* shared = std::getenv("HS_SHARED");
  std::ifstream file(std::string(shared != nullptr ? shared : "../shared") + "/data/" + path,
                     std::ios::binary);
  if (!file) return std::nullopt;
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace hs::readers::test
