#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace hs::model {

/// Names one text of a `TextPool`; the default one is the empty text.
using TextId = base::Id<struct TextIdTag>;

/// Texts kept once each: a hundred thousand results share a few hundred cities and countries.
///
/// Order:   ids are given out in the order of first mention, from 1; 0 is the empty text. The same
///          texts in the same order give the same ids.
/// Threads: one writer; readers may share a pool that nobody writes to.
/// Cost:    4 bytes a text besides its bytes, 8 bytes a slot; `intern` is one hash and one compare.
class TextPool {
 public:
  TextPool();

  /// The id of `text`, new or known. At most 4 GB of text (checked).
  [[nodiscard]] TextId intern(std::string_view text);

  /// The text of an id this pool gave out. Holds until the next `intern`.
  [[nodiscard]] std::string_view view(TextId id) const;

  /// How many texts there are, the empty one included.
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

 private:
  [[nodiscard]] std::size_t slot_of(std::string_view text) const;
  void grow();

  std::string bytes_;
  std::vector<std::uint32_t>
      ends_;  ///< Where text i ends in `bytes_`; it begins at the one before.
  std::vector<std::uint32_t> slots_;  ///< Open addressing; id + 1, or 0 where free.
};

}  // namespace hs::model
