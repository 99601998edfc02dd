#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "model/event.h"
#include "model/result.h"

namespace hs::engine {

/// One runner as everybody may look at them, without knowing the log.
struct SnapshotRunner {
  model::Entrant entrant;
  model::Person person;
  /// Without places: one who comes in moves everybody behind, and nobody behind is touched.
  model::RunnerResult result;
};

/// How a race stands after a fact. Nobody changes it; the next one shares what did not change, a
/// block of runners at a time, so that one runner who passes a mat costs one block.
///
/// Order: runners by `EntrantId` of the scorer; one taken out of the list leaves a gap.
/// Threads: safe from any.
class Snapshot {
 public:
  static constexpr std::size_t kBlock = 256;
  using Block = std::array<std::optional<SnapshotRunner>, kBlock>;

  Snapshot(model::FactSeq seq, base::RaceTime at, std::shared_ptr<const model::Event> event,
           std::vector<std::shared_ptr<const Block>> blocks, std::size_t size)
      : seq_(seq), at_(at), event_(std::move(event)), blocks_(std::move(blocks)), size_(size) {}

  [[nodiscard]] model::FactSeq seq() const { return seq_; }
  [[nodiscard]] base::RaceTime at() const { return at_; }  ///< When it was made.
  /// Null before the first event fact.
  [[nodiscard]] const model::Event* event() const { return event_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }  ///< Ids are below this.

  /// Nothing of whoever was taken out of the list.
  [[nodiscard]] const SnapshotRunner* runner(model::EntrantId id) const {
    HS_CHECK(id.raw() < size_, "no such entrant in this snapshot");
    const auto& slot = (*blocks_[id.raw() / kBlock])[id.raw() % kBlock];
    return slot ? &*slot : nullptr;
  }

  /// For the next one.
  [[nodiscard]] const std::vector<std::shared_ptr<const Block>>& blocks() const { return blocks_; }
  [[nodiscard]] const std::shared_ptr<const model::Event>& shared_event() const { return event_; }

 private:
  model::FactSeq seq_;
  base::RaceTime at_;
  std::shared_ptr<const model::Event> event_;
  std::vector<std::shared_ptr<const Block>> blocks_;
  std::size_t size_;
};

}  // namespace hs::engine
