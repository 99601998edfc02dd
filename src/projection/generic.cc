#include "projection/generic.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/check.h"

namespace hs::projection {
namespace {

constexpr std::string_view kTable =
#include "projection/generic_table.inc"
    ;

constexpr std::string_view kFirstWord = "homestretch-course-model-1";
constexpr std::size_t kColumns = 96;

class Writer {
 public:
  void word(std::string_view name) { text_ += fmt::format("\n{}", name), column_ = name.size(); }
  void number(double value) {
    const std::string text = fmt::format("{:.6g}", value);
    if (column_ + 1 + text.size() > kColumns) {
      text_ += "\n ";
      column_ = 1;
    }
    text_ += " " + text;
    column_ += 1 + text.size();
  }
  template <typename Numbers>
  void list(std::string_view name, const Numbers& numbers) {
    if (numbers.size() == 0) return;
    word(name);
    for (const double value : numbers) number(value);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t column_ = 0;
};

void write_leg(Writer& out, const Leg& leg, const LegTable& table) {
  std::vector<double> points = {static_cast<double>(leg.from), static_cast<double>(leg.to)};
  if (leg.without) points.push_back(static_cast<double>(*leg.without));
  out.list("leg", points);
  out.list("low", table.low);
  out.list("high", table.high);
  out.list("weights", table.weights);
  out.list("time_knots", table.time_knots);
  out.list("ratio_knots", table.ratio_knots);
  out.list("bounds", table.bounds);
  out.list("bend", table.bend);
  out.list("spread", table.spread);
  out.list("spread_middles", table.spread_middles);
  for (const auto& misses : table.misses) out.list("misses", misses);
}

/// A name and its numbers.
struct Entry {
  std::string_view name;
  std::vector<double> numbers;
  int line = 0;
};

base::Result<std::vector<Entry>> read_entries(std::string_view text) {
  std::vector<Entry> entries;
  int line_number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line.starts_with('#')) continue;
    while (true) {
      const std::size_t begin = line.find_first_not_of(' ');
      if (begin == std::string_view::npos) break;
      line.remove_prefix(begin);
      const std::string_view token = line.substr(0, std::min(line.find(' '), line.size()));
      line.remove_prefix(token.size());
      if (token[0] >= 'a' && token[0] <= 'z') {
        entries.push_back({token, {}, line_number});
        continue;
      }
      double value = 0;
      const auto [rest, error] = std::from_chars(token.data(), token.data() + token.size(), value);
      const bool is_number = error == std::errc() && rest == token.data() + token.size();
      if (!is_number || entries.empty() || !(std::abs(value) < 1e9)) {
        return base::fail(base::ErrorCode::InvalidInput,
                          fmt::format("found '{}', expected a name or a number", token),
                          {"", line_number, 0});
      }
      entries.back().numbers.push_back(value);
    }
  }
  return entries;
}

/// True where every list has the length that its point asks for.
bool is_whole(const Grid& grid, const Leg& leg, const LegTable& table) {
  if (leg.from >= leg.to || leg.to >= grid.km.size()) return false;
  const FeatureMap features(grid, leg.from, leg.without);
  const bool is_full = !table.bend.empty();
  const std::size_t wanted = features.count(is_full ? Detail::Full : Detail::Short);
  if (is_full &&
      (table.time_knots.size() < 7 || table.ratio_knots.size() < 4 || table.bounds.size() != 4 ||
       table.bend.size() != 7 + table.time_knots.size() + table.ratio_knots.size())) {
    return false;
  }
  return table.low.size() == wanted && table.high.size() == wanted &&
         table.weights.size() == wanted && table.spread.size() == features.count(Detail::Short) &&
         !table.misses.empty() && table.misses.size() == table.spread_middles.size();
}

std::vector<double>* list_named(LegTable& table, std::string_view name) {
  const std::map<std::string_view, std::vector<double>*> lists = {
      {"low", &table.low},
      {"high", &table.high},
      {"weights", &table.weights},
      {"time_knots", &table.time_knots},
      {"ratio_knots", &table.ratio_knots},
      {"bounds", &table.bounds},
      {"bend", &table.bend},
      {"spread", &table.spread},
      {"spread_middles", &table.spread_middles}};
  const auto found = lists.find(name);
  return found == lists.end() ? nullptr : found->second;
}

/// Puts the entries of a table together; each step says false for what does not fit.
class Assembler {
 public:
  bool take(const Entry& entry) {
    if (entry.name == "grid" || entry.name == "profile") {
      (entry.name == "grid" ? model.grid.km : model.grid.profile) = entry.numbers;
      return entry.numbers.size() >= 2 && entry.numbers.size() <= kMaxPoints;
    }
    if (entry.name == "leg") {
      return close_leg() && open_leg(entry.numbers);
    }
    if (entry.name == "carry") return take_carry(entry.numbers);
    if (entry.name == "wall") return take_wall(entry.numbers);
    if (entry.name == "difference") {
      if (!close_leg() || entry.numbers.size() != 1 || entry.numbers[0] < 0) return false;
      model.difference = entry.numbers[0];
      return true;
    }
    if (entry.name == "misses") {
      if (entry.numbers.size() != kShares) return false;
      table_.misses.emplace_back();
      std::copy(entry.numbers.begin(), entry.numbers.end(), table_.misses.back().begin());
      return true;
    }
    std::vector<double>* list = list_named(table_, entry.name);
    if (list == nullptr) return false;
    *list = entry.numbers;
    return true;
  }

