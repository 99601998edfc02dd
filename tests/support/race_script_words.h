#pragma once

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace hs::test_support {

/// The words of one line of a race script, taken one by one. A word that nobody takes, or one that
/// is missing or badly written, stops the test and shows the line.
class Words {
 public:
  explicit Words(std::string line) : line_(std::move(line)) {
    std::string word;
    for (const char c : line_ + " ") {
      if (c != ' ' && c != '\t') {
        word += c;
      } else if (!word.empty()) {
        words_.push_back(std::move(word));
        word.clear();
      }
    }
  }

  [[noreturn]] void stop(const std::string& what) const {
    std::fprintf(stderr, "race script: %s in line: %s\n", what.c_str(), line_.c_str());
    std::abort();
  }

  [[nodiscard]] bool empty() const { return words_.empty(); }

  /// The first word left.
  std::string take(const char* what) {
    if (words_.empty()) stop(std::string("no ") + what);
    std::string word = words_.front();
    words_.erase(words_.begin());
    return word;
  }

  /// The word behind `key`, anywhere in the line.
  std::optional<std::string> after(std::string_view key) {
    for (std::size_t i = 0; i + 1 < words_.size(); ++i) {
      if (words_[i] != key) continue;
      std::string value = words_[i + 1];
      const auto at = words_.begin() + static_cast<std::ptrdiff_t>(i);
      words_.erase(at, at + 2);
      return value;
    }
    return std::nullopt;
  }

  /// True when `word` stands anywhere in the line.
  bool flag(std::string_view word) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (words_[i] != word) continue;
      words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(i));
      return true;
    }
    return false;
  }

  /// The name at the end of the line, "=NAME".
  std::optional<std::string> name() {
    if (words_.empty() || words_.back().size() < 2 || words_.back()[0] != '=') return std::nullopt;
    std::string out = words_.back().substr(1);
    words_.pop_back();
    return out;
  }

  /// Everything has to be taken.
  void done() const {
    if (!words_.empty()) stop("unknown word '" + words_.front() + "'");
  }

  [[nodiscard]] base::Duration duration(const std::string& text) const {
    const auto parsed = base::parse_duration(text);
    if (!parsed) stop("no time '" + text + "'");
    return *parsed;
  }

 private:
  std::string line_;
  std::vector<std::string> words_;
};

/// "a,b,c" in its parts.
[[nodiscard]] inline std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> out;
  std::string part;
  for (const char c : text + ",") {
    if (c != ',') {
      part += c;
    } else if (!part.empty()) {
      out.push_back(std::move(part));
      part.clear();
    }
  }
  return out;
}

}  // namespace hs::test_support
