// The one Error as application/problem+json (RFC 9457): type, title, status, detail, instance,
// code, hint, and errors[] with a JSON pointer each.
#pragma once

#include "server/router.h"

namespace tiebeam::server {

// invalid 422 (400 when the request was not understood: codes json.*, http.*), not_found 404,
// conflict 409, forbidden 403, unavailable 503, internal 500.
[[nodiscard]] int status_of(const Error& error);
// Of many faults the first kMostFaults are told, and how many more there are.
[[nodiscard]] Response problem(const Refused& refused, const Request& request);
// One fault with a status of its own.
[[nodiscard]] Response problem(int status, const Error& error, std::string_view request_id);

}  // namespace tiebeam::server
