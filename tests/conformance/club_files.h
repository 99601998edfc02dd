#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

// The text files of the club's hand-timing program, as far as its races by one and by teams share
// them.

namespace hs::conformance {

/// Without blanks at both ends.
[[nodiscard]] std::string trimmed(std::string text);

/// The cells of a line, trimmed; what stands between quotation marks is one cell.
[[nodiscard]] std::vector<std::string> split(const std::string& text, char by);

/// The lines that say something: no comments, no blanks. Errors: NotFound.
[[nodiscard]] base::Result<std::vector<std::string>> lines_of(const std::string& path);

using Config = std::map<std::string, std::string>;

/// The keys and values of `folder`'s config.txt. Errors: NotFound.
[[nodiscard]] base::Result<Config> read_config(const std::string& folder);

[[nodiscard]] std::string get(const Config& config, const std::string& key,
                              const std::string& otherwise = "");

/// The parts of a value between commas; none where the key is missing.
[[nodiscard]] std::vector<std::string> list_of(const Config& config, const std::string& key);

/// "29:25", "1:02:03" and "28.49" (minutes and seconds).
[[nodiscard]] base::Duration recorded(std::string text);

/// The gun. The watch starts at midnight of the event's day, which is as good an hour as any.
[[nodiscard]] base::Duration race_start(const Config& config);

/// "1:07:22" as that program writes it: "01:07:22".
[[nodiscard]] std::string padded(const std::string& official);

}  // namespace hs::conformance
