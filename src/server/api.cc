#include "server/api.h"

#include <algorithm>
#include <limits>

#include "present/json_out.h"
#include "server/change_json.h"
#include "server/session_json.h"

// Implementation notes: a state and its cache are one object that is replaced as a whole, so there
// is nothing to invalidate. Only what everybody may see is cached; what a role sees is made anew.

namespace hs::server {
namespace {

constexpr std::size_t kMostChanges = 5'000;

std::string api_headers(Audience audience, Needs needs) {
  std::string out = header_line("X-Content-Type-Options", "nosniff");
  if (needs != Needs::Everybody) return out + header_line("Cache-Control", "no-store");
  out += header_line("Cache-Control", "no-cache");
  // Any page may show public results.
  if (audience == Audience::Public) out += header_line("Access-Control-Allow-Origin", "*");
  return out;
}

bool is_page(std::string_view path) {
  const auto begins = [&](std::string_view with) { return path.substr(0, with.size()) == with; };
  return !begins("/api/") && !begins("/feed/") && path != "/events" && path != "/healthz";
}

Response refused(const base::Error& error) {
  if (error.code == base::ErrorCode::InvalidInput) return problem(400, error.message);
  return problem(error);
}

}  // namespace

Api::Api(engine::LiveEngine& engine, const engine::LiveStory& story, Options options)
    : engine_(engine),
      story_(story),
      options_(std::move(options)),
      clock_(options_.clock != nullptr ? *options_.clock : base::system_clock()),
      page_(embedded_page()) {
  (void)refresh(Audience::Public);
  (void)refresh(Audience::Officials);
}

model::FactSeq Api::refresh(Audience audience) {
  // What was told of before is in what is taken now; of facts, those that the snapshot knows.
  const engine::FeedMark fed = engine_.changes().last();
  // The told ones first: they are older, so that the snapshot knows everybody they know.
  auto told = story_.told();
  auto overview = engine_.overview();
  auto view =
      std::make_shared<const RaceView>(engine_.snapshot(), std::move(overview), std::move(told));
  const model::FactSeq seq = view->now().seq();
  const engine::FeedMark known{seq, std::numeric_limits<std::uint32_t>::max()};
  const std::lock_guard lock(mutex_);
  auto& current = audience == Audience::Public ? public_ : officials_;
  // Never two events in one answer: the last whole view goes on until all have the new one.
  if (current != nullptr && !view->is_of_one_event()) return current->view->now().seq();
  (audience == Audience::Public ? public_shown_ : officials_shown_) = std::min(fed, known);
  if (current == nullptr || !current->view->is_same(*view)) {
    current = std::make_shared<Current>(std::move(view));
  }
  return seq;
}

std::shared_ptr<Api::Current> Api::current(Audience audience) const {
  const std::lock_guard lock(mutex_);
  return audience == Audience::Public ? public_ : officials_;
}

std::optional<Response> Api::ready(const Request& request, Audience audience) const {
  if (request.method != Method::Get && request.method != Method::Head) return std::nullopt;
  const auto found = current(audience)->cache.find(request.target);
  if (found == nullptr) return std::nullopt;
  return found->answer(request);
}

Api::Where Api::where(const Request& request, Audience audience) const {
  if (is_page(request.path())) {
    return page_.is_place(request.path()) ? Where::Views : Where::Here;
  }
  const auto search = find_route(request.method, request.path(), audience);
  if (!search || !search->found) return Where::Here;
  if (brings_new_token(request, *search->found->route)) {
    const bool is_waiting = sessions_.is_waiting(request.address, std::chrono::steady_clock::now());
    return is_waiting ? Where::Nowhere : Where::Tokens;
  }
  switch (search->found->route->action) {
    case Action::OfRace:
    case Action::Changes:
      return Where::Views;
    case Action::OfLog:
      return Where::Log;
    case Action::Login:
    case Action::Logout:
    case Action::Session:
    case Action::AddFact:
    case Action::AddReads:
    case Action::AddHand:
    case Action::AcceptHand:
    case Action::TakeFolder:
    case Action::Hide:
      return Where::Writes;
    case Action::Events:
    case Action::OpenApi:
    case Action::Health:
      break;
  }
  return Where::Here;
}

Response Api::answer(const Request& request, Audience audience) {
  const bool is_read = request.method == Method::Get || request.method == Method::Head;
  if (is_page(request.path())) {
    if (!is_read) return problem(405, "found another method", header_line("Allow", "GET, HEAD"));
    return answer_page(request, audience);
  }
  const auto search = find_route(request.method, request.path(), audience);
  if (!search) return refused(search.error());
  if (search->found) return answer_route(request, audience, *search->found);
  if (search->allow.empty()) return problem(404, "there is nothing at this address");
  return problem(405, "found another method, expected one of: " + search->allow,
                 header_line("Allow", search->allow));
}

Response Api::answer_route(const Request& request, Audience audience, const Matched& matched) {
  const Needs needs = matched.route->needs;
  Identity who;
  if (needs != Needs::Everybody && needs != Needs::OfficialsListener) {
    auto found = identify(request, needs);
    if (!found) return std::move(found.error());
    who = std::move(*found);
  }
  switch (matched.route->action) {
    case Action::OfRace:
    case Action::OfLog:
      return answer_view(request, audience, matched);
    case Action::Changes:
      return changes(request, audience);
    case Action::Events:
      return events(request, audience);
    case Action::OpenApi:
      return CachedBody("application/json", openapi_json(audience), api_headers(audience, needs))
          .answer(request);
    case Action::Health:
      return respond(200, "text/plain", "ok", header_line("Cache-Control", "no-store"));
    case Action::Login:
      return login(request);
    case Action::Logout:
      return logout(request);
    case Action::Session:
      return respond(200, "application/json", session_json(who), api_headers(audience, needs));
    case Action::AddFact:
      return add_fact(request, who);
    case Action::AddReads:
      return add_reads(request, who);
    case Action::AddHand:
      return add_hand(request, who);
    case Action::AcceptHand:
      return accept_hand(request, who);
    case Action::TakeFolder:
      return take_folder();
    case Action::Hide:
      return hide(request, who);
  }
  return problem(500, "a route without an answer");
}

Response Api::answer_page(const Request& request, Audience audience) {
  const auto query = Query::parse(request.query());
  if (!page_.is_place(request.path()) || !query) return page_.answer(request);
  const auto state = current(audience);
  if (const auto found = state->cache.find(request.target)) return found->answer(request);
  const auto first = first_html({*state->view, *query, {}, clock_.now()});
  // What cannot be shown, the page will say.
  if (!first || first->empty()) return page_.answer(request);
  auto made = std::make_shared<const CachedBody>(page_.index_with(*first));
  state->cache.keep(request.target, made);
  return made->answer(request);
}

Response Api::answer_view(const Request& request, Audience audience, const Matched& matched) {
  const auto state = current(audience);
  const bool is_shared = matched.route->needs == Needs::Everybody;
  // Somebody may have asked the same while this waited.
  if (is_shared) {
    if (const auto found = state->cache.find(request.target)) return found->answer(request);
  }
  const auto query = Query::parse(request.query());
  if (!query) return refused(query.error());
  const auto body = matched.route->view({*state->view, *query, matched.parts, clock_.now(),
                                         options_.console, &engine_, options_.race_file});
  if (!body) return refused(body.error());
  auto made = std::make_shared<const CachedBody>(matched.route->content_type, *body,
                                                 api_headers(audience, matched.route->needs));
  if (is_shared) state->cache.keep(request.target, made);
  return made->answer(request);
}

Response Api::changes(const Request& request, Audience audience) const {
  const auto query = Query::parse(request.query());
  if (!query) return refused(query.error());
  const auto after = query->get("after");
  const auto mark = engine::parse_feed_mark(after.value_or(""));
  if (!mark) return problem(400, "expected 'after', a sequence as it was given");
  engine::FeedMark shown;
  {
    const std::lock_guard lock(mutex_);
    shown = audience == Audience::Public ? public_shown_ : officials_shown_;
  }
  // Nothing that the answers do not know yet: whoever is told of a change asks what it is.
  const auto missed = engine_.changes().since(*mark, shown);
  std::size_t count = 0;
  if (missed) {
    for (const engine::ChangeBatch& batch : missed->batches) count += batch->size();
  }
  if (!missed || count > kMostChanges) {
    return problem(410,
                   "that sequence is too far back, or of another race file: read the results "
                   "anew and go on from their as_of");
  }
  present::JsonOut out;
  out.begin_object();
  current(audience)->view->write_as_of(out);
  out.text_of("next", engine::text_of(missed->mark));
  out.key("items");
  out.json(changes_json(missed->batches));
  out.end_object();
  return CachedBody("application/json", out.take(), api_headers(audience, Needs::Everybody))
      .answer(request);
}

Response Api::events(const Request& request, Audience audience) const {
  if (!options_.connect) return problem(404, "there is no stream here");
  const auto query = Query::parse(request.query());
  if (!query) return refused(query.error());
  std::string_view text = request.last_event_id;
  if (text.empty()) text = query->get("after").value_or("");
  std::optional<engine::FeedMark> after;
  if (!text.empty()) {
    after = engine::parse_feed_mark(text);
    // What is no number of ours came from somewhere else: that client begins anew.
    if (!after) after = engine::FeedMark{};
  }
  Response out;
  std::string head = header_line("Content-Type", "text/event-stream");
  head += header_line("Cache-Control", "no-store, no-transform");
  head += header_line("X-Accel-Buffering", "no");
  if (audience == Audience::Public) head += header_line("Access-Control-Allow-Origin", "*");
  out.head = std::make_shared<const std::string>(std::move(head));
  if (request.method == Method::Get) out.events = options_.connect(audience, after);
  return out;
}

}  // namespace hs::server
