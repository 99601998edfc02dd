#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>

#include "app/commands.h"
#include "base/file.h"
#include "evaluate/field.h"
#include "evaluate/report.h"
#include "formats/results_file.h"
#include "projection/generic.h"
#include "projection/generic_fit.h"

namespace hs::app {
namespace {

struct ProjectionArguments {
  std::vector<std::string> train;
  std::vector<std::string> test;
  std::vector<std::string> interrupted;
  std::string protocol = "A";
  std::string fit;
  std::vector<std::string> courses;
  std::size_t seeds = 10;
  std::uint64_t seed = 1;
  bool json = false;
};

/// A field and the file it came from.
struct Source {
  std::string path;
  evaluate::Field field;
};

std::string name_of_file(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

base::Result<std::vector<Source>> read_fields(const std::vector<std::string>& paths,
                                              const ProjectionArguments& arguments) {
  std::vector<Source> out;
  for (const std::string& path : paths) {
    HS_TRY(const std::string bytes, base::read_file(path));
    formats::ResultsOptions options;
    options.race_id = name_of_file(path);
    for (const std::string& stopped : arguments.interrupted) {
      options.is_interrupted = options.is_interrupted || stopped == path;
    }
    HS_TRY(const auto file, formats::read_results(bytes, path, options));
    out.push_back({path, evaluate::field_of(file.race)});
    if (out.back().field.finishers() == 0) {
      std::fprintf(stderr, "%s: nobody finished: nothing to learn or to test\n", path.c_str());
    }
  }
  return out;
}

/// The name of the course that a file's race was run on; a file without one is a course of its own.
std::string course_of(const ProjectionArguments& arguments, const std::string& path) {
  for (const std::string& course : arguments.courses) {
    const std::size_t equals = course.find('=');
    if (equals != std::string::npos && course.substr(equals + 1) == path) {
      return course.substr(0, equals);
    }
  }
  return path;
}

std::string fit_comment(const ProjectionArguments& arguments) {
  std::string out =
      "A course model of the projector (src/projection/course_model.h), fitted, not written.\n"
      "Made by: homestretch evaluate projection --fit OUT --train";
  for (const std::string& path : arguments.train) out += "\n    " + name_of_file(path);
  for (const std::string& path : arguments.train) {
    const std::string name = course_of(arguments, path);
    if (name != path) out += "\n    --course " + name + "=" + name_of_file(path);
  }
  return out +
         "\ngrid: kilometres of the points, the finish last. profile: log pace of the field into\n"
         "each. leg FROM TO: indices into grid; a third is a point that the leg does not look at.\n"
         "low, high: bounds of the features; weights: their coefficients; *_knots, bounds, bend:\n"
         "the second step; spread, spread_middles, misses: the distribution. carry: what a point\n"
         "between tells of the day (slope, what it leaves unknown, usual misses), one a later\n"
         "point. difference: how much courses differ in log pace, where the table is of none in\n"
         "particular. wall: the alarm's line at a kilometre (intercept, weights of the projected\n"
         "slow-down and of the width).";
}

/// A model of one course, or with --course one for all courses but that of the file `held_out`.
std::optional<projection::CourseModel> model_of(const ProjectionArguments& arguments,
                                                const std::vector<Source>& train,
                                                const std::string& held_out) {
  std::map<std::string, projection::PastCourse> courses;
  std::vector<projection::PastRace> past;
  const std::string left_out = course_of(arguments, held_out);
  for (const Source& source : train) {
    const std::string name = course_of(arguments, source.path);
    if (!source.field.has_distances() || name == left_out) continue;
    past.push_back({source.field.course, source.field.runners});
    if (!arguments.courses.empty()) courses[name].push_back(past.back());
  }
  if (arguments.courses.empty()) return projection::fit_course(past);
  std::vector<projection::PastCourse> all;
  for (auto& [name, races] : courses) all.push_back(std::move(races));
  return projection::fit_generic(all);
}

base::Result<void> fit(const ProjectionArguments& arguments, const std::vector<Source>& train) {
  auto model = model_of(arguments, train, "");
  if (!model) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found too few finishers with splits to fit to, expected at least " +
                          std::to_string(projection::kLeastPast) + " at each point");
  }
  std::vector<evaluate::Field> fields;
  for (const Source& source : train) fields.push_back(source.field);
  model->wall = evaluate::learn_walls(*model, fields);
  return base::write_file(arguments.fit, projection::write_model(*model, fit_comment(arguments)));
}

/// The others of the training files: a race that is tested is never learned from.
std::vector<evaluate::Field> others(const std::vector<Source>& train, const std::string& path) {
  std::vector<evaluate::Field> out;
  for (const Source& source : train) {
    if (source.path != path) out.push_back(source.field);
  }
  return out;
}

/// With --course a race is a new one on a course that nothing was learned of.
base::Result<evaluate::HeldOut> held_out(const ProjectionArguments& arguments,
                                         const std::vector<Source>& train, const Source& test) {
  if (arguments.courses.empty()) {
    return evaluate::run_held_out(others(train, test.path), test.field, arguments.seed);
  }
  const auto table = model_of(arguments, train, test.path);
  return evaluate::run_held_out({}, test.field, arguments.seed, table ? &*table : nullptr);
}

base::Result<void> run(const ProjectionArguments& arguments) {
  HS_TRY(const auto train, read_fields(arguments.train, arguments));
  if (!arguments.fit.empty()) HS_TRY_VOID(fit(arguments, train));
  HS_TRY(const auto test, read_fields(arguments.test, arguments));
  if (arguments.protocol == "B") {
    for (const Source& source : test) {
      HS_TRY(const auto result, evaluate::run_protocol_b(source.field, arguments.seeds));
      const std::string text =
          arguments.json ? evaluate::json_of(result) : evaluate::text_of(result);
      std::fputs(text.c_str(), stdout);
    }
    return {};
  }
  std::vector<evaluate::HeldOut> results;
  std::optional<base::Error> refused;
  for (const Source& source : test) {
    auto result = held_out(arguments, train, source);
    if (result) {
      results.push_back(std::move(*result));
      continue;
    }
    // The other races are still worth their figures; the exit tells that one is missing.
    if (refused) std::fprintf(stderr, "%s\n", refused->text().c_str());
    refused = std::move(result).error();
  }
  if (!results.empty()) {
    std::fputs((arguments.json ? evaluate::json_of(results) : evaluate::text_of(results)).c_str(),
               stdout);
  }
  if (refused) return tl::make_unexpected(*refused);
  return {};
}

}  // namespace

