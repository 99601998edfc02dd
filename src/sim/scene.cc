// Implementation notes
//
// A scene is read once, when it is asked for; its files are ours and embedded, but they are read as
// strictly as a stranger's, since a misspelt key in a scene would silently weaken a test. The first
// mistake is kept and everything after it is read on harmlessly.
#include "sim/scene.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "sim/embedded_scenes.h"

namespace hs::sim {

namespace {

/// Reads one table and remembers the first mistake.
class Table {
 public:
  Table(const toml::table& table, std::initializer_list<std::string_view> known,
        std::optional<base::Error>& error, const std::string& file)
      : table_(table), error_(error), file_(file) {
    for (const auto& [key, value] : table) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      refuse(value, fmt::format("found the unknown key '{}'", key.str()));
    }
  }

  std::string text(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return {};
    if (const auto* value = node->as_string()) return value->get();
    refuse(*node, fmt::format("found no text for '{}'", key));
    return {};
  }

  std::string needed(std::string_view key) const {
    std::string value = text(key);
    if (value.empty()) refuse(table_, fmt::format("expected '{}' here", key));
    return value;
  }

  std::int64_t whole(std::string_view key, std::int64_t otherwise) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return otherwise;
    if (const auto* value = node->as_integer()) return value->get();
    refuse(*node, fmt::format("found no whole number for '{}'", key));
    return otherwise;
  }

  bool flag(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return false;
    if (const auto* value = node->as_boolean()) return value->get();
    refuse(*node, fmt::format("found no true or false for '{}'", key));
    return false;
  }

  /// Above nought, where there is one.
  std::optional<int> place(std::string_view key) const {
    if (table_.get(key) == nullptr) return std::nullopt;
    const std::int64_t value = whole(key, 0);
    if (value < 1) refuse(*table_.get(key), fmt::format("found {} for '{}'", value, key));
    return static_cast<int>(value);
  }

  std::optional<base::Duration> duration(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    const auto parsed = base::parse_duration(text(key));
    if (parsed) return *parsed;
    refuse(*node, fmt::format("found no time for '{}': {}", key, parsed.error().message));
    return std::nullopt;
  }

  std::vector<std::string> texts(std::string_view key) const {
    std::vector<std::string> out;
    const toml::node* node = table_.get(key);
    if (node == nullptr) return out;
    const toml::array* array = node->as_array();
    if (array == nullptr) refuse(*node, fmt::format("found no list for '{}'", key));
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      if (const auto* value = (*array)[i].as_string()) {
        out.push_back(value->get());
      } else {
        refuse((*array)[i], fmt::format("found no text in the list '{}'", key));
      }
    }
    return out;
  }

  const toml::table* table(std::string_view key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return nullptr;
    if (node->as_table() == nullptr) refuse(*node, fmt::format("found no table for '{}'", key));
    return node->as_table();
  }

  const toml::node& at(std::string_view key) const {
    const toml::node* node = table_.get(key);
    return node != nullptr ? *node : static_cast<const toml::node&>(table_);
  }

  /// The tables of `[[key]]`.
  std::vector<const toml::table*> tables(std::string_view key) const {
    std::vector<const toml::table*> out;
    const toml::node* node = table_.get(key);
    if (node == nullptr) return out;
    const toml::array* array = node->as_array();
    if (array == nullptr) refuse(*node, fmt::format("found no list for '{}'", key));
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
      const toml::table* one = (*array)[i].as_table();
      if (one == nullptr) {
        refuse((*array)[i], fmt::format("found no table in the list '{}'", key));
      } else {
        out.push_back(one);
      }
    }
    return out;
  }

  Table inside(const toml::table& table, std::initializer_list<std::string_view> known) const {
    return {table, known, error_, file_};
  }

  void refuse(const toml::node& node, std::string message) const {
    if (error_) return;
    const toml::source_position& at = node.source().begin;
    error_ =
        base::Error{base::ErrorCode::InvalidInput, std::move(message),
                    base::Place{file_, static_cast<int>(at.line), static_cast<int>(at.column)}};
  }

  const toml::table& raw() const { return table_; }

 private:
  const toml::table& table_;
  std::optional<base::Error>& error_;
  const std::string& file_;
};

/// The value of a word, or a refusal.
template <typename Parse>
auto word(const Table& in, std::string_view key, std::string_view otherwise, Parse parse) {
  std::string text = in.text(key);
  if (text.empty()) text = otherwise;
  const auto value = parse(text);
  if (!value) in.refuse(in.raw(), fmt::format("found '{}' for '{}'", text, key));
  return value.value_or(*parse(otherwise));
}

std::optional<model::EntryStatus> parse_entry_status(std::string_view text) {
  for (const auto status : {model::EntryStatus::Entered, model::EntryStatus::DidNotStart,
                            model::EntryStatus::Deferred}) {
    if (text == model::name_of(status)) return status;
  }
  return std::nullopt;
}

