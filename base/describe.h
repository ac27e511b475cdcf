// A record or an event is described once, beside its struct; storage, JSON, CSV, validation, help,
// the command line and the page follow from that description (model/record_type.h reads it).
//
//   template <> struct Describe<Risk> {
//     static constexpr std::string_view name = "risk", title = "Risk", plural = "risks",
//         help = "What could happen, and what it would cost.";
//     static constexpr auto fields = std::tuple{
//         field("threat", &Risk::threat, {.help = "who or what does harm", .required = true})};
//   };
//
// A field that is missing from `fields` does not compile: static_assert(complete<Risk>()).
#pragma once

#include <concepts>
#include <cstddef>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/record_base.h"

namespace tiebeam {

struct FieldRules {
  std::string_view help;
  bool required = false;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::string_view unit = {};  // "days", "people"
  bool person = false;         // event text column that names a person: stored as a pseudonym
};

template <class T, class M>
struct FieldOf {
  std::string_view name;
  M T::* member;
  FieldRules rules;
};
template <class T, class M>
constexpr FieldOf<T, M> field(std::string_view name, M T::* member, FieldRules rules) {
  return {name, member, rules};
}

template <class T>
struct Describe;  // specialise

// The names of an enum's values in order, first to last: `enum class Kind { a, b };`
// template <> struct Names<Kind> { static constexpr std::array values = {"a", "b"}; };
template <class E>
struct Names;

namespace detail {
struct Anything {
  template <class T>
  // NOLINTNEXTLINE(google-explicit-constructor): stands for any member while counting them
  operator T() const;  // never called
};
template <class T, std::size_t... I>
constexpr bool takes_record(std::index_sequence<I...> /*members*/) {
  return requires { T{RecordBase{}, ((void)I, Anything{})...}; };
}
template <class T, std::size_t... I>
constexpr bool takes_plain(std::index_sequence<I...> /*members*/) {
  return requires { T{((void)I, Anything{})...}; };
}
template <class T, std::size_t N>
constexpr bool takes() {
  if constexpr (std::derived_from<T, RecordBase>) {
    return takes_record<T>(std::make_index_sequence<N>{});
  } else {
    return takes_plain<T>(std::make_index_sequence<N>{});
  }
}
}  // namespace detail

// True when the description lists every member of T's own (those of RecordBase come with it).
template <class T>
constexpr bool complete() {
  constexpr std::size_t described =
      std::tuple_size_v<std::remove_cvref_t<decltype(Describe<T>::fields)>>;
  return detail::takes<T, described>() && !detail::takes<T, described + 1>();
}

}  // namespace tiebeam
