#include <algorithm>
#include <utility>

#include "present/json_out.h"
#include "server/api.h"
#include "server/posted_hand.h"

// Implementation notes: lists of hand timing come in as streams, as from a file, and are brought
// together by a person. A block is accepted whole, and only while its times are those that the
// person saw: a clock that was corrected in between moves them.

namespace hs::server {
namespace {

constexpr std::size_t kMostLinesOfEvent = 100'000;

std::string no_store() { return header_line("Cache-Control", "no-store"); }

std::string posted_json(const PostedHand& posted) {
  present::JsonOut out;
  out.begin_object();
  out.integer_of("lines", static_cast<std::int64_t>(posted.lines));
  out.key("bad");
  out.begin_array();
  for (const formats::BadLine& bad : posted.bad) {
    out.begin_object();
    out.integer_of("line", bad.line);
    out.text_of("message", bad.message);
    out.end_object();
  }
  out.end_array();
  out.end_object();
  return out.take();
}

std::string accepted_json(const std::vector<model::FactSeq>& seqs) {
  present::JsonOut out;
  out.begin_object();
  out.key("seqs");
  out.begin_array();
  for (const model::FactSeq seq : seqs) out.integer(static_cast<std::int64_t>(seq.raw()));
  out.end_array();
  out.end_object();
  return out.take();
}

std::size_t lines_in(const scoring::HandTiming& hand) {
  std::size_t out = 0;
  for (const scoring::HandList& list : hand.lists) out += list.lines.size();
  return out;
}

const scoring::HandList* find_list(const scoring::HandTiming& hand, const std::string& id) {
  for (const scoring::HandList& list : hand.lists) {
    if (std::to_string(list.stream.raw()) == id) return &list;
  }
  return nullptr;
}

/// The time of a line, if it is still what was seen.
std::optional<base::RaceTime> time_of(const scoring::HandList& list, const AcceptedLine& wanted) {
  for (const scoring::HandListLine& line : list.lines) {
    if (line.line != wanted.line || !line.at) continue;
    if (base::format_rfc3339(*line.at, std::chrono::seconds(0)) == wanted.at) return line.at;
  }
  return std::nullopt;
}

}  // namespace

Response Api::add_hand(const Request& request, const Identity& who) {
  const auto state = current(Audience::Officials);
  const model::Event* event = state->view->now().event();
  if (event == nullptr) return problem(409, "the race file has no event yet");
  auto posted = parse_posted_hand(request.body, *event, std::string(engine::kSentBy) + who.name);
  if (!posted) return problem(422, posted.error().text());
  if (lines_in(state->view->now().hand()) + posted->lines > kMostLinesOfEvent) {
    return problem(409, "an event has room for " + std::to_string(kMostLinesOfEvent) +
                            " lines of hand timing");
  }
  const std::string answer = posted_json(*posted);
  if (posted->streams.empty()) return respond(200, "application/json", answer, no_store());
  if (auto failed = store(std::move(posted->streams))) return std::move(*failed);
  return respond(201, "application/json", answer, no_store());
}

Response Api::accept_hand(const Request& request, const Identity& who) {
  const auto block = parse_accepted_block(request.body);
  if (!block) return problem(422, block.error().text());
  if (engine_.is_recording_only()) {
    return problem(409,
                   "only reads are recorded now: the lists are kept, bring them together later");
  }
  const auto state = current(Audience::Officials);
  const scoring::HandList* list = find_list(state->view->now().hand(), block->list);
  if (list == nullptr) return problem(404, "found no list '" + block->list + "' of hand timing");
  std::vector<model::FactBody> bodies;
  for (const AcceptedLine& line : block->lines) {
    const auto at = time_of(*list, line);
    if (!at) {
      return problem(409, "line " + std::to_string(line.line) + " is not at " + line.at +
                              " any more: read the lists anew");
    }
    model::HandReadFact fact;
    fact.race = line.race.empty() ? block->race : line.race;
    fact.bib = line.bib;
    fact.mat = list->mat;
    fact.at = *at;
    fact.reason = "hand timing: line " + std::to_string(line.line) + " of " + list->name;
    if (!block->reason.empty()) fact.reason += "; " + block->reason;
    fact.author = {who.name, clock_.now()};
    bodies.push_back(std::move(fact));
  }
  const auto seqs = engine_.add_all(std::move(bodies), "hand " + block->id);
  if (!seqs) return problem(seqs.error());
  return respond(201, "application/json", accepted_json(*seqs), no_store());
}

}  // namespace hs::server
