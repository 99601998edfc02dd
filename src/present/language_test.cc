#include "present/language.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "present/page_assets.h"
#include "present/sentences.h"
#include "present/wording.h"

namespace hs::present {
namespace {

std::string text_of(const std::vector<base::Error>& faults) {
  std::string out;
  for (const base::Error& fault : faults) out += fault.text() + "\n";
  return out;
}

std::string toml_of(std::string_view code) {
  for (const EmbeddedWords& words : embedded_words()) {
    if (words.code == code) return std::string(words.toml);
  }
  return {};
}

/// The faults of the German file after a change to it.
std::string faults_with(const std::string& from, const std::string& to) {
  std::string toml = toml_of("de");
  const std::size_t at = toml.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) toml.replace(at, from.size(), to);
  return text_of(read_language("de", toml, &Language().table()).faults);
}

TEST(LanguageFiles, AreAllWithoutFault) {
  EXPECT_EQ(text_of(read_language("en", toml_of("en"), nullptr).faults), "");
  for (const EmbeddedWords& words : embedded_words()) {
    if (words.code == "en") continue;
    const LanguageFile file =
        read_language(std::string(words.code), words.toml, &Language().table());
    EXPECT_EQ(text_of(file.faults), "");
  }
  EXPECT_EQ(Language::all().size(), embedded_words().size());
  EXPECT_TRUE(Language::named("de").has_value());
  EXPECT_FALSE(Language::named("xx").has_value());
  EXPECT_EQ(Language().code(), "en");
}

TEST(LanguageFiles, SayWhatIsMissingAndWhatIsTooMuch) {
  EXPECT_NE(faults_with("finished = \"{name|Er} machte", "finnished = \"{name|Er} machte")
                .find("found 'late-collapse.finnished' (did you mean 'late-collapse.finished'?); "
                      "expected a key that the reference has"),
            std::string::npos);
  EXPECT_NE(faults_with("finished = \"{name|Er} machte", "finnished = \"{name|Er} machte")
                .find("found no 'late-collapse.finished'"),
            std::string::npos);
  EXPECT_NE(faults_with("{name} passierte", "{nam} passierte")
                .find("found '{nam}' in 'late-collapse.passed' (did you mean 'name'?)"),
            std::string::npos);
  EXPECT_NE(faults_with("{name} passierte", "{name passierte").find("a brace without its partner"),
            std::string::npos);
  EXPECT_NE(faults_with("nach {passed|zeit}.", "nach {passed|zeiten}.")
                .find("the form 'zeiten', which the file does not have (did you mean 'zeit'?)"),
            std::string::npos);
  EXPECT_NE(faults_with("nach {passed|zeit}.", "nach {passed|minuten}.")
                .find("found '{passed|minuten}'; expected a form for a time"),
            std::string::npos);
  EXPECT_NE(faults_with("X = \"{n}\"\n", "").find("the form 'Er', which names what no type"),
            std::string::npos);
  EXPECT_NE(faults_with("longer.other = ", "longer.several = ").find("'several' in 'longer'"),
            std::string::npos);
  EXPECT_NE(faults_with("[form.bib]\nother", "[form.startnummer]\nother").find("no form 'bib'"),
            std::string::npos);
  EXPECT_NE(faults_with("[theme]", "[values.theme]\nx = \"count\"\n[theme]")
                .find("expected it in the reference language only"),
            std::string::npos);
}

TEST(LanguageFiles, AskForWhatAMomentMayBeWithoutOnlyWhereEnglishDoes) {
  // The mat before they met is not always there; the sentence about it is only said where it is.
  EXPECT_NE(faults_with("Im Ziel lagen {line|zeit}", "Nach {before} lagen {line|zeit}")
                .find("which a moment may be without there"),
            std::string::npos);
  // What every moment of the kind has may be told anywhere.
  EXPECT_EQ(faults_with("Im Ziel lagen {line|zeit}", "Nach {gap} lagen {line|zeit}"), "");
}

/// The text literals of a source, as written there.
std::vector<std::string> literals_of(const std::string& code) {
  std::vector<std::string> out;
  for (std::size_t at = code.find('"'); at != std::string::npos; at = code.find('"', at + 1)) {
    std::string literal;
    for (++at; at < code.size() && code[at] != '"'; ++at) {
      literal += code[at];
      if (code[at] == '\\') literal += code[++at];
    }
    out.push_back(literal);
  }
  return out;
}

/// What the code asks for: literals that name a section of the file.
std::set<std::string> keys_asked_for(const std::filesystem::path& folder) {
  std::set<std::string> sections;
  for (const auto& [key, wording] : Language().table().wordings) {
    sections.insert(key.substr(0, key.find('.')));
  }
  std::set<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".cc" || name.find("_test") != std::string::npos) continue;
    std::ifstream file(entry.path());
    const std::string code(std::istreambuf_iterator<char>(file), {});
    for (const std::string& literal : literals_of(code)) {
      const std::size_t dot = literal.find('.');
      const bool is_key =
          dot != std::string::npos && dot + 1 < literal.size() &&
          literal.find_first_not_of("abcdefghijklmnopqrstuvwxyz-.") == std::string::npos &&
          sections.count(literal.substr(0, dot)) > 0;
      if (is_key) out.insert(literal);
    }
  }
  return out;
}

