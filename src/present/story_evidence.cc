#include "present/story_evidence.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

#include "present/evidence_line.h"
#include "present/page_html.h"
#include "present/sentences.h"

namespace hs::present {
namespace {

using model::Evidence;
using model::Moment;

constexpr const char* kDash = "\u2013";

std::string expected_text(const Evidence& item, Language language) {
  if (item.expected_least && item.expected_most) {
    return clock_text(*item.expected_least) + " " + kDash + " " + clock_text(*item.expected_most);
  }
  if (!item.expected_seconds || item.what == "barrier") return {};
  Sentences words(language);
  words.add_time("time", *item.expected_seconds);
  return words.text({{"evidence.about"}});
}

std::string row_html(const std::string& what, const std::string& figure, bool has_expected,
                     const std::string& expected) {
  std::string out = "<tr><th scope=\"row\">" + escape_html(what) + "</th><td class=\"num\">" +
                    escape_html(figure) + "</td>";
  if (has_expected) out += "<td class=\"num\">" + escape_html(expected) + "</td>";
  return out + "</tr>\n";
}

std::string heading_html(const std::string& text, const char* attributes) {
  return std::string("<th scope=\"col\"") + attributes + ">" + text + "</th>";
}

std::string table_html(const model::EventResults& results, const Moment& moment) {
  const Language language = language_of(results.event);
  const auto words = [&](const char* key) { return escape_html(said(language, key)); };
  const std::vector<EvidenceLine> lines = evidence_lines(results, moment);
  const bool has_expected = std::any_of(
      lines.begin(), lines.end(), [](const EvidenceLine& line) { return !line.expected.empty(); });
  std::string out = "<table class=\"evidence\"><caption class=\"unseen\">" +
                    words("evidence.caption") + "</caption><thead><tr>" +
                    heading_html(words("evidence.measured"), "") +
                    heading_html("<span class=\"unseen\">" + words("evidence.figure") + "</span>",
                                 " class=\"num\"");
  if (has_expected) out += heading_html(words("evidence.expected"), " class=\"num\"");
  out += "</tr></thead><tbody>\n";
  for (const EvidenceLine& line : lines) {
    out += row_html(line.what, line.figure, has_expected, line.expected);
    if (line.rank.empty()) continue;
    out += row_html(said(language, "evidence.rank"), line.rank, has_expected, "");
  }
  return out + "</tbody></table>\n";
}

// How many reads stand behind the figures; which ones is for the officials.
std::string reads_html(const Moment& moment, Language language) {
  std::set<model::FactSeq> reads;
  for (const Evidence& item : moment.evidence) reads.insert(item.reads.begin(), item.reads.end());
  if (reads.empty()) return {};
  Sentences words(language);
  words.add_count("number", reads.size());
  return "<p>" + escape_html(words.text({{"evidence.reads", reads.size()}})) + "</p>\n";
}

// The surprise in words: net bits are the logarithm of how many fields like this one it takes.
std::string rarity_text(double net_bits, Language language) {
  constexpr double kBitsMax = 20;  // Beyond this the model of the tail carries no meaning.
  if (!(net_bits >= 1)) return {};
  Sentences words(language);
  words.add_tenths("bits", std::lround(net_bits * 10));
  if (net_bits >= kBitsMax) return words.text({{"evidence.rarest"}});
  // Two figures are all that such an estimate can carry.
  const double fields = std::exp2(net_bits);
  const double unit = std::pow(10, std::max(0.0, std::floor(std::log10(fields)) - 1));
  words.add_count("fields",
                  static_cast<std::uint64_t>(std::llround(fields / unit) * std::llround(unit)));
  return words.text({{"evidence.rare"}});
}

// From which points it was expected, where evidence says so: "all points to 30k".
std::optional<std::string> expected_from(const model::EventResults& results, const Moment& moment,
                                         const Evidence& item) {
  constexpr std::string_view kAllPointsTo = "all points to ";
  if (!item.expected_seconds || item.given.rfind(kAllPointsTo, 0) != 0) return std::nullopt;
  Sentences words(language_of(results.event));
  words.add_point("to", results.event.races[moment.race.raw()],
                  item.given.substr(kAllPointsTo.size()));
  return words.text({{"evidence.expected-from"}});
}

}  // namespace

std::vector<EvidenceLine> evidence_lines(const model::EventResults& results, const Moment& moment) {
  std::vector<EvidenceLine> out;
  for (const Evidence& item : moment.evidence) {
    const FigureLine line = figure_line(results, moment, item);
    const bool has_rank = line.ranked && item.rank_in_field && item.of;
    out.push_back({line.what, line.figure, expected_text(item, language_of(results.event)),
                   has_rank ? rank_words(results, item) : std::string()});
  }
  return out;
}

std::string rarity_words(const Moment& moment, Language language) {
  return moment.on_shelf ? said(language, "evidence.shelf")
                         : rarity_text(moment.net_bits, language);
}

std::string evidence_html(const model::EventResults& results, const Moment& moment) {
  const Language language = language_of(results.event);
  std::string out = "<details class=\"how\"><summary>" +
                    escape_html(said(language, "evidence.heading")) + "</summary>\n";
  if (!moment.evidence.empty()) out += table_html(results, moment);
  std::optional<std::string> before;
  for (const Evidence& item : moment.evidence) {
    const auto from = expected_from(results, moment, item);
    if (!from || from == before) continue;
    before = from;
    out += "<p>" + escape_html(*from) + "</p>\n";
  }
  out += reads_html(moment, language);
  const std::string rarity = rarity_words(moment, language);
  if (!rarity.empty()) out += "<p>" + escape_html(rarity) + "</p>\n";
  return out + "</details>\n";
}

}  // namespace hs::present
