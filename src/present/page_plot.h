#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hs::present {

/// One axis: `from` is drawn at the left or the bottom, `to` at the right or the top. Turned round
/// (from > to) it puts small values up: a faster pace is higher.
struct Axis {
  double from = 0;
  double to = 1;
};

/// A drawing of lines and bands with its labels.
///
/// The lines stretch with the column they stand in; strokes, dots and text do not: labels are HTML
/// in CSS pixels laid over the drawing, so a phone gets the same letters as a wall. It needs no
/// script.
///
/// It is kept as a list of items, so that a page and a card (`present/moment_card.h`) draw the
/// same.
///
/// Units:   data units of the two axes; what lies outside is cut at the frame.
/// Order:   drawn in the order of calls.
class Plot {
 public:
  using Points = std::vector<std::pair<double, double>>;
  enum class Stroke { Main, Second, Median };  ///< Theme colour; ink, dashed; grey, dotted.
  enum class Shade { Full, Light };
  enum class Side { Left, Right, Above, Below };

  /// One thing drawn. Where it lies is in shares of the frame, across from the left and down from
  /// the top.
  struct Item {
    enum class What : std::uint8_t { Grid, Tick, Band, Line, Dot, Note };
    What what = What::Grid;
    Points at;  ///< One point; a line's or, closed, a band's.
    std::string text;
    Stroke stroke = Stroke::Main;
    Shade shade = Shade::Full;
    Side side = Side::Above;
  };

  /// `description` is the whole picture in words, for those who do not see it.
  Plot(std::string description, Axis x, Axis y, int height_px);

  void grid(double y, const std::string& label);
  void tick(double x, const std::string& label);
  /// The area between two lines over the same x values.
  void band(const Points& lower, const Points& upper, Shade shade = Shade::Full);
  void line(const Points& points, Stroke stroke);
  void dot(double x, double y, Stroke stroke = Stroke::Main);
  void note(double x, double y, const std::string& text, Side side, Stroke stroke = Stroke::Main);

  /// The picture as HTML, without a caption.
  [[nodiscard]] std::string html() const;

  [[nodiscard]] const std::vector<Item>& items() const { return items_; }

 private:
  [[nodiscard]] std::pair<double, double> place(double x, double y) const;
  [[nodiscard]] Points places(const Points& points) const;

  std::string description_;
  Axis x_;
  Axis y_;
  int height_px_;
  std::vector<Item> items_;
};

/// Points of a stair: each value holds from one x to the next (pace along the course).
[[nodiscard]] Plot::Points stairs(const std::vector<std::pair<double, double>>& starts,
                                  double last_x);

/// Round numbers inside an axis, about `count` of them, from the steps that suit (1, 2, 5, 10 ...
/// or 15, 30, 60 ... minutes).
[[nodiscard]] std::vector<double> round_ticks(double from, double to, int count,
                                              const std::vector<double>& steps);

extern const std::vector<double> kSecondSteps;     ///< 10 s to a day, for times.
extern const std::vector<double> kKilometreSteps;  ///< 0.1 to 100, for lengths.

}  // namespace hs::present
