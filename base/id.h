// Typed ids. An Id<"service"> and an Id<"person"> do not compare and do not convert, so an id of
// one kind never passes for another (tests/compile_fail proves it).
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tiebeam {

template <std::size_t N>
struct FixedString {
  char chars[N]{};
  // NOLINTNEXTLINE(google-explicit-constructor): lets a literal stand as a template argument
  constexpr FixedString(const char (&text)[N]) { std::copy_n(text, N, chars); }
  [[nodiscard]] constexpr std::string_view view() const { return {chars, N - 1}; }
};

// The slug people chose for a record of type `Type` ("payroll"). Empty means none.
template <FixedString Type>
class Id {
 public:
  static constexpr std::string_view type() { return Type.view(); }
  Id() = default;
  explicit Id(std::string slug) : slug_(std::move(slug)) {}
  [[nodiscard]] const std::string& str() const { return slug_; }
  [[nodiscard]] bool empty() const { return slug_.empty(); }
  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  std::string slug_;
};

constexpr std::size_t kMaxSlug = 80;
// A slug: 1 to 80 of a-z, 0-9, '-', '_', '.', starting with a letter or a digit.
[[nodiscard]] bool is_slug(std::string_view text);
// "Order to cash!" -> "order-to-cash"; empty when nothing is left.
[[nodiscard]] std::string slugify(std::string_view text);

}  // namespace tiebeam
