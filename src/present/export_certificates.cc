#include "present/export_certificates.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "formats/config_reader.h"
#include "present/listing.h"
#include "present/paper_words.h"
#include "present/sentences.h"
#include "present/wording.h"

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;

constexpr std::size_t kSignaturesMost = 3;

/// "#b3370a". Nothing for other words.
std::optional<Rgb> parse_colour(const std::string& text) {
  constexpr std::size_t kLength = 7;
  if (text.size() != kLength || text[0] != '#') return std::nullopt;
  Rgb out = 0;
  for (const char c : text.substr(1)) {
    const bool digit = c >= '0' && c <= '9';
    const bool lower = c >= 'a' && c <= 'f';
    const bool upper = c >= 'A' && c <= 'F';
    if (!digit && !lower && !upper) return std::nullopt;
    const int value = digit ? c - '0' : lower ? c - 'a' + 10 : c - 'A' + 10;
    out = out * 16 + static_cast<Rgb>(value);
  }
  return out;
}

/// How many finished a race: all, of each sex, of each division.
struct FinisherCounts {
  std::size_t all = 0;
  std::map<model::Sex, std::size_t> of_sex;
  std::map<std::string, std::size_t> of_division;
};

FinisherCounts count_finishers(const EventResults& results, model::RaceId race) {
  FinisherCounts out;
  const auto& divisions = results.event.races[race.raw()].divisions;
  for (const EntrantId id : results.order[race.raw()]) {
    const model::RunnerResult& result = results.runners[id.raw()];
    if (result.status != model::RunnerStatus::Finished) continue;
    ++out.all;
    if (const auto& sex = results.entrants[id.raw()].sex) ++out.of_sex[*sex];
    if (result.division) ++out.of_division[divisions[result.division->raw()].id];
  }
  return out;
}

std::vector<EntrantId> finishers(const EventResults& results, model::RaceId race,
                                 const std::vector<std::string>& bibs) {
  std::vector<EntrantId> out;
  for (const EntrantId id : listing(results, race)) {
    if (results.runners[id.raw()].status != model::RunnerStatus::Finished) continue;
    const std::string bib = results.entrants[id.raw()].bib.str();
    if (bibs.empty() || std::find(bibs.begin(), bibs.end(), bib) != bibs.end()) out.push_back(id);
  }
  return out;
}

/// A figure with its label below.
struct Fact {
  std::string label;
  std::string value;
};

/// Draws one certificate a page. Heights are shares of the page, so that A4 and Letter look alike.
class Certificates {
 public:
  Certificates(PdfPaper& paper, const EventResults& results, const CertificateTemplate& look)
      : paper_(paper), results_(results), look_(look), language_(language_of(results.event)) {
    title_ = look.title.empty() ? said(language_, "export.certificate") : look.title;
    date_ = date_words(results.event.date, language_);
    stamp_ = stamp_line(stamp_of(results), language_);
  }

  void page(EntrantId id, const FinisherCounts& counts) {
    const ExportRow row = export_row(results_, id);
    const model::Race& race = results_.event.races[results_.runners[id.raw()].race.raw()];
    const double wide = paper_.size().width;
    const double middle = wide / 2;
    paper_.area(0, 0, wide, kBar, look_.accent);
    const double photo = draw_photo(row.bib);
    paper_.text(middle, down(photo > 0 ? 0.075 : 0.13), results_.event.name,
                fitting(paper_, results_.event.name, {Face::Serif, 24, Weight::Strong, kPaperInk},
                        text_width(), 14),
                Anchor::Centre, text_width());
    paper_.text(middle, down(photo > 0 ? 0.1 : 0.155), date_,
                {Face::Sans, 10.5, Weight::Plain, kPaperSoft}, Anchor::Centre);
    const double shift = photo > 0 ? 0.11 : 0;
    paper_.text(middle, down(0.34 + shift), title_, {Face::Sans, 12, Weight::Strong, look_.accent},
                Anchor::Centre, text_width());
    draw_name(id, down(0.415 + shift));
    Sentences words(language_);
    words.add_text("race", isolate_for_print(race_name(results_, results_.runners[id.raw()].race)));
    paper_.text(middle, down(0.47 + shift), words.text({{"export.finished-in"}}),
                {Face::Serif, 14, Weight::Plain, kPaperSoft}, Anchor::Centre, text_width());
    paper_.text(middle, down(0.56 + shift), printed_time(race, row.official, language_),
                {Face::Serif, 48, Weight::Strong, kPaperInk}, Anchor::Centre);
    draw_facts(facts_of(row, race, counts), down(0.66 + shift));
    paper_.text(middle, down(0.76 + shift * 0.7), look_.text,
                {Face::Serif, 12, Weight::Plain, kPaperInk}, Anchor::Centre, text_width());
    draw_signatures(down(0.89));
    paper_.text(middle, paper_.size().height - kFoot, stamp_,
                {Face::Sans, 6.5, Weight::Plain, kPaperSoft}, Anchor::Centre, text_width());
    paper_.end_page();
  }

