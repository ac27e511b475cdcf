#include "ingest/reading.h"

#include <fmt/format.h>

#include "base/text.h"

namespace tiebeam::ingest {

Result<std::vector<std::size_t>> Reading::bind(std::span<const ColumnSpec> specs) {
  TB_DO(check_roles(batch.format, specs, options.columns));
  auto bound = bind_columns(batch.file, names.names, specs);
  if (bound) describe_columns(batch.columns, names, specs, *bound);
  return bound;
}

void Reading::reject(std::uint32_t line, std::string_view column, std::string_view found,
                     std::string_view expected) {
  batch.rejected += !row_is_rejected;
  row_is_rejected = true;
  if (batch.rejects.size() >= options.reject_limit) return;
  batch.rejects.push_back({line, std::string(column), shown(found), std::string(expected)});
}

std::optional<Packed> Reading::read_stamp(StampColumn& column, std::string_view text,
                                          std::uint32_t line) {
  const auto read = column.read(text, line);
  if (const auto* packed = std::get_if<Packed>(&read)) return *packed;
  reject(line, column.column(), text, expected_text(std::get<StampFault>(read)));
  return std::nullopt;
}

std::string grouped(std::int64_t number) {
  std::string out = fmt::format("{}", number);
  const std::size_t first = out.starts_with('-') ? 1 : 0;
  for (std::size_t at = out.size(); at > first + 3;) out.insert(at -= 3, ",");
  return out;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

}  // namespace tiebeam::ingest
