// Who may ask, and what every answer says to a browser. docs/method/web-security.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/router.h"

namespace tiebeam::server {

// The names this server answers to: "127.0.0.1:8460", "localhost:8460", "[::1]:8460".
struct Authority {
  std::vector<std::string> hosts;
  [[nodiscard]] static Authority loopback(std::uint16_t port);
};

// Refuses a foreign Host (403), an unsafe request with a foreign Origin or a foreign Sec-Fetch-Site
// (403), and an unsafe request with a body type that a page elsewhere could send without asking:
// text/plain, forms, multipart (403). An unsafe request passes if its Origin is the server's own,
// or if it has neither Origin nor Sec-Fetch-Site (a program).
[[nodiscard]] std::optional<Error> refused_by_origin(const Authority& authority,
                                                     const Request& request);

// Adds what every answer carries: Content-Security-Policy, nosniff, referrer, framing, opener and
// resource policies, Permissions-Policy; Cache-Control no-store unless the answer set its own.
void secure(Response& response);

}  // namespace tiebeam::server