std::optional<model::RunnerStatus> parse_status(std::string_view text) {
  using model::RunnerStatus;
  for (const auto status :
       {RunnerStatus::Unresolved, RunnerStatus::Finished, RunnerStatus::DidNotStart,
        RunnerStatus::DidNotFinish, RunnerStatus::Disqualified, RunnerStatus::OutOfCompetition,
        RunnerStatus::Deferred}) {
    if (text == model::name_of(status)) return status;
  }
  return std::nullopt;
}

std::optional<model::NoteKind> parse_note_kind(std::string_view text) {
  using model::NoteKind;
  for (const auto kind :
       {NoteKind::Official, NoteKind::Announcer, NoteKind::Runner, NoteKind::Volunteer}) {
    if (text == model::name_of(kind)) return kind;
  }
  return std::nullopt;
}

SceneRunner read_runner(const Table& in) {
  SceneRunner runner;
  runner.bib = in.needed("bib");
  runner.name = in.needed("name");
  runner.sex = word(in, "sex", "X", model::parse_sex);
  runner.age = static_cast<int>(in.whole("age", 0));
  runner.mode = word(in, "mode", "foot", model::parse_mode);
  runner.entry_status = word(in, "entry_status", "", parse_entry_status);
  runner.wave = in.needed("wave");
  runner.tell = in.flag("tell");
  runner.goal = in.text("goal");
  if (!runner.goal.empty()) static_cast<void>(in.duration("goal"));
  for (const auto& [key, field] :
       {std::pair{"club", &model::Person::club}, std::pair{"group", &model::Person::group},
        std::pair{"guide_of", &model::Person::guide_of}, std::pair{"para", &model::Person::para},
        std::pair{"first_time", &model::Person::first_time}, std::pair{"why", &model::Person::why},
        std::pair{"cause", &model::Person::cause},
        std::pair{"dedication", &model::Person::dedication}}) {
    runner.person.*field = in.text(key);
  }
  runner.chips = static_cast<int>(in.whole("chips", 1));
  runner.starts_after = in.duration("starts_after").value_or(base::Duration(0));
  runner.finishes_at = in.duration("finishes_at");
  if (const toml::table* times = in.table("times")) {
    for (const auto& [key, value] : *times) {
      const auto* text = value.as_string();
      const auto time = base::parse_duration(text != nullptr ? text->get() : std::string());
      if (!time) in.refuse(value, "found no time: " + time.error().message);
      if (time) runner.times.emplace_back(std::string(key.str()), *time);
    }
  }
  // The library sorts keys by letters; the course is in order of time.
  std::sort(runner.times.begin(), runner.times.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  for (const toml::table* stop : in.tables("stops")) {
    const Table one = in.inside(*stop, {"before_finish_m", "lasts"});
    runner.stops.push_back(
        {one.whole("before_finish_m", 0), one.duration("lasts").value_or(base::Duration(0))});
  }
  return runner;
}

/// A bib of the scene: a misspelt one would ask nothing of anybody.
std::optional<model::BibNumber> known_bib(const Table& in, std::string_view key,
                                          const std::string& text, const Scene& scene) {
  const bool known = std::any_of(scene.runners.begin(), scene.runners.end(),
                                 [&](const SceneRunner& runner) { return runner.bib == text; });
  if (!known) in.refuse(in.at(key), fmt::format("found nobody of the scene with bib '{}'", text));
  const auto bib = model::BibNumber::parse(text);
  return bib ? std::optional(*bib) : std::nullopt;
}

std::vector<std::string> known_bibs(const Table& in, std::string_view key, const Scene& scene) {
  std::vector<std::string> bibs = in.texts(key);
  for (const std::string& bib : bibs) known_bib(in, key, bib, scene);
  return bibs;
}

SceneRuling read_ruling(const Table& in, const Scene& scene) {
  using Kind = model::RulingFact::Kind;
  SceneRuling ruling;
  model::RulingFact& fact = ruling.fact;
  fact.kind = word(in, "ruling", "dsq", model::parse_ruling_kind);
  // Those of which the truth of a simulated race knows what must come of them.
  if (fact.kind != Kind::Disqualify && fact.kind != Kind::Reinstate &&
      fact.kind != Kind::DidNotFinish && fact.kind != Kind::OutOfCompetition &&
      fact.kind != Kind::Finish) {
    in.refuse(in.at("ruling"), "expected dsq, reinstate, dnf, ooc or finish");
  }
  fact.bib = known_bib(in, "bib", in.needed("bib"), scene).value_or(model::BibNumber());
  ruling.time = in.duration("time");
  if (ruling.time.has_value() != (fact.kind == Kind::Finish)) {
    in.refuse(in.at("time"), "expected a 'time' for a finish and for nothing else");
  }
  fact.clause = in.text("clause");
  fact.reason = in.needed("reason");
  fact.author.by = in.needed("by");
  return ruling;
}

model::NoteFact read_note(const Table& in, const Scene& scene) {
  model::NoteFact fact;
  fact.kind = word(in, "kind", "official", parse_note_kind);
  for (const std::string& text : in.texts("bibs")) {
    if (const auto bib = known_bib(in, "bibs", text, scene)) fact.bibs.push_back(*bib);
  }
  fact.point = in.text("at");
  fact.text = in.needed("text");
  if (!in.text("about").empty()) fact.about = word(in, "about", "help", model::parse_note_subject);
  if (const auto from = in.duration("from")) fact.from = local_time(*from);
  if (const auto until = in.duration("until")) fact.until = local_time(*until);
  if (const auto misfit = model::misfit_of(fact)) in.refuse(in.at(misfit->key), misfit->message);
  fact.author.by = in.needed("by");
  return fact;
}

ExpectedResult read_expected(const Table& in, const Scene& scene) {
  ExpectedResult expected;
  expected.bib = in.needed("bib");
  known_bib(in, "bib", expected.bib, scene);
  expected.status = word(in, "status", "FIN", parse_status);
  expected.net = in.duration("net");
  expected.within = in.duration("within").value_or(kExpectedWithin);
  expected.official = in.duration("official");
  expected.place = in.place("place");
  expected.place_sex = in.place("place_sex");
  expected.place_division = in.place("place_division");
  expected.clause = in.text("clause");
  expected.division = in.text("division");
  expected.name = in.text("name");
  expected.last_point = in.text("last_point");
  return expected;
}

/// A standard of the scene, or none.
std::string known_standard(const Table& in, const Scene& scene) {
  std::string name = in.text("standard");
  const bool known = std::any_of(scene.standards.begin(), scene.standards.end(),
                                 [&](const PlanStandard& one) { return one.name == name; });
  if (!name.empty() && !known) {
    in.refuse(in.at("standard"), fmt::format("found no standard '{}' in the scene", name));
  }
  return name;
}

/// The bands are read as texts: the event file they go into is where they are checked.
PlanStandard read_standard(const Table& in) {
  PlanStandard standard;
  standard.name = in.needed("name");
  standard.by = in.text("by");
  standard.course_index = in.text("course_index");
  for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
    const toml::table* bands = in.table(model::name_of(sex));
    if (bands == nullptr) continue;
    standard.times.emplace_back(sex, std::vector<std::pair<std::string, std::string>>());
    for (const auto& [ages, time] : *bands) {
      const auto* text = time.as_string();
      if (text == nullptr) in.refuse(time, fmt::format("found no time for '{}'", ages.str()));
      if (text != nullptr) standard.times.back().second.emplace_back(ages.str(), text->get());
    }
  }
  return standard;
}

