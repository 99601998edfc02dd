#include "formats/hand_times.h"

#include <algorithm>
#include <array>

// Implementation notes: a list of times or bibs has no device and no number, and two helpers with
// two lists may stand at one mat. What tells their lists apart is the first entry, which a longer
// copy of the same list keeps.

namespace hs::formats {
namespace {

constexpr const char* kDevice = "hand";

enum class Meaning { Place, Bib, Time };

constexpr std::array<std::string_view, 5> kPlaceWords = {"place", "pos", "position", "rank",
                                                         "platz"};
constexpr std::array<std::string_view, 7> kBibWords = {"bib", "bibs",   "number",     "no",
                                                       "nr",  "dorsal", "startnummer"};
constexpr std::array<std::string_view, 4> kTimeWords = {"time", "times", "zeit", "temps"};

constexpr std::size_t kFieldsMost = 3;

/// The fields of a line, views into it.
struct Fields {
  std::array<std::string_view, kFieldsMost> field;
  std::size_t count = 0;  ///< One more than the room where there are more.
};

/// When, as the helper wrote it.
struct Moment {
  enum class Kind { Elapsed, OwnClock, Utc };
  Kind kind = Kind::Elapsed;
  base::ReaderTime at;
  std::size_t decimals = 0;
  bool is_whole = true;  ///< False where a line that was cut could have ended so.
};

/// What a line says; at least one of the two is there, but for an unseen runner in `bibs`.
struct Entry {
  std::optional<model::BibNumber> bib;
  std::optional<Moment> moment;
};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return std::find(words.begin(), words.end(), lower) != words.end();
}

/// `text` up to a "#" that stands at the front or behind a blank.
std::string_view without_comment(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '#' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '\t')) {
      return text.substr(0, i);
    }
  }
  return text;
}

std::string_view without_quotes(std::string_view field) {
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    return without_padding(field.substr(1, field.size() - 2));
  }
  return field;
}

Fields split(std::string_view line) {
  Fields out;
  char separator = ' ';
  for (const char candidate : {',', ';', '\t'}) {
    if (line.find(candidate) != std::string_view::npos) separator = candidate;
  }
  // One more round than fields where the line ends with the separator, for the empty field there.
  for (bool more = true; more;) {
    if (out.count == kFieldsMost) {
      out.count = kFieldsMost + 1;
      return out;
    }
    if (separator == ' ') line = without_padding(line);
    const std::size_t end = line.find(separator);
    out.field[out.count++] = without_quotes(without_padding(line.substr(0, end)));
    more = end != std::string_view::npos;
    line.remove_prefix(more ? end + 1 : line.size());
  }
  return out;
}

/// Digits behind the point, and whether the seconds have both of theirs.
void measure(std::string_view text, Moment& moment) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  moment.is_whole = whole.size() < 3 || whole[whole.size() - 3] == ':';
  if (point == std::string_view::npos) return;
  moment.decimals = 0;
  for (std::size_t i = point + 1; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    ++moment.decimals;
  }
}

/// A date makes a time of day, everything else is a time since the gun.
base::Result<Moment> read_moment(std::string_view line, std::string_view field) {
  Moment out;
  std::string text(field);
  std::replace(text.begin(), text.end(), ',', '.');
  constexpr std::size_t kDateDash = 4;
  if (text.size() > kDateDash && text[kDateDash] == '-') {
    const auto iso = base::parse_iso(text);
    if (!iso) return unfit(line, field, "a time as YYYY-MM-DDThh:mm:ss");
    const base::Duration civil(iso->civil.micros);
    out.kind = iso->utc_offset ? Moment::Kind::Utc : Moment::Kind::OwnClock;
    out.at = base::ReaderTime(civil - iso->utc_offset.value_or(std::chrono::seconds(0)));
    measure(text, out);
    out.is_whole = true;
    return out;
  }
  const auto elapsed = base::parse_duration(text);
  // A bare number could be seconds or minutes, or a bib in the wrong column.
  const bool says_unit = text.find_first_of(":.") != std::string::npos;
  if (!elapsed || *elapsed < base::Duration(0) || !says_unit) {
    return unfit(line, field, "a time as mm:ss, h:mm:ss or ss.t");
  }
  out.at = base::ReaderTime(*elapsed);
  measure(text, out);
  return out;
}

/// How helpers write "somebody, but who?".
bool is_unseen(std::string_view field) {
  return field.empty() || field == "?" || field == "-" || field == "0";
}

base::Result<std::optional<model::BibNumber>> read_bib(std::string_view line,
                                                       std::string_view field) {
  if (is_unseen(field)) return std::optional<model::BibNumber>();
  auto bib = model::BibNumber::parse(field);
  if (!bib) return unfit(line, field, "a bib");
  return std::optional(*bib);
}

/// Takes the lines of one file, one after the other.
class HandFile {
 public:
  explicit HandFile(ChipFileBuilder& out)
      : out_(out),
        has_bibs_(out.source().format != "times"),
        has_times_(out.source().format != "bibs") {
    for (const model::Race& race : out.event().races) {
      for (const model::Wave& wave : race.waves) {
        if (wave.gun && (!first_gun_ || *wave.gun < *first_gun_)) first_gun_ = wave.gun;
      }
    }
  }

  void take(const Line& line) {
    const std::string_view text = without_padding(without_comment(line.text));
    if (text.empty()) return;
    out_.count_line();
    const Fields fields = split(text);
    if (is_first_ && read_header(fields)) return;
    is_first_ = false;
    auto entry = read_entry(text, fields);
    const bool is_cut = entry && !line.ended && entry->moment && !fits_the_others(*entry->moment);
    if (!entry || is_cut) {
      out_.refuse(line, entry ? base::Error{} : std::move(entry).error(), text);
      return;
    }
    if (first_entry_.empty()) first_entry_ = clean_name(text);
    if (entry->moment) {
      decimals_ = std::max(decimals_, entry->moment->decimals);
      last_decimals_ = entry->moment->decimals;
    }
    add(line, *entry);
  }

