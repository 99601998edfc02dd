#include "present/story_evidence.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "present/page_html.h"
#include "present/page_time.h"
#include "present/wording.h"

namespace hs::present {
namespace {

using model::Evidence;
using model::Moment;

constexpr const char* kDash = "\u2013";

std::string seconds_text(std::optional<std::int64_t> seconds) {
  if (!seconds) return kDash;
  return cut_seconds(base::Duration(std::chrono::seconds(*seconds)));
}

std::string stretch_text(const Evidence& item) {
  std::string to = point_label(item.to);
  if (item.from.empty() || item.from == item.to) return to;
  return point_label(item.from) + " " + kDash + " " + to;
}

std::string share_text(const Evidence& item) {
  return grouped(item.rank_in_field.value_or(0)) + " of " + grouped(item.of.value_or(0));
}

// Whose figure it is, where a moment has several people.
std::string whose(const Evidence& item, const Moment& moment) {
  if (moment.people.size() < 2 || item.bibs.size() != 1) return {};
  return "Bib " + item.bibs.front().str() + ", ";
}

// One figure of the evidence: what it is and how much.
struct Line {
  std::string what;
  std::string figure;
  bool ranked = false;  // The rank is a rank, not a part of the figure.
};

// Of places and starts, and of the field.
std::optional<Line> field_line(const Evidence& item) {
  const std::string place = grouped(item.rank_in_field.value_or(0));
  if (item.what == "place-early") {
    return Line{"Place at " + point_label(item.to), share_text(item)};
  }
  if (item.what == "seed") {
    return Line{
        "Place of the middle one of " + grouped(item.of.value_or(0)) +
            (item.given == "wave" ? " others of the wave" : " others with the nearest bibs"),
        place};
  }
  if (item.what == "seed-best") return Line{"Place of the first of them", place};
  if (item.what == "cutoff") return Line{"Left until the cut-off", seconds_text(item.seconds)};
  if (item.what == "at-the-pace-before") {
    return Line{stretch_text(item) + " at the pace until there", seconds_text(item.seconds)};
  }
  if (item.what == "start-behind") {
    return Line{"Behind everybody else of the wave, at the start", seconds_text(item.seconds)};
  }
  if (item.what == "passed") {
    return Line{"Came in behind, of those who had started before", share_text(item)};
  }
  if (item.what == "division-win") return Line{"Place in its division", share_text(item)};
  if (item.what == "stop-front") return Line{"Due at a later mat, not heard", share_text(item)};
  if (item.what == "last-heard") {
    return Line{"Of them, last heard at " + point_label(item.to), share_text(item)};
  }
  if (item.what == "middle-of-field") {
    return Line{stretch_text(item) + ", in the middle of the field", seconds_text(item.seconds)};
  }
  if (item.what == "note") return Line{"Noted by an official", "yes"};
  if (item.what == "finished") return Line{"Finished, of those who started", share_text(item)};
  if (item.what == "heard") {
    return Line{"Finishers heard at " + point_label(item.to), share_text(item)};
  }
  if (item.what == "several") return Line{"In all", grouped(item.of.value_or(0))};
  if (item.what == "barrier") {
    return Line{(item.given == "goal" ? "Under the goal of " : "Under ") +
                    seconds_text(item.expected_seconds),
                seconds_text(item.seconds)};
  }
  return std::nullopt;
}

// What needs neither the moment nor its people to be said.
std::optional<Line> other_line(const Evidence& item) {
  if (item.what == "lost") {
    return Line{"Lost " + stretch_text(item) + " against the pace around it",
                seconds_text(item.seconds)};
  }
  if (item.what == "gap-before") {
    return Line{"Behind the one before, at " + point_label(item.to), seconds_text(item.seconds)};
  }
  if (item.what == "place") {
    return Line{"Place by net time at " + point_label(item.to), share_text(item)};
  }
  if (item.what == "comebacks") {
    return Line{"Came back, of those who slowed like that", share_text(item)};
  }
  if (item.what == "stretches") {
    return Line{"Timed stretches", grouped(item.rank_in_field.value_or(0))};
  }
  if (item.what == "age") {
    return Line{"Age on the day; of the next oldest",
                std::to_string(item.years.value_or(0)) + "; " +
                    std::to_string(item.next_years.value_or(0))};
  }
  if (item.what == "apart") {
    return Line{"Between the two at " + point_label(item.to), seconds_text(item.seconds)};
  }
  if (item.what == "same-times") {
    return Line{"Points at which their net times agree", grouped(item.rank_in_field.value_or(0))};
  }
  if (item.what == "group")
    return Line{"Of the group, within " + seconds_text(item.seconds), share_text(item)};
  if (item.what == "win") {
    return Line{"First at " + point_label(item.to), item.seconds ? "by under 1 s" : "yes"};
  }
  if (item.what == "behind") {
    return Line{"Between the two at " + point_label(item.to), seconds_text(item.seconds)};
  }
  if (item.what == "note") return Line{"A note by", item.given};
  if (item.what == "witness") return Line{"Help, noted by", item.given};
  if (item.what == "storm") return Line{"Storm, as an official noted", seconds_text(item.seconds)};
  if (item.what == "slowed-least") {
    return Line{"Who lost least of their pace, " + stretch_text(item), share_text(item)};
  }
  if (item.what == "own-words") return Line{"In the entry list, told as wished", item.given};
  if (item.what == "entry") return Line{"A first, by the entry list", "yes"};
  if (item.what == "front") {
    return Line{"From the first to number " + grouped(item.of.value_or(0)),
                seconds_text(item.seconds)};
  }
  return std::nullopt;
}

Line line_of(const Evidence& item, const Moment& moment) {
  if (item.what == "passing") {
    return {whose(item, moment) + "net at " + point_label(item.to.empty() ? item.from : item.to),
            seconds_text(item.seconds), true};
  }
  if (item.what == "negative-splits") {
    return {"Finishers faster after " + point_label(item.to) + " than before", share_text(item)};
  }
  if (item.what == "pair") {
    const bool under_a_second = item.seconds.value_or(0) == 0;
    return {"Between the two at " + point_label(item.to),
            under_a_second ? "under 1 s" : seconds_text(item.seconds)};
  }
  if (item.what == "clock") {
    return {whose(item, moment) + "at " + point_label(item.to) + ", after the first gun",
            seconds_text(item.seconds)};
  }
  if (item.what == "start-gap") return {"Between their starts", seconds_text(item.seconds)};
  if (item.what == "crowd") {
    return {"Others within " + seconds_text(item.seconds) + " around them",
            grouped(item.of.value_or(0))};
  }
  if (item.what == "agreement") {
    return {
        "Mats on the way within " + std::to_string(item.seconds.value_or(0)) + " s of each other",
        share_text(item)};
  }
  if (item.what == "shared-loss") {
    return {"Lost by each, " + stretch_text(item) + ", at least", seconds_text(item.seconds)};
  }
  if (const auto line = other_line(item)) return *line;
  if (const auto line = field_line(item)) return *line;
  return {whose(item, moment) + stretch_text(item), seconds_text(item.seconds), true};
}

std::string expected_text(const Evidence& item) {
  if (item.expected_least && item.expected_most) {
    return seconds_text(item.expected_least) + " " + kDash + " " + seconds_text(item.expected_most);
  }
  if (item.expected_seconds && item.what != "barrier")
    return "about " + seconds_text(item.expected_seconds);
  return {};
}

std::string row_html(const std::string& what, const std::string& figure, bool has_expected,
                     const std::string& expected) {
  std::string out = "<tr><th scope=\"row\">" + escape_html(what) + "</th><td class=\"num\">" +
                    escape_html(figure) + "</td>";
  if (has_expected) out += "<td class=\"num\">" + expected + "</td>";
  return out + "</tr>\n";
}

std::string table_html(const Moment& moment) {
  const bool has_expected =
      std::any_of(moment.evidence.begin(), moment.evidence.end(),
                  [](const Evidence& item) { return !expected_text(item).empty(); });
  std::string out =
      "<table class=\"evidence\"><caption class=\"unseen\">The figures behind it</caption><thead>"
      "<tr><th scope=\"col\">Measured</th><th scope=\"col\" class=\"num\"><span class=\"unseen\">"
      "Figure</span></th>";
  if (has_expected) out += "<th scope=\"col\" class=\"num\">9 in 10 expected</th>";
  out += "</tr></thead><tbody>\n";
  for (const EvidenceLine& line : evidence_lines(moment)) {
    out += row_html(line.what, line.figure, has_expected, line.expected);
    if (line.rank.empty()) continue;
    out += row_html("Rank among those timed there", line.rank, has_expected, "");
  }
  return out + "</tbody></table>\n";
}

// How many reads stand behind the figures; which ones is for the officials.
std::string reads_text(const Moment& moment) {
  std::set<model::FactSeq> reads;
  for (const Evidence& item : moment.evidence) reads.insert(item.reads.begin(), item.reads.end());
  if (reads.empty()) return {};
  return "<p>" + counted(reads.size(), "read") + " of the chip " +
         (reads.size() == 1 ? "stands" : "stand") + " behind these figures.</p>\n";
}

// The surprise in words: net bits are the logarithm of how many fields like this one it takes.
std::string rarity_text(double net_bits) {
  constexpr double kBitsMax = 20;  // Beyond this the model of the tail carries no meaning.
  if (!(net_bits >= 1)) return {};
  const long tenths = std::lround(net_bits * 10);
  const std::string bits = std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) +
                           " bits after counting every chance it had";
  const std::string given = "If running goes on as it did that day, ";
  if (net_bits >= kBitsMax) {
    return given + "fewer than one field in a million shows this (" + bits + ").";
  }
  // Two figures are all that such an estimate can carry.
  const double fields = std::exp2(net_bits);
  const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(fields)) - 1));
  const auto rounded = static_cast<std::uint64_t>(std::llround(fields / unit) * std::llround(unit));
  return given + "about one field in " + grouped(rounded) + " shows this (" + bits + ").";
}

