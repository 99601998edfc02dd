#include "formats/entry_words.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "formats/config_reader.h"

// Implementation notes: words are compared folded (no case, accents, blanks or signs), so each
// stands here once. A word is in the table only if it means one thing in every list seen: "event"
// is the race, but "status", "number" and "category" mean something else to every entry system.

namespace hs::formats {
namespace {

using Column = EntryColumn;

struct HeaderWord {
  std::string_view word;
  Column column;
};

constexpr std::array kHeaderWords = {
    HeaderWord{"bib", Column::Bib},
    HeaderWord{"bibnumber", Column::Bib},
    HeaderWord{"bibno", Column::Bib},
    HeaderWord{"bibnr", Column::Bib},
    HeaderWord{"bibnum", Column::Bib},
    HeaderWord{"startnumber", Column::Bib},
    HeaderWord{"startno", Column::Bib},
    HeaderWord{"startnr", Column::Bib},
    HeaderWord{"startnummer", Column::Bib},
    HeaderWord{"stnr", Column::Bib},
    HeaderWord{"racenumber", Column::Bib},
    HeaderWord{"raceno", Column::Bib},
    HeaderWord{"dossard", Column::Bib},
    HeaderWord{"numerodossard", Column::Bib},
    HeaderWord{"numerodedossard", Column::Bib},
    HeaderWord{"dorsal", Column::Bib},
    HeaderWord{"numerodorsal", Column::Bib},
    HeaderWord{"numerodedorsal", Column::Bib},
    HeaderWord{"chips", Column::Chips},
    HeaderWord{"chip", Column::Chips},
    HeaderWord{"chip1", Column::Chips},
    HeaderWord{"chip2", Column::Chips},
    HeaderWord{"chip3", Column::Chips},
    HeaderWord{"chipcode", Column::Chips},
    HeaderWord{"chipid", Column::Chips},
    HeaderWord{"chipno", Column::Chips},
    HeaderWord{"chipnr", Column::Chips},
    HeaderWord{"chipnumber", Column::Chips},
    HeaderWord{"chipnummer", Column::Chips},
    HeaderWord{"transponder", Column::Chips},
    HeaderWord{"transponder1", Column::Chips},
    HeaderWord{"transponder2", Column::Chips},
    HeaderWord{"transpondercode", Column::Chips},
    HeaderWord{"transponderid", Column::Chips},
    HeaderWord{"transpondernummer", Column::Chips},
    HeaderWord{"tag", Column::Chips},
    HeaderWord{"tagid", Column::Chips},
    HeaderWord{"tagcode", Column::Chips},
    HeaderWord{"epc", Column::Chips},
    HeaderWord{"rfid", Column::Chips},
    HeaderWord{"puce", Column::Chips},
    HeaderWord{"firstname", Column::FirstName},
    HeaderWord{"first", Column::FirstName},
    HeaderWord{"givenname", Column::FirstName},
    HeaderWord{"forename", Column::FirstName},
    HeaderWord{"vorname", Column::FirstName},
    HeaderWord{"prenom", Column::FirstName},
    HeaderWord{"nombre", Column::FirstName},
    HeaderWord{"lastname", Column::LastName},
    HeaderWord{"last", Column::LastName},
    HeaderWord{"surname", Column::LastName},
    HeaderWord{"familyname", Column::LastName},
    HeaderWord{"nachname", Column::LastName},
    HeaderWord{"familienname", Column::LastName},
    HeaderWord{"nomdefamille", Column::LastName},
    HeaderWord{"apellido", Column::LastName},
    HeaderWord{"apellidos", Column::LastName},
    HeaderWord{"name", Column::Name},
    HeaderWord{"nom", Column::Name},
    HeaderWord{"fullname", Column::Name},
    HeaderWord{"participant", Column::Name},
    HeaderWord{"participantname", Column::Name},
    HeaderWord{"runner", Column::Name},
    HeaderWord{"runnername", Column::Name},
    HeaderWord{"athlete", Column::Name},
    HeaderWord{"athletename", Column::Name},
    HeaderWord{"teilnehmer", Column::Name},
    HeaderWord{"nomcomplet", Column::Name},
    HeaderWord{"nombrecompleto", Column::Name},
    HeaderWord{"nombreyapellidos", Column::Name},
    HeaderWord{"sex", Column::Sex},
    HeaderWord{"gender", Column::Sex},
    HeaderWord{"geschlecht", Column::Sex},
    HeaderWord{"sexe", Column::Sex},
    HeaderWord{"sexo", Column::Sex},
    HeaderWord{"genre", Column::Sex},
    HeaderWord{"genero", Column::Sex},
    HeaderWord{"mw", Column::Sex},
    HeaderWord{"mwd", Column::Sex},
    HeaderWord{"mf", Column::Sex},
    HeaderWord{"birthdate", Column::BirthDate},
    HeaderWord{"dateofbirth", Column::BirthDate},
    HeaderWord{"dob", Column::BirthDate},
    HeaderWord{"birthday", Column::BirthDate},
    HeaderWord{"geburtsdatum", Column::BirthDate},
    HeaderWord{"gebdatum", Column::BirthDate},
    HeaderWord{"geburtstag", Column::BirthDate},
    HeaderWord{"datedenaissance", Column::BirthDate},
    HeaderWord{"datenaissance", Column::BirthDate},
    HeaderWord{"fechadenacimiento", Column::BirthDate},
    HeaderWord{"fechanacimiento", Column::BirthDate},
    HeaderWord{"birthyear", Column::BirthYear},
    HeaderWord{"yearofbirth", Column::BirthYear},
    HeaderWord{"yob", Column::BirthYear},
    HeaderWord{"jahrgang", Column::BirthYear},
    HeaderWord{"jg", Column::BirthYear},
    HeaderWord{"geburtsjahr", Column::BirthYear},
    HeaderWord{"anneedenaissance", Column::BirthYear},
    HeaderWord{"anodenacimiento", Column::BirthYear},
    HeaderWord{"age", Column::Age},
    HeaderWord{"alter", Column::Age},
    HeaderWord{"edad", Column::Age},
    HeaderWord{"ageonraceday", Column::Age},
    HeaderWord{"raceage", Column::Age},
    HeaderWord{"race", Column::Race},
    HeaderWord{"raceid", Column::Race},
    HeaderWord{"racename", Column::Race},
    HeaderWord{"event", Column::Race},
    HeaderWord{"eventname", Column::Race},
    HeaderWord{"rennen", Column::Race},
    HeaderWord{"wettbewerb", Column::Race},
    HeaderWord{"lauf", Column::Race},
    HeaderWord{"strecke", Column::Race},
    HeaderWord{"course", Column::Race},
    HeaderWord{"epreuve", Column::Race},
    HeaderWord{"carrera", Column::Race},
    HeaderWord{"prueba", Column::Race},
    HeaderWord{"distance", Column::Race},
    HeaderWord{"distanz", Column::Race},
    HeaderWord{"distancia", Column::Race},
    HeaderWord{"wave", Column::Wave},
    HeaderWord{"waveid", Column::Wave},
    HeaderWord{"startwave", Column::Wave},
    HeaderWord{"welle", Column::Wave},
    HeaderWord{"startwelle", Column::Wave},
    HeaderWord{"vague", Column::Wave},
    HeaderWord{"ola", Column::Wave},
    HeaderWord{"mode", Column::Mode},
    HeaderWord{"club", Column::Club},
    HeaderWord{"clubname", Column::Club},
    HeaderWord{"verein", Column::Club},
    HeaderWord{"vereinsname", Column::Club},
    HeaderWord{"team", Column::Team},
    HeaderWord{"teamname", Column::Team},
    HeaderWord{"mannschaft", Column::Team},
    HeaderWord{"equipe", Column::Team},
    HeaderWord{"equipo", Column::Team},
    HeaderWord{"leg", Column::Leg},
    HeaderWord{"legs", Column::Leg},
    HeaderWord{"relayleg", Column::Leg},
    HeaderWord{"group", Column::Group},
    HeaderWord{"gruppe", Column::Group},
    HeaderWord{"groupe", Column::Group},
    HeaderWord{"grupo", Column::Group},
    HeaderWord{"city", Column::City},
    HeaderWord{"town", Column::City},
    HeaderWord{"ort", Column::City},
    HeaderWord{"stadt", Column::City},
    HeaderWord{"wohnort", Column::City},
    HeaderWord{"ville", Column::City},
    HeaderWord{"ciudad", Column::City},
    HeaderWord{"localidad", Column::City},
    HeaderWord{"state", Column::State},
    HeaderWord{"statecode", Column::State},
    HeaderWord{"province", Column::State},
    HeaderWord{"bundesland", Column::State},
    HeaderWord{"provincia", Column::State},
    HeaderWord{"country", Column::Country},
    HeaderWord{"countrycode", Column::Country},
    HeaderWord{"land", Column::Country},
    HeaderWord{"pays", Column::Country},
    HeaderWord{"pais", Column::Country},
    HeaderWord{"nation", Column::Country},
    HeaderWord{"nationality", Column::Country},
    HeaderWord{"nationalitat", Column::Country},
    HeaderWord{"nationalite", Column::Country},
    HeaderWord{"nacionalidad", Column::Country},
    HeaderWord{"goaltime", Column::GoalTime},
    HeaderWord{"targettime", Column::GoalTime},
    HeaderWord{"expectedtime", Column::GoalTime},
    HeaderWord{"zielzeit", Column::GoalTime},
    HeaderWord{"wunschzeit", Column::GoalTime},
    HeaderWord{"entrystatus", Column::EntryStatus},
    HeaderWord{"guideof", Column::GuideOf},
    HeaderWord{"guidefor", Column::GuideOf},
    HeaderWord{"para", Column::Para},
    HeaderWord{"paraclass", Column::Para},
    HeaderWord{"firsttime", Column::FirstTime},
    HeaderWord{"firsttimer", Column::FirstTime},
    HeaderWord{"why", Column::Why},
    HeaderWord{"cause", Column::Cause},
    HeaderWord{"charity", Column::Cause},
    HeaderWord{"dedication", Column::Dedication},
    HeaderWord{"tell", Column::Tell},
    HeaderWord{"private", Column::Private},
    HeaderWord{"privat", Column::Private},
    HeaderWord{"anonymous", Column::Private},
    HeaderWord{"anonym", Column::Private},
    HeaderWord{"minor", Column::Minor},
    HeaderWord{"minderjahrig", Column::Minor},
    HeaderWord{"note", Column::Note},
    HeaderWord{"notes", Column::Note},
    HeaderWord{"remarks", Column::Note},
    HeaderWord{"comments", Column::Note},
    HeaderWord{"bemerkung", Column::Note},
    HeaderWord{"bemerkungen", Column::Note},
};

using Words = std::vector<std::string_view>;
const Words kFemale = {"f",     "female", "w",      "weiblich", "frau",    "frauen",
                       "damen", "femme",  "femmes", "dame",     "feminin", "femenino",
                       "mujer", "woman",  "women",  "girl",     "madchen", "fille"};
const Words kMale = {"m",     "male",   "mannlich",  "mann",   "manner", "herren", "herr",
                     "homme", "hommes", "masculin",  "hombre", "h",      "man",    "men",
                     "boy",   "junge",  "masculino", "varon",  "garcon"};
const Words kThird = {"x",      "nb",      "nonbinary", "nonbinaire", "nobinario", "enby",
                      "divers", "diverse", "other",     "autre",      "otro"};
const Words kUnsaid = {"",     "unknown", "unbekannt",    "na",         "ka",
                       "none", "notsaid", "notspecified", "undisclosed"};

bool is_in(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Up to three whole numbers apart by one and the same sign of `signs`.
struct DateNumbers {
  std::array<int, 3> value{};
  std::array<std::size_t, 3> digits{};
  char sign = '\0';
};

std::optional<DateNumbers> split_date(std::string_view text) {
  DateNumbers out;
  std::size_t part = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (++out.digits[part] > 4) return std::nullopt;
      out.value[part] = out.value[part] * 10 + (c - '0');
      continue;
    }
    const bool is_sign = c == '.' || c == '/' || c == '-';
    if (!is_sign || part == 2 || (out.sign != '\0' && c != out.sign)) return std::nullopt;
    if (out.digits[part] == 0) return std::nullopt;
    out.sign = c;
    ++part;
  }
  if (part != 2 || out.digits[2] == 0 || out.digits[1] > 2) return std::nullopt;
  return out;
}

/// The part of a date that a spreadsheet hangs a midnight behind.
std::string_view without_midnight(std::string_view text) {
  for (const std::string_view midnight : {"T00:00:00", " 00:00:00", " 0:00", " 00:00"}) {
    if (text.size() > midnight.size() && text.substr(text.size() - midnight.size()) == midnight) {
      return text.substr(0, text.size() - midnight.size());
    }
  }
  return text;
}

/// True where the first two numbers are day and month in an order the sign does not tell.
bool is_open_order(const DateNumbers& numbers) {
  return numbers.sign != '.' && numbers.digits[0] <= 2 && numbers.digits[2] == 4;
}

base::Result<base::Date> make_date(int year, int month, int day, std::string_view text) {
  const auto padded = [](int value) {
    std::string out = std::to_string(value);
    return out.size() < 2 ? "0" + out : out;
  };
  auto date = base::parse_date(std::to_string(year) + "-" + padded(month) + "-" + padded(day));
  if (date) return date;
  return base::fail(base::ErrorCode::InvalidInput,
                    "found " + quoted(text) + ", expected a day that exists");
}

const std::unordered_map<std::string_view, Column>& header_words() {
  static const auto* const kTable = [] {
    auto* words = new std::unordered_map<std::string_view, Column>();
    for (const HeaderWord& word : kHeaderWords) words->emplace(word.word, word.column);
    return words;
  }();
  return *kTable;
}

}  // namespace

