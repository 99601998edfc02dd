#include "model/read.h"

#include <gtest/gtest.h>

#include <set>

#include "base/sha256.h"
#include "support/sample_facts.h"

namespace hs::model {
namespace {

Stream stream() {
  Stream out;
  out.device = "box";
  out.epoch = "3";
  out.mat = "arch";
  return out;
}

Read read() {
  Read out;
  out.tag = test::tag("A1");
  out.time = base::ReaderTime(base::Duration(1000));
  out.antenna = 2;
  out.line = 9;
  return out;
}

TEST(ReadIdentity, WithADeviceSequenceIsDeviceEpochAndSequence) {
  Read numbered = read();
  numbered.device_seq = 5;
  Read other = numbered;
  other.tag = test::tag("B2");
  other.time += base::Duration(1);
  EXPECT_EQ(identity_of(stream(), numbered), identity_of(stream(), other))
      << "what the read says is content, not identity";
  other.device_seq = 6;
  EXPECT_NE(identity_of(stream(), numbered), identity_of(stream(), other));
  Stream moved = stream();
  moved.mat = "pier";
  EXPECT_EQ(identity_of(stream(), numbered), identity_of(moved, numbered));
}

TEST(ReadIdentity, WithoutASequenceIsWhatTheReadSays) {
  std::set<Identity> all = {identity_of(stream(), read())};
  Stream moved = stream();
  moved.mat = "pier";
  all.insert(identity_of(moved, read()));
  const auto changed = [&](auto change) {
    Read other = read();
    change(other);
    all.insert(identity_of(stream(), other));
  };
  changed([](Read& r) { r.tag = test::tag("B2"); });
  changed([](Read& r) { r.time += base::Duration(1); });
  changed([](Read& r) { r.antenna = 3; });
  changed([](Read& r) { r.by = ReadBy::Bib; });
  EXPECT_EQ(all.size(), 6U);
}

TEST(ReadIdentity, DoesNotDependOnFileLineRoleOrOffset) {
  Stream other = stream();
  other.file = "elsewhere.csv";
  other.role = ReadRole::Backup;
  other.offset = std::chrono::seconds(2);
  Read moved = read();
  moved.line = 77;
  moved.rssi_dbm = -40;
  moved.stream = StreamId(12);
  EXPECT_EQ(identity_of(stream(), read()), identity_of(other, moved));
}

TEST(ReadIdentity, IsTheFormulaOfThePage) {
  // docs/race-file.md, "Identity", written out by hand.
  Read numbered = read();
  numbered.device_seq = 5;
  const std::string parts("s\x03\0box\x01\0003\x05\0\0\0\0\0\0\0", 17);
  const base::Digest digest = base::sha256(parts);
  const Identity identity = identity_of(stream(), numbered);
  EXPECT_TRUE(std::equal(identity.begin(), identity.end(), digest.begin()));
}

TEST(ReadIdentity, DevicesAndEpochsDoNotRunIntoEachOther) {
  Stream left = stream();
  left.device = "ab";
  left.epoch = "c";
  Stream right = stream();
  right.device = "a";
  right.epoch = "bc";
  EXPECT_NE(identity_of(left, read()), identity_of(right, read()));
}

TEST(MarkerIdentity, TellsMarkersApart) {
  const Marker marker{Marker::Kind::Gun, 4, base::ReaderTime(), std::nullopt, "1"};
  Marker later = marker;
  later.before_seq = 5;
  Marker other_text = marker;
  other_text.text = "2";
  EXPECT_EQ(identity_of(stream(), marker), identity_of(stream(), marker));
  EXPECT_NE(identity_of(stream(), marker), identity_of(stream(), later));
  EXPECT_NE(identity_of(stream(), marker), identity_of(stream(), other_text));
}

TEST(Position, IsTheDevicesNumberElseTheLine) {
  Read numbered = read();
  EXPECT_EQ(position_of(numbered), 9U);
  numbered.device_seq = 0;
  EXPECT_EQ(position_of(numbered), 0U);
}

TEST(SameContent, LooksAtTagTimeAntennaAndHowItWasRead) {
  Read other = read();
  other.line = 1;
  other.hits = 9;
  EXPECT_TRUE(same_content(read(), other));
  other.antenna = 1;
  EXPECT_FALSE(same_content(read(), other));
}

}  // namespace
}  // namespace hs::model
