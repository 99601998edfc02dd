#include "present/site_pages.h"

#include <algorithm>

#include "present/export_stamp.h"
#include "present/list_groups.h"
#include "present/page_assets.h"
#include "present/page_html.h"
#include "present/results_csv.h"
#include "present/sentences.h"
#include "present/story_data.h"
#include "present/story_page.h"
#include "present/story_results.h"
#include "present/wording.h"

// Implementation notes: every page carries its style and script, as the story does. That costs some
// 20 kB a page and spares a site of hundreds of pages every question of paths, caches and policies:
// each page may run only what it carries, from a disk too. Links name files, never folders, since a
// disk has no index.html by itself.

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;
using model::RaceId;

/// A link of a page: words, not escaped, and where it leads.
struct Link {
  std::string words;
  std::string to;
};

/// A list of a race on a page of its own.
struct ListPage {
  std::string file;
  ListBy by = ListBy::Sex;
  ListGroup group;
};

constexpr const char* kSearchFile = "index.html";

/// An address in a link: ids hold letters, digits and - _ . + only, of which none has a meaning in
/// a path. As an attribute it is escaped all the same.
std::string race_folder(const EventResults& results, RaceId race) {
  return "races/" + results.event.races[race.raw()].id;
}

std::vector<RaceId> races_with_entries(const EventResults& results) {
  std::vector<RaceId> out;
  for (std::size_t i = 0; i < results.order.size(); ++i) {
    if (!results.order[i].empty()) out.emplace_back(static_cast<std::uint16_t>(i));
  }
  return out;
}

/// Lists by sex, then by division, in the order they are shown. Files have names that do not
/// depend on the language.
std::vector<ListPage> lists_of(const EventResults& results, RaceId race) {
  const Language language = language_of(results.event);
  std::vector<ListPage> out;
  for (const ListBy by : {ListBy::Sex, ListBy::Division}) {
    for (ListGroup& group : list_groups(results, race, by, language)) {
      const EntrantId one = group.ids.front();
      const auto& sex = results.entrants[one.raw()].sex;
      const auto& division = results.runners[one.raw()].division;
      std::string file = "all-other";
      if (by == ListBy::Sex) file = sex ? std::string("sex-") + model::name_of(*sex) : "sex-none";
      if (by == ListBy::Division && division) {
        file = "division-" + results.event.races[race.raw()].divisions[division->raw()].id;
      }
      if (by == ListBy::Division && !division) file = "division-none";
      out.push_back({file + ".html", by, std::move(group)});
    }
  }
  // A race in which nobody has a division, or a sex, has no lists by it.
  for (const ListBy by : {ListBy::Sex, ListBy::Division}) {
    const auto is_of = [&](const ListPage& page) { return page.by == by; };
    if (std::count_if(out.begin(), out.end(), is_of) == 1) {
      out.erase(std::find_if(out.begin(), out.end(), is_of));
    }
  }
  return out;
}

std::string links_html(const std::vector<Link>& links) {
  std::string out;
  for (const Link& link : links) {
    out += "<a href=\"" + escape_html(link.to) + "\">" + escape_html(link.words) + "</a>";
  }
  return out;
}

std::string masthead(const EventResults& results, const std::vector<Link>& links) {
  const Language language = language_of(results.event);
  return "<header class=\"mast\"><div class=\"bar\"><p class=\"event\" dir=\"auto\">" +
         escape_html(results.event.name) + "</p><nav aria-label=\"" +
         escape_html(said(language, "page.contents")) + "\">" + links_html(links) +
         "</nav></div><p class=\"standing\">" +
         escape_html(date_words(results.event.date, language)) + "</p></header>\n";
}

/// How many are entered, and how many finished.
std::string counts_text(const EventResults& results, const std::vector<EntrantId>& ids) {
  const auto finished = std::count_if(ids.begin(), ids.end(), [&](EntrantId id) {
    return results.runners[id.raw()].status == model::RunnerStatus::Finished;
  });
  Sentences words(language_of(results.event));
  words.add_count("count", ids.size());
  words.add_count("finished", static_cast<std::uint64_t>(finished));
  return words.text({{"export.entries", ids.size()}});
}

/// What a page is made of beside its frame.
struct SitePage {
  std::string heading;
  std::vector<Link> links;
  std::string lede;
  std::string body;
  std::string data;
  std::string_view script;
};

std::string page_html(const EventResults& results, const SitePage& page) {
  PageParts parts;
  parts.language = language_of(results.event).code();
  parts.title = results.event.name + " \u2013 " + page.heading;
  parts.body = masthead(results, page.links) + "<main>\n<h1 id=\"heading\" dir=\"auto\">" +
               escape_html(page.heading) + "</h1>\n<p class=\"lede\">" + escape_html(page.lede) +
               "</p>\n<p class=\"quiet\">" +
               escape_html(stamp_line(stamp_of(results), language_of(results.event))) + "</p>\n" +
               page.body + "</main>\n";
  parts.data = page.data;
  parts.script = page.script;
  return whole_page(parts);
}