  void finish() {
    std::int64_t micros = 1'000'000;
    for (std::size_t i = 0; i < decimals_; ++i) micros /= 10;
    for (ParsedStream& parsed : out_.streams()) parsed.stream.resolution = base::Duration(micros);
  }

 private:
  /// A list that was cut in its last time lacks digits there.
  [[nodiscard]] bool fits_the_others(const Moment& moment) const {
    return moment.is_whole && (!last_decimals_ || moment.decimals == *last_decimals_);
  }

  /// Takes a first line that holds the names of the columns; false for any other.
  bool read_header(const Fields& fields) {
    std::vector<Meaning> meanings;
    for (std::size_t i = 0; i < std::min(fields.count, kFieldsMost); ++i) {
      if (is_one_of(kPlaceWords, fields.field[i])) {
        meanings.push_back(Meaning::Place);
      } else if (is_one_of(kBibWords, fields.field[i])) {
        meanings.push_back(Meaning::Bib);
      } else if (is_one_of(kTimeWords, fields.field[i])) {
        meanings.push_back(Meaning::Time);
      } else {
        return false;
      }
    }
    is_first_ = false;
    header_ = std::move(meanings);
    out_.understood();
    return true;
  }

  /// What the fields of a line mean, by the header or by their number.
  [[nodiscard]] std::vector<Meaning> meanings_of(std::size_t count) const {
    if (!header_.empty()) return header_;
    const Meaning last = has_times_ ? Meaning::Time : Meaning::Bib;
    if (count == 1) return {last};
    if (count == kFieldsMost && has_times_) return {Meaning::Place, Meaning::Bib, Meaning::Time};
    const bool both = has_bibs_ && has_times_;
    return {both ? Meaning::Bib : Meaning::Place, last};
  }

  base::Result<Entry> read_entry(std::string_view text, const Fields& fields) {
    const std::vector<Meaning> meanings = meanings_of(fields.count);
    if (fields.count != meanings.size() || (has_bibs_ && has_times_ && fields.count == 1)) {
      return unfit_at(
          text, text,
          "found " + shown(text) + ", expected a line of '" + out_.source().format + "'");
    }
    Entry out;
    for (std::size_t i = 0; i < meanings.size(); ++i) {
      const std::string_view field = fields.field[i];
      int place = 0;
      switch (meanings[i]) {
        case Meaning::Place:
          if (!read_digits(field, place)) return unfit(text, field, "a place");
          break;
        case Meaning::Bib: {
          HS_TRY(out.bib, read_bib(text, field));
          break;
        }
        case Meaning::Time: {
          HS_TRY(out.moment, read_moment(text, field));
          break;
        }
      }
    }
    if (has_times_ && !out.moment) return unfit_at(text, text, "found no time, expected one");
    return out;
  }

  /// A pair of bib and time is a read; anything less is a hand line for a person to pair up.
  void add(const Line& line, const Entry& entry) {
    const std::size_t stream = stream_of(entry);
    const bool is_read = has_bibs_ && has_times_ && entry.bib;
    if (!is_read) {
      out_.understood();
      model::HandLineFact fact;
      fact.line = line.number;
      if (entry.moment) fact.time = entry.moment->at;
      fact.bib = entry.bib;
      out_.streams()[stream].hand_lines.push_back(fact);
      return;
    }
    model::Read read;
    read.by = model::ReadBy::Bib;
    read.line = line.number;
    read.tag = model::TagCode::of_bib(*entry.bib);
    read.time = entry.moment->at;
    out_.add_read(stream, read);
  }

  std::size_t stream_of(const Entry& entry) {
    // A pair of bib and time is known by what it says; a list by how it begins.
    const bool is_list = !(has_bibs_ && has_times_);
    StreamKey key{.device = kDevice,
                  .epoch = is_list ? out_.source().format + "/" + first_entry_ : "",
                  .mat = out_.source().mat,
                  .clock = std::nullopt};
    const bool is_elapsed = entry.moment && entry.moment->kind == Moment::Kind::Elapsed;
    if (is_elapsed) {
      key.clock = first_gun_ ? model::DeviceClock::Utc : model::DeviceClock::Free;
      key.epoch += is_list ? "/elapsed" : "elapsed";
    } else if (entry.moment && entry.moment->kind == Moment::Kind::Utc) {
      key.clock = model::DeviceClock::Utc;
      key.epoch += is_list ? "/utc" : "utc";
    }
    const std::size_t number = out_.stream_of(key, base::Duration(1));
    model::Stream& stream = out_.streams()[number].stream;
    stream.role = model::ReadRole::Manual;
    if (is_elapsed && first_gun_) {
      stream.offset = out_.source().offset + first_gun_->time_since_epoch();
    }
    return number;
  }

  ChipFileBuilder& out_;
  bool has_bibs_;
  bool has_times_;
  bool is_first_ = true;
  std::vector<Meaning> header_;
  std::optional<base::RaceTime> first_gun_;
  std::string first_entry_;
  std::size_t decimals_ = 0;
  std::optional<std::size_t> last_decimals_;
};

}  // namespace

base::Result<void> parse_hand_times(ChipFileBuilder& out) {
  HandFile file(out);
  for_each_text_line(out, [&](const Line& line) { file.take(line); });
  file.finish();
  return {};
}

}  // namespace hs::formats
