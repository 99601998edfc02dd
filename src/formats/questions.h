#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hs::formats {

/// Something odd in a file that decides nothing.
struct Question {
  int line = 0;      ///< Of the first, from 1.
  std::string text;  ///< For the first.
  std::uint64_t count = 0;

  /// "file:line: text (and 12 more like it)".
  [[nodiscard]] std::string told(const std::string& file) const {
    std::string out = file + ":" + std::to_string(line) + ": " + text;
    if (count > 1) out += " (and " + std::to_string(count - 1) + " more like it)";
    return out;
  }
};

/// Asks each kind of question once and counts the lines it stands for, so that ten thousand lines
/// of one kind make one line of attention.
class Questions {
 public:
  /// `key` tells kinds apart; `text` says it for the first line.
  void ask(const std::string& key, int line, const std::string& text) {
    const auto [at, is_new] = index_.try_emplace(key, list_.size());
    if (is_new) list_.push_back(Question{line, text, 0});
    ++list_[at->second].count;
  }

  /// All of them by their first line.
  [[nodiscard]] std::vector<Question> take() {
    std::stable_sort(list_.begin(), list_.end(),
                     [](const Question& a, const Question& b) { return a.line < b.line; });
    return std::move(list_);
  }

 private:
  std::map<std::string, std::size_t> index_;
  std::vector<Question> list_;
};

}  // namespace hs::formats