/// The ways to the lists of a race, from a page whose links begin with `before`.
std::string list_links(const EventResults& results, const std::vector<ListPage>& lists,
                       const std::string& before) {
  if (lists.empty()) return {};
  std::string out =
      "<p class=\"lists\">" + escape_html(said(language_of(results.event), "export.lists")) + ": ";
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (i > 0) out += " \u00b7 ";
    out += "<a href=\"" + escape_html(before + lists[i].file) + "\">" +
           escape_html(lists[i].group.title) + "</a>";
  }
  return out + "</p>\n";
}

std::string front_page(const EventResults& results,
                       const std::vector<std::vector<ListPage>>& lists) {
  const Language language = language_of(results.event);
  const std::vector<RaceId> races = races_with_entries(results);
  SitePage page;
  page.heading = results.event.name;
  page.links = {{said(language, "page.story"), "story.html"}};
  page.lede = date_words(results.event.date, language);
  for (std::size_t i = 0; i < races.size(); ++i) {
    const std::string anchor = "race-" + std::to_string(i + 1);
    const std::string folder = race_folder(results, races[i]) + "/";
    page.body += "<section aria-labelledby=\"" + anchor + "\"><h2 id=\"" + anchor +
                 "\" dir=\"auto\">" + escape_html(race_name(results, races[i])) + "</h2>\n<p>" +
                 escape_html(counts_text(results, results.order[races[i].raw()])) + "</p>\n" +
                 "<p class=\"lists\"><a href=\"" + escape_html(folder + kSearchFile) + "\">" +
                 escape_html(said(language, "export.search-page")) + "</a></p>\n" +
                 list_links(results, lists[i], folder) + "</section>\n";
  }
  page.body += winners_html(results, [&](EntrantId id) {
    const model::RunnerResult& result = results.runners[id.raw()];
    return escape_html(race_folder(results, result.race) + "/" + kSearchFile +
                       "#bib=" + results.entrants[id.raw()].bib.str());
  });
  page.body += "<section aria-labelledby=\"files\"><h2 id=\"files\">" +
               escape_html(said(language, "export.files")) +
               "</h2>\n<p><a href=\"results.csv\">results.csv</a></p></section>\n";
  return page_html(results, page);
}

std::vector<Link> ways_back(const EventResults& results) {
  const Language language = language_of(results.event);
  return {{said(language, "export.all-races"), "../../index.html"},
          {said(language, "page.story"), "../../story.html"}};
}

std::string search_page(const EventResults& results, RaceId race,
                        const std::vector<ListPage>& lists) {
  SitePage page;
  page.heading = race_name(results, race);
  page.links = ways_back(results);
  page.lede = counts_text(results, results.order[race.raw()]);
  page.body = list_links(results, lists, "") + results_html(results, race);
  page.data = story_data(results, race);
  page.script = story_js();
  return page_html(results, page);
}

std::string list_page(const EventResults& results, RaceId race, const ListPage& list) {
  SitePage page;
  page.heading = race_name(results, race) + ": " + list.group.title;
  page.links = ways_back(results);
  page.links.push_back({said(language_of(results.event), "export.search-page"), kSearchFile});
  page.lede = counts_text(results, list.group.ids);
  page.body = "<section aria-labelledby=\"heading\">\n" +
              list_html(results, race, list.group, list.by,
                        [&](EntrantId id) {
                          return escape_html(std::string(kSearchFile) +
                                             "#bib=" + results.entrants[id.raw()].bib.str());
                        }) +
              "</section>\n";
  return page_html(results, page);
}

}  // namespace

base::Result<void> write_site(const EventResults& results,
                              const std::vector<model::Moment>& moments,
                              const std::vector<model::ProjectionFan>& fans, const SiteSink& asked,
                              const ExportProgress& progress) {
  constexpr std::size_t kOtherFiles = 3;  // The front page, the story, the table.
  std::vector<std::vector<ListPage>> lists;
  const std::vector<RaceId> races = races_with_entries(results);
  std::size_t all = races.size() + kOtherFiles;
  for (const RaceId race : races) {
    lists.push_back(lists_of(results, race));
    all += lists.back().size();
  }
  std::size_t done = 0;
  const SiteSink sink = [&](const std::string& path, std::string_view bytes) {
    base::Result<void> written = asked(path, bytes);
    if (progress) progress(static_cast<double>(++done) / static_cast<double>(all));
    return written;
  };
  for (std::size_t i = 0; i < races.size(); ++i) {
    const std::string folder = race_folder(results, races[i]) + "/";
    HS_TRY_VOID(sink(folder + kSearchFile, search_page(results, races[i], lists[i])));
    for (const ListPage& list : lists[i]) {
      HS_TRY_VOID(sink(folder + list.file, list_page(results, races[i], list)));
    }
  }
  HS_TRY_VOID(sink(kResultsCsvFile, results_csv(results)));
  HS_TRY_VOID(sink("story.html", story_page(results, moments, fans)));
  // Last, so that what it leads to is there.
  return sink(kSearchFile, front_page(results, lists));
}

}  // namespace hs::present
