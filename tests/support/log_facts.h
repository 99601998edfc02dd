#pragma once

#include <string>
#include <vector>

#include "log/race_file.h"

namespace hs::test {

/// Facts to append, with the bytes behind their views. For tests of the log, which does not care
/// what a fact means.
class LogFacts {
 public:
  /// Adds a fact; gives itself, so that several can be added in a row.
  LogFacts& add(const std::string& body, const std::string& personal = {});
  /// Adds a fact that can come twice, named by a number.
  LogFacts& add_named(std::uint64_t name, std::uint32_t mark, const std::string& body);

  /// Holds until the next `add`.
  [[nodiscard]] std::vector<log::NewFact> facts() const;
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string body;
    std::string personal;
    std::optional<model::Identity> identity;
    std::uint32_t mark = 0;
  };
  std::vector<Entry> entries_;
};

/// The identity that `add_named` gives to a number.
[[nodiscard]] model::Identity named(std::uint64_t name);

/// All facts of a log as "seq:kind:body:personal", or the error's text as the last.
[[nodiscard]] std::vector<std::string> contents(const log::RaceFile& file);

}  // namespace hs::test
