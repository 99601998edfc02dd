#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "present/canvas.h"

namespace hs::present {

/// Takes the next bytes of a file; false where it takes no more, and then it is not asked again.
using ByteSink = std::function<bool(std::string_view)>;

/// Units: points, 72 to the inch.
struct PaperSize {
  double width = 0;
  double height = 0;
};
inline constexpr PaperSize kPaperA4{595.276, 841.89};
inline constexpr PaperSize kPaperLetter{612, 792};

enum class Anchor : std::uint8_t { Left, Centre, Right };

/// How letters look on paper.
struct Letters {
  Face face = Face::Sans;
  double size = 9;  ///< Points.
  Weight weight = Weight::Plain;
  Rgb colour = 0x1c1e22;
};

/// What a document says of itself.
struct PdfAbout {
  std::string title;
  std::string subject;
  base::RaceTime at;  ///< Its date; no clock is asked.
};

/// A PDF, page by page, while it goes to its sink: text in any script (Pango, the machine's fonts,
/// embedded as far as used), lines, pictures. The same calls give the same bytes wherever the same
/// fonts and libraries are. What one holds in memory does not grow with its pages, fonts excepted.
///
/// Units:   points from the upper left corner; text stands on its baseline, so that scripts of
///          different height stand in one line.
/// Threads: one paper in one thread.
/// Cost:    some 20 to 50 microseconds a text.
class PdfPaper {
 public:
  PdfPaper(PaperSize size, const PdfAbout& about, ByteSink sink);
  ~PdfPaper();
  PdfPaper(const PdfPaper&) = delete;
  PdfPaper& operator=(const PdfPaper&) = delete;

  [[nodiscard]] PaperSize size() const;

  /// One line that ends, begins or has its middle at `x`. Where `width` is given, text that is
  /// longer ends in an ellipsis there.
  void text(double x, double baseline, std::string_view text, const Letters& letters,
            Anchor anchor = Anchor::Left, double width = 0);

  [[nodiscard]] double width_of(std::string_view text, const Letters& letters);

  /// Whether the machine has a font for every character.
  [[nodiscard]] bool can_write(std::string_view text, const Letters& letters);

  void line(double x1, double y1, double x2, double y2, double width, Rgb colour);
  void area(double x, double y, double width, double height, Rgb colour);

  /// A PNG file that fills the rectangle, cut where its shape differs. False: none can be read
  /// there, and nothing is drawn.
  bool picture(const std::string& png, double x, double y, double width, double height);

  /// Ends the page and begins another; before `finish` once for each page.
  void end_page();

  /// The last bytes go out. Errors: Io where the sink took no more, or there is no memory.
  [[nodiscard]] base::Result<void> finish();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace hs::present
