// Finding, sorting and paging records: what a list asks for.
#pragma once

#include <string>
#include <vector>

#include "model/record_type.h"
#include "server/http.h"

namespace tiebeam::server {

struct ListRequest {
  std::string words;                     // lower case; empty: all
  std::size_t sort = std::string::npos;  // field; npos: by id
  bool is_falling = false;
  std::vector<std::pair<std::size_t, std::string>> filters;  // field, text its value must be
  std::size_t offset = 0, limit = 50;
};

// Errors: http.bad_parameter (not a field, not a number), with what is near.
[[nodiscard]] Result<ListRequest> read_list_request(const RecordType& type, const Request& request);

struct ListPage {
  std::vector<const Record*> records;
  std::size_t total = 0;  // that match, on all pages
};
// Values not given sort last, whichever way; ties by id.
[[nodiscard]] ListPage list_page(const RecordType& type, const std::vector<Record>& all,
                                 const ListRequest& wanted);

// The value is, or holds, this reference or text.
[[nodiscard]] bool names(const Value& value, std::string_view text);
// Some text of the record holds all of the (lower case) words.
[[nodiscard]] bool mentions(const RecordType& type, const Record& record, std::string_view words);

}  // namespace tiebeam::server
