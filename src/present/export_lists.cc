#include "present/export_lists.h"

#include <array>
#include <optional>
#include <string>

#include "present/paper_words.h"
#include "present/sentences.h"
#include "present/wording.h"

// Implementation notes: the pages are laid out before the first is drawn, since each says of how
// many it is one. A heading never stands alone at the foot of a page.

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;

constexpr double kTop = kPaperMargin + 38;
constexpr double kRowHeight = 13.5;
constexpr std::size_t kHeadingRows = 2;  ///< A heading takes as much as that many rows.
constexpr std::size_t kWithHeading = 3;  ///< Rows that stay with their heading.
constexpr double kText = 8.5;
constexpr double kLeastText = 5.5;  ///< Below it a text is cut.

/// A line of a page: a list's heading or a runner.
struct Item {
  const ListGroup* heading = nullptr;
  std::optional<EntrantId> runner;
};

struct Page {
  model::RaceId race;
  std::vector<Item> items;
};

/// Where a column stands, in shares of the width between the margins.
struct Column {
  const char* word = "";  ///< Key of its head.
  double from = 0;
  double to = 0;
  Anchor anchor = Anchor::Left;
};

using Columns = std::array<Column, 8>;

constexpr Columns kResultColumns = {{{"results.place", 0, 0.06, Anchor::Right},
                                     {"results.bib", 0.08, 0.17, Anchor::Left},
                                     {"results.name", 0.17, 0.46, Anchor::Left},
                                     {"export.age", 0.46, 0.53, Anchor::Left},
                                     {"results.division", 0.53, 0.63, Anchor::Left},
                                     {"export.team", 0.63, 0.79, Anchor::Left},
                                     {"", 0.79, 0.9, Anchor::Right},
                                     {"", 0.9, 1, Anchor::Right}}};
constexpr Columns kStartColumns = {{{"results.bib", 0, 0.1, Anchor::Left},
                                    {"results.name", 0.1, 0.42, Anchor::Left},
                                    {"export.age", 0.42, 0.49, Anchor::Left},
                                    {"results.division", 0.49, 0.6, Anchor::Left},
                                    {"export.team", 0.6, 0.78, Anchor::Left},
                                    {"export.wave", 0.78, 0.88, Anchor::Left},
                                    {"export.start", 0.88, 1, Anchor::Right},
                                    {"", 1, 1, Anchor::Right}}};

using Cells = std::array<std::string, std::tuple_size_v<Columns>>;

/// Lists of all races, and their pages, which point into them.
struct Layout {
  std::vector<std::vector<ListGroup>> groups;
  std::vector<Page> pages;
};

Layout lay_out(const EventResults& results, const ExportOptions& options, ListBy by,
               std::size_t rows) {
  Layout out;
  const std::vector<model::RaceId> races = races_of(results, options);
  for (const model::RaceId race : races) {
    out.groups.push_back(list_groups(results, race, by, language_of(results.event)));
  }
  for (std::size_t i = 0; i < races.size(); ++i) {
    std::size_t left = 0;
    const auto need = [&](std::size_t wanted) {
      if (left >= wanted) return;
      out.pages.push_back({races[i], {}});
      left = rows;
    };
    for (const ListGroup& group : out.groups[i]) {
      if (!group.title.empty()) {
        need(kHeadingRows + std::min(kWithHeading, group.ids.size()));
        out.pages.back().items.push_back({&group, std::nullopt});
        left -= kHeadingRows;
      }
      for (const EntrantId id : group.ids) {
        need(1);
        out.pages.back().items.push_back({nullptr, id});
        --left;
      }
    }
  }
  return out;
}

/// Draws the pages of one document.
class Printer {
 public:
  Printer(PdfPaper& paper, const EventResults& results, ListBy by)
      : paper_(paper),
        results_(results),
        by_(by),
        language_(language_of(results.event)),
        columns_(by == ListBy::Start ? kStartColumns : kResultColumns) {}

  void page(const Page& page) {
    draw_head(paper_, results_, race_name(results_, page.race), language_);
    column_heads(results_.event.races[page.race.raw()]);
    double y = kTop + kRowHeight;
    for (const Item& item : page.items) {
      if (item.heading != nullptr) {
        y += static_cast<double>(kHeadingRows) * kRowHeight;
        paper_.text(kPaperMargin, y - kRowHeight / 2, item.heading->title,
                    {Face::Serif, 11, Weight::Strong, kPaperInk});
      } else {
        y += kRowHeight;
        row(*item.runner, y - 3);
      }
    }
  }

 private:
  [[nodiscard]] double at(double share) const {
    return kPaperMargin + share * (paper_.size().width - 2 * kPaperMargin);
  }

