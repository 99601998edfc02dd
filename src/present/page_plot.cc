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

std::string units(double share) { return std::to_string(std::lround(share * kRoom)); }

std::string path(const Plot::Points& points) {
  std::string out;
  for (const auto& [across, down] : points) {
    out += (out.empty() ? 'M' : 'L') + units(across) + ' ' + units(down);
  }
  return out;
}

// What of an item stretches with the frame.
std::string drawn(const Plot::Item& item) {
  switch (item.what) {
    case Plot::Item::What::Grid:
      return "<path class=\"grid\" d=\"M0 " + units(item.at.front().second) + "H" + units(1) +
             "\"/>";
    case Plot::Item::What::Band:
      return "<path class=\"band" + std::string(item.shade == Plot::Shade::Light ? " light" : "") +
             "\" d=\"" + path(item.at) + "Z\"/>";
    case Plot::Item::What::Line:
      return std::string("<path class=\"") + class_of(item.stroke) + "\" d=\"" + path(item.at) +
             "\"/>";
    case Plot::Item::What::Tick:
    case Plot::Item::What::Dot:
    case Plot::Item::What::Note:
      break;
  }
  return {};
}

// What of an item keeps its size.
std::string labelled(const Plot::Item& item) {
  const std::string left = "left:" + percent(item.at.front().first);
  const std::string top = "top:" + percent(item.at.front().second);
  switch (item.what) {
    case Plot::Item::What::Grid:
      return "<span class=\"y\" style=\"" + top + "\">" + escape_html(item.text) + "</span>";
    case Plot::Item::What::Tick:
      return "<span class=\"x\" style=\"" + left + "\">" + escape_html(item.text) + "</span>";
    case Plot::Item::What::Dot:
      return std::string("<i class=\"dot ") + class_of(item.stroke) + "\" style=\"" + left + ";" +
             top + "\"></i>";
    case Plot::Item::What::Note:
      return std::string("<span class=\"note ") + class_of(item.side) + ' ' +
             class_of(item.stroke) + "\" style=\"" + left + ";" + top + "\">" +
             escape_html(item.text) + "</span>";
    case Plot::Item::What::Band:
    case Plot::Item::What::Line:
      break;
  }
  return {};
}

}  // namespace

const std::vector<double> kSecondSteps = {10,  15,   20,   30,   60,    120,   180,   300,   600,
                                          900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400};
const std::vector<double> kKilometreSteps = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100};

Plot::Plot(std::string description, Axis x, Axis y, int height_px)
    : description_(std::move(description)), x_(x), y_(y), height_px_(height_px) {
  HS_CHECK(x.from != x.to && y.from != y.to, "a plot's axis has some length");
}

std::pair<double, double> Plot::place(double x, double y) const {
  return {share_of(x_, x), 1 - share_of(y_, y)};
}

Plot::Points Plot::places(const Points& points) const {
  Points out;
  out.reserve(points.size());
  for (const auto& [x, y] : points) out.push_back(place(x, y));
  return out;
}

void Plot::grid(double y, const std::string& label) {
  items_.push_back({Item::What::Grid, {place(x_.from, y)}, label, {}, {}, {}});
}

void Plot::tick(double x, const std::string& label) {
  items_.push_back({Item::What::Tick, {place(x, y_.from)}, label, {}, {}, {}});
}

void Plot::band(const Points& lower, const Points& upper, Shade shade) {
  if (lower.size() < 2 || upper.size() < 2) return;
  Points around = places(lower);
  const Points back = places(Points(upper.rbegin(), upper.rend()));
  around.insert(around.end(), back.begin(), back.end());
  items_.push_back({Item::What::Band, std::move(around), {}, {}, shade, {}});
}

void Plot::line(const Points& points, Stroke stroke) {
  if (points.size() < 2) return;
  items_.push_back({Item::What::Line, places(points), {}, stroke, {}, {}});
}

void Plot::dot(double x, double y, Stroke stroke) {
  items_.push_back({Item::What::Dot, {place(x, y)}, {}, stroke, {}, {}});
}

void Plot::note(double x, double y, const std::string& text, Side side, Stroke stroke) {
  items_.push_back({Item::What::Note, {place(x, y)}, text, stroke, {}, side});
}

std::string Plot::html() const {
  const std::string room = std::to_string(std::lround(kRoom));
  std::string drawing;
  std::string labels;
  for (const Item& item : items_) {
    drawing += drawn(item);
    labels += labelled(item);
  }
  return "<div class=\"plot\" role=\"img\" aria-label=\"" + escape_html(description_) +
         "\"><div class=\"area\" style=\"height:" + std::to_string(height_px_) +
         "px\"><svg viewBox=\"0 0 " + room + ' ' + room +
         "\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">" + drawing +
         "</svg>" + labels + "</div></div>";
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
