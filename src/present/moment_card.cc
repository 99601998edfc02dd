#include "present/moment_card.h"

#include <algorithm>

#include "present/moment_words.h"
#include "present/page_html.h"
#include "present/sentences.h"
#include "present/shown_name.h"
#include "present/story_figures.h"
#include "present/story_moments.h"
#include "present/wording.h"

// Implementation notes: the headline takes the largest size at which it fits, so a short one is
// seen from afar and a long one is whole. A card is looked at a third of its size in a feed:
// nothing on it is smaller than 20 px.

namespace hs::present {
namespace {

using model::EventResults;
using model::Moment;

// The light scheme of assets/page.css; a test compares.
constexpr Rgb kPaper = 0xfbf9f5;
constexpr Rgb kInk = 0x1c1e22;
constexpr Rgb kSoft = 0x5c606a;
constexpr Rgb kLine = 0xe0d9cd;
constexpr Rgb kBand = 0xe7e1d5;
constexpr Rgb kLightBand = 0xf1ede5;

constexpr double kMargin = 64;
constexpr double kWidth = kCardWidth - 2 * kMargin;
constexpr double kKickerTop = 46;
constexpr double kHeadTop = 90;
constexpr double kFootTop = 564;
constexpr double kGap = 24;
constexpr int kHeadLeast = 34;
constexpr int kHeadMost = 56;
constexpr double kNarrower = 12;
constexpr double kNarrowest = 0.6;  ///< Of the column.
constexpr int kTextLeast = 22;
constexpr int kTextMost = 34;
constexpr double kHeadRoomOverText = 260;
/// With a picture the headline stands to its left.
constexpr double kHeadWidth = 500;
constexpr double kFigureLeft = kMargin + kHeadWidth + 52;
constexpr double kFigureWidth = kCardWidth - kMargin - kFigureLeft;
/// Tells the figure how near its letters are, which are larger than those of a page.
constexpr int kFigureHeight = 210;

constexpr Font kSmall{Face::Sans, 22, Weight::Plain};
constexpr Font kLabel{Face::Sans, 20, Weight::Plain};
constexpr Font kNote{Face::Sans, 20, Weight::Strong};

struct Room {
  double width = 0;
  double height = 0;
};

/// The largest size between the two at which the text fits, else the least.
Font fitting(const Canvas& canvas, const std::string& text, Font font, int most, Room room) {
  for (int px = most; px > font.px; px -= 2) {
    const Font larger{font.face, px, font.weight};
    if (canvas.measure(text, larger, room.width).height <= room.height) return larger;
  }
  return font;
}

/// Sets the text as large as fits and gives where it ends.
double set_text(Canvas& canvas, const std::string& text, Font least, int most, double top,
                Room room, Rgb colour, bool* whole) {
  const Font font = fitting(canvas, text, least, most, room);
  const TextBox box = canvas.measure(text, font, room.width);
  const double line = box.height / static_cast<double>(std::max<std::size_t>(box.lines, 1));
  const auto lines = std::max<std::size_t>(static_cast<std::size_t>(room.height / line), 1);
  // As narrow as the same lines allow, so that the last is not a single word.
  double width = room.width;
  while (width > kNarrowest * room.width &&
         canvas.measure(text, font, width - kNarrower).lines <= box.lines) {
    width -= kNarrower;
  }
  *whole = canvas.text(kMargin, top, width, lines, text, font, colour) && *whole;
  return top + std::min(box.height, room.height);
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

/// Names isolated from the sentence around them, or told by bib where they cannot be written.
std::string writable(const Canvas& canvas, const EventResults& results, const Moment& moment,
                     std::string text) {
  for (const model::EntrantId id : moment.people) {
    const model::Entrant& entrant = results.entrants[id.raw()];
    const std::string name = shown_name(results, id);
    const std::string bib = Sentences(language_of(results.event)).bib(entrant.bib.view());
    const bool missing =
        canvas.measure(name, {Face::Serif, kHeadLeast, Weight::Strong}, kWidth).missing > 0;
    replace_all(text, isolated_text(name), name);
    replace_all(text, name, missing ? bib : isolated_text(name));
  }
  return text;
}

// --- the picture -------------------------------------------------------------------------------

struct Frame {
  double left = 0, top = 0, width = 0, height = 0;

  [[nodiscard]] std::pair<double, double> at(const std::pair<double, double>& share) const {
    return {left + share.first * width, top + share.second * height};
  }
};

Canvas::Points placed(const Frame& frame, const Plot::Points& shares) {
  Canvas::Points out;
  for (const auto& share : shares) out.push_back(frame.at(share));
  return out;
}

Rgb stroke_colour(Plot::Stroke stroke, Rgb theme) {
  switch (stroke) {
    case Plot::Stroke::Main:
      return theme;
    case Plot::Stroke::Second:
      return kInk;
    case Plot::Stroke::Median:
      return kSoft;
  }
  return kInk;
}

void draw_line(Canvas& canvas, const Frame& frame, const Plot::Item& item, Rgb theme) {
  const Rgb colour = stroke_colour(item.stroke, theme);
  const Canvas::Points points = placed(frame, item.at);
  switch (item.stroke) {
    case Plot::Stroke::Main:
      return canvas.line(points, colour, 5, Canvas::Dash::Solid);
    case Plot::Stroke::Second:
      return canvas.line(points, colour, 3.5, Canvas::Dash::Dashed);
    case Plot::Stroke::Median:
      return canvas.line(points, colour, 3, Canvas::Dash::Dotted);
  }
}

void draw_note(Canvas& canvas, const Frame& frame, const Plot::Item& item, Rgb theme) {
  constexpr double kOff = 12;
  const TextBox box = canvas.measure(item.text, kNote, kWidth);
  auto [x, y] = frame.at(item.at.front());
  switch (item.side) {
    case Plot::Side::Left:
      x -= box.width + kOff;
      y -= box.height / 2;
      break;
    case Plot::Side::Right:
      x += kOff;
      y += kOff / 2;
      break;
    case Plot::Side::Above:
      x -= box.width - kOff;
      y -= box.height + kOff;
      break;
    case Plot::Side::Below:
      x -= box.width - kOff;
      y += kOff;
      break;
  }
  x = std::clamp(x, frame.left + 4, std::max(frame.left + 4, kCardWidth - kMargin - box.width));
  canvas.label(x, y, item.text, kNote, stroke_colour(item.stroke, theme), kPaper);
}

void draw_item(Canvas& canvas, const Frame& frame, const Plot::Item& item, Rgb theme) {
  constexpr double kDot = 8;
  constexpr double kRim = 3;
  const auto [x, y] = frame.at(item.at.front());
  const TextBox box = canvas.measure(item.text, kLabel, kWidth);
  switch (item.what) {
    case Plot::Item::What::Grid:
      canvas.line({{frame.left, y}, {frame.left + frame.width, y}}, kLine, 1.5,
                  Canvas::Dash::Solid);
      canvas.label(frame.left - box.width - 14, y - box.height / 2, item.text, kLabel, kSoft,
                   kPaper);
      break;
    case Plot::Item::What::Tick:
      canvas.label(std::min(x - box.width / 2, kCardWidth - kMargin - box.width),
                   frame.top + frame.height + 10, item.text, kLabel, kSoft, kPaper);
      break;
    case Plot::Item::What::Band:
      canvas.area(placed(frame, item.at), item.shade == Plot::Shade::Light ? kLightBand : kBand);
      break;
    case Plot::Item::What::Line:
      draw_line(canvas, frame, item, theme);
      break;
    case Plot::Item::What::Dot:
      canvas.dot(x, y, kDot + kRim, kPaper);
      canvas.dot(x, y, kDot, stroke_colour(item.stroke, theme));
      break;
    case Plot::Item::What::Note:
      draw_note(canvas, frame, item, theme);
      break;
  }
}

/// How much the labels of the grid take at the left.
double label_room(const Canvas& canvas, const Plot& plot) {
  double widest = 0;
  for (const Plot::Item& item : plot.items()) {
    if (item.what != Plot::Item::What::Grid) continue;
    widest = std::max(widest, canvas.measure(item.text, kLabel, kWidth).width);
  }
  return widest > 0 ? widest + 14 : 0;
}

/// The first sentence: what the picture shows. The rest is for those who look closer.
std::string first_sentence(const std::string& text) {
  const std::size_t stop = text.find(". ");
  return stop == std::string::npos ? text : text.substr(0, stop + 1);
}

void draw_figure(Canvas& canvas, const Figure& figure, Rgb theme) {
  constexpr std::size_t kCaptionLines = 3;
  constexpr double kTicks = 44;
  constexpr double kNotes = 40;  // A note above the highest point.
  const Plot& plot = figure.plot;
  const std::string caption = first_sentence(figure.caption);
  const double below = canvas.measure(caption, kLabel, kFigureWidth).height;
  canvas.text(kFigureLeft, kHeadTop + 6, kFigureWidth, kCaptionLines, caption, kLabel, kSoft);
  const double left = kFigureLeft + label_room(canvas, plot);
  const double top = kHeadTop + 6 + below + kNotes;
  const Frame frame{left, top, kCardWidth - kMargin - left, kFootTop - kGap - kTicks - top};
  // Notes above all, so that no line crosses their letters.
  for (const bool notes : {false, true}) {
    for (const Plot::Item& item : plot.items()) {
      if ((item.what == Plot::Item::What::Note) == notes) draw_item(canvas, frame, item, theme);
    }
  }
}

}  // namespace

Rgb theme_colour(model::Theme theme) {
  switch (theme) {
    case model::Theme::Together:
      return 0x0b6b63;
    case model::Theme::Perseverance:
      return 0xb3370a;
    case model::Theme::Return:
      return 0x6b32d1;
    case model::Theme::Devotion:
      return 0x855600;
    case model::Theme::Underdog:
      return 0x28702c;
    case model::Theme::Line:
    case model::Theme::Mastery:
      return 0x1d4ed8;
    case model::Theme::Beginning:
      return 0xb4165a;
    case model::Theme::Shared:
      return 0x565b66;
  }
  return kInk;
}

base::Result<Card> moment_card(const EventResults& results, const Moment& moment) {
  const MomentWords words = words_for(moment, results);
  const Rgb theme = theme_colour(moment.theme);
  Canvas canvas(kCardWidth, kCardHeight, kPaper);
  Card out;
  canvas.area({{0, 0}, {kCardWidth, 0}, {kCardWidth, 10}, {0, 10}}, theme);
  canvas.text(kMargin, kKickerTop, kWidth, 1, theme_words(moment.theme, language_of(results.event)),
              {Face::Sans, 24, Weight::Strong}, theme);
  const auto picture = picture_of(results, moment, kFigureHeight);
  const std::string headline = writable(canvas, results, moment, words.headline);
  const Room beside{kHeadWidth, kFootTop - kGap - kHeadTop};
  const Room above{kWidth, kHeadRoomOverText};
  const double head_end = set_text(canvas, headline, {Face::Serif, kHeadLeast, Weight::Strong},
                                   kHeadMost, kHeadTop, picture ? beside : above, kInk, &out.whole);
  if (picture) {
    draw_figure(canvas, *picture, theme);
  } else {
    const std::string text = writable(canvas, results, moment, words.text);
    const double top = head_end + kGap;
    set_text(canvas, text, {Face::Serif, kTextLeast, Weight::Plain}, kTextMost, top,
             {kWidth, kFootTop - kGap - top}, kSoft, &out.whole);
  }
  canvas.line({{kMargin, kFootTop - 8}, {kCardWidth - kMargin, kFootTop - 8}}, kLine, 1.5,
              Canvas::Dash::Solid);
  std::string foot = isolated_text(results.event.name);
  if (results.event.races.size() > 1) {
    foot += " \u00b7 " + isolated_text(race_name(results, moment.race));
  }
  // The day first is whole whatever the race is called.
  canvas.text(kMargin, kFootTop + 6, kWidth, 1,
              date_words(results.event.date, language_of(results.event)) + " \u00b7 " + foot,
              kSmall, kSoft);
  HS_TRY(out.png, canvas.png());
  return out;
}

}  // namespace hs::present
