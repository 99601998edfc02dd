#include "readers/raceresult_status.h"

#include <array>

#include "formats/chip_lines.h"

namespace hs::readers {
namespace {

constexpr std::size_t kFields = 25;

/// Where what stands in the answer.
enum Field : std::size_t {
  kDate = 0,
  kTime = 1,
  kOperation = 4,
  kFile = 5,
  kReaderIsHealthy = 8,
  kBattery = 9,
  kTimeIsRunning = 19,
  kErrors = 23,
};

struct ErrorWords {
  unsigned flag;
  std::string_view words;
};

constexpr std::array<ErrorWords, 7> kErrorWords = {{
    {1, "the UHF reader reports an error"},
    {16, "the active loop reports an error"},
    {32, "the active loop is at its limit"},
    {64, "the connection with the active extension is lost"},
    {256, "the time is not in step with GPS"},
    {512, "GPS does not answer"},
    {1024, "the active extension is not in step with the time"},
}};

void add(std::string& out, std::string_view words) {
  if (!out.empty()) out += "; ";
  out += words;
}

}  // namespace

std::optional<RaceresultStatus> read_raceresult_status(std::string_view answer) {
  std::array<std::string_view, kFields> fields;
  for (std::string_view& field : fields) {
    field = formats::without_padding(formats::take_until(answer, ';'));
  }
  const std::string_view operation = fields[kOperation];
  if (operation != "0" && operation != "1") return std::nullopt;
  RaceresultStatus out;
  out.is_in_operation = operation == "1";
  int number = 0;
  if (formats::read_digits(fields[kFile], number)) out.file = std::string(fields[kFile]);
  constexpr int kAll = 100;
  if (formats::read_digits(fields[kBattery], number) && number <= kAll) {
    out.battery_percent = number;
  }
  out.date = std::string(fields[kDate]);
  out.time = std::string(fields[kTime]);
  if (!out.is_in_operation) {
    add(out.trouble, "the box is in test mode and stores nothing: start the operation on it");
  }
  if (fields[kReaderIsHealthy] == "0") add(out.trouble, "the reader of the box is not healthy");
  if (fields[kTimeIsRunning] == "0") add(out.trouble, "the clock of the box stands still");
  unsigned flags = 0;
  if (!formats::read_number(fields[kErrors], flags)) return out;
  for (const ErrorWords& error : kErrorWords) {
    if ((flags & error.flag) != 0) add(out.trouble, error.words);
  }
  return out;
}

}  // namespace hs::readers