void add_evaluate_command(CLI::App& program, Exit& exit) {
  CLI::App* evaluate = program.add_subcommand("evaluate", "published protocols, on data you name");
  evaluate->require_subcommand(1);
  evaluate->footer("Example: homestretch evaluate projection --train 2014.csv --test 2015.csv");
  add_evaluate_moments(*evaluate, exit);
  add_evaluate_linking(*evaluate, exit);
  add_evaluate_integrity(*evaluate, exit);
  auto arguments = std::make_shared<ProjectionArguments>();
  CLI::App* command =
      evaluate->add_subcommand("projection", "projected finish times against what came");
  command->footer(
      "Protocols: A a whole field, learned from other races (leave one out: name the same files\n"
      "           under --train and --test); B finishers over four hours of one marathon, a\n"
      "           quarter hidden; C as A, on files with times of day.\n"
      "Example: homestretch evaluate projection --train 2011.csv 2014.csv --test 2015.csv\n"
      "         homestretch evaluate projection --protocol B --test 2011.csv");
  command->add_option("--train", arguments->train,
                      "published results to learn from; none: the table for any road race");
  command->add_option("--test", arguments->test, "published results to be right about");
  command->add_option("--protocol", arguments->protocol, "A, B or C")
      ->check(CLI::IsMember({"A", "B", "C"}))
      ->capture_default_str();
  command->add_option("--interrupted", arguments->interrupted,
                      "files of races that were stopped for some: said beside the figures");
  command->add_option("--seeds", arguments->seeds, "protocol B: how often")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--seed", arguments->seed, "of the bootstrap and the oracle")
      ->capture_default_str();
  command->add_option("--course", arguments->courses,
                      "NAME=FILE, once a file of --train: the course it was run on; then what is "
                      "learned is a table for any other course, and a tested race's own course is "
                      "left out");
  command->add_option("--fit", arguments->fit, "write the fitted model of --train to this file");
  command->add_flag("--json", arguments->json, "for programs");
  command->callback([arguments, &exit] {
    if (arguments->test.empty() && arguments->fit.empty()) {
      exit = report({base::ErrorCode::InvalidInput,
                     "found neither --test nor --fit, expected files to test or to fit",
                     {}});
      return;
    }
    const auto done = run(*arguments);
    exit = done ? Exit::Done : report(done.error());
  });
}

}  // namespace hs::app
