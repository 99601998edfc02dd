#include "model/fact_codec.h"

#include "model/fact_fields.h"
#include "model/json.h"

// Implementation notes: which form a kind has, and nothing about fields: those are in
// fact_fields.h. Whatever `encode` takes, `decode` takes back (a race file must never hold a fact
// that cannot be read again), so the stored form asks for less than the people's (fact_line.cc).

namespace hs::model {
namespace {

template <typename T>
std::string stored_json(const T& value) {
  JsonWriter json;
  FieldWriter writer(json, Form::Stored);
  json.begin_object();
  fields(writer, value);
  json.end_object();
  return json.take();
}

tl::unexpected<base::Error> corrupt(const char* what, const std::string& why) {
  return base::fail(base::ErrorCode::Corrupt, std::string("a stored ") + what + ": " + why);
}

template <typename T>
base::Result<T> from_stored_json(std::string_view text, const char* what) {
  const auto json = parse_json(text);
  if (!json) return corrupt(what, json.error().message);
  if (json->kind != JsonValue::Kind::Object) {
    return corrupt(what, "found " + json->describe() + ", expected an object");
  }
  T value{};
  FieldReader reader(*json, Form::Stored);
  fields(reader, value);
  if (const auto trouble = reader.finish()) return corrupt(what, trouble->message);
  return value;
}

std::string encode_body(const ReadFact& fact) {
  std::string out;
  encode_read(fact.read, out);
  return out;
}

std::string encode_body(const ReadConflictFact& fact) {
  std::string out;
  for (unsigned i = 0; i < 8; ++i) {
    out += static_cast<char>((fact.first.raw() >> (8 * i)) & 0xff);
  }
  encode_read(fact.read, out);
  return out;
}

std::string encode_body(const EntrantFact& fact) { return stored_json(fact.entrant); }

template <typename T>
std::string encode_body(const T& fact) {
  return stored_json(fact);
}

std::string encode_personal(const Person& person) {
  std::string json = stored_json(person);
  return json == "{}" ? std::string() : json;  // Nothing known, nothing to erase: no row.
}

base::Result<FactBody> decode_conflict(std::string_view body) {
  constexpr std::size_t kSeqSize = 8;
  if (body.size() < kSeqSize) return corrupt("read-conflict", "is too short");
  std::uint64_t first = 0;
  for (unsigned i = 0; i < kSeqSize; ++i) {
    first |= static_cast<std::uint64_t>(static_cast<unsigned char>(body[i])) << (8 * i);
  }
  HS_TRY(const Read read, decode_read(body.substr(kSeqSize)));
  return FactBody(ReadConflictFact{FactSeq(first), read});
}

base::Result<FactBody> decode_entrant(std::string_view body, std::string_view personal) {
  HS_TRY(auto entrant, from_stored_json<Entrant>(body, "entrant"));
  EntrantFact fact{std::move(entrant), {}};
  if (!personal.empty()) {
    HS_TRY(fact.person, from_stored_json<Person>(personal, "person"));
  }
  return FactBody(std::move(fact));
}

template <typename T>
base::Result<FactBody> decode_json(FactKind kind, std::string_view body) {
  HS_TRY(auto fact, from_stored_json<T>(body, name_of(kind)));
  return FactBody(std::move(fact));
}

}  // namespace

EncodedFact encode(const FactBody& body) {
  EncodedFact out;
  out.kind = kind_of(body);
  out.body = std::visit([](const auto& fact) { return encode_body(fact); }, body);
  if (const auto* entrant = std::get_if<EntrantFact>(&body)) {
    out.personal = encode_personal(entrant->person);
  }
  return out;
}

base::Result<FactBody> decode(FactKind kind, std::string_view body, std::string_view personal) {
  switch (kind) {
    case FactKind::Read: {
      HS_TRY(const Read read, decode_read(body));
      return FactBody(ReadFact{read});
    }
    case FactKind::ReadConflict:
      return decode_conflict(body);
    case FactKind::Entrant:
      return decode_entrant(body, personal);
    case FactKind::Event:
      return decode_json<EventFact>(kind, body);
    case FactKind::EntrantRemoved:
      return decode_json<EntrantRemovedFact>(kind, body);
    case FactKind::Stream:
      return decode_json<StreamFact>(kind, body);
    case FactKind::Marker:
      return decode_json<MarkerFact>(kind, body);
    case FactKind::Gun:
      return decode_json<GunFact>(kind, body);
    case FactKind::Close:
      return decode_json<CloseFact>(kind, body);
    case FactKind::Cancel:
      return decode_json<CancelFact>(kind, body);
    case FactKind::Ruling:
      return decode_json<RulingFact>(kind, body);
    case FactKind::ClockCorrection:
      return decode_json<ClockCorrectionFact>(kind, body);
    case FactKind::HandRead:
      return decode_json<HandReadFact>(kind, body);
    case FactKind::HandLine:
      return decode_json<HandLineFact>(kind, body);
    case FactKind::Note:
      return decode_json<NoteFact>(kind, body);
    case FactKind::Undo:
      return decode_json<UndoFact>(kind, body);
    case FactKind::Hide:
      return decode_json<HideFact>(kind, body);
    case FactKind::Publish:
      return decode_json<PublishFact>(kind, body);
    case FactKind::RaceRuling:
      return decode_json<RaceRulingFact>(kind, body);
    case FactKind::Erase:
      return decode_json<EraseFact>(kind, body);
  }
  return base::fail(base::ErrorCode::Corrupt, "a stored fact has the kind " +
                                                  std::to_string(static_cast<int>(kind)) +
                                                  ", which this version does not know");
}

}  // namespace hs::model
