#include "readers/line_cutter.h"

#include <utility>

namespace hs::readers {

bool LineCutter::next(std::string_view& bytes, Whole& line) {
  if (is_endless_) bytes = {};
  if (bytes.empty()) return false;
  if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
    bytes.remove_prefix(1);
    ++taken_;
  }
  const std::size_t end = bytes.find_first_of("\r\n");
  const std::string_view part = bytes.substr(0, end);
  if (rest_.size() + part.size() > most_bytes_) {
    is_endless_ = true;
    rest_ = {};
    bytes = {};
    return false;
  }
  rest_ += part;
  taken_ += part.size();
  if (end == std::string_view::npos) {
    bytes = {};
    return false;
  }
  ++taken_;
  after_cr_ = bytes[end] == '\r';
  bytes.remove_prefix(end + 1);
  line = {std::exchange(rest_, std::string()), taken_, ++lines_};
  return true;
}

std::string LineCutter::give_up() const {
  if (!is_endless_) return {};
  return "found a line without an end, expected at most " + std::to_string(most_bytes_) + " bytes";
}

}  // namespace hs::readers
