#include "present/export_labels.h"

#include <algorithm>
#include <string>
#include <vector>

#include "present/list_groups.h"
#include "present/paper_words.h"
#include "present/sentences.h"
#include "present/wording.h"

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;

constexpr double kPointsPerMillimetre = 72 / 25.4;

/// How labels lie on a sheet. Units: points.
struct LabelSheet {
  std::size_t columns = 0;
  std::size_t rows = 0;
  double left = 0, top = 0;     ///< Of the first label.
  double across = 0, down = 0;  ///< From one label to the next.
  double width = 0;
  double height = 0;
};

LabelSheet sheet_of(PaperSize size) {
  if (size.width == kPaperLetter.width) {
    return {3, 10, 13.5, 36, 198, 72, 189, 72};
  }
  const double width = 70 * kPointsPerMillimetre;
  const double height = 37 * kPointsPerMillimetre;
  return {3, 8, 0, (size.height - 8 * height) / 2, width, height, width, height};
}

struct Label {
  std::string head;  ///< "1 W60", "2= overall-women".
  EntrantId winner;
};

std::vector<Label> labels_of(const EventResults& results, const ExportOptions& options) {
  std::vector<Label> out;
  for (const model::AwardWinners& award : results.awards) {
    if (options.race && award.race != *options.race) continue;
    const std::string& of = award.division.empty() ? award.award : award.division;
    for (const auto& [placing, id] : award.winners) {
      out.push_back({place_text(placing) + "  " + of, id});
    }
  }
  return out;
}

void draw_label(PdfPaper& paper, const EventResults& results, const Label& label, double x,
                double y, const LabelSheet& sheet) {
  constexpr double kInset = 10;
  constexpr double kLeast = 7;
  const Language language = language_of(results.event);
  const ExportRow row = export_row(results, label.winner);
  const model::RaceId race_id = results.runners[label.winner.raw()].race;
  const model::Race& race = results.event.races[race_id.raw()];
  const double wide = sheet.width - 2 * kInset;
  const auto line = [&](double share, const std::string& text, const Letters& letters) {
    paper.text(x + kInset, y + sheet.height * share, text, letters, Anchor::Left, wide);
  };
  const Letters name{Face::Serif, 12, Weight::Strong, kPaperInk};
  const Letters soft{Face::Sans, 7.5, Weight::Plain, kPaperSoft};
  line(0.25, label.head, {Face::Sans, 9.5, Weight::Strong, kPaperInk});
  const std::string who = printable_name(paper, results, label.winner, name);
  line(0.48, who, fitting(paper, who, name, wide, kLeast));
  line(0.67, race_name(results, race_id) + "  " + printed_time(race, row.official, language),
       {Face::Sans, 9, Weight::Plain, kPaperInk});
  line(0.86, results.event.name + " \u00b7 " + date_words(results.event.date, language), soft);
}

std::string say_of(const EventResults& results, EntrantId id) {
  if (results.entrants[id.raw()].is_private) return {};
  for (const auto& [column, value] : results.persons[id.raw()].extra) {
    if (column == "say" || column == "pronunciation") return value;
  }
  return {};
}

/// What is known of a runner beside the name, in one line.
std::string about(const ExportRow& row, const std::string& say, Language language) {
  std::string out;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : " \u00b7 ") + text;
  };
  if (!say.empty()) {
    Sentences words(language);
    words.add_text("text", say);
    add(words.text({{"export.say"}}));
  }
  if (row.age) add(std::to_string(*row.age));
  add(row.division);
  add(row.club);
  if (row.team != row.club) add(row.team);
  add(row.city);
  add(row.state);
  add(row.country);
  return out;
}

}  // namespace

base::Result<void> print_award_labels(const EventResults& results, const ExportOptions& options,
                                      PaperSize size, const ByteSink& sink) {
  const Language language = language_of(results.event);
  const LabelSheet sheet = sheet_of(size);
  const std::size_t on_sheet = sheet.columns * sheet.rows;
  PdfPaper paper(size, about_results(results, said(language, "export.awards"), language), sink);
  const std::vector<Label> labels = labels_of(results, options);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::size_t at = i % on_sheet;
    draw_label(paper, results, labels[i],
               sheet.left + sheet.across * static_cast<double>(at % sheet.columns),
               sheet.top + sheet.down * static_cast<double>(at / sheet.columns), sheet);
    if (at + 1 == on_sheet || i + 1 == labels.size()) paper.end_page();
  }
  if (labels.empty()) paper.end_page();
  return paper.finish();
}

base::Result<void> print_announcer_sheets(const EventResults& results, const ExportOptions& options,
                                          PaperSize size, const ByteSink& sink) {
  constexpr double kTop = kPaperMargin + 40;
  constexpr double kRow = 37;
  constexpr double kName = 76;
  const Language language = language_of(results.event);
  const double right = size.width - kPaperMargin;
  const auto rows = static_cast<std::size_t>((size.height - kTop - kPaperMargin - kRow / 2) / kRow);
  std::vector<std::pair<model::RaceId, std::vector<EntrantId>>> pages;
  for (const model::RaceId race : races_of(results, options)) {
    std::vector<EntrantId> ids = results.order[race.raw()];
    std::sort(ids.begin(), ids.end(), [&](EntrantId a, EntrantId b) {
      return results.entrants[a.raw()].bib < results.entrants[b.raw()].bib;
    });
    for (std::size_t from = 0; from < ids.size(); from += rows) {
      const std::size_t to = std::min(ids.size(), from + rows);
      pages.emplace_back(race, std::vector<EntrantId>(ids.begin() + static_cast<long>(from),
                                                      ids.begin() + static_cast<long>(to)));
    }
  }
  const std::string stamp = stamp_line(stamp_of(results), language);
  PdfPaper paper(size, about_results(results, said(language, "export.announcer"), language), sink);
  const Letters name{Face::Serif, 15, Weight::Strong, kPaperInk};
  for (std::size_t page = 0; page < pages.size(); ++page) {
    draw_head(paper, results, race_name(results, pages[page].first), language);
    double y = kTop;
    for (const EntrantId id : pages[page].second) {
      const ExportRow row = export_row(results, id);
      paper.text(kPaperMargin, y, row.bib, {Face::Sans, 15, Weight::Strong, kPaperInk},
                 Anchor::Left, kName - 6);
      paper.text(kPaperMargin + kName, y, printable_name(paper, results, id, name), name,
                 Anchor::Left, right - kPaperMargin - kName);
      paper.text(kPaperMargin + kName, y + 13, about(row, say_of(results, id), language),
                 {Face::Sans, 9, Weight::Plain, kPaperSoft}, Anchor::Left,
                 right - kPaperMargin - kName);
      paper.line(kPaperMargin, y + 20, right, y + 20, 0.4, kPaperLine);
      y += kRow;
    }
    draw_foot(paper, stamp, page + 1, pages.size(), language);
    paper.end_page();
  }
  if (pages.empty()) paper.end_page();
  return paper.finish();
}

}  // namespace hs::present