// "all points to 30k" with the point as people name it.
std::string given_text(const std::string& given) {
  const std::size_t blank = given.rfind(' ');
  if (blank == std::string::npos) return given;
  return given.substr(0, blank + 1) + point_label(given.substr(blank + 1));
}

}  // namespace

std::vector<EvidenceLine> evidence_lines(const Moment& moment) {
  std::vector<EvidenceLine> out;
  for (const Evidence& item : moment.evidence) {
    const Line line = line_of(item, moment);
    const bool has_rank = line.ranked && item.rank_in_field && item.of;
    out.push_back(
        {line.what, line.figure, expected_text(item), has_rank ? share_text(item) : std::string()});
  }
  return out;
}

std::string rarity_words(const Moment& moment) {
  return moment.on_shelf ? "Told for itself, not as rare." : rarity_text(moment.net_bits);
}

std::string evidence_html(const Moment& moment) {
  std::string out = "<details class=\"how\"><summary>How we know</summary>\n";
  if (!moment.evidence.empty()) out += table_html(moment);
  std::string given;
  for (const Evidence& item : moment.evidence) {
    if (item.given.empty() || item.given == given || !item.expected_seconds) continue;
    if (item.what == "barrier") continue;
    given = item.given;
    out += "<p>Expected from " + escape_html(given_text(given)) +
           ", and from how the field ran.</p>\n";
  }
  out += reads_text(moment);
  const std::string rarity = rarity_words(moment);
  if (!rarity.empty()) out += "<p>" + rarity + "</p>\n";
  return out + "</details>\n";
}

}  // namespace hs::present
