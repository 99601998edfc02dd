#include "formats/lif.h"

#include <algorithm>
#include <array>

#include "formats/csv.h"
#include "formats/entry_words.h"

// Implementation notes: a header begins with three numbers and a name, a result with a place or a
// word for none; a result's second cell is an id and may be a number too, so what stands in the
// seventh cell, a time, tells them apart where the first three are numbers.

namespace hs::formats {
namespace {

constexpr const char* kDevice = "lif";
constexpr std::size_t kIdCell = 1;
constexpr std::size_t kNameCell = 3;
constexpr std::size_t kTimeCell = 6;
constexpr std::array<std::string_view, 8> kNoTimeWords = {"dns", "dnf", "dq", "dsq",
                                                          "scr", "fs",  "nt", "ooc"};

std::string_view cell_of(const CsvRow& row, std::size_t at) {
  return at < row.cells.size() ? trimmed(row.cells[at].text) : std::string_view();
}

std::optional<base::RaceTime> first_gun(const model::Race& race) {
  std::optional<base::RaceTime> out;
  for (const model::Wave& wave : race.waves) {
    if (wave.gun && (!out || *wave.gun < *out)) out = wave.gun;
  }
  return out;
}

std::size_t decimals_of(std::string_view time) {
  const std::size_t point = time.find('.');
  return point == std::string_view::npos ? 0 : time.size() - point - 1;
}

/// Takes the lines of one file, one after the other.
class LifFile {
 public:
  explicit LifFile(ChipFileBuilder& out) : out_(out) {}

  void take(const Line& line) {
    const std::string_view text = without_padding(line.text);
    if (text.empty() || text.front() == ';') return;
    out_.count_line();
    if (!line.ended) {
      out_.refuse(line, {});
      return;
    }
    CsvRow row;
    CsvReader reader(text, CsvDialect{}, out_.input().file);
    const auto read = reader.next(row);
    if (!read || !*read) {
      out_.refuse(line, read ? base::Error{} : read.error(), text);
      return;
    }
    const auto taken = is_header(row) ? take_header(text, row) : take_result(line, text, row);
    if (!taken) out_.refuse(line, taken.error(), text);
  }

  void finish() {
    std::int64_t micros = 1'000'000;
    for (std::size_t i = 0; i < decimals_; ++i) micros /= 10;
    for (ParsedStream& parsed : out_.streams()) parsed.stream.resolution = base::Duration(micros);
    if (without_time_ > 0) {
      out_.remark(std::to_string(without_time_) +
                  " without a time (DNS, DNF, DQ ...): decide them with `rule`");
    }
  }

 private:
  [[nodiscard]] static bool is_header(const CsvRow& row) {
    int number = 0;
    const bool numbers = read_digits(cell_of(row, 0), number) &&
                         read_digits(cell_of(row, 1), number) &&
                         read_digits(cell_of(row, 2), number);
    return numbers && !cell_of(row, kNameCell).empty() && cell_of(row, kTimeCell).empty();
  }

  base::Result<void> take_header(std::string_view text, const CsvRow& row) {
    out_.understood();
    race_ = nullptr;
    const auto& races = out_.event().races;
    const std::string name = folded(cell_of(row, kNameCell));
    for (const model::Race& race : races) {
      if (folded(race.id) == name || folded(race.name) == name) race_ = &race;
    }
    if (race_ == nullptr && races.size() == 1) race_ = &races.front();
    if (race_ == nullptr) {
      std::string known;
      for (const model::Race& race : races) known += (known.empty() ? "" : ", ") + race.id;
      return unfit_at(text, text,
                      "found the event " + shown(cell_of(row, kNameCell)) +
                          ", expected the name or id of one of the races: " + known);
    }
    return {};
  }

  base::Result<void> take_result(const Line& line, std::string_view text, const CsvRow& row) {
    if (race_ == nullptr) {
      return unfit_at(text, text, "found a result, expected a line of event, round, heat, name");
    }
    const std::string_view time = cell_of(row, kTimeCell);
    const std::string place = folded(cell_of(row, 0));
    if (time.empty() &&
        std::find(kNoTimeWords.begin(), kNoTimeWords.end(), place) != kNoTimeWords.end()) {
      ++without_time_;
      out_.understood();
      return {};
    }
    const auto elapsed = base::parse_duration(time);
    if (!elapsed || *elapsed < base::Duration(0)) {
      return unfit_at(text, text, "found " + shown(time) + ", expected a time as h:mm:ss.cc");
    }
    decimals_ = std::max(decimals_, decimals_of(time));
    return add(line, text, cell_of(row, kIdCell), base::ReaderTime(*elapsed));
  }

  base::Result<void> add(const Line& line, std::string_view text, std::string_view id,
                         base::ReaderTime at) {
    const std::size_t stream = stream_of_race();
    if (id.empty() || id == "0") {
      out_.understood();
      model::HandLineFact fact;
      fact.line = line.number;
      fact.time = at;
      out_.streams()[stream].hand_lines.push_back(fact);
      return {};
    }
    const auto bib = model::BibNumber::parse(id);
    if (!bib) return unfit_at(text, text, "found the id " + shown(id) + ", expected a bib");
    model::Read read;
    read.by = model::ReadBy::Bib;
    read.line = line.number;
    read.tag = model::TagCode::of_bib(*bib);
    read.time = at;
    out_.add_read(stream, read);
    return {};
  }

  std::size_t stream_of_race() {
    const auto gun = first_gun(*race_);
    const StreamKey key{.device = kDevice,
                        .epoch = race_->id,
                        .mat = out_.source().mat,
                        .clock = gun ? model::DeviceClock::Utc : model::DeviceClock::Free};
    const std::size_t number = out_.stream_of(key, base::Duration(1));
    if (gun) {
      out_.streams()[number].stream.offset = out_.source().offset + gun->time_since_epoch();
    }
    return number;
  }

  ChipFileBuilder& out_;
  const model::Race* race_ = nullptr;
  std::size_t decimals_ = 0;
  std::size_t without_time_ = 0;
};

}  // namespace

base::Result<void> parse_lif(ChipFileBuilder& out) {
  LifFile file(out);
  for_each_text_line(out, [&](const Line& line) { file.take(line); });
  file.finish();
  return {};
}

}  // namespace hs::formats
