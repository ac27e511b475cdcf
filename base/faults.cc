#include "base/faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace tiebeam {
namespace {
constexpr std::size_t kMostNamed = 30;

// How many faults one stands for: a last one of an earlier list stands for all that it counts.
std::size_t count_of(const Error& fault) {
  if (fault.code != "file.more_faults") return 1;
  std::size_t all = 0;
  std::from_chars(fault.found.data(), fault.found.data() + fault.found.size(), all);
  return all > kMostFaults ? all - kMostFaults : 1;
}
}  // namespace

void keep_first_faults(std::vector<Error>& faults) {
  if (faults.size() <= kMostFaults) return;
  std::size_t more = 0;
  for (std::size_t i = kMostFaults; i < faults.size(); ++i) more += count_of(faults[i]);
  faults.resize(kMostFaults);
  faults.push_back({.kind = Kind::invalid,
                    .code = "file.more_faults",
                    .message = fmt::format("{} more faults are not told", more),
                    .detail = {},
                    .hint = "mend these first, then read the file again",
                    .field = {},
                    .found = fmt::format("{} faults", kMostFaults + more),
                    .expected = "none"});
}

std::string some_of(const std::vector<std::string_view>& names) {
  const auto first = names.begin(),
             end = first + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNamed));
  std::string out = fmt::format("{}", fmt::join(first, end, ", "));
  if (names.size() > kMostNamed) out += fmt::format(" and {} more", names.size() - kMostNamed);
  return out;
}

}  // namespace tiebeam
