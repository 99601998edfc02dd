#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace hs::base {

/// A list whose copies share its rows, each by itself: a copy costs a pointer a row, and lists that
/// were made from the same rows in another order or number share them as well.
///
/// For rows that are large, many and seldom changed. Reading never copies; a row that is asked for
/// to be changed becomes this list's own first, so that no other list sees the change.
///
/// Threads: as a vector: lists that share rows may be read, changed and dropped by different
///          threads.
template <typename T>
class SharedRows {
 public:
  using value_type = T;
  using Row = std::shared_ptr<const T>;

  // The name is the standard library's.
  class const_iterator {  // NOLINT(readability-identifier-naming)
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    const_iterator() = default;
    explicit const_iterator(const Row* at) : at_(at) {}
    reference operator*() const { return **at_; }
    pointer operator->() const { return at_->get(); }
    reference operator[](difference_type n) const { return *at_[n]; }
    const_iterator& operator++() { return *this += 1; }
    const_iterator operator++(int) { return std::exchange(*this, *this + 1); }
    const_iterator& operator--() { return *this += -1; }
    const_iterator operator--(int) { return std::exchange(*this, *this + -1); }
    const_iterator& operator+=(difference_type n) {
      at_ += n;
      return *this;
    }
    const_iterator& operator-=(difference_type n) { return *this += -n; }
    friend const_iterator operator+(const_iterator it, difference_type n) { return it += n; }
    friend const_iterator operator+(difference_type n, const_iterator it) { return it += n; }
    friend const_iterator operator-(const_iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(const_iterator a, const_iterator b) { return a.at_ - b.at_; }
    friend auto operator<=>(const_iterator a, const_iterator b) = default;

   private:
    const Row* at_ = nullptr;
  };

  SharedRows() = default;
  SharedRows(std::initializer_list<T> rows) {
    for (const T& row : rows) push_back(row);
  }

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] const T& operator[](std::size_t i) const { return *rows_[i]; }
  /// To change a row; holds until this list is copied.
  [[nodiscard]] T& operator[](std::size_t i) {
    if (rows_[i].use_count() > 1) rows_[i] = std::make_shared<T>(*rows_[i]);
    return const_cast<T&>(*rows_[i]);  // Every row is made changeable, and nobody else has it.
  }
  [[nodiscard]] const T& front() const { return *rows_.front(); }
  [[nodiscard]] const T& back() const { return *rows_.back(); }
  [[nodiscard]] T& back() { return (*this)[size() - 1]; }
  [[nodiscard]] const_iterator begin() const { return const_iterator(rows_.data()); }
  [[nodiscard]] const_iterator end() const { return const_iterator(rows_.data() + rows_.size()); }

  /// A row by itself, for another list.
  [[nodiscard]] const Row& row(std::size_t i) const { return rows_[i]; }
  /// Never null. Precondition: what it points to was not made const.
  void share(Row row) { rows_.push_back(std::move(row)); }
  /// Another row in its place; whoever shares the old one keeps it.
  void replace(std::size_t i, T row) { rows_[i] = std::make_shared<T>(std::move(row)); }
  void push_back(T row) { rows_.push_back(std::make_shared<T>(std::move(row))); }
  void reserve(std::size_t size) { rows_.reserve(size); }
  void resize(std::size_t size) {
    rows_.resize(std::min(size, rows_.size()));
    while (rows_.size() < size) push_back(T());
  }

 private:
  std::vector<Row> rows_;
};

}  // namespace hs::base
