#include <array>

#include "base/check.h"
#include "model/fact_codec.h"
#include "model/fact_fields.h"
#include "model/json.h"

// Implementation notes: the people's form is checked harder than the stored one. A key that does
// not belong to its ruling is refused, since a word of a person that is silently passed over is
// worse than one that is asked about again.

namespace hs::model {
namespace {

using RulingKind = RulingFact::Kind;

/// What a ruling needs besides race and bib. What it does not need, it does not take.
struct RulingNeeds {
  bool amount = false;
  bool at = false;
  bool reads = false;
  bool point = false;
  bool with = false;
  bool to = false;
};

RulingNeeds needs_of(RulingKind kind) {
  RulingNeeds needs;
  switch (kind) {
    case RulingKind::Penalty:
      needs.amount = true;
      break;
    case RulingKind::Start:
    case RulingKind::Finish:
      needs.at = true;
      break;
    case RulingKind::IgnoreRead:
      needs.reads = true;
      break;
    case RulingKind::ForceRead:
      needs.reads = true;
      needs.point = true;
      break;
    case RulingKind::DeadHeat:
    case RulingKind::Merge:
    case RulingKind::SwapChips:
      needs.with = true;
      break;
    case RulingKind::Move:
      needs.to = true;
      break;
    case RulingKind::Assisted:
    case RulingKind::Disqualify:
    case RulingKind::Reinstate:
    case RulingKind::DidNotFinish:
    case RulingKind::DidNotStart:
    case RulingKind::OutOfCompetition:
    case RulingKind::AcceptStart:
    case RulingKind::AcceptWave:
      break;
  }
  return needs;
}

void expect_text(FieldReader& reader, const char* key, const std::string& value) {
  if (value.empty()) reader.refuse(key, "found an empty text, expected some words");
}

void expect_key(FieldReader& reader, const char* key, bool needed, bool given, RulingKind kind) {
  const std::string ruling = std::string("the ruling '") + name_of(kind) + "'";
  if (needed && !given) reader.refuse(key, "is missing, and " + ruling + " needs it");
  if (!needed && reader.has(key)) reader.refuse(key, "has no meaning for " + ruling);
}

/// What a ruling may have besides what it needs.
struct RulingMay {
  bool with = false;
  bool to = false;
  bool findings = false;
};

RulingMay may_of(RulingKind kind) {
  RulingMay may;
  may.with = may.findings = kind == RulingKind::Assisted;
  may.to = kind == RulingKind::Merge || kind == RulingKind::SwapChips;
  return may;
}

void check(FieldReader& reader, const RulingFact& fact) {
  const RulingNeeds needs = needs_of(fact.kind);
  expect_text(reader, "race", fact.race);
  expect_key(reader, "amount", needs.amount, fact.amount.has_value(), fact.kind);
  expect_key(reader, "at", needs.at, fact.at.has_value(), fact.kind);
  expect_key(reader, "reads", needs.reads, !fact.reads.empty(), fact.kind);
  expect_key(reader, "point", needs.point, !fact.point.empty(), fact.kind);
  const RulingMay may = may_of(fact.kind);
  if (!may.with) expect_key(reader, "with", needs.with, !fact.with.empty(), fact.kind);
  if (!may.to) expect_key(reader, "to", needs.to, !fact.to.empty(), fact.kind);
  if (!may.findings) {
    expect_key(reader, "medical_at_hand", false, false, fact.kind);
    expect_key(reader, "advantage", false, false, fact.kind);
  }
  const bool binds_two = fact.kind == RulingKind::Merge || fact.kind == RulingKind::SwapChips;
  if (binds_two && fact.with.size() > 1) {
    reader.refuse("with", "found several bibs, expected the one other");
  }
  if (fact.kind == RulingKind::ForceRead && fact.reads.size() > 1) {
    reader.refuse("reads", "found several reads, expected the one that is the passing");
  }
}

void check(FieldReader& reader, const GunFact& fact) {
  expect_text(reader, "race", fact.race);
  expect_text(reader, "wave", fact.wave);
}
void check(FieldReader& reader, const CloseFact& fact) { expect_text(reader, "race", fact.race); }
void check(FieldReader& reader, const CancelFact& fact) { expect_text(reader, "race", fact.race); }
void check(FieldReader& reader, const HideFact& fact) { expect_text(reader, "race", fact.race); }
void check(FieldReader& reader, const EraseFact& fact) { expect_text(reader, "race", fact.race); }
void check(FieldReader& reader, const PublishFact& fact) {
  expect_text(reader, "race", fact.race);
  if (fact.official && fact.protest_until) {
    reader.refuse("protest_until", "has no meaning for results that are official");
  }
}
void check(FieldReader& reader, const RaceRulingFact& fact) {
  expect_text(reader, "race", fact.race);
  if (const auto misfit = misfit_of(fact)) reader.refuse(misfit->key, misfit->message);
}
void check(FieldReader& reader, const ClockCorrectionFact& fact) {
  expect_text(reader, "device", fact.device);
  if (fact.from && fact.until && *fact.from >= *fact.until) {
    reader.refuse("until", "found a time that is not after 'from'");
  }
}
void check(FieldReader& reader, const HandReadFact& fact) {
  expect_text(reader, "race", fact.race);
  expect_text(reader, "mat", fact.mat);
}
void check(FieldReader& reader, const NoteFact& fact) {
  expect_text(reader, "text", fact.text);
  if (const auto misfit = misfit_of(fact)) reader.refuse(misfit->key, misfit->message);
}
void check(FieldReader& reader, const UndoFact& fact) {
  if (fact.undone == FactSeq()) reader.refuse("seq", "found 0, expected a fact's number from 1");
}

/// The line's own place, where one is known: the column of the key that was wrong.
base::Place place_of(std::string_view line, const std::string& key) {
  const std::string quoted = "\"" + key + "\"";
  for (std::size_t at = line.find(quoted); at != std::string_view::npos;
       at = line.find(quoted, at + 1)) {
    // The same word may stand before as a value; a key has a colon behind it.
    const std::size_t next = line.find_first_not_of(" \t", at + quoted.size());
    if (next != std::string_view::npos && line[next] == ':') {
      return {std::string(), 0, static_cast<int>(at) + 1};
    }
  }
  return {};
}

tl::unexpected<base::Error> refused(std::string_view line, const FieldReader::Trouble& trouble) {
  return base::fail(base::ErrorCode::InvalidInput, trouble.message, place_of(line, trouble.key));
}

template <typename T>
base::Result<FactBody> read_fact(const JsonValue& json, std::string_view line) {
  T fact{};
  std::string kind;
  FieldReader reader(json, Form::People);
  reader.need("fact", kind);
  fields(reader, fact);
  check(reader, fact);
  expect_text(reader, "by", fact.author.by);
  if (const auto trouble = reader.finish()) return refused(line, *trouble);
  return FactBody(std::move(fact));
}

base::Result<FactBody> read_any(const JsonValue& json, std::string_view line,
                                std::string_view kind) {
  if (kind == name_of(FactKind::Ruling)) return read_fact<RulingFact>(json, line);
  if (kind == name_of(FactKind::Note)) return read_fact<NoteFact>(json, line);
  if (kind == name_of(FactKind::Gun)) return read_fact<GunFact>(json, line);
  if (kind == name_of(FactKind::Close)) return read_fact<CloseFact>(json, line);
  if (kind == name_of(FactKind::Cancel)) return read_fact<CancelFact>(json, line);
  if (kind == name_of(FactKind::Undo)) return read_fact<UndoFact>(json, line);
  if (kind == name_of(FactKind::Hide)) return read_fact<HideFact>(json, line);
  if (kind == name_of(FactKind::Erase)) return read_fact<EraseFact>(json, line);
  if (kind == name_of(FactKind::Publish)) return read_fact<PublishFact>(json, line);
  if (kind == name_of(FactKind::RaceRuling)) return read_fact<RaceRulingFact>(json, line);
  if (kind == name_of(FactKind::HandRead)) return read_fact<HandReadFact>(json, line);
  if (kind == name_of(FactKind::ClockCorrection)) {
    return read_fact<ClockCorrectionFact>(json, line);
  }
  return refused(
      line, {"fact",
             "key 'fact': found '" + std::string(kind.substr(0, 40)) +
                 "', expected one of 'ruling', 'race-ruling', 'note', 'gun', 'close', "
                 "'cancel', 'undo', 'hide', 'erase', 'publish', 'hand-read', 'clock-correction'"});
}

const JsonValue* member_of(const JsonValue& json, std::string_view key) {
  for (const JsonMember& member : json.members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

}  // namespace

std::string to_json_line(const FactBody& body) {
  const FactKind kind = kind_of(body);
  HS_CHECK(is_made_by_person(kind), "only facts that people make have a line");
  JsonWriter json;
  FieldWriter writer(json, Form::People);
  json.begin_object();
  writer.need("fact", std::string(name_of(kind)));
  std::visit(
      [&](const auto& fact) {
        // Reads and entrants have no list of fields in this form; the check above keeps them out.
        if constexpr (requires { fact.author; }) fields(writer, fact);
      },
      body);
  json.end_object();
  return json.take();
}

base::Result<FactBody> from_json_line(std::string_view line, std::string_view by) {
  HS_TRY(JsonValue json, parse_json(line));
  if (json.kind != JsonValue::Kind::Object) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found " + json.describe() + ", expected an object in { }",
                      {std::string(), 0, 1});
  }
  if (!by.empty() && member_of(json, "by") == nullptr) {
    JsonValue author;
    author.kind = JsonValue::Kind::Text;
    author.text = by;
    json.members.push_back({"by", std::move(author)});
  }
  const JsonValue* kind = member_of(json, "fact");
  if (kind == nullptr || kind->kind != JsonValue::Kind::Text) {
    return refused(line, {"fact", "key 'fact': is missing or no text"});
  }
  return read_any(json, line, kind->text);
}

}  // namespace hs::model
