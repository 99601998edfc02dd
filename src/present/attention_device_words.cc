#include <algorithm>
#include "base/check.h"

#include "present/attention_cases.h"
#include "present/wording.h"

// Implementation notes: what the program found out about clocks is an estimate and is called one;
// nothing of it is applied before a person accepts it.

namespace hs::present {
namespace {

AttentionWords read_conflict(const AttentionCase& c) {
  const std::string first =
      c.item.count > 0 ? "Read #" + std::to_string(c.item.count) : std::string("A read");
  const std::string again =
      c.item.fact.has_value() ? " as #" + std::to_string(c.item.fact->raw()) : std::string();
  const std::string device = c.item.text.empty() ? "" : " of " + c.item.text;
  const std::string tag = c.item.tag.has_value() ? " (" + c.chip() + ")" : std::string();
  return {first + device + " came again" + again + " under the same number with other content" +
              tag + "; the first one counts.",
          "Look whether two boxes carry one name or whether a log was edited. Both stay in the "
          "race file."};
}

AttentionWords dead_mat(const AttentionCase& c) {
  const bool has_source =
      std::any_of(c.results.streams.begin(), c.results.streams.end(),
                  [&](const model::StreamHealth& s) { return s.stream.mat == c.item.mat; });
  if (!has_source) {
    return {
        "No reads came from " + c.mat() + ", which " + counted(c.item.of, "runner") + " passed.",
        "Name its device or file under [[source]] in event.toml. A point missed there counts "
        "against nobody."};
  }
  return {"Of " + counted(c.item.of, "runner") + " who passed " + c.mat() + c.when() +
              ", it heard " + grouped(c.item.count) + " (" + percent(c.item.count, c.item.of) +
              ").",
          "On race day look at its antennas, cables and power. A point missed there counts against "
          "nobody. For a finish, bring the hand timing: " +
              c.commands.propose() + "."};
}

AttentionWords clock_suspected(const AttentionCase& c) {
  std::string by;
  if (c.item.amount.has_value()) by = " by about " + short_time(*c.item.amount);
  if (c.item.spread.has_value()) by += " \xC2\xB1 " + short_time(*c.item.spread);
  if (c.item.count > 0) by += " (" + counted(c.item.count, "passing") + ")";
  return {"A clock may be off: " + c.text_or("one device against another") + by +
              ". This is an estimate and is not applied.",
          "Compare with a time you know (the gun, a hand time). To put it right: " +
              c.commands.propose_to_file() + ", then " + c.commands.accept() + "."};
}

AttentionWords clock_moved(const AttentionCase& c) {
  const std::string by = c.item.amount.has_value()
                             ? signed_time(*c.item.amount)
                             : std::string("an amount the device did not keep");
  const std::string reads =
      c.item.count > 0 ? counted(c.item.count, "earlier read") : std::string("earlier reads");
  return {"The clock of " + c.text_or("a device") + " was set" + c.when() + "; " + reads +
              (c.item.count == 1 ? " is" : " are") + " moved by " + by + ".",
          "Compare one early read with a time you know. If it fits, nothing needs doing."};
}

AttentionWords power_lost(const AttentionCase& c) {
  return {"The power changed" + c.when() + " at " + c.text_or("a device") + ".",
          "Look whether runners are missing around that time; hand timing or pictures can fill "
          "the gap."};
}

AttentionWords foreign_file(const AttentionCase& c) {
  const std::string reads =
      c.item.count > 0 ? "all its " + counted(c.item.count, "read") : std::string("all its reads");
  return {
      c.text_or("A file") + ": " + reads + " are outside the event and count for nobody.",
      "If it belongs to another event, take it out of event.toml. If its clock was set wrongly, "
      "give the source an offset and score again."};
}

AttentionWords bad_line(const AttentionCase& c) {
  return {"A line was left out: " + c.text_or("no place is known") + ".",
          "The other lines count. Where it matters, correct the line and score again."};
}

AttentionWords file_missing(const AttentionCase& c) {
  return {"A file of reads is not there: " + c.text_or("its name is not known") +
              ". What was read from it earlier still counts.",
          "Put it back, or correct its name in event.toml. Nothing is lost."};
}

AttentionWords file_unreadable(const AttentionCase& c) {
  return {"A file of reads could not be read: " + c.text_or("its name is not known") +
              ". The other sources are scored.",
          "Check its format in event.toml and whether it may be read, then score again."};
}

AttentionWords stream_repeated(const AttentionCase& c) {
  const std::string reads =
      c.item.count > 0 ? counted(c.item.count, "read") : std::string("all its reads");
  return {c.text_or("A file") + " brought nothing new: " + reads + " were known already.",
          "Nothing: each read counts once."};
}

AttentionWords sequence_gap(const AttentionCase& c) {
  const std::string numbers = counted(c.item.count, "number");
  return {"In the numbering of " + c.text_or("a device") + " " + numbers +
              (c.item.count == 1 ? " is" : " are") + " missing" + c.when() + ".",
          "Download the log of that box again and score again: reads may be missing."};
}

}  // namespace

AttentionWords device_words(const AttentionCase& c) {
  using Kind = model::Attention::Kind;
  // The other kinds are told by `words_for`, whose switch names each enumerator.
  if (c.item.kind == Kind::ReadConflict) return read_conflict(c);
  if (c.item.kind == Kind::DeadMat) return dead_mat(c);
  if (c.item.kind == Kind::ClockSuspected) return clock_suspected(c);
  if (c.item.kind == Kind::ClockMoved) return clock_moved(c);
  if (c.item.kind == Kind::PowerLost) return power_lost(c);
  if (c.item.kind == Kind::ForeignFile) return foreign_file(c);
  if (c.item.kind == Kind::BadLine) return bad_line(c);
  if (c.item.kind == Kind::FileMissing) return file_missing(c);
  if (c.item.kind == Kind::FileUnreadable) return file_unreadable(c);
  if (c.item.kind == Kind::StreamRepeated) return stream_repeated(c);
  HS_CHECK(c.item.kind == Kind::SequenceGap, "device words for a kind about a runner");
  return sequence_gap(c);
}

}  // namespace hs::present