TEST(LanguageFiles, HoldTheSentencesThatTheProgramAsksForAndNoOthers) {
  const char* root = std::getenv("HS_SOURCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "HS_SOURCE_DIR is not set";
  // Asked for by the names of the model; the test below goes through those.
  // The script of the page asks for [browser].
  const std::set<std::string> by_name = {"theme", "sex", "status", "browser"};
  std::set<std::string> held;
  for (const auto& [key, wording] : Language().table().wordings) {
    if (by_name.count(key.substr(0, key.find('.'))) == 0) held.insert(key);
  }
  EXPECT_EQ(keys_asked_for(std::string(root) + "/src/present"), held);
}

TEST(LanguageFiles, NameEveryThemeStatusAndSex) {
  for (const Language& language : Language::all()) {
    for (int i = 0; i <= static_cast<int>(model::RunnerStatus::Stopped); ++i) {
      EXPECT_NE(status_words(static_cast<model::RunnerStatus>(i), language), "");
    }
    for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
      EXPECT_NE(sex_heading(sex, language), "");
    }
    for (int i = 0; i <= static_cast<int>(model::Theme::Shared); ++i) {
      EXPECT_NE(theme_words(static_cast<model::Theme>(i), language), "");
    }
  }
}

TEST(LanguageFiles, CallAStatusAsExplainDoes) {
  for (int i = 0; i <= static_cast<int>(model::RunnerStatus::Stopped); ++i) {
    const auto status = static_cast<model::RunnerStatus>(i);
    EXPECT_EQ(status_words(status, Language()), status_words(status));
  }
}

TEST(LanguageFiles, HoldWhatTheScriptOfThePageSays) {
  std::set<std::string> asked;
  const std::string script(story_js());
  for (const std::string& call : {std::string("said("), std::string("saidOf(")}) {
    for (std::size_t at = script.find(call); at != std::string::npos;
         at = script.find(call, at + 1)) {
      // Either key of a choice: said(many ? "pace-among" : "pace").
      const std::string inside = script.substr(at, script.find(')', at) - at);
      for (const std::string& literal : literals_of(inside)) asked.insert(literal);
    }
  }
  asked.erase("caption-");  // Put together with how the race ranks.
  asked.erase(", ");
  std::set<std::string> held;
  for (const auto& [key, wording] : Language().table().wordings) {
    const bool by_rank = key.rfind("browser.caption-", 0) == 0;
    if (key.rfind("browser.", 0) == 0 && !by_rank) held.insert(key.substr(8));
  }
  EXPECT_EQ(asked, held);
  for (const char* rank : {"gun", "clock", "net"}) {
    EXPECT_TRUE(model::parse_rank_by(rank).has_value());
    EXPECT_EQ(Language().table().wordings.count(std::string("browser.caption-") + rank), 1U);
  }
}

