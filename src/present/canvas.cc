#include "present/canvas.h"

#include <pango/pangocairo.h>

#include <algorithm>

#include "base/check.h"

// Implementation notes: the base direction of every text is left to right, because the sentences
// are English; names of other scripts come isolated and turn only themselves.

namespace hs::present {
namespace {

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};

template <typename T>
using Held = std::unique_ptr<T, Release>;

/// Of the height that the font asks for: what is told in a few lines stands close.
constexpr float kSerifLeading = 0.88F;

double channel(Rgb colour, unsigned shift) {
  return static_cast<double>((colour >> shift) & 0xFFU) / 255;
}

void use(cairo_t* context, Rgb colour) {
  cairo_set_source_rgb(context, channel(colour, 16), channel(colour, 8), channel(colour, 0));
}

void trace(cairo_t* context, const Canvas::Points& points) {
  cairo_new_path(context);
  for (const auto& [x, y] : points) cairo_line_to(context, x, y);
}

cairo_status_t append(void* into, const unsigned char* bytes, unsigned int length) {
  // The bytes of an image are characters of the file.
  static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

const char* family_of(Face face) {
  return face == Face::Serif ? "Noto Serif, DejaVu Serif, serif"
                             : "Noto Sans, DejaVu Sans, sans-serif";
}

struct Canvas::Inside {
  Held<cairo_surface_t> surface;
  Held<cairo_t> context;
  Held<PangoContext> letters;

  Held<PangoLayout> layout(std::string_view text, Font font) const {
    Held<PangoLayout> out(pango_layout_new(letters.get()));
    PangoFontDescription* description = pango_font_description_from_string(family_of(font.face));
    pango_font_description_set_absolute_size(description, font.px * PANGO_SCALE);
    pango_font_description_set_weight(
        description, font.weight == Weight::Strong ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(out.get(), description);
    pango_font_description_free(description);
    pango_layout_set_auto_dir(out.get(), FALSE);
    if (font.face == Face::Serif) pango_layout_set_line_spacing(out.get(), kSerifLeading);
    pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(out.get(), text.data(), static_cast<int>(text.size()));
    return out;
  }
};

Canvas::Canvas(int width, int height, Rgb paper) : inside_(std::make_unique<Inside>()) {
  HS_CHECK(width > 0 && height > 0, "a canvas has some area");
  inside_->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  inside_->context.reset(cairo_create(inside_->surface.get()));
  inside_->letters.reset(pango_cairo_create_context(inside_->context.get()));
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(inside_->letters.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(inside_->letters.get(), FALSE);
  pango_context_set_base_dir(inside_->letters.get(), PANGO_DIRECTION_LTR);
  // The language chooses among fonts for one character; the machine's own must not.
  pango_context_set_language(inside_->letters.get(), pango_language_from_string("en"));
  use(inside_->context.get(), paper);
  cairo_paint(inside_->context.get());
  cairo_set_line_join(inside_->context.get(), CAIRO_LINE_JOIN_ROUND);
}

Canvas::~Canvas() = default;

TextBox Canvas::measure(std::string_view text, Font font, double width) const {
  const auto layout = inside_->layout(text, font);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  int wide = 0;
  int high = 0;
  pango_layout_get_pixel_size(layout.get(), &wide, &high);
  return {static_cast<double>(wide), static_cast<double>(high),
          static_cast<std::size_t>(pango_layout_get_line_count(layout.get())),
          static_cast<std::size_t>(pango_layout_get_unknown_glyphs_count(layout.get()))};
}

bool Canvas::text(double x, double y, double width, std::size_t lines, std::string_view text,
                  Font font, Rgb colour) {
  const auto layout = inside_->layout(text, font);
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_height(layout.get(), -static_cast<int>(lines));
  use(inside_->context.get(), colour);
  cairo_move_to(inside_->context.get(), x, y);
  pango_cairo_show_layout(inside_->context.get(), layout.get());
  return pango_layout_is_ellipsized(layout.get()) == FALSE;
}

void Canvas::label(double x, double y, std::string_view text, Font font, Rgb colour, Rgb rim) {
  constexpr double kRim = 6;
  const auto layout = inside_->layout(text, font);
  cairo_t* context = inside_->context.get();
  cairo_set_dash(context, nullptr, 0, 0);
  cairo_new_path(context);
  cairo_move_to(context, x, y);
  pango_cairo_layout_path(context, layout.get());
  use(context, rim);
  cairo_set_line_width(context, kRim);
  cairo_stroke(context);
  use(context, colour);
  cairo_move_to(context, x, y);
  pango_cairo_show_layout(context, layout.get());
}

void Canvas::area(const Points& around, Rgb colour) {
  trace(inside_->context.get(), around);
  cairo_close_path(inside_->context.get());
  use(inside_->context.get(), colour);
  cairo_fill(inside_->context.get());
}

void Canvas::line(const Points& points, Rgb colour, double width, Dash dash) {
  cairo_t* context = inside_->context.get();
  const double lengths[2] = {dash == Dash::Dashed ? width * 3 : 0, width * 3};
  cairo_set_dash(context, lengths, dash == Dash::Solid ? 0 : 2, 0);
  cairo_set_line_cap(context, dash == Dash::Dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width(context, width);
  trace(context, points);
  use(context, colour);
  cairo_stroke(context);
}

void Canvas::dot(double x, double y, double radius, Rgb colour) {
  constexpr double kTurn = 6.283185307179586;
  cairo_new_path(inside_->context.get());
  cairo_arc(inside_->context.get(), x, y, radius, 0, kTurn);
  use(inside_->context.get(), colour);
  cairo_fill(inside_->context.get());
}

base::Result<std::string> Canvas::png() const {
  std::string out;
  const cairo_status_t status =
      cairo_surface_write_to_png_stream(inside_->surface.get(), &append, &out);
  if (status == CAIRO_STATUS_SUCCESS) return out;
  return base::fail(base::ErrorCode::Io,
                    std::string("no picture could be made: ") + cairo_status_to_string(status));
}

}  // namespace hs::present
