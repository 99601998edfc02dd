#include "formats/results_words.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "formats/entry_words.h"

// Implementation notes: headers are compared folded (no case, accents, signs), so each word stands
// here once. Only what is particular to results is here; people are described by the same words as
// in entry lists (entry_words.cc).

namespace hs::formats {
namespace {

using Column = ResultColumn;
using Clock = model::PublishedClock;
using Text = model::PublishedText;

constexpr std::size_t kLongestId = 40;
constexpr std::int64_t kMillimetresOfAMile = 1'609'344;
constexpr std::int64_t kFewestMetres = 100;  // "20m" is miles, "800m" metres.

struct Word {
  std::string_view word;
  Column column;
  Text text = Text::Note;
  Clock clock = Clock::Untold;
  std::string_view why = {};
};

constexpr Word finish(std::string_view word, Clock clock) {
  return {word, Column::Finish, Text::Note, clock};
}
constexpr Word text(std::string_view word, Text kind) { return {word, Column::Text, kind}; }
constexpr Word place(std::string_view word, Column column) { return {word, column}; }
constexpr Word left_out(std::string_view word, std::string_view why) {
  return {word, Column::LeftOut, Text::Note, Clock::Untold, why};
}

constexpr std::array kWords = {
    finish("official", Clock::Untold),
    finish("officialtime", Clock::Untold),
    finish("time", Clock::Untold),
    finish("finaltime", Clock::Untold),
    finish("finishtime", Clock::Untold),
    finish("result", Clock::Untold),
    finish("zeit", Clock::Untold),
    finish("endzeit", Clock::Untold),
    finish("zielzeit", Clock::Untold),
    finish("temps", Clock::Untold),
    finish("tempsofficiel", Clock::Untold),
    finish("chrono", Clock::Untold),
    finish("tiempo", Clock::Untold),
    finish("tiempooficial", Clock::Untold),
    finish("marca", Clock::Untold),
    finish("gun", Clock::Gun),
    finish("guntime", Clock::Gun),
    finish("gunresult", Clock::Gun),
    finish("clocktime", Clock::Gun),
    finish("brutto", Clock::Gun),
    finish("bruttozeit", Clock::Gun),
    finish("zeitbrutto", Clock::Gun),
    finish("grosstime", Clock::Gun),
    finish("tempsbrut", Clock::Gun),
    finish("tiempobruto", Clock::Gun),
    finish("tiempopistola", Clock::Gun),
    finish("net", Clock::Net),
    finish("nettime", Clock::Net),
    finish("netresult", Clock::Net),
    finish("chip", Clock::Net),
    finish("chiptime", Clock::Net),
    finish("netto", Clock::Net),
    finish("nettozeit", Clock::Net),
    finish("zeitnetto", Clock::Net),
    finish("tempsreel", Clock::Net),
    finish("tempsnet", Clock::Net),
    finish("tempspuce", Clock::Net),
    finish("realtime", Clock::Net),
    finish("tiemporeal", Clock::Net),
    finish("tiemponeto", Clock::Net),
    finish("tiempochip", Clock::Net),
    place("overall", Column::PlaceOverall),
    place("overallplace", Column::PlaceOverall),
    place("placeoverall", Column::PlaceOverall),
    place("overallrank", Column::PlaceOverall),
    place("place", Column::PlaceOverall),
    place("pl", Column::PlaceOverall),
    place("pos", Column::PlaceOverall),
    place("position", Column::PlaceOverall),
    place("rank", Column::PlaceOverall),
    place("rang", Column::PlaceOverall),
    place("platz", Column::PlaceOverall),
    place("gesamtplatz", Column::PlaceOverall),
    place("platzgesamt", Column::PlaceOverall),
    place("classement", Column::PlaceOverall),
    place("clt", Column::PlaceOverall),
    place("scratch", Column::PlaceOverall),
    place("puesto", Column::PlaceOverall),
    place("posicion", Column::PlaceOverall),
    place("genderdiv", Column::PlaceSex),
    place("genderplace", Column::PlaceSex),
    place("placegender", Column::PlaceSex),
    place("placesex", Column::PlaceSex),
    place("sexplace", Column::PlaceSex),
    place("genderrank", Column::PlaceSex),
    place("platzmw", Column::PlaceSex),
    place("mwplatz", Column::PlaceSex),
    place("rangsexe", Column::PlaceSex),
    place("placeagegroup", Column::PlaceDivision),
    place("agegroupplace", Column::PlaceDivision),
    place("placedivision", Column::PlaceDivision),
    place("divisionplace", Column::PlaceDivision),
    place("divplace", Column::PlaceDivision),
    place("divrank", Column::PlaceDivision),
    place("agrank", Column::PlaceDivision),
    place("agplace", Column::PlaceDivision),
    place("akplatz", Column::PlaceDivision),
    place("platzak", Column::PlaceDivision),
    place("categoryplace", Column::PlaceDivision),
    place("rangcategorie", Column::PlaceDivision),
    place("agegrade", Column::AgeGrade),
    place("agegradepercent", Column::AgeGrade),
    place("agegraded", Column::AgeGrade),
    place("agegradedpercent", Column::AgeGrade),
    place("wma", Column::AgeGrade),
    place("laps", Column::LapCount),
    place("lapcount", Column::LapCount),
    place("runden", Column::LapCount),
    place("tours", Column::LapCount),
    place("vueltas", Column::LapCount),
    place("status", Column::Status),
    place("id", Column::Key),
    place("runnerid", Column::Key),
    place("participantid", Column::Key),
    place("athleteid", Column::Key),
    place("start", Column::StartTimeOfDay),
    place("starttod", Column::StartTimeOfDay),
    place("starttime", Column::StartTimeOfDay),
    place("starttimeofday", Column::StartTimeOfDay),
    place("startzeit", Column::StartTimeOfDay),
    place("split", Column::PointName),
    place("point", Column::PointName),
    place("checkpoint", Column::PointName),
    place("timingpoint", Column::PointName),
    place("zwischenzeit", Column::PointName),
    place("timeofday", Column::PointTimeOfDay),
    place("tod", Column::PointTimeOfDay),
    place("uhrzeit", Column::PointTimeOfDay),
    place("tageszeit", Column::PointTimeOfDay),
    text("names", Text::Name),
    text("agegroup", Text::AgeGroup),
    text("ageclass", Text::AgeGroup),
    text("altersklasse", Text::AgeGroup),
    text("ak", Text::AgeGroup),
    text("ag", Text::AgeGroup),
    text("division", Text::Division),
    text("div", Text::Division),
    text("category", Text::Division),
    text("cat", Text::Division),
    text("categorie", Text::Division),
    text("categoria", Text::Division),
    text("kategorie", Text::Division),
    text("klasse", Text::Division),
    text("class", Text::Division),
    text("citystate", Text::City),
    text("residence", Text::City),
    text("hometown", Text::City),
    text("ctz", Text::Citizenship),
    text("citizen", Text::Citizenship),
    text("citizenship", Text::Citizenship),
    text("noc", Text::Country),
    text("number", Text::Bib),
    text("nummer", Text::Bib),
    text("no", Text::Bib),
    text("nr", Text::Bib),
    text("numero", Text::Bib),
    left_out("pace", "pace"),
    left_out("avgpace", "pace"),
    left_out("pacemile", "pace"),
    left_out("pacekm", "pace"),
    left_out("minmile", "pace"),
    left_out("minkm", "pace"),
    left_out("allure", "pace"),
    left_out("ritmo", "pace"),
    left_out("speed", "speed"),
    left_out("kmh", "speed"),
    left_out("mph", "speed"),
    left_out("vitesse", "speed"),
    left_out("geschwindigkeit", "speed"),
    left_out("velocidad", "speed"),
    left_out("timediff", "time behind the first"),
    left_out("gap", "time behind the first"),
    left_out("behind", "time behind the first"),
    left_out("ecart", "time behind the first"),
    left_out("ruckstand", "time behind the first"),
    left_out("diferencia", "time behind the first"),
    left_out("diff", "time since the point before"),
    left_out("interval", "time since the point before"),
    left_out("projtime", "projected time"),
    left_out("projectedtime", "projected time"),
    left_out("predictedtime", "projected time"),
    left_out("estimatedtime", "projected time"),
};

const std::unordered_map<std::string_view, const Word*>& words() {
  static const auto* const kTable = [] {
    auto* out = new std::unordered_map<std::string_view, const Word*>();
    for (const Word& word : kWords) out->emplace(word.word, &word);
    return out;
  }();
  return *kTable;
}

/// What an entry list would call the column.
std::optional<HeaderWord> person_word(std::string_view header) {
  HeaderWord out;
  const auto as_text = [&out](Text kind) {
    out.column = Column::Text;
    out.text = kind;
    return out;
  };
  const auto as = [&out](Column column) {
    out.column = column;
    return out;
  };
  switch (column_of(header)) {
    case EntryColumn::Bib:
      return as_text(Text::Bib);
    case EntryColumn::FirstName:
      return as_text(Text::FirstName);
    case EntryColumn::LastName:
      return as_text(Text::LastName);
    case EntryColumn::Name:
      return as_text(Text::Name);
    case EntryColumn::Club:
      return as_text(Text::Club);
    case EntryColumn::Team:
    case EntryColumn::Group:
      return as_text(Text::Team);
    case EntryColumn::City:
      return as_text(Text::City);
    case EntryColumn::State:
      return as_text(Text::State);
    case EntryColumn::Country:
      return as_text(Text::Country);
    case EntryColumn::Sex:
      return as(Column::Sex);
    case EntryColumn::Age:
      return as(Column::Age);
    case EntryColumn::BirthYear:
      return as(Column::BirthYear);
    case EntryColumn::Mode:
      return as(Column::Mode);
    case EntryColumn::Race:
      out.why_left_out = "name of the race";
      return out;
    case EntryColumn::Wave:
      out.why_left_out = "wave";
      return out;
    case EntryColumn::BirthDate:
      out.why_left_out = "birth date: not kept in an archive";
      return out;
    case EntryColumn::Chips:
    case EntryColumn::GoalTime:
    case EntryColumn::EntryStatus:
    case EntryColumn::GuideOf:
    case EntryColumn::Para:
    case EntryColumn::FirstTime:
    case EntryColumn::Why:
    case EntryColumn::Cause:
    case EntryColumn::Dedication:
    case EntryColumn::Tell:
    case EntryColumn::Private:
    case EntryColumn::Minor:
    case EntryColumn::Leg:
    case EntryColumn::Note:
    case EntryColumn::Extra:
      return std::nullopt;
  }
  return std::nullopt;
}

/// Cuts `word` off the front or the back of `text` if it is there.
bool cut_front(std::string_view& text, std::string_view word) {
  if (text.substr(0, word.size()) != word) return false;
  text.remove_prefix(word.size());
  return true;
}
bool cut_back(std::string_view& text, std::string_view word) {
  if (text.size() < word.size() || text.substr(text.size() - word.size()) != word) return false;
  text.remove_suffix(word.size());
  return true;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> among) {
  return std::find(among.begin(), among.end(), word) != among.end();
}

/// The header in lower case with its points, since "7.5k" is not "75k"; blanks and signs gone.
std::string folded_keeping_points(std::string_view header) {
  std::string out;
  std::string part;
  const auto end_part = [&] {
    out += folded(part);
    part.clear();
  };
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char c = header[i];
    const bool between_digits = i > 0 && i + 1 < header.size() && header[i - 1] >= '0' &&
                                header[i - 1] <= '9' && header[i + 1] >= '0' &&
                                header[i + 1] <= '9';
    if ((c == '.' || c == ',') && between_digits) {
      end_part();
      out += '.';
    } else {
      part += c;
    }
  }
  end_part();
  return out;
}

struct Amount {
  std::int64_t thousandths = 0;
  std::string text;  ///< "7.5", without leading noughts.
};

std::optional<Amount> take_amount(std::string_view& rest) {
  Amount out;
  std::size_t at = 0;
  while (at < rest.size() && rest[at] == '0' && at + 1 < rest.size() && rest[at + 1] >= '0' &&
         rest[at + 1] <= '9') {
    ++at;
  }
  std::int64_t unit = 1000;
  bool behind_point = false;
  std::size_t digits = 0;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (c == '.' && !behind_point) {
      behind_point = true;
    } else if (c >= '0' && c <= '9') {
      if (++digits > 9 || (behind_point && unit == 1)) return std::nullopt;
      if (behind_point) unit /= 10;
      out.thousandths = behind_point ? out.thousandths + (c - '0') * unit
                                     : out.thousandths * 10 + (c - '0') * 1000;
    } else {
      break;
    }
    out.text += c;
  }
  if (out.thousandths == 0) return std::nullopt;
  rest.remove_prefix(at);
  return out;
}