  /// The legs come point by point, first to the finish, then the same without the point before,
  /// then to the points between.
  bool close_leg() {
    if (!is_open_) return true;
    is_open_ = false;
    if (!is_whole(model.grid, leg_, table_)) return false;
    if (leg_.without) {
      const std::size_t next = model.finish_without.size() + 1;
      if (leg_.from != next || leg_.from + 1 != model.finish.size()) return false;
      if (leg_.to != model.grid.finish() || *leg_.without + 1 != leg_.from) return false;
      model.finish_without.emplace_back(model.grid, leg_, std::move(table_));
    } else if (leg_.to == model.grid.finish()) {
      if (leg_.from != model.finish.size()) return false;
      model.finish.emplace_back(model.grid, leg_, std::move(table_));
      model.between.emplace_back();
      model.carry.emplace_back();
    } else {
      auto& between = model.between;
      if (leg_.from + 1 != between.size()) return false;
      if (leg_.to != leg_.from + 1 + between.back().size()) return false;
      between.back().emplace_back(model.grid, leg_, std::move(table_));
    }
    table_ = {};
    return true;
  }

  bool is_complete() {
    if (!close_leg() || model.grid.km.size() != model.grid.profile.size()) return false;
    if (model.finish.empty() || model.finish.size() != model.grid.finish()) return false;
    const std::size_t without = model.finish_without.size();
    if (without != 0 && without + 1 != model.finish.size()) return false;
    for (std::size_t p = 0; p < model.finish.size(); ++p) {
      const std::size_t later = model.grid.finish() - p;
      if (model.between[p].size() + 1 != later || model.carry[p].size() != later) return false;
    }
    return true;
  }

  CourseModel model;

 private:
  bool open_leg(const std::vector<double>& numbers) {
    const bool are_points = std::all_of(numbers.begin(), numbers.end(), [](double number) {
      return number >= 0 && number < static_cast<double>(kMaxPoints);
    });
    if (!are_points || numbers.size() < 2 || numbers.size() > 3) return false;
    leg_ = {static_cast<std::size_t>(numbers[0]), static_cast<std::size_t>(numbers[1]), {}};
    if (numbers.size() == 3) leg_.without = static_cast<std::size_t>(numbers[2]);
    is_open_ = true;
    return true;
  }

  bool take_carry(const std::vector<double>& numbers) {
    if (!close_leg() || numbers.size() != 5 || model.carry.empty()) return false;
    model.carry.back().push_back({numbers[0], numbers[1], {numbers[2], numbers[3], numbers[4]}});
    return true;
  }

  bool take_wall(const std::vector<double>& numbers) {
    if (!close_leg() || numbers.size() != 4) return false;
    if (!model.wall.empty() && model.wall.back().km >= numbers[0]) return false;
    model.wall.push_back({numbers[0], numbers[1], numbers[2], numbers[3]});
    return true;
  }

  Leg leg_;
  bool is_open_ = false;
  LegTable table_;
};

}  // namespace

std::string write_model(const CourseModel& model, std::string_view comment) {
  Writer out;
  out.word(kFirstWord);
  out.list("grid", model.grid.km);
  out.list("profile", model.grid.profile);
  for (std::size_t p = 0; p < model.finish.size(); ++p) {
    const std::size_t finish = model.grid.finish();
    write_leg(out, {p, finish, {}}, model.finish[p].table());
    if (p > 0 && model.finish_without.size() >= p) {
      write_leg(out, {p, finish, p - 1}, model.finish_without[p - 1].table());
    }
    for (std::size_t i = 0; i < model.between[p].size(); ++i) {
      write_leg(out, {p, p + 1 + i, {}}, model.between[p][i].table());
    }
    for (const Carry& carry : model.carry[p]) {
      out.list("carry", std::array{carry.slope, carry.unknown, carry.usual[0], carry.usual[1],
                                   carry.usual[2]});
    }
  }
  if (model.difference != 0) out.list("difference", std::array{model.difference});
  for (const WallLine& line : model.wall) {
    out.list("wall", std::array{line.km, line.intercept, line.slowdown, line.spread});
  }
  std::string text;
  while (!comment.empty()) {
    const std::size_t end = std::min(comment.find('\n'), comment.size());
    text += fmt::format("# {}\n", comment.substr(0, end));
    comment.remove_prefix(std::min(end + 1, comment.size()));
  }
  return text + out.text().substr(1) + "\n";
}

base::Result<CourseModel> read_model(std::string_view text) {
  HS_TRY(const auto entries, read_entries(text));
  if (entries.empty() || entries.front().name != kFirstWord) {
    return base::fail(base::ErrorCode::InvalidInput,
                      fmt::format("found no '{}', expected it as first word", kFirstWord),
                      {"", 1, 0});
  }
  Assembler assembler;
  for (std::size_t i = 1; i < entries.size(); ++i) {
    if (assembler.take(entries[i])) continue;
    return base::fail(
        base::ErrorCode::InvalidInput,
        fmt::format("found '{}' with {} numbers, or the list before it is not whole; expected a "
                    "course model as it was written",
                    entries[i].name, entries[i].numbers.size()),
        {"", entries[i].line, 0});
  }
  if (!assembler.is_complete()) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found the end, expected more legs of the course model", {});
  }
  return std::move(assembler.model);
}

const CourseModel& generic_model() {
  static const CourseModel kModel = [] {
    auto model = read_model(kTable);
    HS_CHECK(model.has_value(), "the generic table cannot be read");
    return std::move(*model);
  }();
  return kModel;
}

}  // namespace hs::projection
