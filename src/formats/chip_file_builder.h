#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/result.h"
#include "formats/chip_file.h"
#include "formats/chip_lines.h"
#include "model/event.h"
#include "model/read.h"

namespace hs::formats {

/// What tells one stream of a file from another.
struct StreamKey {
  std::string device;
  std::string epoch;
  std::string mat;
  /// The clock that the data itself names, which wins over the source's.
  std::optional<model::DeviceClock> clock;
  friend bool operator<(const StreamKey& a, const StreamKey& b) {
    return std::tie(a.device, a.epoch, a.mat, a.clock) <
           std::tie(b.device, b.epoch, b.mat, b.clock);
  }
};

/// Collects what a parser finds in one file. Parsers say "this line is good" or "this line is
/// not"; what becomes of either is decided here, once for all formats.
///
/// The source, event and input must outlive it. Cost of a read: O(1), amortised.
class ChipFileBuilder {
 public:
  ChipFileBuilder(const model::SourceConfig& source, const model::Event& event,
                  const ChipFileInput& input);

  [[nodiscard]] const model::SourceConfig& source() const { return source_; }
  [[nodiscard]] const model::Event& event() const { return event_; }
  [[nodiscard]] const ChipFileInput& input() const { return input_; }

  /// The number of the stream of that key, made when new. Numbers go up from 0 by first use and
  /// index `streams()`. `resolution` counts when new.
  [[nodiscard]] std::size_t stream_of(const StreamKey& key, base::Duration resolution);
  [[nodiscard]] std::vector<ParsedStream>& streams() { return file_.streams; }

  /// Counts a line that is not blank; to be called once for each, good or bad.
  void count_line() { ++file_.lines; }

  /// Says that something of the file fits its format, be it a read or not.
  void understood() { understood_ = true; }

  void add_read(std::size_t stream, const model::Read& read);

  /// Takes a line that does not fit: into the list of bad lines, or, where the line has no end,
  /// as cut. `error` needs message and column only; its column counts from the front of `part`, a
  /// piece of the line, or of the line where there is none.
  void refuse(const Line& line, base::Error error, std::string_view part = {});

  /// The same for a line of the marker file.
  void refuse_marker(const Line& line, base::Error error, std::string_view part);

  void remark(std::string words);

  /// Resolves the zones and gives the file.
  ///
  /// Errors: InvalidInput where lines were seen and none fits the format: the first of them, and
  ///         what the file looks like.
  [[nodiscard]] base::Result<ChipFile> finish();

 private:
  [[nodiscard]] base::Result<void> check_fits() const;

  const model::SourceConfig& source_;
  const model::Event& event_;
  const ChipFileInput& input_;
  ChipFile file_;
  std::map<StreamKey, std::size_t> numbers_;
  bool understood_ = false;
};

/// Gives `take` every line of the file that `out` is about, as UTF-8 where that can be told
/// (`decode_text`), else as it stands: for files that people or their spreadsheets wrote.
void for_each_text_line(const ChipFileBuilder& out, const std::function<void(const Line&)>& take);

}  // namespace hs::formats