std::string folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  wide.foldCase();
  if (U_SUCCESS(status)) wide = decompose->normalize(wide, status);
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    if (u_isalnum(c)) kept.append(c);
  }
  std::string out;
  kept.toUTF8String(out);
  return out;
}

EntryColumn column_of(std::string_view header) {
  const auto found = header_words().find(folded(header));
  return found == header_words().end() ? Column::Extra : found->second;
}

SexLetters survey_sexes(const std::vector<CsvRow>& rows, std::size_t column) {
  bool has_woman = false;
  bool has_w = false;
  bool has_spanish_man = false;
  for (const CsvRow& row : rows) {
    if (column >= row.cells.size()) continue;
    const std::string word = folded(row.cells[column].text);
    has_woman = has_woman || is_in(kFemale, word);
    has_w = has_w || word == "w";
    has_spanish_man = has_spanish_man || word == "h" || word == "v";
  }
  return SexLetters{has_spanish_man && !has_woman, has_w};
}

SexWord sex_of(std::string_view text, SexLetters letters) {
  const std::string word = folded(text);
  if (word == "m" && letters.m_is_unclear) return {std::nullopt, false};
  if (word == "d" && letters.d_is_divers) return {model::Sex::X, true};
  if (is_in(kFemale, word)) return {model::Sex::Female, true};
  if (is_in(kMale, word)) return {model::Sex::Male, true};
  if (is_in(kThird, word)) return {model::Sex::X, true};
  return {std::nullopt, is_in(kUnsaid, word)};
}