/// What stands in a sentence, without its values.
std::string bare(const Sentence& sentence) {
  std::string out;
  for (const Sentence::Piece& piece : sentence.pieces) out += piece.before;
  return out + sentence.rest;
}

TEST(LanguageFiles, SayEachThingInTheirOwnWords) {
  // What a German reads as written in English: international, or a number only.
  const std::set<std::string> alike = {"river.mark",        "sex.X",         "results.name",
                                       "picture.minutes",   "picture.at-in", "picture.percent",
                                       "browser.kilometres"};
  const Language german = *Language::named("de");
  for (const auto& [key, english] : Language().table().wordings) {
    const Wording& own = german.wording(key);
    ASSERT_EQ(own.by_count.empty(), english.by_count.empty()) << key;
    const auto first = [](const Wording& wording) {
      return bare(wording.variants.empty() ? wording.by_count.back().second
                                           : wording.variants.front());
    };
    const std::string here = first(english);
    const bool has_letters = std::any_of(here.begin(), here.end(), [](char c) {
      return std::isalpha(static_cast<unsigned char>(c)) != 0;
    });
    if (!has_letters || alike.count(key) > 0) continue;
    EXPECT_NE(here, first(own)) << key;
  }
}

TEST(Sentences, TakeTheFormOfTheirNumber) {
  const Language german = *Language::named("de");
  EXPECT_EQ(german.category_of(1), "one");
  EXPECT_EQ(german.category_of(0), "other");
  Sentences sentences(german);
  sentences.add_person("name", "Ana Ruiz", "Startnummer 1", model::Sex::X);
  sentences.add_count("of", 12345);
  sentences.add_count("slower", 2);
  sentences.add_time("took", 5349);
  EXPECT_EQ(sentences.text({{"late-collapse.longer", 2}}),
            "Es wurden 1:29:09 Stunden; von 12.345 auf diesem St\u00fcck gemessenen Zeiten waren 2 "
            "l\u00e4nger.");
  EXPECT_EQ(sentences.text({{"late-collapse.longer", 0}}),
            "Es wurden 1:29:09 Stunden, und von 12.345 auf diesem St\u00fcck gemessenen Zeiten war "
            "keine l\u00e4nger.");
}

TEST(Sentences, SayAShareInWordsWhereTheyFit) {
  const auto said = [](Language language, std::size_t part, std::size_t whole) {
    Sentences sentences(language);
    sentences.add_share("slowed", part, whole);
    model::Race race;
    race.points.resize(3);
    race.points[0].id = "start";
    race.points[1].id = "7.5k";
    race.points[2].id = "finish";
    sentences.add_point("at", race, "7.5k");
    return sentences.text({{"weather.slowed-headline"}});
  };
  const std::string rest = " slowed by more than a tenth after 7.5K";
  EXPECT_EQ(said({}, 0, 1000), "Nobody" + rest);
  EXPECT_EQ(said({}, 1, 1000), "1 runner" + rest);
  EXPECT_EQ(said({}, 24, 1000), "24 runners" + rest);
  EXPECT_EQ(said({}, 25, 1000), "One in 40" + rest);
  EXPECT_EQ(said({}, 240, 1000), "One in four" + rest);
  EXPECT_EQ(said({}, 380, 1000), "38 in a hundred" + rest);
  EXPECT_EQ(said({}, 999, 1000), "99 in a hundred" + rest);
  EXPECT_EQ(said({}, 1000, 1000), "Everybody" + rest);
  const Language german = *Language::named("de");
  const std::string deutsch = " um mehr als ein Zehntel langsamer";
  EXPECT_EQ(said(german, 240, 1000), "Nach Kilometer 7,5 wurde jede vierte Person" + deutsch);
  EXPECT_EQ(said(german, 25, 1000), "Nach Kilometer 7,5 wurde jede 40. Person" + deutsch);
  EXPECT_EQ(said(german, 380, 1000), "Nach Kilometer 7,5 wurden 38 von hundert" + deutsch);
}

