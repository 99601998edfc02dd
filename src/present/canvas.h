#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace hs::present {

/// A colour as pages write it: 0xRRGGBB.
using Rgb = std::uint32_t;

enum class Face : std::uint8_t { Serif, Sans };
enum class Weight : std::uint8_t { Plain, Strong };

/// Fonts by preference, for Pango; what none of them has is looked for in the others of the
/// machine.
[[nodiscard]] const char* family_of(Face face);

struct Font {
  Face face = Face::Sans;
  int px = 20;
  Weight weight = Weight::Plain;
};

/// What a text takes when it is set in a column.
struct TextBox {
  double width = 0;
  double height = 0;
  std::size_t lines = 0;
  std::size_t missing = 0;  ///< Characters that no font of this machine has.
};

/// A picture being drawn, saved as PNG: text in any script (the fonts are those of the machine,
/// Noto first), lines, areas and dots. Nothing is hinted to a screen, so that the same calls give
/// the same bytes wherever the same fonts are.
///
/// Units:   pixels, from the upper left corner.
/// Order:   later calls lie above earlier ones.
/// Threads: one canvas in one thread.
class Canvas {
 public:
  using Points = std::vector<std::pair<double, double>>;
  enum class Dash : std::uint8_t { Solid, Dashed, Dotted };

  Canvas(int width, int height, Rgb paper);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  /// How the text lies in a column of that width, whole.
  [[nodiscard]] TextBox measure(std::string_view text, Font font, double width) const;

  /// Text in a column of `width`, at most `lines` of them; the last ends in an ellipsis where the
  /// text was longer. Whole: true.
  bool text(double x, double y, double width, std::size_t lines, std::string_view text, Font font,
            Rgb colour);

  /// One line with its upper left corner there and a rim of `rim` around the letters, so that it
  /// reads above lines.
  void label(double x, double y, std::string_view text, Font font, Rgb colour, Rgb rim);

  void area(const Points& around, Rgb colour);
  void line(const Points& points, Rgb colour, double width, Dash dash);
  void dot(double x, double y, double radius, Rgb colour);

  /// The picture as the bytes of a PNG file. Errors: Io where there is no memory for it.
  [[nodiscard]] base::Result<std::string> png() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace hs::present
