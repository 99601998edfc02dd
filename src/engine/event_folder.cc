#include "engine/event_folder.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/file.h"
#include "formats/event_file.h"

namespace hs::engine {
namespace {

using base::ErrorCode;
using base::Result;
using model::Attention;

Attention about_file(Attention::Kind kind, std::string text, const std::string& mat) {
  Attention item;
  item.severity = model::Severity::Look;
  item.kind = kind;
  item.text = std::move(text);
  item.mat = mat;
  return item;
}

/// The pattern with the folder in front, the folder's own special characters taken as they are.
std::string pattern_in(const std::string& folder, const std::string& pattern) {
  std::string out;
  for (const char c : folder) {
    if (c == '*' || c == '?' || c == '[' || c == '\\') out += '\\';
    out += c;
  }
  return out + "/" + pattern;
}

/// Files that match, sorted by name, relative to `folder`.
std::vector<std::string> matching_files(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> out;
  glob_t found{};
  if (::glob(pattern_in(folder, pattern).c_str(), 0, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) {
      out.push_back(std::string(found.gl_pathv[i]).substr(folder.size() + 1));
    }
  }
  ::globfree(&found);
  return out;
}

std::string marker_file_of(const std::string& file) {
  return std::filesystem::path(file).replace_extension(".mrk").string();
}

Result<formats::ChipFile> parse_file(const EventFolder& folder, const model::SourceConfig& source,
                                     const std::string& file) {
  HS_TRY(const std::string bytes, base::read_file(folder.path + "/" + file));
  formats::ChipFileInput input;
  input.file = file;
  input.bytes = bytes;
  std::string markers;
  const std::string marker_file = marker_file_of(file);
  if (marker_file != file) {
    if (auto found = base::read_file(folder.path + "/" + marker_file)) {
      markers = std::move(*found);
      input.markers = markers;
      input.marker_file = marker_file;
    }
  }
  return formats::parse_chip_file(source, folder.event, input);
}

void list_bad_lines(const formats::ChipFile& parsed, const std::string& file,
                    const std::string& mat, std::vector<Attention>& out) {
  for (const formats::BadLine& bad : parsed.bad) {
    const base::Error error{ErrorCode::InvalidInput, bad.message, {bad.file, bad.line, bad.column}};
    out.push_back(about_file(Attention::Kind::BadLine, error.text(), mat));
  }
  if (parsed.last_line_cut) {
    out.push_back(about_file(Attention::Kind::BadLine,
                             file + ": the last line is cut off; the device was still writing",
                             mat));
  }
}

Result<void> read_source(EventFolder& folder, const model::SourceConfig& source, Strict strict,
                         std::set<std::pair<std::string, std::string>>& done) {
  if (source.file.empty()) return {};  // A live device: `serve` listens to it.
  const std::vector<std::string> files = matching_files(folder.path, source.file);
  if (files.empty()) {
    const std::string what = source.file + ": no such file";
    if (strict == Strict::Yes) {
      return base::fail(ErrorCode::NotFound, "found no file '" + source.file + "'",
                        {folder.path + "/event.toml", source.line, 0});
    }
    folder.attention.push_back(about_file(Attention::Kind::FileMissing, what, source.mat));
    return {};
  }
  for (const std::string& file : files) {
    if (!done.emplace(file, source.mat).second) continue;
    auto parsed = parse_file(folder, source, file);
    if (!parsed) {
      if (strict == Strict::Yes) return tl::make_unexpected(std::move(parsed).error());
      folder.attention.push_back(
          about_file(Attention::Kind::FileUnreadable, parsed.error().text(), source.mat));
      continue;
    }
    list_bad_lines(*parsed, file, source.mat, folder.attention);
    folder.sources.push_back({file, std::move(*parsed)});
  }
  return {};
}

}  // namespace

Result<EventFolder> read_event_folder(const std::string& path, Strict strict) {
  EventFolder folder;
  folder.path = path;
  while (folder.path.size() > 1 && folder.path.back() == '/') folder.path.pop_back();
  const std::string event_file = folder.path + "/event.toml";
  HS_TRY(const std::string event_text, base::read_file(event_file));
  HS_TRY(folder.event, formats::read_event(event_text, event_file, &folder.attention));

  const std::string entrants_file = folder.path + "/entrants.csv";
  HS_TRY(const std::string entrants_text, base::read_file(entrants_file));
  HS_TRY(folder.entrants, formats::read_entrants(entrants_text, entrants_file, folder.event));
  folder.attention.insert(folder.attention.end(), folder.entrants.questions.begin(),
                          folder.entrants.questions.end());

  const std::string rulings_file = folder.path + "/rulings.jsonl";
  if (auto rulings_text = base::read_file(rulings_file)) {
    HS_TRY(folder.rulings, formats::read_rulings(*rulings_text, rulings_file));
  } else if (rulings_text.error().code != ErrorCode::NotFound) {
    return tl::make_unexpected(rulings_text.error());
  }

  std::set<std::pair<std::string, std::string>> done;
  for (const model::SourceConfig& source : folder.event.sources) {
    HS_TRY_VOID(read_source(folder, source, strict, done));
  }
  return folder;
}

}  // namespace hs::engine
