#include "history/name_fold.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/fold.h"
#include "history/nicknames.h"

namespace hs::history {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::pair<std::string_view, Suffix>, 10> kSuffixes = {{
    {"jr", Suffix::Junior},
    {"junior", Suffix::Junior},
    {"sr", Suffix::Senior},
    {"senior", Suffix::Senior},
    {"ii", Suffix::Second},
    {"2nd", Suffix::Second},
    {"iii", Suffix::Third},
    {"3rd", Suffix::Third},
    {"iv", Suffix::Fourth},
    {"4th", Suffix::Fourth},
}};

/// Words that say what somebody is and not who.
constexpr std::array<std::string_view, 14> kTitles = {
    "dr", "mr", "mrs", "ms", "prof", "rev", "fr", "esq", "phd", "md", "ltc", "capt", "dds", "rn"};

constexpr std::array<std::string_view, 18> kParticles = {
    "van", "von", "de", "der", "den", "del", "della", "di", "da",
    "dos", "du",  "la", "le",  "el",  "ter", "ten",   "st", "mac"};

template <typename Table>
bool is_among(std::string_view word, const Table& table) {
  return std::find(table.begin(), table.end(), word) != table.end();
}

Words words_of(std::string_view text) {
  const std::string folded = base::fold_words(text);
  Words out;
  for (std::size_t from = 0; from < folded.size();) {
    const std::size_t to = std::min(folded.find(' ', from), folded.size());
    out.push_back(folded.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

/// The pieces between blanks, each folded; a piece with a hyphen is several words.
Words blank_parted(std::string_view text) {
  Words out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    std::string piece = base::fold_words(text.substr(from, to - from));
    if (!piece.empty()) out.push_back(std::move(piece));
    from = to + 1;
  }
  return out;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += word + ' ';
  return out;
}

/// Drops titles and takes the suffix out; never the only word.
Suffix take_suffix(Words& words) {
  Suffix out = Suffix::None;
  for (std::size_t i = 0; i < words.size() && words.size() > 1;) {
    const auto* const suffix =
        std::find_if(kSuffixes.begin(), kSuffixes.end(),
                     [&](const auto& entry) { return i > 0 && entry.first == words[i]; });
    if (suffix == kSuffixes.end() && !is_among(words[i], kTitles)) {
      ++i;
      continue;
    }
    if (suffix != kSuffixes.end()) out = suffix->second;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return out;
}

struct Halves {
  Words given;
  Words last;
};

/// "Last, First" at the comma; else the last word with the particles before it.
Halves halves_of(std::string_view whole, Suffix& suffix) {
  Halves out;
  if (const std::size_t comma = whole.find(','); comma != std::string_view::npos) {
    out.last = words_of(whole.substr(0, comma));
    out.given = words_of(whole.substr(comma + 1));
    return out;
  }
  // A hyphen holds the parts of a double last name together, so words are parted at blanks first.
  out.given = blank_parted(whole);
  suffix = take_suffix(out.given);
  if (out.given.empty()) return out;
  std::size_t at = out.given.size() - 1;
  while (at > 1 && is_among(out.given[at - 1], kParticles)) --at;
  for (std::size_t i = at; i < out.given.size(); ++i) {
    for (std::string& word : words_of(out.given[i])) out.last.push_back(std::move(word));
  }
  out.given.resize(at);
  if (!out.given.empty()) out.given = words_of(joined(out.given));
  return out;
}

bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h' ||
         c == 'w';
}

/// How many changes lead from `a` to `b`, or `limit` + 1 where they are more.
std::size_t changes_between(std::string_view a, std::string_view b, std::size_t limit) {
  constexpr std::size_t kLongest = 40;
  if (a.size() > kLongest || b.size() > kLongest) return limit + 1;
  std::array<std::array<std::size_t, kLongest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t other = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + other});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], two_above[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

FoldedName fold_name(const WrittenName& written, std::optional<model::Sex> sex) {
  FoldedName out;
  Halves halves;
  if (written.last.empty()) {
    halves = halves_of(written.whole, out.suffix);
  } else {
    halves.given = words_of(written.first);
    halves.last = words_of(written.last);
  }
  for (Words* words : {&halves.last, &halves.given}) {
    const Suffix suffix = take_suffix(*words);
    if (suffix != Suffix::None) out.suffix = suffix;
  }
  for (std::string& word : halves.last) {
    out.last += word;
    if (word.size() > 1 && !is_among(word, kParticles)) out.parts.push_back(std::move(word));
  }
  if (!halves.given.empty()) out.first = std::move(halves.given[0]);
  if (halves.given.size() > 1) out.middle = std::move(halves.given[1]);
  out.formal = std::string(formal_name(out.first, sex));
  return out;
}

std::string skeleton(std::string_view word) {
  std::string out;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (i > 0 && (is_vowel(c) || out.back() == c)) continue;
    out += c;
  }
  return out;
}

std::uint32_t sound_number(std::string_view last, std::string_view formal) {
  std::string sounds = skeleton(last);
  std::string other = skeleton(formal);
  if (other < sounds) std::swap(sounds, other);
  sounds += ' ' + other;
  // FNV-1a: the same on every machine.
  std::uint32_t out = 2166136261U;
  for (const char c : sounds) out = (out ^ static_cast<unsigned char>(c)) * 16777619U;
  return out;
}

bool are_close(std::string_view a, std::string_view b) {
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kLong = 8;
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  const std::size_t limit = shorter >= kLong ? 2 : 1;
  if (shorter < kShortest || longer - shorter > limit) return false;
  return changes_between(a, b, limit) <= limit;
}

}  // namespace hs::history
