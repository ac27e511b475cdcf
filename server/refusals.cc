#include "server/refusals.h"

#include <fmt/format.h>

namespace tiebeam::server::refusals {
namespace {

// What arrived and what should have.
struct Read {
  std::string found, expected;
};

Error refusal(std::string code, std::string message, Read read, std::string hint) {
  return {.kind = Kind::invalid,
          .code = std::move(code),
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = {},
          .found = std::move(read.found),
          .expected = std::move(read.expected)};
}

}  // namespace

Error broke() {
  return {.kind = Kind::internal,
          .code = "internal",
          .message = "something broke inside tiebeam",
          .detail = {},
          .hint = "try again; if it stays, report it with the id of the request",
          .field = {}};
}

Error too_many_connections(std::size_t most) {
  return refusal("http.too_many_connections", "the server has too many connections open",
                 {"one more connection", fmt::format("at most {} at once", most)},
                 "close connections that are not used, and try again");
}

Error too_slow() {
  return refusal("http.too_slow", "the request did not arrive as a whole in time",
                 {"a part of a request", "a whole request"}, "send it again, as a whole");
}

Error head_too_large(std::size_t bytes, std::size_t most) {
  return refusal("http.head_too_large",
                 fmt::format("the request's head is longer than {} bytes", most),
                 {fmt::format("{} bytes or more", bytes), fmt::format("at most {} bytes", most)},
                 "send a shorter address and fewer fields; data goes into the body");
}

Error body_too_large(std::size_t most) {
  return refusal("http.body_too_large", "the request's body is larger than is taken here",
                 {fmt::format("more than {} bytes", most), fmt::format("at most {} bytes", most)},
                 "send less at once, or a file as an upload");
}

Error no_space() {
  Error out = refusal("http.no_space", "the request's body could not be kept on this server's disk",
                      {"a disk without room", "room for the body"},
                      "make room on the server's disk, then send it again");
  out.kind = Kind::unavailable;
  return out;
}

Error malformed(std::string message) {
  constexpr const char* kWanted = "one request as RFC 9112 writes it";
  return refusal("http.malformed", std::move(message), {"something else", kWanted},
                 fmt::format("send {}, its target as RFC 3986", kWanted));
}

}  // namespace tiebeam::server::refusals