 private:
  static constexpr double kBar = 9;
  static constexpr double kFoot = 26;
  static constexpr double kSide = 64;

  [[nodiscard]] double down(double share) const { return paper_.size().height * share; }
  [[nodiscard]] double text_width() const { return paper_.size().width - 2 * kSide; }

  /// A name of any direction must not turn the sentence around it.
  static std::string isolate_for_print(const std::string& text) {
    return "\u2068" + text + "\u2069";
  }

  /// Its height; 0 where there is none.
  double draw_photo(const std::string& bib) {
    if (look_.photos.empty()) return 0;
    constexpr double kShareOfWidth = 0.62;
    constexpr double kShape = 2.0 / 3.0;
    const double wide = paper_.size().width * kShareOfWidth;
    const double left = (paper_.size().width - wide) / 2;
    const bool drawn =
        paper_.picture(look_.photos + "/" + bib + ".png", left, down(0.115), wide, wide * kShape);
    return drawn ? wide * kShape : 0;
  }

  /// In one line, or in two where it would be small in one.
  void draw_name(EntrantId id, double baseline) {
    constexpr double kSmall = 22;
    constexpr double kLeast = 10;
    const Letters large{Face::Serif, 40, Weight::Strong, kPaperInk};
    const double middle = paper_.size().width / 2;
    const std::string name = printable_name(paper_, results_, id, large);
    const Letters one = fitting(paper_, name, large, text_width(), kLeast);
    const std::size_t blank = blank_near_middle(name);
    if (one.size >= kSmall || blank == std::string::npos) {
      paper_.text(middle, baseline, name, one, Anchor::Centre, text_width());
      return;
    }
    const std::string first = name.substr(0, blank);
    const std::string second = name.substr(blank + 1);
    const std::string& longer = first.size() > second.size() ? first : second;
    const Letters two =
        fitting(paper_, longer, {Face::Serif, 28, Weight::Strong, kPaperInk}, text_width(), kLeast);
    paper_.text(middle, baseline - two.size, first, two, Anchor::Centre, text_width());
    paper_.text(middle, baseline + two.size * 0.3, second, two, Anchor::Centre, text_width());
  }

  [[nodiscard]] static std::size_t blank_near_middle(const std::string& name) {
    const auto off = [&](std::size_t at) {
      return at > name.size() / 2 ? at - name.size() / 2 : name.size() / 2 - at;
    };
    std::size_t best = std::string::npos;
    for (std::size_t at = name.find(' '); at != std::string::npos; at = name.find(' ', at + 1)) {
      if (best == std::string::npos || off(at) < off(best)) best = at;
    }
    return best;
  }

  [[nodiscard]] std::string of(const model::Placing& place, std::size_t count) const {
    Sentences words(language_);
    words.add_text("place", place_text(place));
    words.add_count("count", count);
    return words.text({{"export.place-of"}});
  }

  [[nodiscard]] std::vector<Fact> facts_of(const ExportRow& row, const model::Race& race,
                                           const FinisherCounts& counts) const {
    std::vector<Fact> out;
    if (row.place) out.push_back({said(language_, "export.overall"), of(*row.place, counts.all)});
    if (row.place_sex && row.sex) {
      out.push_back(
          {sex_heading(*row.sex, language_), of(*row.place_sex, counts.of_sex.at(*row.sex))});
    }
    if (row.place_division && !row.division.empty()) {
      out.push_back({row.division, of(*row.place_division, counts.of_division.at(row.division))});
    }
    const bool by_net = race.rank_by == model::RankBy::Net;
    const std::string other = printed_time(race, by_net ? row.gun : row.net, language_);
    if (!other.empty()) {
      out.push_back({said(language_, by_net ? "results.gun" : "results.net"), other});
    }
    return out;
  }