void read_expectations(const Table& in, Scene& scene) {
  const toml::table* table = in.table("expect");
  if (table == nullptr) return;
  const Table expect =
      in.inside(*table, {"result", "moment", "line_order", "within_a_second", "untold"});
  for (const toml::table* one : expect.tables("result")) {
    scene.results.push_back(read_expected(
        in.inside(*one, {"bib", "status", "net", "within", "official", "place", "place_sex",
                         "place_division", "division", "name", "last_point", "clause"}),
        scene));
  }
  for (const toml::table* one : expect.tables("moment")) {
    const Table moment = in.inside(*one, {"kind", "bibs", "by_note", "standard", "later"});
    scene.moments.push_back({moment.needed("kind"), known_bibs(moment, "bibs", scene),
                             moment.flag("by_note"), known_standard(moment, scene),
                             moment.text("later")});
  }
  scene.line_order = known_bibs(expect, "line_order", scene);
  scene.within_a_second = known_bibs(expect, "within_a_second", scene);
  scene.untold = known_bibs(expect, "untold", scene);
}

/// Points and their metres, in course order.
std::vector<std::pair<std::string, base::Distance>> read_points(const Table& in) {
  std::vector<std::pair<std::string, base::Distance>> points;
  if (const toml::table* table = in.table("points")) {
    for (const auto& [key, value] : *table) {
      const std::optional<double> metres = value.value<double>();
      if (!metres || *metres <= 0) in.refuse(value, "expected metres above nought");
      const auto mm = static_cast<std::int64_t>(std::llround(metres.value_or(1) * 1000));
      points.emplace_back(std::string(key.str()), base::Distance::millimetres(mm));
    }
  }
  std::sort(points.begin(), points.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  if (points.empty() || points.back().first != "finish") {
    in.refuse(in.at("points"), "expected points, the last of them 'finish'");
  }
  return points;
}

CourseOutline read_course(const Table& in) {
  CourseOutline course;
  course.name = in.needed("name");
  course.rules = model::name_of(word(in, "rules", "open", model::parse_rule_set));
  course.rank_by = model::name_of(word(in, "rank_by", "gun", model::parse_rank_by));
  course.gun = in.duration("gun").value_or(base::Duration(0));
  course.closes = in.duration("closes");
  course.points = read_points(in);
  course.runners = static_cast<std::uint32_t>(in.whole("runners", 0));
  course.median = in.duration("median").value_or(base::Duration(0));
  if (course.gun.count() <= 0) in.refuse(in.at("gun"), "expected 'gun', a local time of day");
  if (course.runners > 0 && course.median.count() <= 0) {
    in.refuse(in.at("runners"), "expected 'median', the time of the middle of these runners");
  }
  return course;
}

Scene read_scene(const Table& in) {
  Scene scene;
  scene.title = in.needed("title");
  scene.later = in.text("later");
  if (in.at("course").is_table()) {
    scene.own_course =
        read_course(in.inside(*in.table("course"), {"name", "rules", "rank_by", "gun", "closes",
                                                    "points", "runners", "median"}));
  } else {
    scene.course = in.needed("course");
    if (scene.course != "marathon" && scene.course != "cross-country") {
      in.refuse(in.at("course"),
                fmt::format("found the course '{}', expected marathon, cross-country or a table",
                            scene.course));
    }
  }
  scene.publish = in.texts("publish");
  scene.stopped_at = in.duration("stopped_at");
  for (const toml::table* one : in.tables("wave")) {
    const Table wave = in.inside(*one, {"id", "gun"});
    scene.waves.push_back({wave.needed("id"), wave.duration("gun").value_or(base::Duration(0))});
  }
  for (const toml::table* one : in.tables("division")) {
    const Table division = in.inside(*one, {"id", "mode"});
    scene.divisions.push_back(
        {division.needed("id"), word(division, "mode", "foot", model::parse_mode)});
  }
  for (const toml::table* one : in.tables("standard")) {
    scene.standards.push_back(
        read_standard(in.inside(*one, {"name", "by", "course_index", "F", "M", "X"})));
  }
  for (const toml::table* one : in.tables("runner")) {
    scene.runners.push_back(read_runner(
        in.inside(*one, {"bib",          "name",        "sex",   "age",   "mode",     "wave",
                         "entry_status", "chips",       "club",  "group", "guide_of", "para",
                         "goal",         "first_time",  "why",   "cause", "tell",     "dedication",
                         "starts_after", "finishes_at", "times", "stops"})));
  }
  for (const toml::table* one : in.tables("ruling")) {
    scene.rulings.push_back(
        read_ruling(in.inside(*one, {"ruling", "bib", "time", "clause", "reason", "by"}), scene));
  }
  for (const toml::table* one : in.tables("note")) {
    scene.notes.push_back(read_note(
        in.inside(*one, {"kind", "bibs", "at", "text", "about", "from", "until", "by"}), scene));
  }
  if (const toml::table* one = in.table("cancel")) {
    const Table cancel = in.inside(*one, {"reason", "by"});
    scene.cancel.emplace();
    scene.cancel->reason = cancel.needed("reason");
    scene.cancel->author.by = cancel.needed("by");
  }
  read_expectations(in, scene);
  return scene;
}

}  // namespace

