#include "present/career_text.h"

#include "present/display_width.h"
#include "present/paragraph.h"
#include "present/sentences.h"
#include "present/table.h"
#include "present/wording.h"

namespace hs::present {
namespace {

using history::Career;
using history::CareerRun;

constexpr std::size_t kRaceWidthMax = 24;

std::string lines(const std::vector<std::string>& sentences, Ink ink, Colour colour) {
  std::string out;
  for (const std::string& sentence : sentences) out += paragraph(sentence, 0, ink, colour);
  return out;
}

std::string heading(const std::string& text, Colour colour) {
  return "\n" + inked(fitted(text, kTextWidth), Ink::Strong, colour) + "\n";
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

std::string race_cell(const CareerRun& run) {
  return std::string(history::series_of(run.race_name));
}

/// What was rare, behind what was not the runner's doing.
std::string wins_cell(const Career& career, std::size_t run, Language language) {
  std::vector<std::string> parts = wins_of(career, run, language);
  if (career.runs[run].is_interrupted)
    parts.insert(parts.begin(), said(language, "career.stopped"));
  return joined(parts);
}

std::string year_cell(const CareerRun& run) {
  return std::to_string(run.date.year) + (run.link_millionths < kSureMillionths ? "?" : "");
}

std::string time_cell(const CareerRun& run) {
  return run.time ? time_words(run) : std::string(model::name_of(run.status));
}

std::string runs_block(const Career& career, Language language, Colour colour) {
  const auto head = [&](const char* key) { return said(language, key); };
  Table table({{head("career.year")},
               {head("career.race"), Align::Left, kRaceWidthMax},
               {head("career.of-age"), Align::Right},
               {head("career.time"), Align::Right},
               {head("career.change"), Align::Right},
               {head("career.field"), Align::Right},
               {head("career.place"), Align::Right},
               {head("career.grade"), Align::Right},
               {head("career.wins")}});
  for (std::size_t i = 0; i < career.runs.size(); ++i) {
    const CareerRun& run = career.runs[i];
    const ChangeWords change = change_words(career, i);
    table.add({{year_cell(run)},
               {race_cell(run)},
               {run.age ? std::to_string(*run.age) : ""},
               {time_cell(run), Ink::Strong},
               {change.own},
               {change.field, Ink::Faint},
               {run.place_overall ? grouped(run.place_overall->place) : ""},
               {career.grades[i] ? percent_words(career.grades[i]->hundredths, language) : ""},
               {wins_cell(career, i, language)}});
  }
  return table.text(0, colour);
}

std::string splits_block(const Career& career, Language language, Colour colour) {
  const SplitTable splits = split_table(career, language);
  if (splits.rows.empty()) return {};
  std::vector<Table::Column> columns = {
      {said(language, "career.year")}, {said(language, "career.race"), Align::Left, kRaceWidthMax}};
  for (const std::string& point : splits.points) columns.push_back({point, Align::Right});
  Table table(std::move(columns));
  for (const SplitTable::Row& row : splits.rows) {
    const CareerRun& run = career.runs[row.run];
    std::vector<Table::Cell> cells = {{year_cell(run)}, {race_cell(run)}};
    for (const std::string& time : row.times) cells.push_back({time});
    table.add(std::move(cells));
  }
  return heading(said(language, "career.splits"), colour) + table.text(0, colour) +
         lines({said(language, "career.splits-note")}, Ink::Faint, colour);
}

std::string qualifying_block(const Career& career, Language language, Colour colour) {
  if (career.qualifying.empty()) return {};
  const std::vector<std::string> real = qualifying_words(career, language);
  const auto other = other_years(career, language);
  if (real.empty() && !other) return {};
  std::string out = heading(said(language, "qualifying.heading"), colour);
  out += real.empty() ? lines({said(language, "qualifying.none")}, Ink::Faint, colour)
                      : lines(real, Ink::Plain, colour);
  if (other) {
    out += lines({other->lead}, Ink::Plain, colour);
    Table table({{said(language, "career.year")},
                 {said(language, "qualifying.standard"), Align::Right},
                 {said(language, "qualifying.cutoff-head"), Align::Right},
                 {said(language, "qualifying.outcome")}});
    for (const OtherYears::Row& row : other->rows) {
      table.add({{std::to_string(row.year)}, {row.standard}, {row.cutoff}, {row.outcome}});
    }
    out += table.text(2, colour);
  }
  return out + lines({said(language, "qualifying.note")}, Ink::Faint, colour);
}

std::string rival_block(const Career& career, const CareerRival& rival, Language language,
                        Colour colour) {
  Sentences words(language);
  words.add_text("name", rival.career->name);
  std::string out = heading(words.text({{"career.against"}}), colour);
  out += lines({rival_words(rival, language)}, Ink::Plain, colour);
  if (rival.meetings.meetings.empty()) return out;
  Table table({{said(language, "career.year")},
               {said(language, "career.race"), Align::Left, kRaceWidthMax},
               {fitted(career.name, kRaceWidthMax), Align::Right},
               {fitted(rival.career->name, kRaceWidthMax), Align::Right},
               {said(language, "career.gap"), Align::Right}});
  for (const history::Meeting& meeting : rival.meetings.meetings) {
    const CareerRun& run = career.runs[meeting.run];
    const auto gap = std::chrono::duration_cast<std::chrono::seconds>(meeting.gap).count();
    table.add({{year_cell(run)},
               {race_cell(run)},
               {time_words(run)},
               {time_words(rival.career->runs[meeting.other_run])},
               {(gap > 0 ? "+" : "") + clock_text(gap)}});
  }
  return out + table.text(0, colour);
}

}  // namespace

std::string career_text(const Career& career, const CareerOptions& options, Colour colour) {
  const Language language = options.language;
  std::string out = inked(fitted(career.name, kTextWidth), Ink::Strong, colour) + "\n";
  out += lines(summary_words(career, language), Ink::Plain, colour) + "\n";
  out += runs_block(career, language, colour);
  out += lines(notes_words(career, options), Ink::Faint, colour);
  out += splits_block(career, language, colour);
  if (const auto years = years_words(career, language); !years.empty()) {
    out += heading(said(language, "career.years"), colour) + lines(years, Ink::Plain, colour);
  }
  out += qualifying_block(career, language, colour);
  if (const auto goals = goal_words(career, language); !goals.empty()) {
    out += heading(said(language, "career.next"), colour) + lines(goals, Ink::Plain, colour);
  }
  if (options.rival) out += rival_block(career, *options.rival, language, colour);
  return out;
}

}  // namespace hs::present
