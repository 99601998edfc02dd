#include "present/paper_words.h"

#include <algorithm>
#include <cmath>

#include "present/page_html.h"
#include "present/sentences.h"
#include "present/shown_name.h"
#include "scoring/rule_set.h"

namespace hs::present {
namespace {

constexpr double kHeadBaseline = kPaperMargin + 12;
constexpr double kHeadLine = kPaperMargin + 20;
constexpr double kFootUp = kPaperMargin - 4;
constexpr double kFootText = 7;

}  // namespace

std::string printable_name(PdfPaper& paper, const model::EventResults& results, model::EntrantId id,
                           const Letters& letters) {
  const Language language = language_of(results.event);
  std::string name = shown_name(results, id, language);
  if (paper.can_write(name, letters)) return name;
  return Sentences(language).bib(results.entrants[id.raw()].bib.view());
}

Letters fitting(PdfPaper& paper, std::string_view text, Letters most, double width, double least) {
  constexpr double kSteps = 2;  // Few sizes: each keeps a layout.
  const double wide = paper.width_of(text, most);
  if (wide <= width) return most;
  most.size = std::max(least, std::floor(most.size * width / wide * kSteps) / kSteps);
  return most;
}

std::string printed_time(const model::Race& race, const std::optional<base::Duration>& time,
                         Language language) {
  if (!time) return {};
  return with_decimal_sign(base::format_official(*time, scoring::rounding_of(race.rules)),
                           language);
}

PdfAbout about_results(const model::EventResults& results, const std::string& what,
                       Language language) {
  const ResultsStamp stamp = stamp_of(results);
  return {results.event.name + " \u2013 " + what, stamp_line(stamp, language), stamp.at};
}

void draw_head(PdfPaper& paper, const model::EventResults& results, const std::string& right,
               Language language) {
  const double end = paper.size().width - kPaperMargin;
  const Letters title{Face::Serif, 12, Weight::Strong, kPaperInk};
  const Letters soft{Face::Sans, 9, Weight::Plain, kPaperSoft};
  const std::string about = date_words(results.event.date, language) +
                            (right.empty() ? "" : " \u00b7 " + isolated_text(right));
  const double taken = paper.width_of(about, soft);
  paper.text(kPaperMargin, kHeadBaseline, results.event.name, title, Anchor::Left,
             end - kPaperMargin - taken - kPaperMargin / 2);
  paper.text(end, kHeadBaseline, about, soft, Anchor::Right);
  paper.line(kPaperMargin, kHeadLine, end, kHeadLine, 0.75, kPaperInk);
}

void draw_foot(PdfPaper& paper, const std::string& stamp, std::size_t page, std::size_t pages,
               Language language) {
  const double end = paper.size().width - kPaperMargin;
  const double baseline = paper.size().height - kFootUp;
  const Letters soft{Face::Sans, kFootText, Weight::Plain, kPaperSoft};
  Sentences words(language);
  words.add_count("from", page);
  words.add_count("to", pages);
  const std::string number = words.text({{"export.page"}});
  paper.line(kPaperMargin, baseline - 11, end, baseline - 11, 0.5, kPaperLine);
  paper.text(kPaperMargin, baseline, stamp, soft, Anchor::Left,
             end - kPaperMargin - paper.width_of(number, soft) - kPaperMargin / 2);
  paper.text(end, baseline, number, soft, Anchor::Right);
}

}  // namespace hs::present
