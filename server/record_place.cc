#include "server/record_place.h"

#include <fmt/format.h>

#include <algorithm>

#include "application/records.h"
#include "base/hash.h"
#include "base/text.h"
#include "model/record_json.h"

namespace tiebeam::server {
namespace {

// "3-5f0c2a91"
std::string state_of(const RecordType& type, const Record& record) {
  const std::uint64_t hash = row_hash(write_json(to_json(type, record)));
  return fmt::format("{}-{:08x}", record.version(), hash >> 32U);
}

// Digits, and then nothing or "-" with eight hexadecimal ones.
bool is_state(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  const std::string_view version = text.substr(0, dash), hash = text.substr(dash);
  const bool is_number = !version.empty() && version.size() < 11 &&
                         version.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number &&
         (hash.empty() || (hash.size() == 9 && hash.find_first_not_of("0123456789abcdef", 1) ==
                                                   std::string_view::npos));
}

}  // namespace

Result<RecordPlace> record_place(World& world, const Request& request) {
  RecordPlace out;
  TB_TRY(out.at, seated(world, request));
  TB_TRY(out.type, world.table.catalog.get(request.capture("type")));
  return out;
}

Result<Record> record_of(World& world, const RecordPlace& place, const std::string& id) {
  const auto all = place.at.view->records(place.type->name);
  const auto at = std::ranges::lower_bound(
      *all, id, {}, [](const Record& r) -> const std::string& { return r.id(); });
  if (at != all->end() && at->id() == id) return *at;
  return get_record(world.table, place.at.view->snapshot(), place.type->name,
                    id);  // says what is near
}

std::string etag_of(const RecordType& type, const Record& record) {
  return fmt::format("\"{}\"", state_of(type, record));
}

bool SeenState::is(const RecordType& type, const Record& record) const {
  if (!text.contains('-')) return text == fmt::format("{}", record.version());
  return text == state_of(type, record);
}

Result<std::optional<SeenState>> seen_state_of(const Request& request) {
  std::string_view text = request.header("if-match");
  if (text.empty() || text == "*") return std::optional<SeenState>{};
  if (text.size() > 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  if (is_state(text)) return std::optional(SeenState{std::string(text)});
  return std::unexpected(
      Error{.kind = Kind::invalid,
            .code = "http.bad_if_match",
            .message = fmt::format(
                "If-Match is '{}'; it should be the ETag of the record, such as \"3-5f0c2a91\"",
                shown(text)),
            .detail = {},
            .hint = "read the record again and send its ETag",
            .field = "If-Match",
            .found = fmt::format("'{}'", shown(text)),
            .expected = "the ETag of the record, or *"});
}

}  // namespace tiebeam::server
