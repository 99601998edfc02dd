#include "sim/folder_troubles.h"

#include <algorithm>

namespace hs::sim {

namespace {

constexpr std::size_t kResentLines = 40;

bool has_markers(const Box& box) { return box.format == FileFormat::ChronoTrack; }

/// Where the line with this number begins, from 0; the end of the text behind the last.
std::size_t line_begin(const std::string& text, std::size_t line) {
  std::size_t at = 0;
  while (line > 0 && at < text.size()) {
    const std::size_t end = text.find('\n', at);
    at = end == std::string::npos ? text.size() : end + 1;
    --line;
  }
  return at;
}

/// A box that was asked for its log again sends some lines once more, at the end.
void resend(std::string& text, std::size_t lines) {
  const std::size_t from = line_begin(text, lines / 3);
  const std::size_t until = line_begin(text, lines / 3 + kResentLines);
  if (until <= from) return;
  const std::string again = text.substr(from, until - from);
  if (text.back() != '\n') text += "\r\n";
  text += again;
}

/// A copy of the first line, damaged on the wire, in the middle of the file.
void corrupt(std::string& text, std::size_t lines) {
  std::string copy = text.substr(0, line_begin(text, 1));
  if (copy.size() < 12) return;
  copy[copy.size() / 2] = '\x07';
  copy.erase(copy.size() / 3, 4);
  text.insert(line_begin(text, lines / 2), copy);
}

/// The box was still writing: the first line begins once more and is not finished.
void cut(std::string& text) {
  const std::string whole = text.substr(0, line_begin(text, 1));
  if (!text.empty() && text.back() != '\n') text += "\r\n";
  text += whole.substr(0, whole.size() / 2);
}

/// What the same box recorded a week before, at another event.
SimulatedFile last_week(const Box& box, const std::vector<Detection>& detections) {
  constexpr std::size_t kReads = 200;
  constexpr std::chrono::hours kWeek(24 * 7);
  Box then = box;
  then.markers.clear();
  for (ClockSpan& span : then.clock) span.from -= kWeek;
  std::vector<Detection> reads(
      detections.begin(),
      detections.begin() + static_cast<std::ptrdiff_t>(std::min(kReads, detections.size())));
  for (std::size_t i = 0; i < reads.size(); ++i) {
    // Not the same hours of the day, or it would be the same log with another date.
    reads[i].at -= kWeek - std::chrono::seconds(1800 + 3 * static_cast<int>(i));
    reads[i].written = reads[i].at;
  }
  return {"reads/" + box.name + "/last-week.csv", read_file_of(then, reads)};
}

}  // namespace

std::vector<SimulatedFile> write_clean_files(const Plan& plan,
                                             const std::vector<std::vector<Detection>>& by_box) {
  std::vector<SimulatedFile> files;
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) {
    const Box& box = plan.boxes[i];
    files.push_back({read_path_of(box), read_file_of(box, by_box[i])});
    if (has_markers(box)) files.push_back({marker_path_of(box), marker_file_of(box, by_box[i])});
  }
  return files;
}

std::vector<SimulatedFile> write_troubled_files(const Plan& plan,
                                                const std::vector<std::vector<Detection>>& by_box,
                                                FolderTroubles& troubles) {
  std::vector<SimulatedFile> files = write_clean_files(plan, by_box);
  const auto file_of = [&](std::size_t box) -> std::string& {
    const std::string path = read_path_of(plan.boxes[box]);
    return std::find_if(files.begin(), files.end(),
                        [&](const SimulatedFile& file) { return file.path == path; })
        ->bytes;
  };
  // An earlier download of the first box, taken when a third of it was there.
  const std::string earlier_path = "reads/" + plan.boxes[0].name + "/EARLIER.csv";
  std::string& first = file_of(0);
  files.push_back({earlier_path, first.substr(0, line_begin(first, by_box[0].size() / 3))});
  troubles.extra_sources.push_back({0, earlier_path});
  troubles.planted.push_back(Trouble::PrefixFile);

  SimulatedFile foreign = last_week(plan.boxes[0], by_box[0]);
  troubles.extra_sources.push_back({0, foreign.path});
  files.push_back(std::move(foreign));
  troubles.planted.push_back(Trouble::ForeignFile);

  const std::size_t last = plan.boxes.size() - 1;
  resend(file_of(last), by_box[last].size());
  troubles.planted.push_back(Trouble::Resend);
  for (std::size_t i = 1; i < last; ++i) {
    if (has_markers(plan.boxes[i]) && plan.boxes[i].role == model::ReadRole::Main) {
      corrupt(file_of(i), by_box[i].size());
      cut(file_of(i));
      troubles.planted.push_back(Trouble::CorruptLine);
      troubles.planted.push_back(Trouble::CutLine);
      break;
    }
  }
  return files;
}

}  // namespace hs::sim
