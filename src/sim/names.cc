#include "sim/names.h"

#include <array>
#include <span>
#include <string_view>

#include "base/check.h"

namespace hs::sim {

namespace {

constexpr std::array<std::string_view, 32> kWomen = {
    "Alva",  "Berit",       "Chiara",  "Dunja",    "Elif",   "Freya",          "Greta",  "Hanne",
    "Ines",  "Jolanda",     "Katya",   "Lucie",    "Mirjam", "Noor",           "Oriane", "Paloma",
    "Ronja", "Se\u00f1a",   "Tove",    "Ulrike",   "Vera",   "Wanda",          "Ylva",   "Zo\u00eb",
    "Amara", "Br\u00edgid", "Candela", "Delphine", "Esma",   "Fran\u00e7oise", "Hye",    "Imani"};
constexpr std::array<std::string_view, 32> kMen = {
    "Anton",  "Bj\u00f8rn", "Cem",        "Dario",      "Emil", "Florin", "Goran", "Henrik",
    "Ivo",    "Jannis",     "Kofi",       "Lasse",      "Milo", "Niall",  "Oskar", "Pavel",
    "Quirin", "Ra\u00fal",  "S\u00f8ren", "Tom\u00e1s", "Ugo",  "Viktor", "Wim",   "Yusuf",
    "Zoran",  "Aurelio",    "Bastian",    "Chidi",      "Dag",  "Eero",   "Jia",   "Kwame"};
constexpr std::array<std::string_view, 40> kBeginnings = {
    "Al",   "Ber", "Cas", "Dor", "El",  "Fal", "Gar",  "Hol",  "Ib",   "Jor",
    "Kel",  "Lin", "Mar", "Nor", "Os",  "Pel", "Quin", "Ros",  "Sol",  "Tor",
    "Ul",   "Var", "Wes", "Xan", "Yar", "Zel", "Bran", "Cor",  "Drem", "Fen",
    "Gris", "Hav", "Kro", "Lom", "Mil", "Ner", "Pra",  "Sten", "Tal",  "Vos"};
constexpr std::array<std::string_view, 24> kMiddles = {
    "",  "a",   "e",  "i",   "o",  "an", "en", "in",  "on", "ar", "er", "ber",
    "d", "dal", "go", "lan", "me", "na", "ri", "sta", "ti", "ve", "vi", "zo"};
constexpr std::array<std::string_view, 28> kEndings = {
    "berg", "by",  "cchi", "da",  "dal",  "ez",   "feld", "garde", "gren", "holt",
    "ic",   "ini", "ka",   "ke",  "lund", "mann", "mond", "nen",   "ova",  "quist",
    "rup",  "sen", "ska",  "son", "stad", "ton",  "veld", "wa"};
constexpr std::array<std::string_view, 16> kClubPlaces = {
    "Harbour",  "Old Mill", "Lighthouse", "North Pier", "Canal",  "Foundry",  "Orchard", "Ferry",
    "Chestnut", "Tramway",  "Quarry",     "Willow",     "Beacon", "Dockside", "Meadow",  "Viaduct"};
constexpr std::array<std::string_view, 6> kClubKinds = {"Runners",   "Striders",     "Harriers",
                                                        "Athletics", "Running Club", "Joggers"};
constexpr std::array<std::string_view, 12> kCities = {
    "Altmar",          "Besingen", "Corvara Nova", "Drommen",     "Eastmere",   "Falkvik",
    "Gorlitz-am-Meer", "Holmby",   "Isolabella",   "Jarvenranta", "Kastelburg", "Lindholm"};

std::string_view pick(std::span<const std::string_view> list, Random& random) {
  return list[random.below(static_cast<std::uint32_t>(list.size()))];
}

constexpr std::size_t kLongName = 200;

struct StrangeName {
  std::string_view first, last;
};

// Cyrillic, Greek, Arabic, Hebrew, Han, Hangul, emoji, a formula, a quote with separators, a
// combining accent, an apostrophe, markup, and a right-to-left override.
constexpr std::array<StrangeName, 14> kStrange = {{
    {"\u041b\u044e\u0431\u043e\u0432\u044c", "\u0412\u0435\u0442\u0440\u043e\u0432\u0430"},
    {"\u0396\u03ce\u03b7", "\u0391\u03bd\u03ad\u03bc\u03bf\u03c5"},
    {"\u0646\u0648\u0631", "\u0627\u0644\u0628\u062d\u0631\u064a"},
    {"\u05e0\u05d5\u05e2\u05d4", "\u05d2\u05dc\u05d9\u05dd"},
    {"\u98a8", "\u6d77\u91ce"},
    {"\ubc14\ub78c", "\ud574"},
    {"Juno \U0001F3C3\u200d\u2640\ufe0f", "Flink\U0001F4A8"},
    {"=cmd|'/c calc'!A1", "@SUM(1+1)*cmd"},
    {"Mary \"Mo\"", "Over;der, Bridge"},
    {"Ame\u0301lie", "Cafe\u0301ro"},
    {"D'Arcy", "O'Vell"},
    {"<b>Bo</b>", "</script><i>x"},
    {"\u202eRev", "Ersed\u202c"},
    {"-5+3", "+44 20"},
}};

}  // namespace

PersonName draw_name(bool female, Random& random) {
  PersonName name;
  name.first = female ? pick(kWomen, random) : pick(kMen, random);
  name.last += pick(kBeginnings, random);
  name.last += pick(kMiddles, random);
  name.last += pick(kEndings, random);
  return name;
}

std::size_t strange_name_count() { return kStrange.size() + 1; }

PersonName strange_name(std::size_t index) {
  HS_CHECK(index < strange_name_count(), "no such strange name");
  if (index == kStrange.size()) return {"Wolfe", std::string(kLongName, 'a')};
  return {std::string(kStrange[index].first), std::string(kStrange[index].last)};
}

std::string draw_club(Random& random) {
  std::string club(pick(kClubPlaces, random));
  club += ' ';
  club += pick(kClubKinds, random);
  return club;
}

std::string draw_city(Random& random) { return std::string(pick(kCities, random)); }

}  // namespace hs::sim
