#include "present/page_plot.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "base/check.h"
#include "present/page_html.h"

// Implementation notes: the drawing has a square of kRoom units that is stretched over its frame
// (preserveAspectRatio="none") while `vector-effect` keeps strokes even. Coordinates are written as
// whole units, which is finer than a pixel of any screen and the same text on every machine.

namespace hs::present {
namespace {

constexpr double kRoom = 2000;

std::string percent(double share) {
  const auto tenths = static_cast<long>(std::lround(share * 1000));
  std::string out = std::to_string(tenths / 10);
  if (tenths % 10 != 0) out += '.' + std::to_string(tenths % 10);
  return out + '%';
}

const char* class_of(Plot::Stroke stroke) {
  switch (stroke) {
    case Plot::Stroke::Main:
      return "main";
    case Plot::Stroke::Second:
      return "second";
    case Plot::Stroke::Median:
      return "median";
  }
  return "";
}

const char* class_of(Plot::Side side) {
  switch (side) {
    case Plot::Side::Left:
      return "left";
    case Plot::Side::Right:
      return "right";
    case Plot::Side::Above:
      return "above";
    case Plot::Side::Below:
      return "below";
  }
  return "";
}

double share_of(Axis axis, double value) {
  return std::clamp((value - axis.from) / (axis.to - axis.from), 0.0, 1.0);
}

}  // namespace

const std::vector<double> kSecondSteps = {10,  15,   20,   30,   60,    120,   180,   300,   600,
                                          900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400};
const std::vector<double> kKilometreSteps = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100};

Plot::Plot(std::string description, Axis x, Axis y, int height_px)
    : description_(std::move(description)), x_(x), y_(y), height_px_(height_px) {
  HS_CHECK(x.from != x.to && y.from != y.to, "a plot's axis has some length");
}

double Plot::across(double x) const { return share_of(x_, x); }
double Plot::down(double y) const { return 1 - share_of(y_, y); }

std::string Plot::path(const Points& points, bool continues) const {
  std::string out;
  for (const auto& [x, y] : points) {
    out += out.empty() && !continues ? 'M' : 'L';
    out += std::to_string(std::lround(across(x) * kRoom)) + ' ' +
           std::to_string(std::lround(down(y) * kRoom));
  }
  return out;
}

void Plot::grid(double y, const std::string& label) {
  const std::string at = std::to_string(std::lround(down(y) * kRoom));
  drawing_ +=
      "<path class=\"grid\" d=\"M0 " + at + "H" + std::to_string(std::lround(kRoom)) + "\"/>";
  labels_ +=
      "<span class=\"y\" style=\"top:" + percent(down(y)) + "\">" + escape_html(label) + "</span>";
}

void Plot::tick(double x, const std::string& label) {
  labels_ += "<span class=\"x\" style=\"left:" + percent(across(x)) + "\">" + escape_html(label) +
             "</span>";
}

void Plot::band(const Points& lower, const Points& upper, Shade shade) {
  if (lower.size() < 2 || upper.size() < 2) return;
  const Points back(upper.rbegin(), upper.rend());
  drawing_ += "<path class=\"band" + std::string(shade == Shade::Light ? " light" : "") +
              "\" d=\"" + path(lower, false) + path(back, true) + "Z\"/>";
}

void Plot::line(const Points& points, Stroke stroke) {
  if (points.size() < 2) return;
  drawing_ +=
      std::string("<path class=\"") + class_of(stroke) + "\" d=\"" + path(points, false) + "\"/>";
}

void Plot::dot(double x, double y, Stroke stroke) {
  labels_ += std::string("<i class=\"dot ") + class_of(stroke) +
             "\" style=\"left:" + percent(across(x)) + ";top:" + percent(down(y)) + "\"></i>";
}

void Plot::note(double x, double y, const std::string& text, Side side, Stroke stroke) {
  labels_ += std::string("<span class=\"note ") + class_of(side) + ' ' + class_of(stroke) +
             "\" style=\"left:" + percent(across(x)) + ";top:" + percent(down(y)) + "\">" +
             escape_html(text) + "</span>";
}

std::string Plot::html() const {
  const std::string room = std::to_string(std::lround(kRoom));
  return "<div class=\"plot\" role=\"img\" aria-label=\"" + escape_html(description_) +
         "\"><div class=\"area\" style=\"height:" + std::to_string(height_px_) +
         "px\"><svg viewBox=\"0 0 " + room + ' ' + room +
         "\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">" + drawing_ +
         "</svg>" + labels_ + "</div></div>";
}

Plot::Points stairs(const std::vector<std::pair<double, double>>& starts, double last_x) {
  Plot::Points out;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    out.emplace_back(starts[i].first, starts[i].second);
    out.emplace_back(i + 1 < starts.size() ? starts[i + 1].first : last_x, starts[i].second);
  }
  return out;
}

std::vector<double> round_ticks(double from, double to, int count,
                                const std::vector<double>& steps) {
  const double low = std::min(from, to);
  const double high = std::max(from, to);
  double step = steps.back();
  for (const double candidate : steps) {
    if ((high - low) / candidate <= count) {
      step = candidate;
      break;
    }
  }
  while ((high - low) / step > count) step *= 2;
  std::vector<double> out;
  const double first = std::ceil(low / step) * step;
  const auto steps_left = static_cast<std::int64_t>(std::floor((high - first) / step + 1e-9));
  for (std::int64_t i = 0; i <= steps_left; ++i) {
    out.push_back(first + static_cast<double>(i) * step);
  }
  return out;
}

}  // namespace hs::present
