#include "evaluate/report.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace hs::evaluate {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

/// "3.50 [3.45 3.55]"; shares in percent.
std::string cell(const Figures& figures, Figure figure, int width) {
  const bool has = figures.count > 0 &&
                   (figures.has_distribution || static_cast<std::size_t>(figure) < kPlainFigures);
  if (!has) return fmt::format(" {:>{}}", "-", width);
  const bool is_share = (figure >= Figure::Within1 && figure <= Figure::Within10) ||
                        figure == Figure::Cover80 || figure == Figure::Cover95;
  const double scale = is_share ? 100 : 1;
  const int digits = is_share ? 1 : 2;
  const Estimate& e = figures[figure];
  return fmt::format(" {:>{}}",
                     fmt::format("{:.{}f} [{:.{}f} {:.{}f}]", scale * e.value, digits,
                                 scale * e.low, digits, scale * e.high, digits),
                     width);
}

void add_line(std::string& out, std::string_view point, const MethodFigures& method) {
  const Figures& f = method.figures;
  out += fmt::format("{:<10}{:<27}{:>7}", point, method.method, f.count);
  out += cell(f, Figure::MeanMiss, 22) + cell(f, Figure::Bias, 23) + cell(f, Figure::Cover80, 18) +
         cell(f, Figure::Width80, 21) + cell(f, Figure::Cover95, 18) +
         cell(f, Figure::Width95, 21) + cell(f, Figure::Pinball, 19) + "\n";
}

std::string heading() {
  return fmt::format("{:<10}{:<27}{:>7} {:>22} {:>23} {:>18} {:>21} {:>18} {:>21} {:>19}\n", "at",
                     "method", "n", "MAE min", "bias min", "80 % covers %", "80 % width min",
                     "95 % covers %", "95 % width min", "pinball min");
}

/// Stated share against seen share: on the diagonal each is right as often as it says.
std::string plot(const Reliability& reliability) {
  constexpr int kWidth = 50;
  std::string out = fmt::format("reliability, {} (| stated, * seen)\n", reliability.method);
  for (std::size_t i = 0; i < reliability.stated.size(); ++i) {
    std::string line(kWidth + 1, ' ');
    const auto column = [&](double share) {
      return static_cast<std::size_t>(std::lround(share * kWidth));
    };
    line[column(reliability.stated[i])] = '|';
    line[column(reliability.seen[i])] = '*';
    out += fmt::format("  {:4.0f} % {} {:5.1f} %\n", 100 * reliability.stated[i], line,
                       100 * reliability.seen[i]);
  }
  return out;
}

/// The alarm at each point, then how often it came true where it was loud and where it was not.
std::string walls_text(const HeldOut& race) {
  const auto rate = [](const std::optional<double>& value) {
    return value ? fmt::format("{:.1f} %", 100 * *value) : std::string("-");
  };
  if (!race.wall_rates.all) return {};
  std::string out =
      fmt::format("\nthe wall: {} hit it (women {}, men {})\n", rate(race.wall_rates.all),
                  rate(race.wall_rates.women), rate(race.wall_rates.men));
  if (race.walls.empty()) return out;
  out += fmt::format("{:<10}{:>7} {:>6} {:>9} {:>9}   {}\n", "at", "n", "AUC", "stated %", "seen %",
                     "by tenth of the runners: stated/seen %");
  for (const WallAt& at : race.walls) {
    out += fmt::format("{:<10}{:>7} {:>6.3f} {:>9.1f} {:>9.1f}  ", at.point, at.count, at.auc,
                       100 * at.stated, 100 * at.seen);
    for (std::size_t i = 0; i < at.stated_tenths.size(); ++i) {
      out += fmt::format(" {:.0f}/{:.0f}", 100 * at.stated_tenths[i], 100 * at.seen_tenths[i]);
    }
    out += "\n";
  }
  return out;
}

std::string text_of(const HeldOut& race) {
  std::string from;
  for (const std::string& name : race.trained_on) from += (from.empty() ? "" : ", ") + name;
  std::string out = fmt::format(
      "{}: {} finishers held out; learned from {} finishers ({}); source: {}; clock: {}{}\n"
      "every figure with its 95 % bootstrap interval\n\n",
      race.race, race.finishers, race.training_finishers, from.empty() ? "nothing" : from,
      name_of(race.source), name_of(race.clock),
      race.is_interrupted ? "; interrupted: only those who were not stopped" : "");
  out += heading();
  for (const AtPoint& at : race.points) {
    for (const MethodFigures& method : at.methods) add_line(out, at.point, method);
  }
  out += "\nbehind the first tenth of the field\n" + heading();
  for (const AtPoint& at : race.points) {
    for (const MethodFigures& method : at.behind_first_tenth) add_line(out, at.point, method);
  }
  out += "\nby sex and quarter of pace (1 the fastest at that point)\n" + heading();
  for (const AtPoint& at : race.points) {
    for (const GroupFigures& group : at.groups) {
      if (group.figures.count > 0) add_line(out, at.point, {group.group, group.figures});
    }
  }
  for (const Reliability& reliability : race.reliability) out += "\n" + plot(reliability);
  return out + walls_text(race);
}