TEST(Sentences, SayNumbersToTwelveInWordsAndDatesAsTheLanguageDoes) {
  const auto title = [](Language language, std::uint64_t count) {
    Sentences sentences(language);
    sentences.add_count("count", count);
    return sentences.text({{"page.race-in-moments", count}});
  };
  const Language german = *Language::named("de");
  EXPECT_EQ(title({}, 1), "The race in one moment");
  EXPECT_EQ(title({}, 12), "The race in twelve moments");
  EXPECT_EQ(title({}, 13), "The race in 13 moments");
  EXPECT_EQ(title(german, 1), "Das Rennen in einem Moment");
  EXPECT_EQ(title(german, 12), "Das Rennen in zw\u00f6lf Momenten");
  EXPECT_EQ(title(german, 13), "Das Rennen in 13 Momenten");
  EXPECT_EQ(date_words({2026, 3, 8}, {}), "8 March 2026");
  EXPECT_EQ(date_words({2026, 3, 8}, german), "8. M\u00e4rz 2026");
}

TEST(Sentences, RankByTheOrdinalsOfTheLanguage) {
  const auto said = [](std::uint64_t place) {
    Sentences sentences{Language()};
    model::Race race;
    race.points.resize(2);
    race.points[0].id = "start";
    race.points[1].id = "finish";
    sentences.add_point("behind_at", race, "finish");
    sentences.add_place("place", place);
    sentences.add_short_time("behind", std::chrono::milliseconds(11'450));
    return sentences.text({{"weather.still-clause"}});
  };
  EXPECT_EQ(said(2), "; at the finish still 2nd, 11.4 s behind");
  EXPECT_EQ(said(3), "; at the finish still 3rd, 11.4 s behind");
  EXPECT_EQ(said(11), "; at the finish still 11th, 11.4 s behind");
  EXPECT_EQ(said(21), "; at the finish still 21st, 11.4 s behind");
  EXPECT_EQ(said(112), "; at the finish still 112th, 11.4 s behind");
}

TEST(Sentences, TellATimeBelowAMinuteInSecondsWhereTheLanguageDoes) {
  Sentences sentences(*Language::named("de"));
  sentences.add_person("name", "Kim Roth", "7", model::Sex::X);
  for (const std::int64_t seconds : {1, 59, 60}) {
    Sentences one = sentences;
    one.add_time("total", seconds);
    EXPECT_EQ(one.text({{"last-finisher.own"}}),
              seconds == 1    ? "Vom eigenen Start an waren es 1 Sekunde."
              : seconds == 59 ? "Vom eigenen Start an waren es 59 Sekunden."
                              : "Vom eigenen Start an waren es 1:00 Minuten.");
  }
}

TEST(Sentences, AgreeWithThePersonInEachLanguage) {
  const auto finished = [](Language language, model::Sex sex) {
    Sentences sentences(language);
    sentences.add_person("name", "Kim Roth", "7", sex);
    sentences.add_time("total", 3599);
    return sentences.text({{"negative-split.finished"}});
  };
  const Language german = *Language::named("de");
  EXPECT_EQ(finished({}, model::Sex::Female), "She finished in 59:59.");
  EXPECT_EQ(finished({}, model::Sex::X), "They finished in 59:59.");
  EXPECT_EQ(finished(german, model::Sex::Male), "Er kam nach 59:59 Minuten ins Ziel.");
  EXPECT_EQ(finished(german, model::Sex::X), "Kim Roth kam nach 59:59 Minuten ins Ziel.");
}

TEST(Language, IsTheEventsOwn) {
  model::Event event;
  EXPECT_EQ(language_of(event).code(), "en");
  event.language = "de";
  EXPECT_EQ(language_of(event).code(), "de");
  event.language = "xx";
  EXPECT_EQ(language_of(event).code(), "en");
  EXPECT_EQ(theme_words(model::Theme::Return), "Return");
  EXPECT_EQ(theme_words(model::Theme::Return, *Language::named("de")), "R\u00fcckkehr");
}

}  // namespace
}  // namespace hs::present
