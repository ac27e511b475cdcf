#include "ingest/header_row.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "base/text.h"
#include "ingest/ai_uses.h"
#include "ingest/column_words.h"
#include "ingest/deliveries.h"
#include "ingest/event_rows.h"
#include "ingest/stamp.h"
#include "ingest/ticket_names.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kFewNames = 2;

const std::array<std::span<const ColumnSpec>, 6>& all_formats() {
  static const std::array<std::span<const ColumnSpec>, 6> formats = {
      event_columns(),      ticket_columns(),   servicenow_columns(),
      deployment_columns(), incident_columns(), ai_columns()};
  return formats;
}

std::set<std::string> known_keys(const ColumnChoices& choices) {
  std::set<std::string> out;
  const auto add = [&](std::string_view name) {
    if (std::string key = column_key(name); !key.empty()) out.insert(std::move(key));
  };
  for (const auto specs : all_formats())
    for (const ColumnSpec& spec : specs) {
      add(spec.name);
      for (const std::string_view alias : spec.aliases) add(alias);
    }
  for (const auto& [name, role] : choices) add(name);
  return out;
}

std::size_t filled(const std::vector<std::string>& row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(row, [](const std::string& cell) { return !cell.empty(); }));
}

// The names of a row as they are compared; of a column that was chosen its role.
HeaderKeys keys_of(const std::vector<std::string>& row, const ColumnChoices& choices) {
  if (choices.empty()) return HeaderKeys(row);
  std::vector<std::string> names;
  for (const std::string& cell : row) {
    const auto chosen = choices.find(cell);
    names.push_back(chosen != choices.end() ? chosen->second : cell);
  }
  return HeaderKeys(names);
}

bool is_complete(const HeaderKeys& keys) {
  return std::ranges::any_of(all_formats(), [&](std::span<const ColumnSpec> specs) {
    return keys.count_missing(specs) == 0;
  });
}

bool has_shape(const std::vector<std::string>& row, std::size_t usual_width) {
  const std::size_t width = filled(row);
  if (width < kFewNames || 2 * width < usual_width) return false;
  std::set<std::string_view> seen;
  return std::ranges::all_of(row, [&](const std::string& cell) {
    return cell.empty() || (!parse_number(cell) && seen.insert(cell).second &&
                            !std::holds_alternative<Stamp>(parse_stamp(cell)));
  });
}

std::size_t usual_width(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) widths.push_back(filled(row));
  std::ranges::sort(widths);
  return widths.empty() ? 0 : widths[widths.size() / 2];
}
}  // namespace

Result<OpenTable> open_table(TextStream& stream, char delimiter, const ColumnChoices& choices) {
  constexpr std::size_t kRowsLooked = 20;
  TB_TRY(CsvReader table, CsvReader::open(stream, delimiter));
  if (is_complete(keys_of(table.header(), choices))) return OpenTable{std::move(table), 0};
  std::vector<std::vector<std::string>> rows = table.sample(kRowsLooked);
  for (auto& row : rows)
    for (std::string& cell : row) cell = trim(cell);
  const auto header = std::ranges::find_if(
      rows, [&](const auto& row) { return is_complete(keys_of(row, choices)); });
  const std::size_t above =
      header == rows.end() ? 0 : static_cast<std::size_t>(header - rows.begin()) + 1;
  TB_DO(table.move_header(above));
  return OpenTable{std::move(table), above};
}

HeaderRow find_header(const std::vector<std::vector<std::string>>& rows,
                      const ColumnChoices& choices) {
  const std::set<std::string> known = known_keys(choices);
  const std::size_t width = usual_width(rows);
  HeaderRow best;
  std::size_t most_names = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_complete(keys_of(rows[i], choices))) return {i, HeaderSign::complete};
    const std::size_t names = HeaderKeys(rows[i]).count_of(known);
    if (names >= kFewNames && names > most_names && has_shape(rows[i], 0)) {
      most_names = names;
      best = {i, HeaderSign::names};
    } else if (best.sign == HeaderSign::none && has_shape(rows[i], width)) {
      best = {i, HeaderSign::shape};
    }
  }
  return best;
}

}  // namespace tiebeam::ingest
