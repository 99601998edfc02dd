#include "present/pdf_paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/check.h"

// Implementation notes: making a layout costs more than setting a text in it, so there is one for
// each way letters look. The base direction is left to right, as for cards (canvas.cc): a name
// written from right to left turns itself and not the line.

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

constexpr double kPointsPerInch = 72;

/// Size and weight of a layout; colours are the context's.
using LayoutKey = std::tuple<Face, Weight, int>;

LayoutKey key_of(const Letters& letters) {
  return {letters.face, letters.weight, static_cast<int>(letters.size * PANGO_SCALE)};
}

double channel(Rgb colour, unsigned shift) {
  return static_cast<double>((colour >> shift) & 0xFFU) / 255;
}

cairo_status_t pass_on(void* into, const unsigned char* bytes, unsigned int length) {
  const auto& sink = *static_cast<const ByteSink*>(into);
  // The bytes of a document are characters of the file.
  return sink({reinterpret_cast<const char*>(bytes), length}) ? CAIRO_STATUS_SUCCESS
                                                              : CAIRO_STATUS_WRITE_ERROR;
}

}  // namespace

struct PdfPaper::Inside {
  PaperSize size;
  ByteSink sink;
  Held<cairo_surface_t> surface;
  Held<cairo_t> context;
  Held<PangoContext> letters;
  std::map<LayoutKey, Held<PangoLayout>> layouts;

  PangoLayout* layout(const Letters& wanted) {
    Held<PangoLayout>& held = layouts[key_of(wanted)];
    if (held) return held.get();
    held.reset(pango_layout_new(letters.get()));
    PangoFontDescription* description = pango_font_description_from_string(family_of(wanted.face));
    pango_font_description_set_absolute_size(description, wanted.size * PANGO_SCALE);
    pango_font_description_set_weight(
        description, wanted.weight == Weight::Strong ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(held.get(), description);
    pango_font_description_free(description);
    pango_layout_set_auto_dir(held.get(), FALSE);
    pango_layout_set_single_paragraph_mode(held.get(), TRUE);
    pango_layout_set_ellipsize(held.get(), PANGO_ELLIPSIZE_END);
    return held.get();
  }

  PangoLayout* set(std::string_view text, const Letters& wanted, double width = 0) {
    PangoLayout* out = layout(wanted);
    pango_layout_set_width(out, width > 0 ? static_cast<int>(width * PANGO_SCALE) : -1);
    pango_layout_set_text(out, text.data(), static_cast<int>(text.size()));
    return out;
  }

  void use(Rgb colour) const {
    cairo_set_source_rgb(context.get(), channel(colour, 16), channel(colour, 8),
                         channel(colour, 0));
  }
};

namespace {

double logical_width(PangoLayout* layout) {
  PangoRectangle box{};
  pango_layout_get_extents(layout, nullptr, &box);
  return static_cast<double>(box.width) / PANGO_SCALE;
}

}  // namespace

PdfPaper::PdfPaper(PaperSize size, const PdfAbout& about, ByteSink sink)
    : inside_(std::make_unique<Inside>()) {
  inside_->size = size;
  inside_->sink = std::move(sink);
  inside_->surface.reset(
      cairo_pdf_surface_create_for_stream(&pass_on, &inside_->sink, size.width, size.height));
  cairo_surface_t* surface = inside_->surface.get();
  const std::string date = base::format_rfc3339(std::chrono::floor<std::chrono::seconds>(about.at),
                                                std::chrono::seconds(0));
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, about.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, about.subject.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Homestretch");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date.c_str());
  inside_->context.reset(cairo_create(surface));
  inside_->letters.reset(pango_cairo_create_context(inside_->context.get()));
  pango_cairo_context_set_resolution(inside_->letters.get(), kPointsPerInch);
}

PdfPaper::~PdfPaper() {
  inside_->layouts.clear();
  // What was not finished must not call a sink that may be gone.
  inside_->sink = [](std::string_view) { return true; };
}

PaperSize PdfPaper::size() const { return inside_->size; }

void PdfPaper::text(double x, double baseline, std::string_view text, const Letters& letters,
                    Anchor anchor, double width) {
  if (text.empty()) return;
  PangoLayout* layout = inside_->set(text, letters, width);
  double left = x;
  if (anchor != Anchor::Left) {
    const double wide = logical_width(layout);
    left -= anchor == Anchor::Right ? wide : wide / 2;
  }
  const double up = static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE;
  inside_->use(letters.colour);
  cairo_move_to(inside_->context.get(), left, baseline - up);
  pango_cairo_show_layout(inside_->context.get(), layout);
}

double PdfPaper::width_of(std::string_view text, const Letters& letters) {
  return logical_width(inside_->set(text, letters));
}

bool PdfPaper::can_write(std::string_view text, const Letters& letters) {
  return pango_layout_get_unknown_glyphs_count(inside_->set(text, letters)) == 0;
}

void PdfPaper::line(double x1, double y1, double x2, double y2, double width, Rgb colour) {
  cairo_t* context = inside_->context.get();
  inside_->use(colour);
  cairo_set_line_width(context, width);
  cairo_move_to(context, x1, y1);
  cairo_line_to(context, x2, y2);
  cairo_stroke(context);
}

void PdfPaper::area(double x, double y, double width, double height, Rgb colour) {
  inside_->use(colour);
  cairo_rectangle(inside_->context.get(), x, y, width, height);
  cairo_fill(inside_->context.get());
}

bool PdfPaper::picture(const std::string& png, double x, double y, double width, double height) {
  const Held<cairo_surface_t> image(cairo_image_surface_create_from_png(png.c_str()));
  if (cairo_surface_status(image.get()) != CAIRO_STATUS_SUCCESS) return false;
  const double wide = cairo_image_surface_get_width(image.get());
  const double high = cairo_image_surface_get_height(image.get());
  if (wide <= 0 || high <= 0) return false;
  cairo_t* context = inside_->context.get();
  const double scale = std::max(width / wide, height / high);
  cairo_save(context);
  cairo_rectangle(context, x, y, width, height);
  cairo_clip(context);
  cairo_translate(context, x + (width - wide * scale) / 2, y + (height - high * scale) / 2);
  cairo_scale(context, scale, scale);
  cairo_set_source_surface(context, image.get(), 0, 0);
  cairo_paint(context);
  cairo_restore(context);
  return true;
}

void PdfPaper::end_page() { cairo_show_page(inside_->context.get()); }

base::Result<void> PdfPaper::finish() {
  const cairo_status_t drawn = cairo_status(inside_->context.get());
  cairo_surface_finish(inside_->surface.get());
  const cairo_status_t written = cairo_surface_status(inside_->surface.get());
  const cairo_status_t status = drawn != CAIRO_STATUS_SUCCESS ? drawn : written;
  if (status == CAIRO_STATUS_SUCCESS) return {};
  return base::fail(base::ErrorCode::Io, std::string("the document could not be written: ") +
                                             cairo_status_to_string(status));
}

}  // namespace hs::present
