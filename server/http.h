// A request and a response as plain values: what every handler sees. Nothing here knows sockets or
// a library; listener.h puts these on the wire, router.h finds the handler.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiebeam::server {

enum class Method : std::uint8_t { get, head, post, put, del, options, other };
[[nodiscard]] std::string_view method_name(Method method);
// GET and HEAD change nothing; everything else is unsafe.
[[nodiscard]] constexpr bool is_safe(Method method) {
  return method == Method::get || method == Method::head;
}

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string target;                 // as sent: "/api/v1/orgs?x=1"
  std::string path;                   // the part before '?', as sent
  std::vector<std::string> segments;  // of the path, percent-decoded; "/" has none
  Pairs query;                        // percent-decoded, in order; "a=1&b" -> {a,1}, {b,""}
  Pairs headers;                      // names in lower case
  std::string body;                   // empty when the body went to a file
  std::string body_file;  // large uploads (BodyRule): where the bytes are; removed after
  std::string id;         // of this request, for logs and problem+json: "req_..."
  std::map<std::string, std::string, std::less<>> captured;  // {org} of the route

  // Empty when it is not there.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] std::string_view param(std::string_view name) const;
  [[nodiscard]] bool has_param(std::string_view name) const;
  [[nodiscard]] const std::string& capture(std::string_view name) const;  // REQUIRES: in the route
};

// Bytes that somebody keeps alive: an embedded file, a cached answer, a string of this answer.
struct Body {
  std::shared_ptr<const void> keeper;
  std::string_view bytes;

  Body() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a text is a body
  Body(std::string text);
  // `bytes` lives as long as the program.
  [[nodiscard]] static Body fixed(std::string_view bytes);
  [[nodiscard]] static Body shared(std::shared_ptr<const std::string> text);
};

// Server-sent events. `open` is called once when the answer starts; it gets a sink that any thread
// may call with one whole event ("event: x\ndata: y\n\n") until the returned token is dropped. A
// client that reads too slowly is cut off: it comes back and asks again.
struct EventStream {
  using Sink = std::function<void(std::string event)>;
  std::function<std::shared_ptr<void>(Sink sink)> open;
};

struct Response {
  int status = 200;
  std::string type = "application/json";  // Content-Type; text types carry their charset
  Pairs headers;                          // beside those that every answer gets (security.h)
  Body body;
  std::optional<EventStream> stream;  // instead of a body

  [[nodiscard]] std::string_view header(std::string_view name) const;
};

}  // namespace tiebeam::server