  void cells(const Cells& texts, double baseline, const std::array<Letters, 8>& letters) {
    constexpr double kGap = 4;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const Column& column = columns_[i];
      const double width = at(column.to) - at(column.from);
      const Letters fit = fitting(paper_, texts[i], letters[i], width - kGap, kLeastText);
      const bool right = column.anchor == Anchor::Right;
      paper_.text(at(right ? column.to : column.from), baseline, texts[i], fit, column.anchor,
                  right ? 0 : width - kGap);
    }
  }

  void column_heads(const model::Race& race) {
    Cells heads;
    for (std::size_t i = 0; i < heads.size(); ++i) {
      if (*columns_[i].word != '\0') heads[i] = said(language_, columns_[i].word);
    }
    if (by_ != ListBy::Start) {
      const bool by_net = race.rank_by == model::RankBy::Net;
      heads[6] = said(language_, by_net                                 ? "results.net"
                                 : race.rank_by == model::RankBy::Clock ? "results.clock"
                                                                        : "results.gun");
      heads[7] = said(language_, by_net ? "results.gun" : "results.net");
    }
    std::array<Letters, 8> letters;
    letters.fill({Face::Sans, 7.5, Weight::Plain, kPaperSoft});
    cells(heads, kTop, letters);
    paper_.line(kPaperMargin, kTop + 5, at(1), kTop + 5, 0.5, kPaperLine);
  }

  void row(EntrantId id, double baseline) {
    const ExportRow runner = export_row(results_, id);
    std::array<Letters, 8> letters;
    letters.fill({Face::Sans, kText, Weight::Plain, kPaperInk});
    cells(by_ == ListBy::Start ? start_cells(runner) : result_cells(runner), baseline, letters);
  }

  std::string sex_and_age(const ExportRow& runner) const {
    std::string out = runner.sex ? model::name_of(*runner.sex) : "";
    if (runner.age) out += (out.empty() ? "" : " ") + std::to_string(*runner.age);
    return out;
  }

  std::string name_of(EntrantId id) {
    return printable_name(paper_, results_, id, {Face::Sans, kText, Weight::Plain, kPaperInk});
  }

  Cells result_cells(const ExportRow& runner) {
    const model::RunnerResult& result = results_.runners[runner.entrant.raw()];
    const model::Race& race = results_.event.races[result.race.raw()];
    const auto place = place_in(result, by_);
    const bool by_net = race.rank_by == model::RankBy::Net;
    return {place ? place_text(*place) : model::name_of(runner.status),
            runner.bib,
            name_of(runner.entrant),
            sex_and_age(runner),
            runner.division,
            runner.club.empty() ? runner.team : runner.club,
            printed_time(race, runner.official, language_),
            printed_time(race, by_net ? runner.gun : runner.net, language_)};
  }

  Cells start_cells(const ExportRow& runner) {
    const model::RunnerResult& result = results_.runners[runner.entrant.raw()];
    const model::Race& race = results_.event.races[result.race.raw()];
    const model::Wave* wave = result.wave ? &race.waves[result.wave->raw()] : nullptr;
    return {runner.bib,
            name_of(runner.entrant),
            sex_and_age(runner),
            runner.division,
            runner.club.empty() ? runner.team : runner.club,
            wave != nullptr ? wave->id : "",
            wave != nullptr && wave->gun ? local_time(results_.event, *wave->gun) : "",
            ""};
  }

  PdfPaper& paper_;
  const EventResults& results_;
  ListBy by_;
  Language language_;
  const Columns& columns_;
};

}  // namespace

base::Result<void> print_lists(const EventResults& results, const ExportOptions& options, ListBy by,
                               PaperSize size, const ByteSink& sink,
                               const ExportProgress& progress) {
  constexpr double kFootRoom = kPaperMargin + 22;
  const Language language = language_of(results.event);
  const auto rows = static_cast<std::size_t>((size.height - kFootRoom - kTop) / kRowHeight) - 1;
  const Layout layout = lay_out(results, options, by, rows);
  const std::string what =
      said(language, by == ListBy::Start ? "export.starts" : "export.site-title");
  const std::string stamp = stamp_line(stamp_of(results), language);
  PdfPaper paper(size, about_results(results, what, language), sink);
  Printer printer(paper, results, by);
  for (std::size_t i = 0; i < layout.pages.size(); ++i) {
    printer.page(layout.pages[i]);
    draw_foot(paper, stamp, i + 1, layout.pages.size(), language);
    paper.end_page();
    if (progress) progress(static_cast<double>(i + 1) / static_cast<double>(layout.pages.size()));
  }
  if (layout.pages.empty()) {
    draw_head(paper, results, "", language);
    draw_foot(paper, stamp, 1, 1, language);
    paper.end_page();
  }
  return paper.finish();
}

}  // namespace hs::present
