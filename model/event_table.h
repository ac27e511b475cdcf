// Events in columns: what the importers fill, the store keeps as compressed chunks and the engines
// read at memory speed. No allocation per event; a column takes the bytes that its values need.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"
#include "base/time.h"
#include "model/dictionary.h"
#include "model/packed_vector.h"

namespace tiebeam {

enum class ColumnKind : std::uint8_t { instant, integer, number, text, flag };

struct ColumnInfo {
  std::string name;
  ColumnKind kind;
  bool required = false;
  bool person = false;  // holds people: the store keeps pseudonyms
  std::string help;
};

// A kind of event, described once ("transition").
struct EventType {
  std::string name, title, room, help;
  std::vector<ColumnInfo> columns;
  [[nodiscard]] std::size_t index_of(std::string_view column) const;  // npos when there is none
};

constexpr std::int64_t kMissing = std::numeric_limits<std::int64_t>::min();

// One column. Which vector is used follows from `kind`; the others stay empty.
struct Column {
  ColumnKind kind = ColumnKind::text;
  PackedVector<std::int64_t> wide;     // instant (microseconds since 1970, UTC) | integer; kMissing
  std::vector<double> real;            // number; NaN is missing
  PackedVector<std::uint32_t> narrow;  // text: id in `names` | flag: 0 or 1
  Dictionary names;                    // text only
};

// Rows [first, first + rows) came from one import, in its file's order.
struct ImportSpan {
  std::string import_id;
  std::size_t first = 0;
  std::size_t rows = 0;
};

struct EventTable {
  const EventType* type = nullptr;
  std::vector<Column> columns;       // one per type->columns, all of length rows()
  PackedVector<std::uint32_t> line;  // 1-based line in the source, per row
  std::vector<std::uint64_t>
      identity;            // hash of what makes the source row itself; may be empty when read back
  bool may_repeat = true;  // false: no two rows have one identity
  std::vector<ImportSpan> spans;

  explicit EventTable(const EventType& described);
  EventTable() = default;
  [[nodiscard]] std::size_t rows() const { return line.size(); }
  [[nodiscard]] const Column& column(std::string_view name) const;  // REQUIRES: it exists
  [[nodiscard]] Column& column(std::string_view name);
  [[nodiscard]] const std::string& import_of(std::size_t row) const;  // Cost: O(log spans)
  // Appends all rows of `other` (same type), interning its names here and adding its spans.
  void append(const EventTable& other);
};

template <class M>
constexpr ColumnKind column_kind_of() {
  if constexpr (std::same_as<M, Instant>)
    return ColumnKind::instant;
  else if constexpr (std::same_as<M, std::optional<Instant>>)
    return ColumnKind::instant;
  else if constexpr (std::same_as<M, std::int64_t>)
    return ColumnKind::integer;
  else if constexpr (std::same_as<M, double>)
    return ColumnKind::number;
  else if constexpr (std::same_as<M, bool>)
    return ColumnKind::flag;
  else {
    static_assert(std::same_as<M, std::string>,
                  "an event column is an Instant, int64, double, bool or string");
    return ColumnKind::text;
  }
}

// The EventType that Describe<T> declares.
template <class T>
EventType describe_event(std::string_view room) {
  static_assert(complete<T>(), "Describe<T>::fields must list every member");
  using D = Describe<T>;
  EventType type{
      std::string(D::name), std::string(D::title), std::string(room), std::string(D::help), {}};
  std::apply(
      [&](const auto&... each) {
        (type.columns.push_back(
             {std::string(each.name),
              column_kind_of<std::remove_cvref_t<decltype(std::declval<T>().*each.member)>>(),
              each.rules.required, each.rules.person, std::string(each.rules.help)}),
         ...);
      },
      D::fields);
  return type;
}

}  // namespace tiebeam