std::optional<model::Mode> mode_of(std::string_view text) {
  const std::string word = folded(text);
  if (word.empty()) return model::Mode::Foot;
  if (is_in({"foot", "run", "runner", "running", "walk", "walker", "walking"}, word)) {
    return model::Mode::Foot;
  }
  if (is_in({"wheelchair", "rollstuhl", "fauteuil", "pushrim"}, word)) {
    return model::Mode::Wheelchair;
  }
  if (is_in({"handcycle", "handbike"}, word)) return model::Mode::Handcycle;
  return model::parse_mode(word);
}

std::optional<model::EntryStatus> entry_status_of(std::string_view text) {
  const std::string word = folded(text);
  if (word.empty() || word == "entered") return model::EntryStatus::Entered;
  if (word == "dns") return model::EntryStatus::DidNotStart;
  if (word == "deferred") return model::EntryStatus::Deferred;
  return std::nullopt;
}

std::optional<bool> truth_of(std::string_view text) {
  const std::string word = folded(text);
  if (is_in({"yes", "y", "true", "1", "x", "ja", "j", "oui", "si"}, word)) return true;
  if (is_in({"", "no", "n", "false", "0", "nein", "non"}, word)) return false;
  return std::nullopt;
}

base::Result<DateOrder> survey_dates(const std::vector<CsvRow>& rows, std::size_t column,
                                     const std::string& file) {
  DateOrder order = DateOrder::Unknown;
  int proof_line = 0;
  for (const CsvRow& row : rows) {
    if (column >= row.cells.size()) continue;
    const CsvCell& cell = row.cells[column];
    const auto numbers = split_date(without_midnight(trimmed(cell.text)));
    if (!numbers || !is_open_order(*numbers)) continue;
    DateOrder here = DateOrder::Unknown;
    if (numbers->value[0] > 12) here = DateOrder::DayFirst;
    if (numbers->value[1] > 12) here = DateOrder::MonthFirst;
    if (here == DateOrder::Unknown) continue;
    if (order != DateOrder::Unknown && here != order) {
      return base::fail(base::ErrorCode::InvalidInput,
                        "found " + quoted(trimmed(cell.text)) + ", where line " +
                            std::to_string(proof_line) +
                            " has day and month the other way round; expected one order, best "
                            "YYYY-MM-DD",
                        base::Place{file, cell.line, cell.column});
    }
    if (order == DateOrder::Unknown) proof_line = cell.line;
    order = here;
  }
  return order;
}

base::Result<base::Date> parse_birth_date(std::string_view text, DateOrder order) {
  constexpr const char* kExpected = ", expected a birth date as YYYY-MM-DD or DD.MM.YYYY";
  const auto numbers = split_date(without_midnight(text));
  if (!numbers) {
    return base::fail(base::ErrorCode::InvalidInput, "found " + quoted(text) + kExpected);
  }
  const auto& [a, b, c] = numbers->value;
  if (numbers->digits[0] == 4 && numbers->sign != '.' && numbers->digits[2] <= 2) {
    return make_date(a, b, c, text);
  }
  if (numbers->digits[2] != 4) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found " + quoted(text) + ", whose year has not four digits" + kExpected);
  }
  if (numbers->sign == '.' || a == b) return make_date(c, b, a, text);
  if (order == DateOrder::DayFirst) return make_date(c, b, a, text);
  if (order == DateOrder::MonthFirst) return make_date(c, a, b, text);
  return base::fail(base::ErrorCode::InvalidInput,
                    "found " + quoted(text) +
                        ", where day and month may be either way round and no other line tells" +
                        kExpected);
}

}  // namespace hs::formats
