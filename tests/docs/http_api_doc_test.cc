// docs/http-api.md against the table of routes: what it names is there, with those parameters, what
// is there is named, and its examples are JSON once what they leave out is filled in.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "model/json.h"
#include "server/routes.h"

namespace hs {
namespace {

std::string document() {
  const char* root = std::getenv("HS_SOURCE_DIR");
  std::ifstream file(std::string(root != nullptr ? root : ".") + "/docs/http-api.md",
                     std::ios::binary);
  std::stringstream out;
  out << file.rdbuf();
  return out.str();
}

std::set<std::string> words_of(const std::string& text, char between) {
  std::set<std::string> out;
  std::stringstream rest(text);
  for (std::string word; std::getline(rest, word, between);) {
    if (!word.empty()) out.insert(word);
  }
  return out;
}

/// "/feed/leaders.{json,csv}" as one path for each; a part in braces without a comma stays.
std::vector<std::string> paths_of(const std::string& path) {
  const std::size_t comma = path.find(',');
  const std::size_t open = comma == std::string::npos ? comma : path.rfind('{', comma);
  if (open == std::string::npos) return {path};
  const std::size_t close = path.find('}', open);
  std::vector<std::string> out;
  for (const std::string& word : words_of(path.substr(open + 1, close - open - 1), ',')) {
    out.push_back(path.substr(0, open) + word + path.substr(close + 1));
  }
  return out;
}

/// "GET /api/v1/races" and the names of its query, of every route in code quotes.
std::map<std::string, std::set<std::string>> named_routes(const std::string& text) {
  std::map<std::string, std::set<std::string>> out;
  for (const std::string method : {"GET", "POST"}) {
    const std::string begin = "`" + method + " /";
    for (std::size_t at = text.find(begin); at != std::string::npos;
         at = text.find(begin, at + 1)) {
      const std::size_t from = at + begin.size() - 1;
      std::string target = text.substr(from, text.find('`', from) - from);
      const std::size_t question = target.find('?');
      std::set<std::string> names;
      if (question != std::string::npos) {
        for (const std::string& one : words_of(target.substr(question + 1), '&')) {
          names.insert(one.substr(0, one.find('=')));
        }
        target.resize(question);
      }
      for (const std::string& path : paths_of(target)) {
        out[method + " " + path].insert(names.begin(), names.end());
      }
    }
  }
  return out;
}

/// An example as JSON: outside of texts, "..." for a value is null, "{...}" and "[...]" are empty,
/// and "...," before other members is nothing.
std::string filled_in(const std::string& example) {
  std::string out;
  bool in_text = false;
  for (std::size_t i = 0; i < example.size(); ++i) {
    if (example[i] == '"' && (i == 0 || example[i - 1] != '\\')) in_text = !in_text;
    if (in_text || example.compare(i, 3, "...") != 0) {
      out += example[i];
      continue;
    }
    i += 2;
    const std::size_t last = out.find_last_not_of(" \n");
    const bool is_value = last != std::string::npos && (out[last] == ':' || out[last] == ',');
    if (is_value) out += "null";
    if (!is_value && i + 1 < example.size() && example[i + 1] == ',') ++i;
  }
  return out;
}

/// The blocks marked as JSON, and what stands in code quotes and begins as an object.
std::vector<std::string> examples_of(const std::string& text) {
  std::vector<std::string> out;
  const std::string fence = "```json\n";
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
    const std::size_t from = at + fence.size();
    out.push_back(text.substr(from, text.find("```", from) - from));
  }
  for (std::size_t at = text.find("`{\""); at != std::string::npos;
       at = text.find("`{\"", at + 1)) {
    std::string one = text.substr(at + 1, text.find('`', at + 1) - at - 1);
    // Names of what stands elsewhere.
    for (const std::string name : {"AS_OF", "CHANGE"}) {
      for (std::size_t in = one.find(name); in != std::string::npos && one[in - 1] != '"';
           in = one.find(name)) {
        one.replace(in, name.size(), "{}");
      }
    }
    out.push_back(one);
  }
  return out;
}

TEST(HttpApiDocument, NamesEveryRouteWithItsParametersAndNoOther) {
  auto named = named_routes(document());
  ASSERT_GE(named.size(), 10U);
  for (const server::Route& route : server::routes()) {
    const std::string name = std::string(route.method == server::Method::Post ? "POST " : "GET ") +
                             std::string(route.pattern);
    const auto found = named.find(name);
    ASSERT_NE(found, named.end()) << name << " is not in docs/http-api.md";
    EXPECT_EQ(found->second, words_of(std::string(route.parameters), ' ')) << name;
    named.erase(found);
  }
  for (const auto& [name, parameters] : named) ADD_FAILURE() << name << " is no route";
}

TEST(HttpApiDocument, ExamplesAreJson) {
  const std::vector<std::string> examples = examples_of(document());
  EXPECT_GE(examples.size(), 12U);
  for (const std::string& example : examples) {
    const auto parsed = model::parse_json(filled_in(example));
    EXPECT_TRUE(parsed) << parsed.error().text() << "\n" << filled_in(example);
  }
}

TEST(HttpApiDocument, WhatIsLeftOutOfAnExampleIsFilledInAndNothingElse) {
  EXPECT_EQ(filled_in(R"({"a":...,"b":[...],"c":{...},"d":"...","e":[1,...]})"),
            R"({"a":null,"b":[],"c":{},"d":"...","e":[1,null]})");
  EXPECT_EQ(filled_in(R"({..., "a":1})"), R"({ "a":1})");
  EXPECT_FALSE(model::parse_json(filled_in(R"({"a":..})")));
  EXPECT_FALSE(model::parse_json(filled_in(R"({... as above, "a":1})")));
}

}  // namespace
}  // namespace hs
