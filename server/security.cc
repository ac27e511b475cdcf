#include "server/security.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tiebeam::server {
namespace {

constexpr std::string_view kContentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; object-src 'none'";
constexpr std::string_view kPermissions =
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
    "payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), "
    "usb=(), xr-spatial-tracking=()";

Error forbidden(std::string code, std::string message, std::string hint, std::string_view found,
                std::string expected) {
  return {.kind = Kind::forbidden,
          .code = std::move(code),
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = {},
          .found = found.empty() ? "none" : shown(found),
          .expected = std::move(expected)};
}

bool is_own_host(const Authority& authority, std::string_view host) {
  return std::ranges::find(authority.hosts, to_lower_ascii(host)) != authority.hosts.end();
}

std::string_view first_host(const Authority& authority) {
  return authority.hosts.empty() ? std::string_view() : authority.hosts.front();
}

std::optional<Error> refused_by_host(const Authority& authority, const Request& request) {
  const std::string_view host = request.header("host");
  if (is_own_host(authority, host)) return std::nullopt;
  return forbidden("http.foreign_host",
                   fmt::format("this server does not answer to the name '{}'", shown(host)),
                   fmt::format("open http://{}/", first_host(authority)), host,
                   fmt::format("one of {}", fmt::join(authority.hosts, ", ")));
}

std::optional<Error> refused_by_page(const Authority& authority, const Request& request) {
  const std::string_view origin = request.header("origin");
  const std::string_view site = request.header("sec-fetch-site");
  constexpr std::string_view kScheme = "http://";
  const bool is_own =
      origin.starts_with(kScheme) && is_own_host(authority, origin.substr(kScheme.size()));
  if (!origin.empty() && !is_own) {
    return forbidden("http.foreign_origin",
                     fmt::format("a page of '{}' may change nothing here", shown(origin)),
                     "do it in the page of this server, or from a program without an Origin",
                     origin, fmt::format("http://{}, or no Origin", first_host(authority)));
  }
  if (!site.empty() && site != "same-origin") {
    return forbidden("http.foreign_site", "a page of another site may change nothing here",
                     "do it in the page of this server, or from a program", site, "same-origin");
  }
  return std::nullopt;
}

bool has_body(const Request& request) {
  const std::string_view length = request.header("content-length");
  return !request.body.empty() || !request.body_file.empty() ||
         !request.header("transfer-encoding").empty() || (!length.empty() && length != "0");
}

std::optional<Error> refused_by_type(const Request& request) {
  if (!has_body(request)) return std::nullopt;
  const std::string_view whole = request.header("content-type");
  const std::string type = to_lower_ascii(trim(whole.substr(0, whole.find(';'))));
  const bool is_simple = type.empty() || type == "text/plain" ||
                         type == "application/x-www-form-urlencoded" ||
                         type.starts_with("multipart/");
  if (!is_simple) return std::nullopt;
  return forbidden("http.body_type",
                   fmt::format("a body of type '{}' is not taken: any page could send one",
                               type.empty() ? "none" : shown(type)),
                   "send it as application/json, or a file as its own type such as text/csv", type,
                   "application/json, or the type of the file");
}

bool is_same_name(std::string_view a, std::string_view b) {
  return to_lower_ascii(a) == to_lower_ascii(b);
}

}  // namespace

Authority Authority::loopback(std::uint16_t port) {
  Authority out;
  for (const std::string_view name : {"127.0.0.1", "localhost", "[::1]"}) {
    out.hosts.push_back(fmt::format("{}:{}", name, port));
    if (port == 80) out.hosts.emplace_back(name);
  }
  return out;
}

std::optional<Error> refused_by_origin(const Authority& authority, const Request& request) {
  if (auto refusal = refused_by_host(authority, request)) return refusal;
  if (is_safe(request.method)) return std::nullopt;
  if (auto refusal = refused_by_page(authority, request)) return refusal;
  return refused_by_type(request);
}

void secure(Response& response) {
  using Field = std::pair<std::string_view, std::string_view>;
  constexpr std::array kFields = {Field{"Content-Security-Policy", kContentPolicy},
                                  Field{"X-Content-Type-Options", "nosniff"},
                                  Field{"Referrer-Policy", "no-referrer"},
                                  Field{"X-Frame-Options", "DENY"},
                                  Field{"Cross-Origin-Opener-Policy", "same-origin"},
                                  Field{"Cross-Origin-Resource-Policy", "same-origin"},
                                  Field{"Permissions-Policy", kPermissions}};
  bool is_cache_said = false;
  std::erase_if(response.headers, [&](const auto& given) {
    is_cache_said = is_cache_said || is_same_name(given.first, "Cache-Control");
    return std::ranges::any_of(
        kFields, [&](const Field& field) { return is_same_name(field.first, given.first); });
  });
  for (const auto& [name, value] : kFields) response.headers.emplace_back(name, value);
  if (!is_cache_said) response.headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace tiebeam::server