std::string json_figures(const Figures& figures) {
  std::string out = fmt::format("{{\"n\":{}", figures.count);
  const std::size_t last = figures.has_distribution ? kFigures : kPlainFigures;
  for (std::size_t k = 0; k < last && figures.count > 0; ++k) {
    const Estimate& e = figures.estimates[k];
    out += fmt::format(",\"{}\":{{\"value\":{:.4f},\"low\":{:.4f},\"high\":{:.4f}}}",
                       name_of(static_cast<Figure>(k)), e.value, e.low, e.high);
  }
  return out + "}";
}

template <typename Items, typename Write>
std::string json_list(const Items& items, const Write& write) {
  std::string out = "[";
  for (const auto& item : items) out += (out.size() > 1 ? "," : "") + write(item);
  return out + "]";
}

std::string json_methods(const std::vector<MethodFigures>& methods) {
  return json_list(methods, [](const MethodFigures& method) {
    return fmt::format("{{\"method\":{},\"figures\":{}}}", quoted(method.method),
                       json_figures(method.figures));
  });
}

std::string json_point(const AtPoint& at) {
  return fmt::format("{{\"point\":{}{},\"methods\":{},\"behind_first_tenth\":{},\"groups\":{}}}",
                     quoted(at.point), at.km ? fmt::format(",\"km\":{:.3f}", *at.km) : "",
                     json_methods(at.methods), json_methods(at.behind_first_tenth),
                     json_list(at.groups, [](const GroupFigures& group) {
                       return fmt::format("{{\"group\":{},\"figures\":{}}}", quoted(group.group),
                                          json_figures(group.figures));
                     }));
}

std::string json_race(const HeldOut& race) {
  const auto number = [](double value) { return fmt::format("{:.4f}", value); };
  return fmt::format(
      "{{\"race\":{},\"finishers\":{},\"trained_on\":{},\"training_finishers\":{},"
      "\"source\":\"{}\",\"clock\":\"{}\",\"interrupted\":{},\"points\":{},\"reliability\":{},"
      "\"walls\":{}}}",
      quoted(race.race), race.finishers, json_list(race.trained_on, quoted),
      race.training_finishers, name_of(race.source), name_of(race.clock),
      race.is_interrupted ? "true" : "false", json_list(race.points, json_point),
      json_list(race.reliability,
                [&](const Reliability& reliability) {
                  return fmt::format(
                      "{{\"method\":{},\"stated\":{},\"seen\":{}}}", quoted(reliability.method),
                      json_list(reliability.stated, number), json_list(reliability.seen, number));
                }),
      json_list(race.walls, [&](const WallAt& at) {
        return fmt::format(
            "{{\"point\":{},\"n\":{},\"auc\":{:.4f},\"stated\":{:.4f},\"seen\":{:.4f},"
            "\"stated_tenths\":{},\"seen_tenths\":{}}}",
            quoted(at.point), at.count, at.auc, at.stated, at.seen,
            json_list(at.stated_tenths, number), json_list(at.seen_tenths, number));
      }));
}

}  // namespace

std::string text_of(std::span<const HeldOut> races) {
  std::string out;
  for (const HeldOut& race : races) out += (out.empty() ? "" : "\n\n") + text_of(race);
  return out;
}

std::string text_of(const ProtocolB& result) {
  std::string out = fmt::format(
      "Protocol B (Hammerling et al. 2014): {} finishers over 4 h, 25.7 % hidden, {} seeds\n"
      "every figure with its 95 % bootstrap interval\n\n"
      "{:<16}{:>7} {:>18} {:>22} {:>20} {:>20} {:>20} {:>20}\n",
      result.runners, result.seeds, "method", "n", "MAE min", "MSE min2", "<=1 min %", "<=2 min %",
      "<=5 min %", "<=10 min %");
  for (const MethodFigures& method : result.methods) {
    const Figures& f = method.figures;
    out += fmt::format("{:<16}{:>7}", method.method, f.count) + cell(f, Figure::MeanMiss, 18) +
           cell(f, Figure::SquaredMiss, 22) + cell(f, Figure::Within1, 20) +
           cell(f, Figure::Within2, 20) + cell(f, Figure::Within5, 20) +
           cell(f, Figure::Within10, 20) + "\n";
  }
  out += "\n" + heading();
  for (const ProtocolB::AtPoint& at : result.points) {
    for (const MethodFigures& method : at.methods) add_line(out, at.point, method);
  }
  return out;
}

std::string json_of(std::span<const HeldOut> races) {
  return "{\"protocol\":\"held-out\",\"races\":" + json_list(races, json_race) + "}\n";
}

std::string json_of(const ProtocolB& result) {
  return fmt::format(
      "{{\"protocol\":\"B\",\"runners\":{},\"seeds\":{},\"methods\":{},\"points\":{}}}\n",
      result.runners, result.seeds, json_methods(result.methods),
      json_list(result.points, [](const ProtocolB::AtPoint& at) {
        return fmt::format("{{\"point\":{},\"methods\":{}}}", quoted(at.point),
                           json_methods(at.methods));
      }));
}

}  // namespace hs::evaluate
