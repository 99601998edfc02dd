#include "conformance/club_files.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "base/file.h"
#include "conformance/fact_race.h"

namespace hs::conformance {

std::string trimmed(std::string text) {
  const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  std::size_t begin = 0;
  while (begin < text.size() && is_blank(text[begin])) ++begin;
  return text.substr(begin);
}

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == by && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = trimmed(part);
  return parts;
}

base::Result<std::vector<std::string>> lines_of(const std::string& path) {
  HS_TRY(const std::string bytes, base::read_file(path));
  std::vector<std::string> lines;
  std::istringstream stream(bytes);
  for (std::string line; std::getline(stream, line);) {
    if (!trimmed(line).empty() && line.front() != '#') lines.push_back(line);
  }
  return lines;
}

base::Result<Config> read_config(const std::string& folder) {
  HS_TRY(const auto lines, lines_of(folder + "/config.txt"));
  Config config;
  for (const std::string& line : lines) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    config[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
  }
  return config;
}

std::string get(const Config& config, const std::string& key, const std::string& otherwise) {
  const auto found = config.find(key);
  return found == config.end() ? otherwise : found->second;
}

std::vector<std::string> list_of(const Config& config, const std::string& key) {
  const std::string text = get(config, key);
  return text.empty() ? std::vector<std::string>() : split(text, ',');
}

base::Duration recorded(std::string text) {
  std::replace(text.begin(), text.end(), '.', ':');
  return duration(text);
}

base::Duration race_start(const Config& config) {
  const std::string offset = get(config, "OFFSET_RACE_START");
  return offset.empty() ? base::Duration(0) : duration(offset);
}

std::string padded(const std::string& official) {
  return official.size() == std::string("h:mm:ss").size() ? "0" + official : official;
}

}  // namespace hs::conformance
