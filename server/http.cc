#include "server/http.h"

#include <algorithm>

#include "base/error.h"

namespace tiebeam::server {
namespace {
std::string_view value_of(const Pairs& pairs, std::string_view name) {
  const auto found = std::ranges::find(pairs, name, &Pairs::value_type::first);
  return found == pairs.end() ? std::string_view{} : std::string_view(found->second);
}
}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::del:
      return "DELETE";
    case Method::options:
      return "OPTIONS";
    case Method::other:
      break;
  }
  return "OTHER";
}

std::string_view Request::header(std::string_view name) const { return value_of(headers, name); }

std::string_view Request::param(std::string_view name) const { return value_of(query, name); }

bool Request::has_param(std::string_view name) const {
  return std::ranges::find(query, name, &Pairs::value_type::first) != query.end();
}

const std::string& Request::capture(std::string_view name) const {
  const auto found = captured.find(name);
  TB_CHECK(found != captured.end(), "a handler asks for a part that its route names");
  return found->second;
}

Body::Body(std::string text) {
  auto kept = std::make_shared<const std::string>(std::move(text));
  bytes = *kept;
  keeper = std::move(kept);
}

Body Body::fixed(std::string_view bytes) {
  Body out;
  out.bytes = bytes;
  return out;
}

Body Body::shared(std::shared_ptr<const std::string> text) {
  Body out;
  if (text) out.bytes = *text;
  out.keeper = std::move(text);
  return out;
}

std::string_view Response::header(std::string_view name) const { return value_of(headers, name); }

}  // namespace tiebeam::server
