// A record as an address names it, and what says which state of it somebody saw: its ETag.
#pragma once

#include <optional>
#include <string>

#include "server/api.h"

namespace tiebeam::server {

// The organisation and the record type of an address.
struct RecordPlace {
  Seated at;
  const RecordType* type = nullptr;
};
[[nodiscard]] Result<RecordPlace> record_place(World& world, const Request& request);
// By its id, or by the key that it has in its source: INC0000045 is inc0000045.
// Errors: record.no_such with a near miss.
[[nodiscard]] Result<Record> record_of(World& world, const RecordPlace& place,
                                       const std::string& id);

// "\"3-5f0c2a91\"": the version, and a hash of all it says: a record that follows from events stays
// at version 0, and one that was removed and added again may come to a version a second time.
[[nodiscard]] std::string etag_of(const RecordType& type, const Record& record);

// The state that If-Match names: an ETag, or a version alone.
struct SeenState {
  std::string text;  // without its quotes
  [[nodiscard]] bool is(const RecordType& type, const Record& record) const;
};
// None when any state will do. Errors: http.bad_if_match.
[[nodiscard]] Result<std::optional<SeenState>> seen_state_of(const Request& request);

}  // namespace tiebeam::server
