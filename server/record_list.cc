#include "server/record_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "quant/marginal.h"
#include "server/api.h"

namespace tiebeam::server {
namespace {

Error unknown_field(const RecordType& type, std::string_view param, std::string_view name) {
  std::vector<std::string_view> known;
  for (const FieldInfo& field : type.fields) known.push_back(field.name);
  return {.kind = Kind::invalid,
          .code = "http.bad_parameter",
          .message = fmt::format("a {} has no field '{}'{}", to_lower_ascii(type.title),
                                 shown(name), did_you_mean(name, known)),
          .detail = {},
          .hint = fmt::format("the fields are {}", fmt::join(known, ", ")),
          .field = fmt::format("?{}", param),
          .found = shown(name),
          .expected = fmt::format("one of {}", fmt::join(known, ", "))};
}

// One order over all values of a field: numbers by size, estimates by their middle, texts without
// regard to case.
struct SortKey {
  bool is_given = false;
  double number = 0;
  std::string text;
};

// As likely below as above; none that can be drawn from comes last.
double middle_of(const Estimate& estimate) {
  const auto marginal = quant::Marginal::create(estimate);
  return marginal ? marginal->quantile(0.5) : std::numeric_limits<double>::max();
}

SortKey key_of(const FieldInfo& field, const Value& value) {
  SortKey out{value.index() != 0, 0, {}};
  if (const auto* flag = std::get_if<bool>(&value))
    out.number = *flag ? 1 : 0;
  else if (const auto* integer = std::get_if<std::int64_t>(&value))
    out.number = static_cast<double>(*integer);
  else if (const auto* real = std::get_if<double>(&value))
    out.number = *real;
  else if (const auto* money = std::get_if<Money>(&value))
    out.number = static_cast<double>(money->minor());
  else if (const auto* estimate = std::get_if<Estimate>(&value))
    out.number = middle_of(*estimate);
  else if (const auto* at = std::get_if<Instant>(&value))
    out.number = static_cast<double>(at->time_since_epoch().count());
  else if (const auto* choice = std::get_if<std::string>(&value);
           choice && field.kind == FieldKind::choice)
    out.number =
        static_cast<double>(std::ranges::find(field.choices, *choice) - field.choices.begin());
  else if (out.is_given)
    out.text = to_lower_ascii(format_value(field, value));
  if (const auto* list = std::get_if<std::vector<std::string>>(&value))
    out.is_given = !list->empty();
  return out;
}

bool comes_first(const SortKey& a, const SortKey& b, bool is_falling) {
  if (a.is_given != b.is_given) return a.is_given;
  if (a.number != b.number) return is_falling ? a.number > b.number : a.number < b.number;
  return is_falling ? a.text > b.text : a.text < b.text;
}

bool holds(const RecordType& type, const Record& record, const ListRequest& wanted) {
  for (const auto& [at, text] : wanted.filters) {
    const Value& value = record.values[at];
    if (text.empty() ? value.index() != 0
                     : !names(value, text) && format_value(type.fields[at], value) != text)
      return false;
  }
  return wanted.words.empty() || mentions(type, record, wanted.words);
}

void sort_by(const RecordType& type, std::size_t field, bool is_falling,
             std::vector<const Record*>& records) {
  std::vector<std::pair<SortKey, const Record*>> keyed;
  keyed.reserve(records.size());
  for (const Record* record : records)
    keyed.emplace_back(key_of(type.fields[field], record->values[field]), record);
  std::ranges::sort(keyed, [&](const auto& a, const auto& b) {
    if (comes_first(a.first, b.first, is_falling)) return true;
    if (comes_first(b.first, a.first, is_falling)) return false;
    return a.second->id() < b.second->id();
  });
  for (std::size_t i = 0; i < keyed.size(); ++i) records[i] = keyed[i].second;
}

}  // namespace

bool names(const Value& value, std::string_view text) {
  if (const auto* held = std::get_if<std::string>(&value)) return *held == text;
  const auto* list = std::get_if<std::vector<std::string>>(&value);
  return list && std::ranges::find(*list, text) != list->end();
}

bool mentions(const RecordType& type, const Record& record, std::string_view words) {
  std::string all;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (const auto* text = std::get_if<std::string>(&record.values[i])) all += *text + "\n";
    if (const auto* list = std::get_if<std::vector<std::string>>(&record.values[i])) {
      for (const std::string& each : *list) all += each + "\n";
    }
  }
  const std::string lower = to_lower_ascii(all);
  return std::ranges::all_of(split_at(words, ' '),
                             [&](std::string_view word) { return lower.contains(word); });
}

Result<ListRequest> read_list_request(const RecordType& type, const Request& request) {
  ListRequest out;
  TB_TRY(const std::int64_t offset, number_of(request, "offset", 0, 0, std::int64_t{1} << 40));
  TB_TRY(const std::int64_t limit, number_of(request, "limit", 50, 1, 500));
  out.offset = static_cast<std::size_t>(offset);
  out.limit = static_cast<std::size_t>(limit);
  out.words = to_lower_ascii(request.param("q"));
  for (const auto& [name, value] : request.query) {
    if (name == "offset" || name == "limit" || name == "q") continue;
    const bool is_sort = name == "sort";
    std::string_view field = is_sort ? std::string_view(value) : std::string_view(name);
    if (is_sort && field.empty()) continue;
    if (is_sort && field.starts_with('-')) {
      out.is_falling = true;
      field.remove_prefix(1);
    }
    const std::size_t at = type.index_of(field);
    if (at == std::string::npos) return std::unexpected(unknown_field(type, name, field));
    if (is_sort)
      out.sort = at;
    else
      out.filters.emplace_back(at, value);
  }
  return out;
}

ListPage list_page(const RecordType& type, const std::vector<Record>& all,
                   const ListRequest& wanted) {
  ListPage out;
  for (const Record& record : all) {
    if (holds(type, record, wanted)) out.records.push_back(&record);
  }
  out.total = out.records.size();
  if (wanted.sort != std::string::npos) sort_by(type, wanted.sort, wanted.is_falling, out.records);
  const std::size_t first = std::min(wanted.offset, out.records.size());
  const std::size_t last = std::min(first + wanted.limit, out.records.size());
  out.records = {out.records.begin() + static_cast<std::ptrdiff_t>(first),
                 out.records.begin() + static_cast<std::ptrdiff_t>(last)};
  return out;
}

}  // namespace tiebeam::server
