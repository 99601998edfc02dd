#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace hs::base {

/// A vector whose copies share the items until one of them is changed: a copy costs a pointer.
///
/// Reading never copies. Whatever may change an item - everything that is not const - first gives
/// this list items of its own where another shares them, so that no other copy sees the change.
///
/// Threads: as a vector: copies may be read, changed and dropped by different threads.
template <typename T>
class SharedVector {
 public:
  using value_type = T;
  using const_iterator = typename std::vector<T>::const_iterator;
  using iterator = typename std::vector<T>::iterator;

  SharedVector() = default;
  SharedVector(std::initializer_list<T> items) : SharedVector(std::vector<T>(items)) {}
  explicit SharedVector(std::vector<T> items)
      : items_(std::make_shared<std::vector<T>>(std::move(items))) {}

  [[nodiscard]] const std::vector<T>& get() const { return items_ ? *items_ : none(); }
  /// To change items; holds until the next copy is made of this list.
  [[nodiscard]] std::vector<T>& edit() {
    if (!items_ || items_.use_count() > 1) items_ = std::make_shared<std::vector<T>>(get());
    return *items_;
  }
  /// True where both are one in memory, so that nothing can differ.
  [[nodiscard]] bool is_shared_with(const SharedVector& other) const {
    return items_ == other.items_;
  }

  [[nodiscard]] std::size_t size() const { return get().size(); }
  [[nodiscard]] bool empty() const { return get().empty(); }
  [[nodiscard]] const T& operator[](std::size_t i) const { return get()[i]; }
  [[nodiscard]] T& operator[](std::size_t i) { return edit()[i]; }
  [[nodiscard]] const T& front() const { return get().front(); }
  [[nodiscard]] T& front() { return edit().front(); }
  [[nodiscard]] const T& back() const { return get().back(); }
  [[nodiscard]] T& back() { return edit().back(); }
  [[nodiscard]] const_iterator begin() const { return get().begin(); }
  [[nodiscard]] const_iterator end() const { return get().end(); }
  [[nodiscard]] iterator begin() { return edit().begin(); }
  [[nodiscard]] iterator end() { return edit().end(); }
  void resize(std::size_t size) { edit().resize(size); }

 private:
  static const std::vector<T>& none() {
    static const std::vector<T> kNone;
    return kNone;
  }

  std::shared_ptr<std::vector<T>> items_;  ///< Null: empty.
};

}  // namespace hs::base
