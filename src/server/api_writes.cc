#include <algorithm>
#include <future>
#include <utility>
#include <variant>

#include "engine/event_folder.h"
#include "formats/rulings_file.h"
#include "model/json.h"
#include "present/changes.h"
#include "present/json_out.h"
#include "server/api.h"
#include "server/posted_reads.h"

// Implementation notes: what officials write. Each waits until it is on the disk: an answer of 201
// is a promise.

namespace hs::server {
namespace {

/// True where the fact is a note that this person wrote.
bool is_own_note(const engine::Overview& overview, model::FactSeq seq, const std::string& name) {
  const auto& notes = overview.results.notes;
  return std::any_of(notes.begin(), notes.end(), [&](const model::Note& one) {
    return one.seq == seq && one.note.author.by == name;
  });
}

/// An announcer writes notes, but none of an official, and takes their own back.
bool may_announcer_write(const engine::Overview& overview, const std::string& name,
                         const model::FactBody& body) {
  if (const auto* undo = std::get_if<model::UndoFact>(&body)) {
    return is_own_note(overview, undo->undone, name);
  }
  const auto* note = std::get_if<model::NoteFact>(&body);
  return note != nullptr && note->kind != model::NoteKind::Official;
}

/// What a role may write: a timer everything, a referee what concerns a result, an announcer notes;
/// and anybody hides somebody.
bool may_write(const Identity& who, const engine::Overview& overview, const model::FactBody& body) {
  if (std::holds_alternative<model::HideFact>(body)) return true;
  switch (who.role) {
    case Role::Timer:
      return true;
    case Role::Referee:
      return std::holds_alternative<model::RulingFact>(body) ||
             std::holds_alternative<model::RaceRulingFact>(body) ||
             std::holds_alternative<model::CancelFact>(body) ||
             std::holds_alternative<model::NoteFact>(body) ||
             std::holds_alternative<model::UndoFact>(body) ||
             std::holds_alternative<model::PublishFact>(body);
    case Role::Announcer:
      return may_announcer_write(overview, who.name, body);
  }
  return false;
}

model::Author* author_of(model::FactBody& body) {
  return std::visit(
      [](auto& fact) -> model::Author* {
        if constexpr (requires { fact.author; }) {
          return &fact.author;
        } else {
          return nullptr;
        }
      },
      body);
}

std::string reads_json(const PostedReads& reads) {
  present::JsonOut out;
  out.begin_object();
  out.integer_of("reads", static_cast<std::int64_t>(reads.reads));
  out.key("bad");
  out.begin_array();
  for (const formats::BadLine& bad : reads.bad) {
    out.begin_object();
    out.integer_of("line", bad.line);
    out.integer_of("column", bad.column);
    out.text_of("message", bad.message);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return out.take();
}

std::string taken_json(const engine::IngestReport& taken) {
  present::JsonOut out;
  out.begin_object();
  out.key("event");
  out.begin_array();
  if (taken.event_changed) {
    for (const std::string& one :
         present::describe_changes(*taken.event_before, *taken.event_after)) {
      out.text(one);
    }
  }
  out.end_array();
  out.integer_of("entries", static_cast<std::int64_t>(taken.entries.size()));
  out.integer_of("rulings", static_cast<std::int64_t>(taken.rulings_new));
  out.integer_of("reads", static_cast<std::int64_t>(taken.reads_new));
  out.end_object();
  return out.take();
}

/// The fact by which a runner is hidden; nothing where they are not.
std::optional<model::FactSeq> hidden_by(const engine::Overview& overview, const std::string& race,
                                        const model::BibNumber& bib) {
  const model::EventResults& results = overview.results;
  for (std::size_t e = 0; e < results.entrants.size(); ++e) {
    const model::Entrant& entrant = results.entrants[e];
    if (entrant.race == race && entrant.bib == bib) return results.runners[e].hidden_by;
  }
  return std::nullopt;
}

std::string no_store() { return header_line("Cache-Control", "no-store"); }

}  // namespace

Response Api::add_fact(const Request& request, const Identity& who) {
  auto read = formats::read_rulings(request.body, "body", who.name);
  if (!read) return problem(422, read.error().text());
  if (read->size() != 1) {
    return problem(422, "found " + std::to_string(read->size()) + " facts, expected one");
  }
  model::FactBody& body = read->front().body;
  model::Author* author = author_of(body);
  if (author == nullptr || author->by != who.name) {
    return problem(422, "found another author: whoever signed in is the author, leave out 'by'");
  }
  if (!author->at) author->at = clock_.now();
  if (!may_write(who, *engine_.overview(), body)) {
    return problem(403, std::string("a ") + model::name_of(model::kind_of(body)) +
                            " is not for the role '" + name_of(who.role) + "'");
  }
  const auto seq = engine_.add(body);
  if (!seq) return problem(seq.error());
  return respond(201, "application/json", "{\"seq\":" + std::to_string(seq->raw()) + "}",
                 no_store());
}

Response Api::hide(const Request& request, const Identity& who) {
  const auto json = model::parse_json(request.body);
  if (!json) return problem(400, json.error().text());
  std::string race;
  std::string number;
  std::optional<bool> hidden;
  for (const model::JsonMember& member : json->members) {
    if (member.key == "race") race = member.value.text;
    if (member.key == "bib") number = member.value.text;
    if (member.key == "hidden" && member.value.kind == model::JsonValue::Kind::Bool) {
      hidden = member.value.boolean;
    }
  }
  const auto bib = model::BibNumber::parse(number);
  if (race.empty() || !bib || !hidden) {
    return problem(422, "expected {\"race\":\"half\",\"bib\":\"12\",\"hidden\":true}");
  }
  const model::Author author{who.name, clock_.now()};
  model::FactBody body = model::HideFact{race, *bib, author};
  const auto overview = engine_.overview();
  auto before = hidden_by(*overview, race, *bib);
  const std::string key = race + "/" + bib->str();
  {
    const std::lock_guard lock(mutex_);
    const auto said = hidden_.find(key);
    if (said != hidden_.end() && overview->results.as_of < said->second.written) {
      before = said->second.by;
    }
  }
  if (*hidden == before.has_value()) {
    return respond(200, "application/json", "{}", no_store());  // It is so already.
  }
  if (before) body = model::UndoFact{*before, "", author};
  const auto seq = engine_.add(body);
  if (!seq) return problem(seq.error());
  {
    const std::lock_guard lock(mutex_);
    hidden_[key] = {*seq, *hidden ? std::optional(*seq) : std::nullopt};
  }
  return respond(201, "application/json", "{\"seq\":" + std::to_string(seq->raw()) + "}",
                 no_store());
}

Response Api::take_folder() {
  if (options_.event_folder.empty()) {
    return problem(409, "a race file is served, without an event folder to be read again");
  }
  // Read as a whole before anything is taken: a mistake changes nothing.
  auto folder = engine::read_event_folder(options_.event_folder, engine::Strict::No);
  if (!folder) return problem(422, folder.error().text());
  const auto taken = engine_.take(std::move(*folder));
  if (!taken && taken.error().code == base::ErrorCode::Unsupported) {
    return problem(409, taken.error().text());
  }
  if (!taken) return problem(taken.error());
  return respond(200, "application/json", taken_json(*taken), no_store());
}

Response Api::add_reads(const Request& request, const Identity& who) {
  const auto state = current(Audience::Officials);
  const model::Event* event = state->view->now().event();
  if (event == nullptr) return problem(409, "the race file has no event yet");
  auto reads = parse_posted_reads(request.body, *event, std::string(engine::kSentBy) + who.name);
  if (!reads) return problem(422, reads.error().text());
  const std::string answer = reads_json(*reads);
  if (reads->streams.empty()) return respond(200, "application/json", answer, no_store());
  if (auto failed = store(std::move(reads->streams))) return std::move(*failed);
  return respond(200, "application/json", answer, no_store());
}

std::optional<Response> Api::store(std::vector<formats::ParsedStream> streams) {
  auto stored = std::make_shared<std::promise<base::Result<void>>>();
  std::future<base::Result<void>> done = stored->get_future();
  engine::Incoming incoming;
  incoming.streams = std::move(streams);
  incoming.when_stored = [stored](const base::Result<void>& result) { stored->set_value(result); };
  if (!engine_.submit(std::move(incoming))) {
    return problem(503, "too much waits to be stored: nothing of this was taken, send it again",
                   header_line("Retry-After", "1"));
  }
  const base::Result<void> result = done.get();
  if (!result) return problem(result.error());
  return std::nullopt;
}

}  // namespace hs::server
