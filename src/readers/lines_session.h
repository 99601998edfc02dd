#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readers/device_session.h"
#include "readers/line_cutter.h"

namespace hs::readers {

/// A connection with anybody's program that sends reads as lines: the device "csv". Made to be
/// written by somebody else in ten minutes: docs/read-formats.md, "csv", over a connection.
///
///     mat,tag,time,device,seq,epoch                          a header, or none
///     arch,413A45,2026-05-08T08:00:55.160Z,box 7,12,race     a read         ->   OK 2
///     {"mat":"arch","tag":"413A46","time":"2026-..."}        a read         ->   OK 3
///     arch,,2026-05-08T08:01:02Z                             no read        ->   BAD 4 found ...
///     *                                                      I am there     ->   *
///     *                                                      (to our "?")
///
/// `OK n`: the first n lines of this connection are on the disk, whatever was in them; it is sent
/// once they are. `BAD n words` is for people and comes at once. Lines that were not thanked for
/// are to be sent again, over the next connection; what is known already changes nothing.
///
/// A read with device, number and epoch is known by them; all others by device, chip, time and
/// antenna, since numbers that begin anew with each start of a program are no identity.
///
/// Without a header the columns are those of `kColumns`. Behind a header that puts them in another
/// order, nothing of a connection counts as drained before it ends (`Delivery::through` stays 0):
/// the lines mean nothing without it.
///
/// Errors: a line that cannot be read costs itself; one without an end ends the connection.
/// Threads: one at a time. Cost: O(bytes).
class LinesSession final : public DeviceSession {
 public:
  static constexpr std::size_t kMostLineBytes = 16U << 10U;
  static constexpr std::array<std::string_view, 8> kColumns = {"mat",  "tag",    "time", "antenna",
                                                               "rssi", "device", "seq",  "epoch"};

  explicit LinesSession(SessionContext context);

  /// Nothing: the sender speaks first.
  [[nodiscard]] std::string opened() override { return {}; }
  [[nodiscard]] Heard take(std::string_view bytes, base::RaceTime received) override;
  [[nodiscard]] Heard quiet() override;
  [[nodiscard]] bool acknowledges() const override { return true; }
  [[nodiscard]] DeviceState state() const override { return state_; }

 private:
  /// The cells of one read, in the order of `kColumns`.
  using Cells = std::array<std::string, kColumns.size()>;

  void take_line(const LineCutter::Whole& line, Heard& heard, Delivery& delivery);
  [[nodiscard]] bool take_header(const std::vector<std::string>& cells);
  [[nodiscard]] base::Result<Cells> cells_of_row(const std::string& text) const;
  void deliver(Cells cells, std::uint32_t line, Delivery& delivery);

  SessionContext context_;
  LineCutter lines_;
  DeviceState state_;
  char separator_ = ',';
  std::vector<std::optional<std::size_t>> order_;  ///< Of each cell of a row: its column.
  bool may_drain_ = true;  ///< A line can be read without the header before it.
};

}  // namespace hs::readers