/// The distance behind a number and its unit, or nothing.
std::optional<model::PublishedPoint> point_at(const Amount& amount, std::string_view unit) {
  constexpr std::int64_t kFarthest = 10'000'000;  // Kilometres, in thousandths.
  if (amount.thousandths > kFarthest) return std::nullopt;
  model::PublishedPoint out;
  const bool metres = is_one_of(unit, {"meter", "meters", "metre", "metres"}) ||
                      (unit == "m" && amount.thousandths >= kFewestMetres * 1000);
  if (is_one_of(unit, {"k", "km", "kms", "kilometer", "kilometers", "kilometre", "kilometres"})) {
    out.distance = base::Distance::millimetres(amount.thousandths * 1000);
    out.id = amount.text + "k";
    if (is_one_of(amount.text, {"21.1", "21.0975", "21.097", "21.098"})) {
      out.id = "half";
      out.distance = half_marathon();
    }
  } else if (metres) {
    out.distance = base::Distance::millimetres(amount.thousandths);
    const bool whole = amount.thousandths % 1'000'000 == 0;
    out.id = whole ? std::to_string(amount.thousandths / 1'000'000) + "k" : amount.text + "m";
  } else if (is_one_of(unit, {"mi", "mile", "miles", "m", "meile", "meilen"})) {
    out.distance =
        base::Distance::millimetres((amount.thousandths * kMillimetresOfAMile + 500) / 1000);
    out.id = amount.text + "mi";
    if (amount.text == "13.1") {
      out.id = "half";
      out.distance = half_marathon();
    }
  } else {
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<NamedPoint> named_point(std::string_view header) {
  NamedPoint out;
  // "-1km" is a kilometre before the finish: no distance from the start.
  if (!header.empty() && header.front() == '-') return std::nullopt;
  const std::string word = folded_keeping_points(header);
  std::string_view rest = word;
  for (const std::string_view tail : {"timeofday", "tod", "clock", "uhrzeit"}) {
    out.is_time_of_day = out.is_time_of_day || cut_back(rest, tail);
  }
  for (const std::string_view tail : {"splittime", "split", "time", "zeit", "temps", "net"}) {
    if (cut_back(rest, tail)) break;
  }
  for (const std::string_view front : {"split", "at", "zwischenzeit", "passage", "zz"}) {
    if (cut_front(rest, front)) break;
  }
  if (is_one_of(rest, {"half", "halfmarathon", "hm", "halb", "halbmarathon", "semi", "mitad",
                       "media", "halfway"})) {
    out.point.id = "half";
    out.point.distance = half_marathon();
  } else if (is_one_of(rest, {"finish", "ziel", "arrivee", "arrive", "meta", "llegada", "fin",
                              "finishline", "arrivo"})) {
    out.point.id = "finish";
  } else {
    const bool unit_first = cut_front(rest, "km") || cut_front(rest, "kilometer");
    const bool mile_first = !unit_first && (cut_front(rest, "mile") || cut_front(rest, "mi"));
    const auto amount = take_amount(rest);
    if (!amount) return std::nullopt;
    if ((unit_first || mile_first) && !rest.empty()) return std::nullopt;
    const auto point = point_at(*amount, unit_first ? "km" : mile_first ? "mi" : rest);
    if (!point) return std::nullopt;
    out.point = *point;
  }
  out.point.header = std::string(header);
  return out;
}

std::string point_id_of(std::string_view header) {
  std::string id;
  for (const char c : folded(header)) {
    // Letters of other alphabets stay whole: their bytes are all above 0x7f.
    if (id.size() >= kLongestId && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) break;
    id += c;
  }
  return id.empty() ? "point" : id;
}

HeaderWord header_word(std::string_view header) {
  HeaderWord out;
  const std::string word = folded(header);
  if (const auto known = words().find(word); known != words().end()) {
    const Word& found = *known->second;
    out.column = found.column;
    out.text = found.text;
    out.clock = found.clock;
    out.why_left_out = std::string(found.why);
    return out;
  }
  if (const auto person = person_word(header)) return *person;
  std::string_view lap = word;
  if (cut_front(lap, "lap") || cut_front(lap, "runde") || cut_front(lap, "loop") ||
      cut_front(lap, "tour") || cut_front(lap, "vuelta")) {
    const auto number = take_amount(lap);
    if (number && lap.empty() && number->thousandths % 1000 == 0) {
      out.column = Column::Lap;
      out.point = NamedPoint{{"lap-" + number->text, std::string(header), std::nullopt}, false};
      return out;
    }
  }
  if (auto point = named_point(header)) {
    out.column = point->is_time_of_day ? Column::SplitTimeOfDay : Column::Split;
    out.point = std::move(point);
    return out;
  }
  // "Arnuva_tod": the time of day at a point that only this file knows.
  for (const std::string_view tail : {"_tod", " tod", "_time_of_day", " time of day"}) {
    std::string_view name = header;
    if (!cut_back(name, tail) || name.empty()) continue;
    out.column = Column::SplitTimeOfDay;
    out.point = NamedPoint{{point_id_of(name), std::string(name), std::nullopt}, true};
    return out;
  }
  return out;
}

}  // namespace hs::formats
