#include "application/zones.h"

#include <date/tz.h>
#include <fmt/format.h>

#include "base/text.h"

namespace tiebeam {
namespace {

std::unexpected<Error> unknown(std::string_view name) {
  return std::unexpected(Error{.kind = Kind::invalid,
                               .code = "zone.unknown",
                               .message = fmt::format("there is no time zone '{}'", shown(name)),
                               .detail = {},
                               .hint = "use an IANA name such as Europe/Berlin or America/New_York",
                               .field = {},
                               .found = fmt::format("'{}'", shown(name)),
                               .expected = "the IANA name of a time zone"});
}

// The library throws for a name it does not know; this is its only door.
const date::time_zone* locate(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return nullptr;
  }
}

bool is_plain(std::string_view name) {
  const bool safe = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
  return safe && !name.empty() && name.front() != '/';
}

}  // namespace

Result<Zone> load_zone(std::string_view name) {
  Zone zone;
  zone.name = name;
  if (name == "UTC" || name == "Etc/UTC" || name == "Z") return zone;
  const date::time_zone* found = is_plain(name) ? locate(name) : nullptr;
  if (!found) return unknown(name);
  auto at = date::sys_seconds{date::sys_days{date::year{kFirstYear} / 1 / 1}};
  const auto end = date::sys_seconds{date::sys_days{date::year{kLastYear + 1} / 1 / 1}};
  while (at < end) {
    const date::sys_info info = found->get_info(at);
    const Instant from{std::max(info.begin, at).time_since_epoch()};
    if (zone.steps.empty() || zone.steps.back().offset != info.offset)
      zone.steps.push_back({from, info.offset});
    if (info.end <= at) break;
    at = info.end;
  }
  return zone;
}

}  // namespace tiebeam
