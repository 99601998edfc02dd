#include "present/officials_page.h"

#include <algorithm>
#include <array>
#include <map>

#include "moments/held_notes.h"
#include "present/attention_words.h"
#include "present/held_note_words.h"
#include "present/moment_words.h"
#include "present/page_html.h"
#include "present/page_plot.h"
#include "present/page_time.h"
#include "present/sentences.h"
#include "present/wording.h"

namespace hs::present {
namespace {

using model::Attention;
using model::EventResults;

// Of one kind so many are shown; the others are in attention.csv.
constexpr std::size_t kShownOfKind = 200;
// More of one kind than this are folded under the first.
constexpr std::size_t kOpenOfKind = 3;
constexpr int kMatHeight = 120;
// A minute is quiet when fewer than this share were heard and so many were not: one missed chip of
// six is no gap.
constexpr double kQuiet = 0.9;
constexpr std::uint32_t kQuietMissed = 3;

std::string level_words(model::Severity severity) {
  switch (severity) {
    case model::Severity::Act:
      return "Act now";
    case model::Severity::Look:
      return "Look at it";
    case model::Severity::Note:
      return "To know";
  }
  return "";
}

// Sets the commands in an advice as something to type: from the program's name to the end of the
// clause. Each word stays whole, so that no line ends between the hyphens of an option.
std::string advice_html(const std::string& advice) {
  constexpr std::string_view kProgram = "homestretch ";
  std::string out;
  std::size_t at = 0;
  for (;;) {
    const std::size_t from = advice.find(kProgram, at);
    out += escape_html(std::string_view(advice).substr(at, from - at));
    if (from == std::string::npos) return out;
    std::size_t to = advice.find_first_of(";,", from);
    to = std::min({to, advice.find(". ", from), advice.size()});
    if (to == advice.size() && advice.back() == '.') --to;
    std::string command = "<code><span>";
    for (const char c : advice.substr(from, to - from)) {
      command += c == ' ' ? "</span> <span>" : escape_html(std::string(1, c));
    }
    out += command + "</span></code>";
    at = to;
  }
}

std::string item_html(const EventResults& results, const Attention& item) {
  const AttentionWords words = words_for(item, results);
  std::string out = "<p class=\"what\">" + escape_html(words.what) + "</p>";
  if (!words.act.empty()) {
    out += "<p class=\"act\">" + advice_html(words.act) + "</p>";
  }
  return out;
}

// Things of one severity and kind, the first open and a long rest folded.
struct Group {
  const Attention* first = nullptr;
  std::vector<const Attention*> items;
};

std::vector<Group> grouped_by_kind(const std::vector<Attention>& attention) {
  std::vector<Group> out;
  std::map<std::pair<model::Severity, Attention::Kind>, std::size_t> at;
  for (const Attention& item : attention) {
    const auto [place, is_new] = at.emplace(std::pair(item.severity, item.kind), out.size());
    if (is_new) out.push_back({&item, {}});
    out[place->second].items.push_back(&item);
  }
  return out;
}

std::string group_html(const EventResults& results, const Group& group) {
  const bool act = group.first->severity == model::Severity::Act;
  std::string out = std::string("<li><p class=\"level") + (act ? " act-now" : "") + "\">" +
                    level_words(group.first->severity) + "</p><div>";
  const std::size_t shown = std::min(group.items.size(), kShownOfKind);
  const std::size_t open = group.items.size() > kOpenOfKind ? 1 : group.items.size();
  for (std::size_t i = 0; i < open; ++i) out += item_html(results, *group.items[i]);
  if (open < shown) {
    out += "<details><summary>" + grouped(group.items.size() - open) +
           " more like this</summary><ul>\n";
    for (std::size_t i = open; i < shown; ++i) {
      out += "<li>" + item_html(results, *group.items[i]) + "</li>\n";
    }
    if (shown < group.items.size()) {
      out += "<li><p>" + grouped(group.items.size() - shown) +
             " more are in attention.csv.</p></li>\n";
    }
    out += "</ul></details>";
  }
  return out + "</div></li>\n";
}

std::string todo_html(const EventResults& results) {
  std::string out =
      "<section id=\"todo\" aria-labelledby=\"todo-h\"><h2 id=\"todo-h\">What to do "
      "first</h2>\n";
  if (results.attention.empty()) {
    return out + "<p>Nothing: every result stands on reads that agree.</p></section>\n";
  }
  out += "<ul class=\"todo\">\n";
  for (const Group& group : grouped_by_kind(results.attention)) out += group_html(results, group);
  return out + "</ul></section>\n";
}

// --- mats --------------------------------------------------------------------------------------

bool is_quiet(const model::MatHealth::Minute& minute) {
  return minute.passed >= minute.heard + kQuietMissed &&
         static_cast<double>(minute.heard) < kQuiet * static_cast<double>(minute.passed);
}

struct Gap {
  base::RaceTime from, until;
  std::uint64_t heard = 0, passed = 0;
};

// Quiet minutes that follow each other.
std::vector<Gap> gaps_of(const model::MatHealth& mat) {
  constexpr auto kMinute = std::chrono::minutes(1);
  std::vector<Gap> out;
  for (const auto& minute : mat.minutes) {
    if (!is_quiet(minute)) continue;
    if (out.empty() || minute.from > out.back().until) {
      out.push_back({minute.from, minute.from + kMinute, 0, 0});
    }
    out.back().until = minute.from + kMinute;
    out.back().heard += minute.heard;
    out.back().passed += minute.passed;
  }
  return out;
}

std::string gap_text(const EventResults& results, const Gap& gap) {
  return hour_minute(results.event, gap.from) + "\u2013" + hour_minute(results.event, gap.until) +
         ": heard " + grouped(gap.heard) + " of " + grouped(gap.passed);
}

double seconds_between(base::RaceTime from, base::RaceTime to) {
  return static_cast<double>((to - from).count()) / 1e6;
}

// Heard per cent by the minute, quiet stretches marked over the whole height.
std::string mat_plot(const EventResults& results, const model::MatHealth& mat,
                     const std::vector<Gap>& gaps) {
  if (mat.minutes.size() < 2) return {};
  const base::RaceTime zero = mat.minutes.front().from;
  const double end = seconds_between(zero, mat.minutes.back().from) + 60;
  std::string described =
      "Heard by the minute at " + mat.mat + ": " + percent(mat.heard, mat.passed) + " in all";
  for (const Gap& gap : gaps) described += "; " + gap_text(results, gap);
  Plot plot(described + ".", {0, end}, {0, 100}, kMatHeight);
  for (const int share : {0, 50, 100}) plot.grid(share, std::to_string(share) + " %");
  for (const Gap& gap : gaps) {
    const double from = seconds_between(zero, gap.from);
    const double to = seconds_between(zero, gap.until);
    plot.band({{from, 0}, {to, 0}}, {{from, 100}, {to, 100}});
  }
  Plot::Points line;
  for (const auto& minute : mat.minutes) {
    const double share = minute.passed == 0 ? 100
                                            : 100 * static_cast<double>(minute.heard) /
                                                  static_cast<double>(minute.passed);
    line.emplace_back(seconds_between(zero, minute.from), share);
    line.emplace_back(seconds_between(zero, minute.from) + 60, share);
  }
  plot.line(line, Plot::Stroke::Main);
  const double dial = seconds_between(results.event.begins, zero);
  for (const double at : round_ticks(dial, dial + end, 5, kSecondSteps)) {
    const auto instant = zero + base::Duration(static_cast<std::int64_t>((at - dial) * 1'000'000));
    plot.tick(at - dial, hour_minute(results.event, instant));
  }
  return "<figure>" + plot.html() + "</figure>";
}

std::string mats_html(const EventResults& results) {
  if (results.mats.empty()) return {};
  std::string out =
      "<section id=\"mats\" aria-labelledby=\"mats-h\"><h2 id=\"mats-h\">Mats</h2>\n"
      "<p class=\"lede\">Of those known to have passed a mat, how many it heard, by "
      "the minute. Shaded: fewer than nine in ten.</p>\n<div class=\"mats\">\n";
  for (const model::MatHealth& mat : results.mats) {
    const std::vector<Gap> gaps = gaps_of(mat);
    out += "<div class=\"mat\"><h3>" + escape_html(mat.mat) + "</h3><p>Heard " +
           percent(mat.heard, mat.passed) + " of " + counted(mat.passed, "passing") + ".";
    for (const Gap& gap : gaps) out += "<br>Quiet " + gap_text(results, gap) + ".";
    out += "</p>" + mat_plot(results, mat, gaps) + "</div>\n";
  }
  return out + "</div></section>\n";
}

// --- clocks and streams ------------------------------------------------------------------------

const model::StreamHealth* find_stream(const EventResults& results, model::StreamId id) {
  const auto found =
      std::find_if(results.streams.begin(), results.streams.end(),
                   [id](const model::StreamHealth& stream) { return stream.id == id; });
  return found == results.streams.end() ? nullptr : &*found;
}

std::string stream_name(const EventResults& results, model::StreamId id) {
  const model::StreamHealth* stream = find_stream(results, id);
  if (stream == nullptr) return "stream " + std::to_string(id.raw());
  return stream->stream.device + " at " + stream->stream.mat;
}

// Hundredths below a minute: clocks are compared more finely than people need times.
std::string fine_time(base::Duration size) {
  if (size >= std::chrono::minutes(1)) return short_time(size);
  const std::int64_t hundredths = size.count() / 10'000;
  const std::string rest = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + (rest.size() < 2 ? ".0" : ".") + rest + " s";
}

std::string clock_words(const model::ClockCompare& compare) {
  if (!compare.offset) return "cannot be told apart from the distance between their lines";
  const base::Duration offset = *compare.offset;
  const base::Duration size = offset < base::Duration(0) ? -offset : offset;
  if (size <= compare.offset_error) return "agree within " + fine_time(compare.offset_error);
  return fine_time(size) + (offset < base::Duration(0) ? " behind" : " ahead") + ", give or take " +
         fine_time(compare.offset_error);
}

std::string clocks_html(const EventResults& results) {
  if (results.clocks.empty()) return {};
  std::string out =
      "<section id=\"clocks\" aria-labelledby=\"clocks-h\"><h2 id=\"clocks-h\">Clocks</h2>\n"
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of clocks\">"
      "<table class=\"plain\"><caption class=\"unseen\">Clocks of devices that heard the same "
      "runners</caption><thead><tr><th scope=\"col\">Device</th><th scope=\"col\">against</th>"
      "<th scope=\"col\">its clock is</th><th scope=\"col\" class=\"num\">lines apart</th>"
      "<th scope=\"col\" class=\"num\">pairs</th></tr></thead><tbody>\n";
  for (const model::ClockCompare& compare : results.clocks) {
    out += "<tr><th scope=\"row\">" + isolate(stream_name(results, compare.stream)) + "</th><td>" +
           isolate(stream_name(results, compare.against)) + "</td><td>" + clock_words(compare) +
           "</td><td class=\"num\">" + (compare.spacing ? distance_text(*compare.spacing) : "") +
           "</td><td class=\"num\">" + grouped(compare.pairs) + "</td></tr>\n";
  }
  return out + "</tbody></table></div></section>\n";
}

std::string stream_row(const EventResults& results, const model::StreamHealth& stream) {
  const auto number = [](std::uint64_t value) {
    return "<td class=\"num\">" + grouped(value) + "</td>";
  };
  std::string out = "<tr><th scope=\"row\">" + isolate(stream.stream.device) + "</th><td>" +
                    isolate(stream.stream.mat) + "</td><td>" + model::name_of(stream.stream.role) +
                    "</td>" + number(stream.reads) + number(stream.unknown_chips) +
                    number(stream.outside_event) + number(stream.missing_sequence);
  for (const auto& at : {stream.first, stream.last}) {
    out += "<td class=\"num\">" + (at ? local_time(results.event, *at) : std::string()) + "</td>";
  }
  return out + "<td>" + isolate(stream.stream.file) + "</td></tr>\n";
}

std::string streams_html(const EventResults& results) {
  if (results.streams.empty()) return {};
  std::string out =
      "<section id=\"streams\" aria-labelledby=\"streams-h\"><h2 id=\"streams-h\">Devices</h2>\n"
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of devices\">"
      "<table class=\"plain\"><caption class=\"unseen\">What each device brought</caption><thead>"
      "<tr>";
  constexpr std::array<const char*, 3> kTexts = {"Device", "Mat", "Role"};
  constexpr std::array<const char*, 6> kNumbers = {"Reads",   "Unknown chips", "Outside the event",
                                                   "Missing", "First",         "Last"};
  for (const char* word : kTexts) out += std::string("<th scope=\"col\">") + word + "</th>";
  for (const char* word : kNumbers) {
    out += std::string("<th scope=\"col\" class=\"num\">") + word + "</th>";
  }
  out += "<th scope=\"col\">File</th></tr></thead><tbody>\n";
  for (const model::StreamHealth& stream : results.streams) out += stream_row(results, stream);
  return out + "</tbody></table></div></section>\n";
}

std::string moments_list(const EventResults& results, const std::vector<model::Moment>& moments) {
  if (moments.empty()) return {};
  std::string out =
      "<section id=\"moments\" aria-labelledby=\"moments-h\"><h2 id=\"moments-h\">"
      "Moments found</h2>\n<ol>\n";
  for (const model::Moment& moment : moments) {
    out += "<li>" + escape_html(words_for(moment, results, Language()).headline) + "</li>\n";
  }
  return out + "</ol></section>\n";
}

std::string held_note_html(const moments::HeldNote& held) {
  const model::NoteFact& note = held.note->note;
  std::string about;
  for (const model::BibNumber& bib : note.bibs) about += (about.empty() ? "" : ", ") + bib.str();
  return "<li><p class=\"level\">Note " + grouped(held.note->seq.raw()) +
         "</p><div><p class=\"what\">" + isolate(note.text) + "</p><p class=\"act\">" +
         escape_html(held_words(held.held)) + " Written as " + model::name_of(note.kind) +
         ", signed " + isolate(note.author.by) + ", about bib " + escape_html(about) +
         ".</p></div></li>\n";
}

std::string held_notes_html(const EventResults& results) {
  const std::vector<moments::HeldNote> held = moments::held_notes(results);
  if (held.empty()) return {};
  std::string out =
      "<section id=\"held\" aria-labelledby=\"held-h\"><h2 id=\"held-h\">Notes held back</h2>\n"
      "<p>These are in the race file and told nowhere, for the reason beside each.</p>\n"
      "<ul class=\"todo\">\n";
  for (const moments::HeldNote& one : held) out += held_note_html(one);
  return out + "</ul></section>\n";
}

std::string lede(const EventResults& results) {
  const auto of = [&](model::Severity severity) {
    return static_cast<std::uint64_t>(
        std::count_if(results.attention.begin(), results.attention.end(),
                      [severity](const Attention& item) { return item.severity == severity; }));
  };
  const std::uint64_t act = of(model::Severity::Act);
  const std::uint64_t look = of(model::Severity::Look);
  std::string out =
      act == 0 ? "No result waits for a person."
               : counted(act, "result") + (act == 1 ? " waits" : " wait") + " for a person.";
  if (look > 0) {
    out += " " + counted(look, "choice") + (look == 1 ? " was" : " were") +
           " made that somebody should know.";
  }
  return out;
}

}  // namespace

std::string officials_page(const EventResults& results, const std::vector<model::Moment>& moments) {
  PageParts parts;
  parts.title = results.event.name + " \u2013 for the officials";
  parts.body =
      "<a class=\"skip\" href=\"#todo\">Skip to what to do</a>\n<header class=\"mast\">"
      "<div class=\"bar\"><p class=\"event\" dir=\"auto\">" +
      escape_html(results.event.name) +
      "</p><nav aria-label=\"This page\"><a href=\"#todo\">To do</a><a href=\"#mats\">Mats"
      "</a><a href=\"#clocks\">Clocks</a><a href=\"#streams\">Devices</a></nav></div>"
      "<p class=\"standing\"><strong>Officials only</strong> \u00b7 " +
      date_words(results.event.date, Language()) +
      "</p></header>\n<main>\n<h1>For the officials</h1>\n"
      "<p class=\"lede\">" +
      lede(results) + "</p>\n";
  parts.body += todo_html(results) + mats_html(results) + clocks_html(results) +
                streams_html(results) + moments_list(results, moments) + held_notes_html(results) +
                "</main>\n";
  parts.body += "<footer class=\"foot\"><p>As of entry " + grouped(results.as_of.raw()) +
                " of the race file. Commands stand where they help; put the event's folder for "
                "EVENT.</p></footer>\n";
  return whole_page(parts);
}

}  // namespace hs::present
