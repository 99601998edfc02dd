#include "engine/event_folder.h"

#include <glob.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "base/file.h"
#include "engine/fact_check.h"
#include "formats/entrants_json.h"
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

/// Markers that cannot be read are listed, and the reads count without them.
Result<formats::ChipFile> parse_file(EventFolder& folder, const model::SourceConfig& source,
                                     const std::string& file, Strict strict) {
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
    } else if (found.error().code != ErrorCode::NotFound) {
      if (strict == Strict::Yes) return tl::make_unexpected(std::move(found).error());
      folder.attention.push_back(
          about_file(Attention::Kind::FileUnreadable, found.error().text(), source.mat));
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

/// The rulings, each naming what the event has.
Result<void> read_rulings_of(EventFolder& folder) {
  const std::string file = folder.path + "/rulings.jsonl";
  auto text = base::read_file(file);
  if (!text) {
    if (text.error().code == ErrorCode::NotFound) return {};
    return tl::make_unexpected(std::move(text).error());
  }
  HS_TRY(folder.rulings, formats::read_rulings(*text, file));
  for (const formats::RulingLine& line : folder.rulings) {
    auto checked = check_names(folder.event, line.body);
    if (checked) continue;
    base::Error error = std::move(checked).error();
    error.code = ErrorCode::InvalidInput;
    error.place = {file, line.line, 1};
    return tl::make_unexpected(std::move(error));
  }
  return {};
}

/// Which sources read a file.
using Readers = std::map<std::string, std::vector<const model::SourceConfig*>>;

/// True where a source has read the same already.
/// Errors: InvalidInput where two patterns match one file and do not agree about it.
Result<bool> is_read_already(const EventFolder& folder, const model::SourceConfig& source,
                             const std::string& file, Readers& readers) {
  bool same = false;
  for (const model::SourceConfig* before : readers[file]) {
    const auto conflict = formats::conflict_over_file(*before, source);
    if (conflict) {
      return base::fail(ErrorCode::InvalidInput,
                        "found '" + file + "' with " + *conflict + " than by the source in line " +
                            std::to_string(before->line) + ", expected one source for a file",
                        {folder.path + "/event.toml", source.line, 1});
    }
    same = same || before->mat == source.mat;
  }
  readers[file].push_back(&source);
  return same;
}

Result<void> read_source(EventFolder& folder, const model::SourceConfig& source, Strict strict,
                         Readers& readers) {
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
    HS_TRY(const bool same, is_read_already(folder, source, file, readers));
    if (same) continue;
    auto parsed = parse_file(folder, source, file, strict);
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

/// The entry list, `entrants.csv`, or `entrants.json` in its place: which of two counts would be a
/// guess.
Result<formats::EntrantsFile> read_entries_of(const EventFolder& folder) {
  const std::string table = folder.path + "/entrants.csv";
  const std::string json = folder.path + "/entrants.json";
  std::error_code ignored;
  if (!std::filesystem::exists(json, ignored)) {
    HS_TRY(const std::string bytes, base::read_file(table));
    return formats::read_entrants(bytes, table, folder.event);
  }
  if (std::filesystem::exists(table, ignored)) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found entrants.csv and entrants.json, expected one of them",
                      {folder.path, 0, 0});
  }
  HS_TRY(const std::string bytes, base::read_file(json));
  return formats::read_entrants_json(bytes, json, folder.event);
}

}  // namespace

Result<EventFolder> read_event_folder(const std::string& path, Strict strict) {
  EventFolder folder;
  folder.path = path;
  while (folder.path.size() > 1 && folder.path.back() == '/') folder.path.pop_back();
  const std::string event_file = folder.path + "/event.toml";
  HS_TRY(folder.event_text, base::read_file(event_file));
  HS_TRY(folder.event, formats::read_event(folder.event_text, event_file, &folder.attention));

  HS_TRY(folder.entrants, read_entries_of(folder));
  folder.attention.insert(folder.attention.end(), folder.entrants.questions.begin(),
                          folder.entrants.questions.end());

  HS_TRY_VOID(read_rulings_of(folder));

  Readers readers;
  for (const model::SourceConfig& source : folder.event.sources) {
    HS_TRY_VOID(read_source(folder, source, strict, readers));
  }
  return folder;
}

}  // namespace hs::engine
