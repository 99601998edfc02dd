#include "server/posted_hand.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/time.h"
#include "model/json.h"

namespace hs::server {
namespace {

using base::ErrorCode;
using base::Result;
using model::JsonValue;

constexpr const char* kDevice = "hand-live";  // A file of hand timing is of the device "hand".
constexpr std::size_t kNameBytes = 64;
constexpr std::size_t kReasonBytes = 500;
/// Phones and browsers measure in these; a finger is far slower.
constexpr base::Duration kResolution = std::chrono::milliseconds(1);

tl::unexpected<base::Error> unfit(std::string_view key, const JsonValue* found,
                                  std::string_view expected) {
  return base::fail(ErrorCode::InvalidInput,
                    "'" + std::string(key) + "': found " +
                        (found == nullptr ? std::string("nothing") : found->describe()) +
                        ", expected " + std::string(expected));
}

/// The last value under a key; null where there is none.
const JsonValue* find(const JsonValue& object, std::string_view key) {
  const JsonValue* out = nullptr;
  for (const model::JsonMember& member : object.members) {
    if (member.key == key) out = &member.value;
  }
  return out;
}

bool is_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
  });
}

enum class Absent : std::uint8_t { IsEmpty, IsWrong };

Result<std::string> text_of(const JsonValue& object, std::string_view key, Absent absent,
                            std::size_t most = kNameBytes) {
  const JsonValue* found = find(object, key);
  if (found == nullptr && absent == Absent::IsEmpty) return std::string();
  const bool fits = found != nullptr && found->kind == JsonValue::Kind::Text &&
                    (absent == Absent::IsEmpty || !found->text.empty()) &&
                    found->text.size() <= most && is_printable(found->text);
  if (fits) return std::string(found->text);
  return unfit(key, found, "a text of at most " + std::to_string(most) + " bytes");
}

Result<std::uint32_t> line_of(const JsonValue& object) {
  constexpr std::int64_t kMostLine = 1'000'000'000;
  const JsonValue* found = find(object, "line");
  const bool fits = found != nullptr && found->kind == JsonValue::Kind::Integer &&
                    found->integer >= 1 && found->integer <= kMostLine;
  if (!fits) return unfit("line", found, "the number of the line in its list, from 1");
  return static_cast<std::uint32_t>(found->integer);
}

/// Up to `kMostHandLines` objects under a key.
Result<const std::vector<JsonValue>*> lines_of(const JsonValue& object, std::string_view key) {
  const JsonValue* found = find(object, key);
  const bool fits = found != nullptr && found->kind == JsonValue::Kind::List &&
                    !found->items.empty() && found->items.size() <= kMostHandLines;
  if (!fits) {
    return unfit(key, found, "a list of 1 to " + std::to_string(kMostHandLines) + " lines");
  }
  return &found->items;
}

Result<JsonValue> object_of(std::string_view body) {
  HS_TRY(JsonValue json, model::parse_json(body));
  if (json.kind == JsonValue::Kind::Object) return json;
  return base::fail(ErrorCode::InvalidInput,
                    "found " + json.describe() + ", expected an object in { }");
}

Result<void> expect_mat(const model::Event& event, const std::string& mat) {
  std::vector<std::string> known;
  for (const model::Race& race : event.races) {
    for (const model::Point& point : race.points) {
      if (point.mat == mat) return {};
      if (std::find(known.begin(), known.end(), point.mat) == known.end()) {
        known.push_back(point.mat);
      }
    }
  }
  std::string list;
  for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
  return base::fail(ErrorCode::InvalidInput,
                    "found the mat '" + mat + "', expected one of: " + list);
}

Result<base::ReaderTime> instant_of(const JsonValue& value) {
  if (value.kind == JsonValue::Kind::Text) {
    const auto iso = base::parse_iso(value.text);
    if (iso && iso->utc_offset) {
      return base::ReaderTime(base::Duration(iso->civil.micros) - *iso->utc_offset);
    }
  }
  return unfit("at", &value, "an instant as 2026-05-08T10:03:12.4Z");
}

