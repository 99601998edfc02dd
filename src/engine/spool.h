#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/disk.h"
#include "base/result.h"
#include "base/time.h"

namespace hs::engine {

/// What a source did, as it came over the wire.
enum class SpoolKind : std::uint8_t {
  Opened = 1,  ///< A connection began: whatever was half a frame before is none.
  Bytes = 2,
  Closed = 3,
};

/// A place in a spool: `skip` bytes of the record that begins at `offset` of a segment are done.
/// Order: as things came.
struct SpoolPosition {
  std::uint32_t segment = 0;
  std::uint64_t offset = 0;
  std::uint32_t skip = 0;

  friend bool operator==(const SpoolPosition&, const SpoolPosition&) = default;
  friend auto operator<=>(const SpoolPosition&, const SpoolPosition&) = default;
};

struct SpoolRecord {
  SpoolPosition at;
  SpoolPosition behind;  ///< Where the next one begins.
  SpoolKind kind = SpoolKind::Bytes;
  base::RaceTime received;        ///< By this machine's clock.
  std::string bytes;              ///< Of kind Bytes, from `at.skip` on.
  bool is_behind_damage = false;  ///< Something that came before it could not be read.
};

/// What one source sent, raw and in order, until the log has it.
///
/// Bytes go in before anybody parses them, so that neither a parser at fault nor a slow disk of the
/// race file costs a read: the spool grows instead, and a start-up drains what was not confirmed.
/// Draining again what the log has already does no harm, since a read is known by its identity.
///
/// On the disk: FOLDER/SOURCE-NNNNNNNN.spool, segments of about `kSegmentBytes`. A record is 20
/// bytes (length of the bytes, CRC-32C of what follows, kind, microseconds; little-endian) and the
/// bytes; what was confirmed is a record too. A last record that was torn is cut off at open. One
/// that is damaged further in costs itself: reading goes on at the next whole record, and what was
/// passed over is said. Its bytes stay in the file until all of the segment is confirmed.
///
/// Durable: against a killed process at once; against a power cut only what the operating system
/// has written. Whatever is acknowledged to a device is in the log by then, which syncs.
/// Threads: one at a time.
class Spool {
 public:
  static constexpr std::uint64_t kSegmentBytes = 16U << 20U;
  /// Longer bytes are several records.
  static constexpr std::size_t kMostRecordBytes = 1U << 20U;

  /// What `open` found.
  struct Found {
    std::uint64_t records = 0;     ///< Not confirmed yet.
    std::uint64_t torn_bytes = 0;  ///< Cut off at the end.
    std::uint64_t lost_bytes = 0;  ///< Passed over, as no whole record begins there.
  };

  /// Opens what is there, or begins. The reading cursor stands at the confirmed position.
  /// `source`: letters, digits, '-' and '_'; it is part of file names.
  /// Errors: those of the disk; InvalidInput for another `source`.
  /// Cost:   reads all that is not confirmed once.
  [[nodiscard]] static base::Result<Spool> open(const base::Disk& disk, std::string folder,
                                                std::string source);

  [[nodiscard]] const Found& found() const { return found_; }

  /// Appends what came, in order.
  /// Errors: those of the disk. What of it reached the file is cut off again; where not even that
  ///         succeeds, the next append begins a new segment.
  [[nodiscard]] base::Result<void> append(SpoolKind kind, base::RaceTime received,
                                          std::string_view bytes = {});

  /// The next record behind the cursor, and moves it there; nothing at the end. Damaged bytes are
  /// passed over and counted in `damaged_bytes`.
  /// Errors: those of the disk; the cursor stays.
  [[nodiscard]] base::Result<std::optional<SpoolRecord>> next();

  /// Everything before this is in the log, or was found to be nothing: it need not be drained
  /// again. Segments wholly before it are removed. Positions may come again; earlier ones change
  /// nothing.
  /// Errors: those of the disk; then more is drained again at the next start, no harm done.
  [[nodiscard]] base::Result<void> confirm(const SpoolPosition& position);

  /// Bytes that `next` passed over since `open`, because no whole record begins there.
  [[nodiscard]] std::uint64_t damaged_bytes() const { return damaged_bytes_; }

  /// Bytes on the disk that are not confirmed: how far behind the log is.
  [[nodiscard]] std::uint64_t unconfirmed_bytes() const;

 private:
  struct Segment {
    std::uint32_t number = 0;
    std::uint64_t size = 0;  ///< As far as its records are whole.
  };

  Spool(const base::Disk& disk, std::string folder, std::string source)
      : disk_(&disk), folder_(std::move(folder)), source_(std::move(source)) {}

  [[nodiscard]] std::string path_of(std::uint32_t segment) const;
  [[nodiscard]] base::Result<void> find_segments();
  [[nodiscard]] base::Result<void> count_records();
  [[nodiscard]] base::Result<void> begin_segment();
  [[nodiscard]] base::Result<void> append_record(std::uint8_t kind, base::RaceTime received,
                                                 std::string_view bytes);
  [[nodiscard]] base::Result<void> walk(Segment& segment, bool is_last);
  [[nodiscard]] base::Result<void> write_confirmed();
  [[nodiscard]] base::Result<std::uint64_t> pass_damage(const Segment& segment,
                                                        std::uint64_t offset);
  /// The first segment of this number or a later one; null behind the last.
  [[nodiscard]] const Segment* from(std::uint32_t number) const;

  const base::Disk* disk_;
  std::string folder_;
  std::string source_;
  Found found_;
  std::deque<Segment> segments_;  ///< Rising; the last one grows.
  std::unique_ptr<base::AppendFile> growing_;
  SpoolPosition confirmed_;
  SpoolPosition written_;  ///< The confirmed position as it is on the disk.
  SpoolPosition cursor_;
  std::uint64_t damaged_bytes_ = 0;
};

}  // namespace hs::engine
