#include "present/story_moments.h"

#include <algorithm>
#include <cctype>

#include "moments/find_moments.h"
#include "present/moment_words.h"
#include "present/page_html.h"
#include "present/sentences.h"
#include "present/shown_name.h"
#include "present/story_evidence.h"
#include "present/story_fan.h"
#include "present/story_figures.h"

namespace hs::present {
namespace {

using model::EventResults;
using model::Moment;

constexpr int kLeadHeight = 300;
constexpr int kSmallHeight = 210;

bool may_be_told(const EventResults& results, const Moment& moment) {
  return std::all_of(moment.people.begin(), moment.people.end(), [&](model::EntrantId id) {
    const model::Entrant& entrant = results.entrants[id.raw()];
    const model::RunnerStatus status = results.runners[id.raw()].status;
    const bool finished =
        status == model::RunnerStatus::Finished || status == model::RunnerStatus::OutOfCompetition;
    // Help is told of whoever is out, too, where the detector found that it may be.
    const bool helped =
        moment.kind == model::MomentKind::Helped && (status == model::RunnerStatus::DidNotFinish ||
                                                     status == model::RunnerStatus::Disqualified);
    const bool shields_minor = entrant.is_minor && model::is_hardship(moment.kind);
    return (finished || helped) && !entrant.is_private && !shields_minor;
  });
}

std::string runner_links(const EventResults& results, const Moment& moment) {
  if (moment.people.empty()) return {};
  const Language language = language_of(results.event);
  std::string out = "<p class=\"people\">" + escape_html(said(language, "page.splits-of")) + " ";
  for (const model::EntrantId id : moment.people) {
    const model::Entrant& entrant = results.entrants[id.raw()];
    if (id != moment.people.front()) out += " \u00b7 ";
    out += "<a href=\"#race=" + escape_html(entrant.race) +
           "&amp;bib=" + escape_html(entrant.bib.view()) + "\">" +
           isolate(shown_name(results, id)) + "</a>";
  }
  return out + "</p>\n";
}

// A figure stays on the line of its unit: "28 minutes", "12,2 km", "28 Minuten".
std::string unbroken_figures(const std::string& text) {
  constexpr std::string_view kNoBreak = "\u00A0";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool after_digit = i > 0 && text[i - 1] >= '0' && text[i - 1] <= '9';
    const bool before_word =
        i + 1 < text.size() && std::isalpha(static_cast<unsigned char>(text[i + 1])) != 0;
    if (text[i] == ' ' && after_digit && before_word) {
      out += kNoBreak;
    } else {
      out += text[i];
    }
  }
  return out;
}

// Escaped words with each name in them isolated: the sentence runs the way of its language,
// whatever script its first name has.
std::string words_html(const EventResults& results, const Moment& moment,
                       const std::string& words) {
  std::string out = unbroken_figures(escape_html(words));
  for (const model::EntrantId id : moment.people) {
    const std::string name = shown_name(results, id);
    const std::string plain = unbroken_figures(escape_html(name));
    const std::string isolated = isolate(name);
    for (std::size_t at = out.find(plain); at != std::string::npos;) {
      out.replace(at, plain.size(), isolated);
      at = out.find(plain, at + isolated.size());
    }
  }
  return out;
}

std::string fan_of(const EventResults& results, const Moment& moment,
                   const std::vector<model::ProjectionFan>& fans) {
  if (moment.people.size() != 1) return {};
  const auto fan = std::find_if(fans.begin(), fans.end(), [&](const model::ProjectionFan& f) {
    return f.entrant == moment.people.front();
  });
  return fan == fans.end() ? std::string() : fan_figure(results, *fan, kSmallHeight);
}

std::string card_link(const EventResults& results, const Moment& moment) {
  return "<p class=\"card-link\"><a href=\"cards/" + card_name(moment) + "\">" +
         escape_html(said(language_of(results.event), "page.card")) + "</a></p>\n";
}

std::string article(const EventResults& results, const Moment& moment, std::size_t number,
                    const std::vector<model::ProjectionFan>& fans, Cards cards) {
  const MomentWords words = words_for(moment, results);
  const bool is_lead = number == 1;
  const std::string anchor = anchor_of(moment);
  std::string out = "<article class=\"moment " + theme_class(moment.theme) +
                    (is_lead ? " lead" : "") + "\" id=\"" + anchor + "\" aria-labelledby=\"" +
                    anchor + "-h\">\n";
  out += "<div class=\"told\"><p class=\"kicker\"><span class=\"n\">" + std::to_string(number) +
         "</span> <span class=\"theme\">" + theme_words(moment.theme, language_of(results.event)) +
         "</span>";
  if (results.event.races.size() > 1) {
    out += "<span class=\"where\">" + escape_html(results.event.races[moment.race.raw()].name) +
           "</span>";
  }
  out += "</p>\n<h2 id=\"" + anchor + "-h\">" + words_html(results, moment, words.headline) +
         "</h2>\n<p class=\"text\">" + words_html(results, moment, words.text) + "</p>\n" +
         runner_links(results, moment) +
         (cards == Cards::Yes ? card_link(results, moment) : std::string()) + "</div>\n";
  out += "<div class=\"shown\">" +
         moment_figure(results, moment, is_lead ? kLeadHeight : kSmallHeight) +
         fan_of(results, moment, fans) + evidence_html(results, moment) + "</div>\n";
  return out + "</article>\n";
}

std::string brief(const EventResults& results, const Moment& moment) {
  const MomentWords words = words_for(moment, results);
  return "<li id=\"" + anchor_of(moment) + "\" class=\"" + theme_class(moment.theme) + "\"><h3>" +
         words_html(results, moment, words.headline) + "</h3><p>" +
         words_html(results, moment, words.text) + "</p>" + runner_links(results, moment) +
         "</li>\n";
}

}  // namespace

