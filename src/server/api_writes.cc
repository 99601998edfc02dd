#include <future>
#include <utility>
#include <variant>

#include "formats/rulings_file.h"
#include "present/json_out.h"
#include "server/api.h"
#include "server/posted_reads.h"

// Implementation notes: what officials write. Each waits until it is on the disk: an answer of 201
// is a promise.

namespace hs::server {
namespace {

/// What a role may write: a timer everything, a referee what concerns a result, an announcer notes.
bool may_write(Role role, const model::FactBody& body) {
  switch (role) {
    case Role::Timer:
      return true;
    case Role::Referee:
      return std::holds_alternative<model::RulingFact>(body) ||
             std::holds_alternative<model::NoteFact>(body) ||
             std::holds_alternative<model::UndoFact>(body);
    case Role::Announcer:
      return std::holds_alternative<model::NoteFact>(body);
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
  if (!may_write(who.role, body)) {
    return problem(403, std::string("a ") + model::name_of(model::kind_of(body)) +
                            " is not for the role '" + name_of(who.role) + "'");
  }
  const auto seq = engine_.add(body);
  if (!seq) return problem(seq.error());
  return respond(201, "application/json", "{\"seq\":" + std::to_string(seq->raw()) + "}",
                 no_store());
}

Response Api::add_reads(const Request& request, const Identity& who) {
  const auto state = current(Audience::Officials);
  const model::Event* event = state->view->now().event();
  if (event == nullptr) return problem(409, "the race file has no event yet");
  auto reads = parse_posted_reads(request.body, *event, "sent by " + who.name);
  if (!reads) return problem(422, reads.error().text());
  const std::string answer = reads_json(*reads);
  if (reads->streams.empty()) return respond(200, "application/json", answer, no_store());
  auto stored = std::make_shared<std::promise<base::Result<void>>>();
  std::future<base::Result<void>> done = stored->get_future();
  engine::Incoming incoming;
  incoming.streams = std::move(reads->streams);
  incoming.when_stored = [stored](const base::Result<void>& result) { stored->set_value(result); };
  if (!engine_.submit(std::move(incoming))) {
    return problem(503, "too much waits to be stored: nothing of this was taken, send it again",
                   header_line("Retry-After", "1"));
  }
  const base::Result<void> result = done.get();
  if (!result) return problem(result.error());
  return respond(200, "application/json", answer, no_store());
}

}  // namespace hs::server
