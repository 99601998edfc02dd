#include "present/career_page.h"

#include <algorithm>

#include "present/career_figures.h"
#include "present/page_html.h"
#include "present/sentences.h"
#include "present/wording.h"

// Implementation notes: tables that may be wider than a phone scroll inside their own frame, which
// takes the focus so that keys can scroll it; the table of races folds its lesser columns into a
// line under the race instead.

namespace hs::present {
namespace {

using history::Career;
using history::CareerRun;

std::string words(Language language, const char* key) { return escape_html(said(language, key)); }

std::string cell(const std::string& html, const char* kind = "num") {
  return std::string("<td class=\"") + kind + "\">" + html + "</td>";
}

std::string head(const std::string& text, const char* kind = "num") {
  return std::string("<th scope=\"col\" class=\"") + kind + "\">" + text + "</th>";
}

std::string paragraphs(const std::vector<std::string>& sentences, const char* kind) {
  std::string out;
  for (const std::string& sentence : sentences) {
    out += std::string("<p class=\"") + kind + "\">" + escape_html(sentence) + "</p>\n";
  }
  return out;
}

std::string section(const char* id, const std::string& title, const std::string& body) {
  const std::string name = id;
  return "<section id=\"" + name + "\" aria-labelledby=\"" + name + "-h\">\n<h2 id=\"" + name +
         "-h\">" + title + "</h2>\n" + body + "</section>\n";
}

std::string figure_html(const Figure& figure) {
  return "<figure class=\"t-line\">" + figure.plot.html() + "<figcaption>" +
         escape_html(figure.caption) + "</figcaption></figure>\n";
}

std::string series_html(const CareerRun& run) { return isolate(history::series_of(run.race_name)); }

std::string year_html(const CareerRun& run) {
  return std::to_string(run.date.year) + (run.link_millionths < kSureMillionths ? "?" : "");
}

std::string masthead(const Career& career, Language language, bool has_splits,
                     bool has_qualifying) {
  const auto link = [&](const char* id, const char* key) {
    return std::string("<a href=\"#") + id + "\">" + words(language, key) + "</a>";
  };
  std::string out = "<header class=\"mast\"><div class=\"bar\"><p class=\"event\">" +
                    words(language, "career.subtitle") + "</p><nav aria-label=\"" +
                    words(language, "career.contents") + "\">" + link("runs", "career.runs");
  if (has_splits) out += link("splits", "career.splits");
  if (!career.series.empty()) out += link("years", "career.years");
  if (has_qualifying) out += link("qualifying", "qualifying.heading");
  if (!career.goals.empty()) out += link("next", "career.next");
  return out + "</nav></div></header>\n";
}

std::string place_words(const CareerRun& run) {
  if (!run.place_overall) return {};
  std::string out = grouped(run.place_overall->place);
  if (run.place_overall->of) out += " / " + grouped(*run.place_overall->of);
  return out;
}

/// What a phone shows under the race, where the columns for it are hidden.
std::string under_html(const ChangeWords& change, const CareerRun& run, Language language) {
  std::string out;
  const auto add = [&](const char* key, const std::string& value) {
    if (value.empty()) return;
    out += (out.empty() ? "" : " \u00b7 ") + words(language, key) + " " + escape_html(value);
  };
  add("career.of-age", run.age ? std::to_string(*run.age) : "");
  add("career.change", change.own);
  add("career.field", change.field);
  add("career.place", place_words(run));
  return out.empty() ? out : "<span class=\"under\">" + out + "</span>";
}

std::string run_row(const Career& career, std::size_t i, Language language) {
  const CareerRun& run = career.runs[i];
  const ChangeWords change = change_words(career, i);
  std::string race = series_html(run);
  if (run.is_interrupted)
    race += " <span class=\"soft\">(" + words(language, "career.stopped") + ")</span>";
  race += under_html(change, run, language);
  for (const std::string& win : wins_of(career, i, language)) {
    race += "<span class=\"win\">" + escape_html(win) + "</span>";
  }
  const std::string time =
      run.time ? time_words(run) : escape_html(status_words(run.status, language));
  return "<tr>" + cell(year_html(run), "yr") + "<td class=\"who\">" + race + "</td>" +
         cell(run.age ? std::to_string(*run.age) : "", "num wide") +
         cell("<strong>" + time + "</strong>") + cell(change.own, "num wide") +
         cell(change.field, "num wide soft") + cell(place_words(run), "num wide") +
         cell(career.grades[i] ? percent_words(career.grades[i]->hundredths, language) : "") +
         "</tr>\n";
}

std::string runs_html(const Career& career, const CareerOptions& options) {
  const Language language = options.language;
  std::string body =
      "<table class=\"runs\"><caption class=\"unseen\">" + words(language, "career.runs") +
      "</caption><thead><tr>" + head(words(language, "career.year"), "yr") +
      head(words(language, "career.race"), "who") +
      head(words(language, "career.of-age"), "num wide") + head(words(language, "career.time")) +
      head(words(language, "career.change"), "num wide") +
      head(words(language, "career.field"), "num wide") +
      head(words(language, "career.place"), "num wide") + head(words(language, "career.grade")) +
      "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < career.runs.size(); ++i) body += run_row(career, i, language);
  body += "</tbody></table>\n" + paragraphs(notes_words(career, options), "aside");
  return section("runs", words(language, "career.runs"), body);
}

/// A table in a frame of its own, named for those who do not see it.
std::string framed(const std::string& name, const std::string& table) {
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + name + "\">" +
         table + "</div>\n";
}

std::string splits_html(const Career& career, const SplitTable& splits, Language language) {
  std::string table =
      "<table class=\"plain\"><thead><tr>" + head(words(language, "career.race"), "who");
  for (const std::string& point : splits.points) table += head(escape_html(point));
  table += head(words(language, "career.time")) + "</tr></thead><tbody>\n";
  for (const SplitTable::Row& row : splits.rows) {
    const CareerRun& run = career.runs[row.run];
    table +=
        "<tr><th scope=\"row\" class=\"num\">" + series_html(run) + " " + year_html(run) + "</th>";
    for (const std::string& time : row.times) table += cell(escape_html(time));
    table += cell("<strong>" + time_words(run) + "</strong>") + "</tr>\n";
  }
  return section("splits", words(language, "career.splits"),
                 framed(words(language, "career.splits-of-race"), table + "</tbody></table>") +
                     paragraphs({said(language, "career.splits-note")}, "aside"));
}

std::string qualifying_html(const Career& career, Language language) {
  const std::vector<std::string> real = qualifying_words(career, language);
  const auto other = other_years(career, language);
  std::string body = real.empty() ? paragraphs({said(language, "qualifying.none")}, "aside")
                                  : paragraphs(real, "said");
  if (other) {
    std::string table =
        "<table class=\"plain\"><thead><tr>" + head(words(language, "career.year"), "yr") +
        head(words(language, "qualifying.standard")) +
        head(words(language, "qualifying.cutoff-head")) +
        head(words(language, "qualifying.outcome"), "who") + "</tr></thead><tbody>\n";
    for (const OtherYears::Row& row : other->rows) {
      table += "<tr><th scope=\"row\" class=\"yr\">" + std::to_string(row.year) + "</th>" +
               cell(row.standard) + cell(row.cutoff) + cell(escape_html(row.outcome), "who") +
               "</tr>\n";
    }
    body += paragraphs({other->lead}, "said") +
            framed(escape_html(other->lead), table + "</tbody></table>");
  }
  body += paragraphs({said(language, "qualifying.note")}, "aside");
  return section("qualifying", words(language, "qualifying.heading"), body);
}

std::string rival_html(const Career& career, const CareerRival& rival, Language language) {
  Sentences title(language);
  title.add_text("name", isolated_text(rival.career->name));
  std::string body = paragraphs({rival_words(rival, language)}, "said");
  if (!rival.meetings.meetings.empty()) {
    std::string table = "<table class=\"plain\"><thead><tr>" +
                        head(words(language, "career.race"), "who") + head(isolate(career.name)) +
                        head(isolate(rival.career->name)) + head(words(language, "career.gap")) +
                        "</tr></thead><tbody>\n";
    for (const history::Meeting& meeting : rival.meetings.meetings) {
      const CareerRun& run = career.runs[meeting.run];
      const auto gap = std::chrono::duration_cast<std::chrono::seconds>(meeting.gap).count();
      table += "<tr><th scope=\"row\">" + series_html(run) + " " + year_html(run) + "</th>" +
               cell(time_words(run)) + cell(time_words(rival.career->runs[meeting.other_run])) +
               cell((gap > 0 ? "+" : "") + clock_text(gap)) + "</tr>\n";
    }
    body += framed(escape_html(title.text({{"career.against"}})), table + "</tbody></table>");
  }
  return section("against", escape_html(title.text({{"career.against"}})), body);
}

}  // namespace

std::string career_page(const Career& career, const CareerOptions& options) {
  const Language language = options.language;
  const SplitTable splits = split_table(career, language);
  const bool has_qualifying = std::any_of(
      career.qualifying.begin(), career.qualifying.end(),
      [](const history::RunQualifying& one) { return !one.real.empty() || !one.other.empty(); });
  PageParts parts;
  parts.language = language.code();
  parts.title = career.name + " \u2013 " + said(language, "career.subtitle");
  parts.body = masthead(career, language, !splits.rows.empty(), has_qualifying) +
               "<main>\n<h1 dir=\"auto\">" + escape_html(career.name) +
               "</h1>\n<div class=\"sum\">" + paragraphs(summary_words(career, language), "said") +
               "</div>\n";
  std::string pictures;
  for (const Figure& figure : career_figures(career, language)) pictures += figure_html(figure);
  if (!pictures.empty()) parts.body += "<div class=\"curves\">\n" + pictures + "</div>\n";
  parts.body += runs_html(career, options);
  if (!splits.rows.empty()) parts.body += splits_html(career, splits, language);
  if (const auto years = years_words(career, language); !years.empty()) {
    parts.body += section("years", words(language, "career.years"), paragraphs(years, "said"));
  }
  if (has_qualifying) parts.body += qualifying_html(career, language);
  if (const auto goals = goal_words(career, language); !goals.empty()) {
    parts.body += section("next", words(language, "career.next"), paragraphs(goals, "said"));
  }
  if (options.rival) parts.body += rival_html(career, *options.rival, language);
  parts.body +=
      "</main>\n<footer class=\"foot\"><p>" + words(language, "career.foot") + "</p></footer>\n";
  return whole_page(parts);
}

}  // namespace hs::present
