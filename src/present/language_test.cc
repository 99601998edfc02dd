#include "present/language.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "present/sentences.h"

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

TEST(LanguageFiles, HoldTheSentencesThatTheProgramAsksForAndNoOthers) {
  const char* root = std::getenv("HS_SOURCE_DIR");
  if (root == nullptr) GTEST_SKIP() << "HS_SOURCE_DIR is not set";
  std::string code;
  for (const char* name : {"words_single", "words_several", "words_field", "quotes"}) {
    std::ifstream file(std::string(root) + "/src/present/moment_" + name + ".cc");
    ASSERT_TRUE(file.good()) << name;
    code.append(std::istreambuf_iterator<char>(file), {});
  }
  std::set<std::string> asked;
  for (std::size_t at = code.find('"'); at != std::string::npos; at = code.find('"', at + 1)) {
    const std::size_t end = code.find('"', at + 1);
    const std::string literal = code.substr(at + 1, end - at - 1);
    at = end;
    const bool is_key =
        literal.find('.') != std::string::npos && literal.find(".h") + 2 != literal.size();
    if (is_key) asked.insert(literal);
  }
  std::set<std::string> held;
  for (const auto& [key, wording] : Language().table().wordings) {
    if (key.rfind("theme.", 0) != 0) held.insert(key);
  }
  EXPECT_EQ(asked, held);
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
