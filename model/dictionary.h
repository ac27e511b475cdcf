// Interned strings: each text once, one after another in one piece of memory, found by its hash.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tiebeam {

// Id 0 is the empty string and stands for "missing". Views of names hold until the next intern().
class Dictionary {
 public:
  class Names;
  std::uint32_t intern(std::string_view text);
  // The same for each of `texts`, which are not names of this dictionary, at less than half the
  // cost for many. Afterwards ids[i] is that of texts[i]. REQUIRES: as many `ids`.
  void intern(std::span<const std::string_view> texts, std::span<std::uint32_t> ids);
  [[nodiscard]] std::uint32_t find(std::string_view text) const;  // 0 when unknown
  [[nodiscard]] std::string_view name(std::uint32_t id) const {   // REQUIRES: id < size()
    const std::uint64_t from = id == 0 ? 0 : ends_[id - 1];
    return {text_.data() + from, ends_[id] - from};
  }
  [[nodiscard]] Names names() const;  // by id
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  void reserve(std::size_t names, std::size_t bytes);
  // Replaces every name (but 0) by `rename(name)`; equal results merge, `ids` maps old to new.
  template <class F>
  Dictionary renamed(F rename, std::vector<std::uint32_t>& ids) const {
    Dictionary out;
    ids.assign(size(), 0);
    for (std::uint32_t id = 1; id < size(); ++id) ids[id] = out.intern(rename(name(id)));
    return out;
  }

 private:
  // Where the text stands or would stand. A slot holds the upper half of a hash and an id.
  [[nodiscard]] std::size_t slot_of(std::string_view text, std::uint64_t hash) const;
  std::uint32_t intern(std::string_view text, std::uint64_t hash);
  void spread(std::size_t slots);

  std::vector<char> text_;
  std::vector<std::uint64_t> ends_ = {0};  // by id: where its name ends in text_
  std::vector<std::uint64_t> slots_;       // a power of two of them; 0: free
};

class Dictionary::Names {
 public:
  class Iterator;
  explicit Names(const Dictionary& of) : of_(&of) {}
  [[nodiscard]] std::size_t size() const { return of_->size(); }
  std::string_view operator[](std::size_t id) const {
    return of_->name(static_cast<std::uint32_t>(id));
  }
  [[nodiscard]] Iterator begin() const;
  [[nodiscard]] Iterator end() const;

 private:
  const Dictionary* of_;
};

class Dictionary::Names::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = std::string_view;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = std::string_view;

  Iterator() = default;
  Iterator(const Dictionary* of, std::size_t id) : of_(of), id_(id) {}
  std::string_view operator*() const { return of_->name(static_cast<std::uint32_t>(id_)); }
  Iterator& operator++() { return ++id_, *this; }
  Iterator operator++(int) { return {of_, id_++}; }
  bool operator==(const Iterator& other) const { return id_ == other.id_; }

 private:
  const Dictionary* of_ = nullptr;
  std::size_t id_ = 0;
};

inline Dictionary::Names Dictionary::names() const { return Names(*this); }
inline Dictionary::Names::Iterator Dictionary::Names::begin() const { return {of_, 0}; }
inline Dictionary::Names::Iterator Dictionary::Names::end() const { return {of_, of_->size()}; }

}  // namespace tiebeam
