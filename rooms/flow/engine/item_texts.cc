#include "rooms/flow/engine/item_texts.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tiebeam::flow {
namespace {

constexpr std::array<std::string_view, 3> kFields = {"service", "priority", "type"};

// By id in the facts' item column: the index in log.items, or kNone.
std::vector<std::uint32_t> places_of(const FlowLog& log, const Dictionary& names) {
  std::vector<std::uint32_t> by_key(log.transitions->column("item").names.size(), kNone);
  for (std::uint32_t i = 0; i < log.items.size(); ++i) by_key[log.items[i].key] = i;
  std::vector<std::uint32_t> out(names.size(), kNone);
  for (std::uint32_t id = 1; id < out.size(); ++id) {
    const std::uint32_t key = log.transitions->column("item").names.find(names.name(id));
    if (key != 0) out[id] = by_key[key];
  }
  return out;
}

// By row: the number of the ticket list it came with, 0 for a row of another source.
std::vector<std::uint32_t> lists_of(const Snapshot& snapshot, const EventTable& facts) {
  std::vector<std::uint32_t> out(facts.rows(), 0);
  for (const ImportSpan& span : facts.spans) {
    const Import* import = snapshot.import(span.import_id);
    if (!import || !import->is_ticket_list) continue;
    const auto number = static_cast<std::uint32_t>(import - snapshot.imports.data()) + 1;
    std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(span.first), span.rows, number);
  }
  return out;
}

std::string_view text_of(const EventTable* facts, std::string_view column, std::uint32_t id) {
  return facts ? std::string_view(facts->column(column).names.name(id)) : std::string_view{};
}

}  // namespace

std::string_view ItemTexts::service_of(std::uint32_t item) const {
  return text_of(facts, "service", service[item]);
}
std::string_view ItemTexts::priority_of(std::uint32_t item) const {
  return text_of(facts, "priority", priority[item]);
}
std::string_view ItemTexts::type_of(std::uint32_t item) const {
  return text_of(facts, "type", type[item]);
}

ItemTexts item_texts(const FlowLog& log) {
  ItemTexts out;
  for (auto* field : {&out.service, &out.priority, &out.type}) field->assign(log.items.size(), 0);
  if (!log.facts || !log.transitions || log.items.empty()) return out;
  out.facts = log.facts;
  const Column& item = log.facts->column("item");
  const PackedVector<std::int64_t>& at = log.facts->column("at").wide;
  const std::vector<std::uint32_t> places = places_of(log, item.names);
  const std::vector<std::uint32_t> lists = lists_of(*log.snapshot, *log.facts);
  std::vector<std::uint32_t> newest_list(log.items.size(), 0);
  for (std::size_t row = 0; row < lists.size(); ++row) {
    const std::uint32_t place = places[item.narrow[row]];
    if (place != kNone) newest_list[place] = std::max(newest_list[place], lists[row]);
  }
  constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();
  std::vector<std::array<std::int64_t, kFields.size()>> newest(log.items.size(),
                                                               {kNever, kNever, kNever});
  const std::array<const Column*, kFields.size()> columns = {&log.facts->column(kFields[0]),
                                                             &log.facts->column(kFields[1]),
                                                             &log.facts->column(kFields[2])};
  const std::array held = {&out.service, &out.priority, &out.type};
  const std::int64_t limit = log.as_of.time_since_epoch().count();
  for (std::size_t row = 0; row < lists.size(); ++row) {
    const std::uint32_t place = places[item.narrow[row]];
    if (place == kNone || at[row] > limit) continue;
    if (lists[row] != 0 && lists[row] != newest_list[place]) continue;
    for (std::size_t field = 0; field < kFields.size(); ++field) {
      const std::uint32_t text = columns[field]->narrow[row];
      if (text == 0 || at[row] < newest[place][field]) continue;
      newest[place][field] = at[row];
      (*held[field])[place] = text;
    }
  }
  return out;
}

}  // namespace tiebeam::flow