StoryMoments choose_moments(const EventResults& results, const std::vector<Moment>& moments,
                            const StoryOptions& options) {
  std::vector<Moment> tellable;
  for (const Moment& moment : moments) {
    const bool asked_for = !options.race || *options.race == moment.race;
    if (asked_for && may_be_told(results, moment)) tellable.push_back(moment);
  }
  StoryMoments out;
  std::vector<bool> is_told(tellable.size(), false);
  for (const std::size_t i : moments::choose_for_story(tellable, options.told_max)) {
    is_told[i] = true;
    out.told.push_back(tellable[i]);
  }
  for (std::size_t i = 0; i < tellable.size(); ++i) {
    if (!is_told[i]) out.others.push_back(tellable[i]);
  }
  return out;
}

std::string story_title(const EventResults& results, std::size_t told,
                        const StoryOptions& options) {
  const bool one_race = races_of(results, options).size() == 1;
  const Language language = language_of(results.event);
  if (told == 0) return said(language, one_race ? "page.race" : "page.day");
  Sentences words(language);
  words.add_count("count", told);
  return words.text({{one_race ? "page.race-in-moments" : "page.day-in-moments", told}});
}

std::string more_moments(std::size_t count, Language language) {
  Sentences words(language);
  words.add_count("count", count);
  return words.text({{"page.more", count}});
}

std::vector<model::RaceId> races_of(const EventResults& results, const StoryOptions& options) {
  if (options.race) return {*options.race};
  std::vector<model::RaceId> out;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    out.emplace_back(static_cast<std::uint16_t>(i));
  }
  return out;
}

MomentPieces moment_pieces(const EventResults& results, const Moment& moment) {
  const MomentWords words = words_for(moment, results);
  return {words_html(results, moment, words.headline), words_html(results, moment, words.text),
          moment_figure(results, moment, kSmallHeight), evidence_html(results, moment)};
}

std::string anchor_of(const Moment& moment) {
  std::string out = "m-";
  for (const char c : moment.id) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    out += plain ? c : '-';
  }
  return out;
}

std::string card_name(const Moment& moment) { return anchor_of(moment) + ".png"; }

std::string theme_class(model::Theme theme) { return std::string("t-") + model::name_of(theme); }

std::string moments_html(const EventResults& results, const StoryMoments& story,
                         const std::vector<model::ProjectionFan>& fans, Cards cards) {
  std::string out;
  for (std::size_t i = 0; i < story.told.size(); ++i) {
    out += article(results, story.told[i], i + 1, fans, cards);
  }
  if (story.others.empty()) return out;
  out += "<details class=\"more\"><summary>" +
         escape_html(more_moments(story.others.size(), language_of(results.event))) +
         "</summary>\n<ol start=\"" + std::to_string(story.told.size() + 1) + "\">\n";
  for (const Moment& moment : story.others) out += brief(results, moment);
  return out + "</ol>\n</details>\n";
}

}  // namespace hs::present
