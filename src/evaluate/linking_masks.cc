#include "evaluate/linking_masks.h"

#include <string>

#include "history/nicknames.h"

namespace hs::evaluate {
namespace {

namespace level = history::level;
using history::Field;
using history::Record;
using history::Roll;

constexpr std::array kNames = {"none",      "middle gone", "middle added", "middle other",
                               "nickname",  "initial",     "first typo",   "first other",
                               "last typo", "last double", "last other"};
static_assert(kNames.size() == kNameChanges);

/// A letter more, less, another, or two swapped; the first letter stays.
std::string with_typo(std::string word, Random& random) {
  const std::size_t at = 1 + random.below(word.size() - 1);
  const char letter = static_cast<char>('a' + static_cast<char>(random.below(26)));
  switch (random.below(4)) {
    case 0:
      word.insert(at, 1, word[at]);
      break;
    case 1:
      word.erase(at, 1);
      break;
    case 2:
      word[at] = letter;
      break;
    default:
      if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
      break;
  }
  return word;
}

/// The words of a name, to be changed.
struct Words {
  std::string first;
  std::string middle;
  std::string last;
};

Words words_of(const Roll& roll, const Record& record) {
  const history::RollName& name = roll.name_of(record);
  return {std::string(roll.text(name.first)), std::string(roll.text(name.middle)),
          std::string(roll.text(name.last))};
}

/// The words of anybody of the roll.
Words anybody(const Roll& roll, Random& random) {
  return words_of(roll, roll.records()[random.below(roll.records().size())]);
}

bool change_first(const Roll& roll, NameChange change, Words& words, Random& random) {
  constexpr std::size_t kShortest = 4;
  if (change == NameChange::Nickname) {
    const auto others = history::nicknames_of(words.first);
    if (others.empty()) return false;
    words.first = others[random.below(others.size())];
    return true;
  }
  if (change == NameChange::Initial) {
    if (words.first.size() < 2) return false;
    words.first.resize(1);
    return true;
  }
  if (change == NameChange::FirstTypo) {
    if (words.first.size() < kShortest) return false;
    words.first = with_typo(words.first, random);
    return true;
  }
  if (words.middle.size() > 1) {
    words.first = std::exchange(words.middle, std::string());
    return true;
  }
  words.first = anybody(roll, random).first;
  return !words.first.empty();
}

bool change_last(const Roll& roll, NameChange change, Words& words, Random& random) {
  constexpr std::size_t kShortest = 4;
  if (change == NameChange::LastTypo) {
    if (words.last.size() < kShortest) return false;
    words.last = with_typo(words.last, random);
    return true;
  }
  const std::string other = anybody(roll, random).last;
  if (other.empty() || other == words.last) return false;
  words.last = change == NameChange::LastDouble ? words.last + " " + other : other;
  return true;
}

bool change_words(const Roll& roll, NameChange change, Words& words, Random& random) {
  switch (change) {
    case NameChange::None:
      return true;
    case NameChange::MiddleGone:
      return !std::exchange(words.middle, std::string()).empty();
    case NameChange::MiddleAdded:
    case NameChange::MiddleOther: {
      if (words.middle.empty() != (change == NameChange::MiddleAdded)) return false;
      const std::string other = anybody(roll, random).middle.substr(0, 1);
      if (other.empty() || words.middle.starts_with(other)) return false;
      words.middle = other;
      return true;
    }
    case NameChange::Nickname:
    case NameChange::Initial:
    case NameChange::FirstTypo:
    case NameChange::FirstOther:
      return change_first(roll, change, words, random);
    case NameChange::LastTypo:
    case NameChange::LastDouble:
    case NameChange::LastOther:
      return change_last(roll, change, words, random);
  }
  return false;
}

}  // namespace

const char* name_of(NameChange change) { return kNames[static_cast<std::size_t>(change)]; }

NameChange change_between(const Roll& roll, const Record& earlier, const Record& later) {
  const history::Pattern pattern = history::compare(roll, earlier, later);
  const std::uint8_t last = pattern[Field::Last];
  if (last == level::LastDiffers) return NameChange::LastOther;
  if (last == level::LastPart) return NameChange::LastDouble;
  if (last == level::LastClose) return NameChange::LastTypo;
  switch (pattern[Field::First]) {
    case level::FirstDiffers:
    case level::FirstCrossed:
      return NameChange::FirstOther;
    case level::FirstClose:
      return NameChange::FirstTypo;
    case level::FirstInitial:
      return NameChange::Initial;
    case level::FirstNickname:
      return NameChange::Nickname;
    default:
      break;
  }
  if (pattern[Field::Middle] == level::MiddleConflict) return NameChange::MiddleOther;
  if (pattern[Field::Middle] != level::MiddleOneOnly) return NameChange::None;
  const bool was_there = !roll.text(roll.name_of(earlier).middle).empty();
  return was_there ? NameChange::MiddleGone : NameChange::MiddleAdded;
}

std::optional<Record> masked(Roll& roll, const Record& record, NameChange change, Random& random) {
  // What is drawn by lot may be what was there.
  constexpr int kDraws = 10;
  for (int i = 0; i < kDraws; ++i) {
    Words words = words_of(roll, record);
    if (!change_words(roll, change, words, random)) continue;
    Record out = record;
    const std::string given = words.middle.empty() ? words.first : words.first + " " + words.middle;
    out.name = roll.name_number({{}, given, words.last}, record.sex);
    if (change_between(roll, record, out) != NameChange::None) return out;
  }
  return std::nullopt;
}

}  // namespace hs::evaluate
