#pragma once

#include <memory>

namespace hs::moments {

struct Shared;

/// What several detectors ask of one view, worked out at the first question.
///
/// A copy begins empty: whoever copies a view may change the copy, and nothing of the old one
/// would hold. Threads: one at a time, like the view it belongs to.
class Memo {
 public:
  Memo();
  ~Memo();
  Memo(const Memo& other);
  Memo(Memo&& other) noexcept;
  Memo& operator=(const Memo& other);
  Memo& operator=(Memo&& other) noexcept;

  [[nodiscard]] Shared& shared() const;

 private:
  mutable std::unique_ptr<Shared> shared_;
};

}  // namespace hs::moments