  void draw_facts(const std::vector<Fact>& facts, double baseline) {
    if (facts.empty()) return;
    constexpr double kBelow = 15;
    const double step = text_width() / static_cast<double>(facts.size());
    const double top = baseline - 26;
    const double bottom = baseline + kBelow + 12;
    const double right = paper_.size().width - kSide;
    paper_.line(kSide, top, right, top, 0.5, look_.accent);
    paper_.line(kSide, bottom, right, bottom, 0.5, look_.accent);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const double x = kSide + step * (static_cast<double>(i) + 0.5);
      paper_.text(x, baseline, facts[i].value, {Face::Sans, 14, Weight::Strong, kPaperInk},
                  Anchor::Centre, step);
      paper_.text(x, baseline + kBelow, facts[i].label,
                  {Face::Sans, 8.5, Weight::Plain, kPaperSoft}, Anchor::Centre, step);
    }
  }

  void draw_signatures(double baseline) {
    const std::size_t count = look_.signed_by.size();
    if (count == 0) return;
    constexpr double kGap = 28;
    constexpr double kBelow = 14;
    const double step = text_width() / static_cast<double>(kSignaturesMost);
    const double left = (paper_.size().width - step * static_cast<double>(count)) / 2;
    for (std::size_t i = 0; i < count; ++i) {
      const double x = left + step * static_cast<double>(i);
      paper_.line(x + kGap / 2, baseline, x + step - kGap / 2, baseline, 0.5, kPaperSoft);
      paper_.text(x + step / 2, baseline + kBelow, look_.signed_by[i],
                  {Face::Sans, 8, Weight::Plain, kPaperSoft}, Anchor::Centre, step - kGap / 2);
    }
  }

  PdfPaper& paper_;
  const EventResults& results_;
  const CertificateTemplate& look_;
  Language language_;
  std::string title_, date_, stamp_;
};

}  // namespace

base::Result<CertificateTemplate> read_certificate_template(std::string_view toml,
                                                            const std::string& file) {
  HS_TRY(const formats::ConfigValue tree, formats::parse_toml(toml, file));
  formats::Faults faults;
  formats::TableReader reader(tree, "the certificate",
                              {{"title", "accent", "text", "signed", "photos"}, {}}, faults);
  CertificateTemplate out;
  if (const auto title = reader.text("title")) out.title = title->value;
  if (const auto text = reader.text("text")) out.text = text->value;
  if (const auto accent = reader.text("accent")) {
    const auto colour = parse_colour(accent->value);
    if (!colour) {
      faults.add("'" + accent->value + "'", "a colour such as \"#0b6b63\"", accent->place);
    }
    out.accent = colour.value_or(out.accent);
  }
  for (const auto& one : reader.texts("signed")) {
    if (out.signed_by.size() == kSignaturesMost) {
      faults.add("more than three in 'signed'", "three at most", one.place);
      break;
    }
    out.signed_by.push_back(one.value);
  }
  if (const auto photos = reader.text("photos")) {
    out.photos = (std::filesystem::path(file).parent_path() / photos->value).string();
  }
  if (faults.first()) return tl::make_unexpected(*faults.first());
  return out;
}

base::Result<void> print_certificates(const EventResults& results, const ExportOptions& options,
                                      const std::vector<std::string>& bibs,
                                      const CertificateTemplate& look, PaperSize size,
                                      const ByteSink& sink, const ExportProgress& progress) {
  const Language language = language_of(results.event);
  std::vector<std::pair<model::RaceId, std::vector<EntrantId>>> pages;
  std::size_t all = 0;
  for (const model::RaceId race : races_of(results, options)) {
    pages.emplace_back(race, finishers(results, race, bibs));
    all += pages.back().second.size();
  }
  if (all == 0) {
    return base::fail(base::ErrorCode::NotFound,
                      bibs.empty() ? "nobody has finished yet"
                                   : "found no finisher with the bib '" + bibs.front() + "'");
  }
  PdfPaper paper(size, about_results(results, said(language, "export.certificate"), language),
                 sink);
  Certificates certificates(paper, results, look);
  std::size_t done = 0;
  for (const auto& [race, ids] : pages) {
    const FinisherCounts counts = count_finishers(results, race);
    for (const EntrantId id : ids) {
      certificates.page(id, counts);
      if (progress) progress(static_cast<double>(++done) / static_cast<double>(all));
    }
  }
  return paper.finish();
}

}  // namespace hs::present
