#include <algorithm>
#include <map>
#include <set>

#include "scoring/hand_timing.h"
#include "server/result_rows.h"
#include "server/views.h"

// Implementation notes: scoring lays the lists together, from what the snapshot knows of chips and
// of what was accepted. Nothing is given to anybody here.

namespace hs::server {
namespace {

using model::EntrantId;
using present::JsonOut;
using scoring::HandBond;
using scoring::HandList;

/// Of each list the newest; who has more has accepted the older ones long ago.
constexpr std::size_t kMostLines = 5'000;

/// A line of bibs with its runner, if the event has them.
struct BibLine {
  scoring::HandListLine line;
  std::optional<EntrantId> runner;
  std::vector<base::RaceTime> heard;
};

/// Two lists of one mat, as they are laid together.
struct Sheet {
  std::vector<scoring::HandListLine> times;
  std::size_t times_left_out = 0;
  std::vector<BibLine> bibs;
  std::size_t bibs_left_out = 0;
  std::vector<scoring::HandSeen> seen;
};

bool has_mat(const model::Race& race, const std::string& mat) {
  return std::any_of(race.points.begin(), race.points.end(),
                     [&](const model::Point& point) { return point.mat == mat; });
}

/// Each once, in the order of the course.
std::vector<std::string> mats_of(const model::Race& race) {
  std::vector<std::string> out;
  for (const model::Point& point : race.points) {
    if (std::find(out.begin(), out.end(), point.mat) == out.end()) out.push_back(point.mat);
  }
  return out;
}

/// The mat asked for, else that of the finish. Errors: NotFound.
base::Result<std::string> mat_of(const model::Race& race, const Query& query) {
  const auto asked = query.get("mat");
  if (!asked) return race.points.back().mat;
  std::string mat(*asked);
  if (has_mat(race, mat)) return mat;
  std::string known;
  for (const std::string& one : mats_of(race)) known += (known.empty() ? "" : ", ") + one;
  return base::fail(base::ErrorCode::NotFound,
                    "found the mat '" + mat + "', expected one of: " + known);
}

enum class ListOf : std::uint8_t { Times, Bibs };

/// The list asked for, else the longest, the oldest of equally long ones; null where there is none.
/// Errors: NotFound.
base::Result<const HandList*> list_of(const scoring::HandTiming& hand, const std::string& mat,
                                      ListOf kind, std::optional<std::string_view> asked) {
  const HandList* out = nullptr;
  for (const HandList& list : hand.lists) {
    if (list.mat != mat || list.has_times() != (kind == ListOf::Times)) continue;
    if (asked && std::to_string(list.stream.raw()) == *asked) return &list;
    if (out == nullptr || list.lines.size() > out->lines.size()) out = &list;
  }
  if (!asked) return out;
  return base::fail(base::ErrorCode::NotFound, "found no such list of hand timing at this mat");
}

/// Whoever has the bib: in the race asked for, else in the one other race that uses the mat.
std::optional<EntrantId> runner_of(const RaceView& view, model::RaceId race, const std::string& mat,
                                   const model::BibNumber& bib) {
  if (const auto id = view.need_runner(race, bib.view())) return *id;
  std::optional<EntrantId> out;
  for (std::size_t r = 0; r < view.now().event()->races.size(); ++r) {
    const model::RaceId other(static_cast<model::RaceId::rep>(r));
    if (other == race || !has_mat(view.race(other), mat)) continue;
    const auto id = view.need_runner(other, bib.view());
    if (!id) continue;
    if (out) return std::nullopt;
    out = *id;
  }
  return out;
}

/// When a chip of the runner was heard at the mat.
std::vector<base::RaceTime> heard_at(const RaceView& view, EntrantId id, const std::string& mat) {
  std::vector<base::RaceTime> out;
  const model::RunnerResult& result = view.runner(id).result;
  const auto& points = view.race(result.race).points;
  for (std::size_t p = 0; p < std::min(points.size(), result.splits.size()); ++p) {
    const auto& passing = result.splits[p].passing;
    const bool is_chip = passing && passing->read && passing->role != model::ReadRole::Manual;
    if (is_chip && points[p].mat == mat) out.push_back(passing->at);
  }
  return out;
}

/// The newest lines of a list, and how many are left out.
std::vector<scoring::HandListLine> newest(const HandList* list, std::size_t& left_out) {
  if (list == nullptr) return {};
  left_out = list->lines.size() - std::min(list->lines.size(), kMostLines);
  return {list->lines.begin() + static_cast<std::ptrdiff_t>(left_out), list->lines.end()};
}

Sheet sheet_of(const RaceView& view, model::RaceId race, const std::string& mat,
               const HandList* times, const HandList* bibs) {
  Sheet out;
  out.times = newest(times, out.times_left_out);
  std::erase_if(out.times, [](const scoring::HandListLine& line) { return !line.at; });
  std::set<EntrantId> known;
  for (const scoring::HandListLine& line : newest(bibs, out.bibs_left_out)) {
    BibLine& one = out.bibs.emplace_back(BibLine{line, std::nullopt, {}});
    if (line.bib) one.runner = runner_of(view, race, mat, *line.bib);
    if (!one.runner) continue;
    one.heard = heard_at(view, *one.runner, mat);
    if (!known.insert(*one.runner).second) continue;
    for (const base::RaceTime at : one.heard) {
      out.seen.push_back({*one.runner, at, scoring::HandSeen::By::Chip});
    }
  }
  for (const scoring::HandAccepted& accepted : view.now().hand().accepted) {
    const auto of = accepted.mat == mat ? view.race(accepted.race) : std::nullopt;
    const auto runner =
        of ? view.need_runner(*of, accepted.bib.view()) : base::Result<EntrantId>(EntrantId(0));
    if (!of || !runner || known.count(*runner) == 0) continue;
    out.seen.push_back({*runner, accepted.at, scoring::HandSeen::By::Person});
  }
  return out;
}

scoring::HandLayout layout_of(const Sheet& sheet) {
  std::vector<base::RaceTime> times;
  for (const scoring::HandListLine& line : sheet.times) times.push_back(*line.at);
  std::vector<std::optional<EntrantId>> bibs;
  for (const BibLine& bib : sheet.bibs) bibs.push_back(bib.runner);
  return scoring::lay_out_hand_timing(bibs, times, sheet.seen);
}

const char* name_of(HandBond bond) {
  switch (bond) {
    case HandBond::Accepted:
      return "accepted";
    case HandBond::Heard:
      return "chip";
    case HandBond::Counted:
      return "count";
  }
  return "";
}

void write_size(JsonOut& out, const char* key, std::size_t value) {
  out.integer_of(key, static_cast<std::int64_t>(value));
}

void write_lists(JsonOut& out, const scoring::HandTiming& hand, const std::string& mat) {
  out.key("lists");
  out.begin_array();
  for (const HandList& list : hand.lists) {
    if (list.mat != mat) continue;
    out.begin_object();
    out.text_of("id", std::to_string(list.stream.raw()));
    out.text_of("kind", list.has_times() ? "times" : "bibs");
    out.text_of("name", list.name);
    out.text_of("from", list.from);
    write_size(out, "lines", list.lines.size());
    out.end_object();
  }
  out.end_array();
}

void write_list_head(JsonOut& out, const char* key, const HandList* list, std::size_t left_out) {
  out.key(key);
  out.begin_object();
  if (list != nullptr) out.text_of("list", std::to_string(list->stream.raw()));
  write_size(out, "left_out", left_out);
  out.key("items");
  out.begin_array();
}

void end_list(JsonOut& out) {
  out.end_array();
  out.end_object();
}

void write_bib(JsonOut& out, const RaceView& view, const BibLine& bib) {
  out.begin_object();
  out.integer_of("line", bib.line.line);
  if (bib.line.bib) out.text_of("bib", bib.line.bib->view());
  if (bib.runner) {
    const engine::SnapshotRunner& runner = view.runner(*bib.runner);
    out.text_of("race", runner.entrant->race);
    out.text_of("name", model::public_name(*runner.entrant, *runner.person));
    if (!bib.heard.empty()) out.instant_of("heard_at", bib.heard.back());
  }
  out.end_object();
}

void write_layout(JsonOut& out, const scoring::HandLayout& layout) {
  out.key("pairs");
  out.begin_array();
  for (const scoring::HandPair& pair : layout.pairs) {
    out.begin_object();
    write_size(out, "time", pair.time);
    write_size(out, "bib", pair.bib);
    out.text_of("by", name_of(pair.bond));
    out.end_object();
  }
  out.end_array();
  out.key("open");
  out.begin_array();
  for (const scoring::HandStretch& open : layout.open) {
    out.begin_object();
    write_size(out, "time_begin", open.time_begin);
    write_size(out, "time_end", open.time_end);
    write_size(out, "bib_begin", open.bib_begin);
    write_size(out, "bib_end", open.bib_end);
    out.end_object();
  }
  out.end_array();
}

void write_accepted(JsonOut& out, const scoring::HandTiming& hand, const std::string& mat) {
  out.key("accepted");
  out.begin_array();
  for (const scoring::HandAccepted& one : hand.accepted) {
    if (one.mat != mat) continue;
    out.begin_object();
    out.integer_of("seq", static_cast<std::int64_t>(one.seq.raw()));
    out.text_of("race", one.race);
    out.text_of("bib", one.bib.view());
    out.instant_of("at", one.at);
    out.text_of("by", one.by);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

base::Result<std::string> hand_json(const ViewRequest& request) {
  const RaceView& view = request.view;
  const model::Event* event = view.now().event();
  if (event == nullptr || event->races.empty()) {
    return base::fail(base::ErrorCode::NotFound, "there is no race yet");
  }
  const std::string asked(request.query.get("race").value_or(event->races.front().id));
  HS_TRY(const model::RaceId race, view.need_race(asked));
  HS_TRY(const std::string mat, mat_of(view.race(race), request.query));
  const scoring::HandTiming& hand = view.now().hand();
  HS_TRY(const HandList* times, list_of(hand, mat, ListOf::Times, request.query.get("times")));
  HS_TRY(const HandList* bibs, list_of(hand, mat, ListOf::Bibs, request.query.get("bibs")));
  const Sheet sheet = sheet_of(view, race, mat, times, bibs);
  JsonOut out;
  out.begin_object();
  view.write_as_of(out);
  out.text_of("race", asked);
  out.text_of("mat", mat);
  out.key("mats");
  out.begin_array();
  for (const std::string& one : mats_of(view.race(race))) out.text(one);
  out.end_array();
  write_lists(out, hand, mat);
  write_list_head(out, "times", times, sheet.times_left_out);
  for (const scoring::HandListLine& line : sheet.times) {
    out.begin_object();
    out.integer_of("line", line.line);
    out.instant_of("at", line.at);
    out.end_object();
  }
  end_list(out);
  write_list_head(out, "bibs", bibs, sheet.bibs_left_out);
  for (const BibLine& bib : sheet.bibs) write_bib(out, view, bib);
  end_list(out);
  write_layout(out, layout_of(sheet));
  write_accepted(out, hand, mat);
  out.end_object();
  return out.take();
}

}  // namespace hs::server