std::vector<std::string> scene_names() {
  std::vector<std::string> names;
  for (const EmbeddedScene& scene : embedded_scenes()) names.emplace_back(scene.name);
  return names;
}

base::Result<Scene> load_scene(std::string_view name) {
  std::string known;
  for (const EmbeddedScene& scene : embedded_scenes()) {
    if (scene.name == name) return parse_scene(scene.toml, std::string(scene.name));
    known += known.empty() ? "" : ", ";
    known += scene.name;
  }
  return base::fail(base::ErrorCode::NotFound,
                    fmt::format("found no scene '{}', expected one of: {}", name, known));
}

base::Result<Scene> parse_scene(std::string_view toml, const std::string& name) {
  const std::string file = name + ".toml";
  std::optional<base::Error> error;
  try {
    const toml::table root = toml::parse(toml, file);
    const Table in(root,
                   {"title", "later", "course", "publish", "stopped_at", "wave", "division",
                    "standard", "runner", "ruling", "note", "cancel", "expect"},
                   error, file);
    Scene scene = read_scene(in);
    scene.name = name;
    if (error) return tl::make_unexpected(std::move(*error));
    return scene;
  } catch (const toml::parse_error& bad) {
    const toml::source_position& at = bad.source().begin;
    return base::fail(base::ErrorCode::InvalidInput, std::string(bad.description()),
                      {file, static_cast<int>(at.line), static_cast<int>(at.column)});
  }
}

}  // namespace hs::sim
