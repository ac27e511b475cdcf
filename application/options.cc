#include "application/options.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tiebeam {

Result<std::uint64_t> whole_number(std::string_view name, std::string_view text,
                                   std::uint64_t least, std::uint64_t most,
                                   std::uint64_t otherwise) {
  const auto number = parse_integer(text);
  const auto value = static_cast<std::uint64_t>(number.value_or(-1));
  if (number && *number >= 0 && value >= least && value <= most) return value;
  return invalid("command.bad_option",
                 fmt::format("{} {}: a whole number from {} to {} is expected", name, shown(text),
                             least, most),
                 fmt::format("write {} {}", name, std::max(least, otherwise)));
}

Result<std::uint64_t> whole_option(const Asking& asking, std::string_view name, std::uint64_t least,
                                   std::uint64_t most, std::uint64_t otherwise) {
  if (!asking.has(name)) return otherwise;
  return whole_number(name, asking.option(name), least, most, otherwise);
}

}  // namespace tiebeam
