#include "ingest/column_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/ai_uses.h"
#include "ingest/column_words.h"
#include "ingest/deliveries.h"
#include "ingest/event_rows.h"
#include "ingest/ticket_names.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kSampleRows = 200, kExamples = 3, kExampleBytes = 40;
constexpr std::string_view kChosen = "chosen by you", kByName = "its name";

std::vector<std::string_view> roles_of(std::span<const ColumnSpec> specs) {
  std::vector<std::string_view> out;
  for (const ColumnSpec& spec : specs)
    if (!spec.name.empty()) out.push_back(spec.name);
  return out;
}

std::vector<std::string_view> all_roles() {
  std::vector<std::string_view> out;
  for (const auto specs : {event_columns(), ticket_columns(), servicenow_columns(),
                           deployment_columns(), incident_columns(), ai_columns()})
    for (const std::string_view role : roles_of(specs))
      if (std::ranges::find(out, role) == out.end()) out.push_back(role);
  return out;
}

std::unexpected<Error> no_column(std::string_view file, const std::vector<std::string>& header,
                                 std::string_view name) {
  const std::vector<std::string_view> names(header.begin(), header.end());
  auto fault = invalid("ingest.missing_column",
                       fmt::format("'{}' has no column '{}' to choose{}", file, shown(name),
                                   did_you_mean(name, names)),
                       "name the column as the first line of the table spells it");
  fault.error().field = name;
  return fault;
}

// The first column of that spelling, else the first of those words.
std::size_t place_of(const std::vector<std::string>& header, std::string_view name) {
  const auto exact = std::ranges::find(header, name);
  if (exact != header.end()) return static_cast<std::size_t>(exact - header.begin());
  return place_of_column(header, {name});
}

// No other column is found by the name of a role that was chosen, or is a repeat of the chosen one.
void clear_rivals(ColumnNames& out, std::size_t chosen, std::string_view role) {
  for (std::size_t i = 0; i < out.names.size(); ++i) {
    if (i == chosen || !out.is_free(i)) continue;
    const bool is_rival = out.spelled[i] == out.spelled[chosen] ||
                          (!role.empty() && column_key(out.names[i]) == column_key(role));
    if (is_rival)
      out.rename(i, "",
                 role.empty()
                     ? std::string("left out by you")
                     : fmt::format("you chose '{}' for {}", shown(out.spelled[chosen], 40), role));
  }
}

Result<void> check_choice(const ColumnChoices& choices, std::string_view name,
                          std::string_view role) {
  if (role.empty()) return {};
  const auto known = all_roles();
  if (std::ranges::find(known, role) == known.end())
    return invalid("ingest.unknown_role",
                   fmt::format("'{}' cannot be read as '{}': no format has such a column{}",
                               shown(name), shown(role), did_you_mean(role, known)),
                   fmt::format("choose one of: {}", fmt::join(roles_of(ticket_columns()), ", ")));
  const auto same = [&](const auto& each) { return each.second == role && each.first != name; };
  const auto other = std::ranges::find_if(choices, same);
  if (other != choices.end())
    return invalid(
        "ingest.bad_option",
        fmt::format("'{}' and '{}' are both chosen for {}", shown(other->first), shown(name), role),
        "choose one column for each role");
  return {};
}

// The first format column that goes by a name, by its key.
using SpecsByKey = std::map<std::string, const ColumnSpec*>;
SpecsByKey specs_by_key(std::span<const ColumnSpec> specs) {
  SpecsByKey out;
  for (const ColumnSpec& spec : specs) {
    out.try_emplace(column_key(spec.name), &spec);
    for (const std::string_view alias : spec.aliases) out.try_emplace(column_key(alias), &spec);
  }
  out.erase("");
  return out;
}

// Why a column is not read that nobody said anything of.
std::string reason_against(const ColumnNames& names, std::size_t at,
                           std::span<const ColumnSpec> specs, const SpecsByKey& by_key,
                           const std::vector<std::size_t>& bound) {
  if (const auto found = by_key.find(column_key(names.names[at])); found != by_key.end()) {
    const ColumnSpec& spec = *found->second;
    const std::size_t taken = bound[static_cast<std::size_t>(&spec - specs.data())];
    if (taken != kNoColumn)
      return fmt::format("'{}' is read as {}", shown(names.spelled[taken], 40), spec.name);
  }
  if (specs.data() == ticket_columns().data() && is_other_date(names.spelled[at]))
    return "its name says when a ticket last changed, or is due";
  return "its name is none that is read";
}
}  // namespace

Result<ColumnNames> name_columns(std::string_view file, const std::vector<std::string>& header,
                                 const ColumnChoices& choices) {
  ColumnNames out{header, header, std::vector<std::string>(header.size())};
  for (const auto& [name, role] : choices) {
    TB_DO(check_choice(choices, name, role));
    const std::size_t at = place_of(header, name);
    if (at == kNoColumn) return no_column(file, header, name);
    out.rename(at, role, std::string(role.empty() ? "left out by you" : kChosen));
  }
  for (const auto& [name, role] : choices) clear_rivals(out, place_of(header, name), role);
  return out;
}

Result<void> check_roles(std::string_view format, std::span<const ColumnSpec> specs,
                         const ColumnChoices& choices) {
  const auto known = roles_of(specs);
  for (const auto& [name, role] : choices)
    if (!role.empty() && std::ranges::find(known, role) == known.end())
      return invalid("ingest.unknown_role",
                     fmt::format("'{}' cannot be read as '{}': the format {} has no such column{}",
                                 shown(name), role, format, did_you_mean(role, known)),
                     fmt::format("choose one of: {}", fmt::join(known, ", ")));
  return {};
}

std::vector<ColumnUse> list_columns(const CsvReader& table) {
  const std::vector<std::string>& header = table.header();
  const auto rows = table.sample(kSampleRows);
  std::map<std::string_view, std::size_t> place;  // in `out`, by name
  std::vector<ColumnUse> out;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto [known, is_new] = place.try_emplace(header[i], out.size());
    if (is_new) {
      out.push_back({.name = header[i], .position = static_cast<std::uint32_t>(i + 1)});
    } else {
      ++out[known->second].times;
    }
    std::vector<std::string>& examples = out[known->second].examples;
    for (std::size_t row = 0; row < rows.size() && examples.size() < kExamples; ++row) {
      if (i >= rows[row].size()) continue;
      const std::string text = shown(trim(rows[row][i]), kExampleBytes);
      if (!text.empty() && std::ranges::find(examples, text) == examples.end())
        examples.push_back(text);
    }
  }
  std::erase_if(out,
                [](const ColumnUse& each) { return each.name.empty() && each.examples.empty(); });
  return out;
}

void describe_columns(std::vector<ColumnUse>& columns, const ColumnNames& names,
                      std::span<const ColumnSpec> specs, const std::vector<std::size_t>& bound) {
  const SpecsByKey by_key = specs_by_key(specs);
  for (ColumnUse& column : columns) {
    const std::size_t at = column.position - 1;
    const auto place = std::ranges::find(bound, at);
    if (place != bound.end()) {
      column.role = specs[static_cast<std::size_t>(place - bound.begin())].name;
      column.evidence = names.why[at].empty() ? std::string(kByName) : names.why[at];
    } else {
      column.role.clear();
      column.evidence =
          names.why[at].empty() ? reason_against(names, at, specs, by_key, bound) : names.why[at];
    }
  }
}

}  // namespace tiebeam::ingest
