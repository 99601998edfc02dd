#include "moments/shared.h"

namespace hs::moments {

Memo::Memo() = default;
Memo::~Memo() = default;
Memo::Memo(const Memo& /*other*/) {}
Memo::Memo(Memo&& other) noexcept = default;
Memo& Memo::operator=(const Memo& /*other*/) {
  shared_.reset();
  return *this;
}
Memo& Memo::operator=(Memo&& other) noexcept = default;

Shared& Memo::shared() const {
  if (!shared_) shared_ = std::make_unique<Shared>();
  return *shared_;
}

const RestExpectation& rest_from(const FieldView& view, std::size_t column) {
  auto& known = view.memo.shared().rest;
  const auto found = known.find(column);
  if (found != known.end()) return found->second;
  return known.emplace(column, expect_rest(view, column)).first->second;
}

const Habits& habits_in(const FieldView& view) {
  auto& known = view.memo.shared().habits;
  if (!known) known = habits_of(view);
  return *known;
}

}  // namespace hs::moments