Result<model::HandLineFact> hand_line(const JsonValue& value) {
  if (value.kind != JsonValue::Kind::Object) {
    return base::fail(ErrorCode::InvalidInput,
                      "found " + value.describe() + ", expected an object in { }");
  }
  model::HandLineFact out;
  HS_TRY(out.line, line_of(value));
  const JsonValue* at = find(value, "at");
  const JsonValue* bib = find(value, "bib");
  if ((at == nullptr) == (bib == nullptr)) {
    return base::fail(ErrorCode::InvalidInput,
                      "expected either 'at' or 'bib': both together are a hand-read, and a fact");
  }
  if (at != nullptr) {
    HS_TRY(out.time, instant_of(*at));
    return out;
  }
  if (bib->kind == JsonValue::Kind::Text && bib->text == "?") return out;
  const auto number = bib->kind == JsonValue::Kind::Text
                          ? model::BibNumber::parse(bib->text)
                          : Result<model::BibNumber>(unfit("bib", bib, "a bib"));
  if (!number) return unfit("bib", bib, "a bib, or \"?\" where nobody saw it");
  out.bib = *number;
  return out;
}

formats::ParsedStream stream_of(const std::string& kind, const std::string& list,
                                const std::string& mat, const std::string& from) {
  formats::ParsedStream out;
  out.stream.device = kDevice;
  out.stream.epoch = kind + "/" + list;
  out.stream.mat = mat;
  out.stream.file = from;
  out.stream.format = kind;
  out.stream.role = model::ReadRole::Manual;
  out.stream.clock = model::DeviceClock::Utc;
  out.stream.resolution = kResolution;
  return out;
}

Result<AcceptedLine> accepted_line(const JsonValue& value) {
  AcceptedLine out;
  HS_TRY(out.line, line_of(value));
  HS_TRY(out.at, text_of(value, "at", Absent::IsWrong));
  HS_TRY(out.race, text_of(value, "race", Absent::IsEmpty));
  HS_TRY(const std::string bib, text_of(value, "bib", Absent::IsWrong));
  const auto number = model::BibNumber::parse(bib);
  if (!number) return unfit("bib", find(value, "bib"), "a bib");
  out.bib = *number;
  return out;
}

}  // namespace

Result<PostedHand> parse_posted_hand(std::string_view body, const model::Event& event,
                                     const std::string& from) {
  HS_TRY(const JsonValue json, object_of(body));
  HS_TRY(const std::string list, text_of(json, "list", Absent::IsWrong));
  HS_TRY(const std::string mat, text_of(json, "mat", Absent::IsWrong));
  HS_TRY_VOID(expect_mat(event, mat));
  HS_TRY(const std::vector<JsonValue>* lines, lines_of(json, "lines"));
  PostedHand out;
  formats::ParsedStream times = stream_of("times", list, mat, from);
  formats::ParsedStream bibs = stream_of("bibs", list, mat, from);
  for (std::size_t i = 0; i < lines->size(); ++i) {
    auto line = hand_line((*lines)[i]);
    if (!line) {
      out.bad.push_back({static_cast<int>(i + 1), 1, line.error().message, {}});
      continue;
    }
    (line->time ? times : bibs).hand_lines.push_back(*line);
    ++out.lines;
  }
  for (formats::ParsedStream* stream : {&times, &bibs}) {
    if (!stream->hand_lines.empty()) out.streams.push_back(std::move(*stream));
  }
  return out;
}

Result<AcceptedBlock> parse_accepted_block(std::string_view body) {
  HS_TRY(const JsonValue json, object_of(body));
  AcceptedBlock out;
  HS_TRY(out.id, text_of(json, "id", Absent::IsWrong));
  HS_TRY(out.race, text_of(json, "race", Absent::IsWrong));
  HS_TRY(out.list, text_of(json, "times", Absent::IsWrong));
  HS_TRY(out.reason, text_of(json, "reason", Absent::IsEmpty, kReasonBytes));
  HS_TRY(const std::vector<JsonValue>* lines, lines_of(json, "pairs"));
  for (std::size_t i = 0; i < lines->size(); ++i) {
    auto line = accepted_line((*lines)[i]);
    if (!line) {
      return base::fail(ErrorCode::InvalidInput,
                        "pair " + std::to_string(i + 1) + ": " + line.error().message);
    }
    out.lines.push_back(std::move(*line));
  }
  return out;
}

}  // namespace hs::server
