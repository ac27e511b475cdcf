#include "model/event_table.h"

#include <algorithm>
#include <array>

namespace tiebeam {

std::size_t EventType::index_of(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == column) return i;
  }
  return std::string::npos;
}

EventTable::EventTable(const EventType& described) : type(&described) {
  for (const ColumnInfo& info : described.columns) {
    columns.emplace_back();
    columns.back().kind = info.kind;
  }
}

const Column& EventTable::column(std::string_view name) const {
  const std::size_t at = type->index_of(name);
  TB_CHECK(at != std::string::npos, "the event type has this column");
  return columns[at];
}

Column& EventTable::column(std::string_view name) {
  return const_cast<Column&>(std::as_const(*this).column(name));
}

const std::string& EventTable::import_of(std::size_t row) const {
  const auto after = std::ranges::upper_bound(spans, row, {}, &ImportSpan::first);
  TB_CHECK(after != spans.begin(), "every row came from an import");
  return std::prev(after)->import_id;
}

namespace {
template <class T>
void append_all(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void append_column(Column& to, const Column& from) {
  to.wide.append(from.wide);
  append_all(to.real, from.real);
  if (to.kind != ColumnKind::text) return to.narrow.append(from.narrow);
  std::vector<std::uint32_t> ids(from.names.size());
  for (std::uint32_t id = 0; id < ids.size(); ++id) ids[id] = to.names.intern(from.names.name(id));
  std::array<std::uint32_t, PackedVector<std::uint32_t>::kBlock> mapped{};
  from.narrow.for_each_block([&](std::span<const std::uint32_t> block) {
    std::ranges::transform(block, mapped.begin(), [&](std::uint32_t id) { return ids[id]; });
    to.narrow.append(std::span<const std::uint32_t>(mapped).first(block.size()));
  });
}
}  // namespace

void EventTable::append(const EventTable& other) {
  TB_CHECK(type && other.type && type->name == other.type->name, "tables of one type");
  const std::size_t offset = rows();
  for (std::size_t i = 0; i < columns.size(); ++i) append_column(columns[i], other.columns[i]);
  line.append(other.line);
  append_all(identity, other.identity);
  may_repeat = true;
  for (const ImportSpan& span : other.spans) {
    const bool goes_on = !spans.empty() && spans.back().import_id == span.import_id &&
                         spans.back().first + spans.back().rows == offset + span.first;
    if (goes_on) {
      spans.back().rows += span.rows;
    } else {
      spans.push_back({span.import_id, offset + span.first, span.rows});
    }
  }
}

}  // namespace tiebeam
