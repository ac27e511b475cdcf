#include "server/router.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tiebeam::server {
namespace {

bool is_capture(std::string_view part) { return part.starts_with('{') && part.ends_with('}'); }

// The parts of a route's path: "/orgs/{org}" has two.
std::vector<std::string_view> parts_of(const Route& route) {
  return split_at(std::string_view(route.path).substr(1), '/');
}

bool is_same_shape(const Route& a, const Route& b) {
  return std::ranges::equal(parts_of(a), parts_of(b), [](auto left, auto right) {
    return left == right || (is_capture(left) && is_capture(right));
  });
}

// The segments below kApi, or nothing.
std::optional<std::span<const std::string>> below_api(const std::vector<std::string>& segments) {
  if (segments.size() < 2 || segments[0] != "api" || segments[1] != "v1") return std::nullopt;
  return std::span(segments).subspan(2);
}

bool matches(const Route& route, std::span<const std::string> segments) {
  std::string_view rest = route.path;
  for (const std::string& segment : segments) {
    if (!rest.starts_with('/')) return false;
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(part.size());
    if (is_capture(part) ? segment.empty() : part != segment) return false;
  }
  return rest.empty();
}

// Of two routes that match the same path: a word goes before a capture, from the left.
bool is_closer(const Route& a, const Route& b) {
  return std::ranges::lexicographical_compare(parts_of(a), parts_of(b), {}, is_capture, is_capture);
}

}  // namespace

void Router::add(Route route) {
  TB_CHECK(route.path.starts_with('/') && !route.path.ends_with('/'), "a path is '/' and parts");
  for (const Route& other : routes_) {
    TB_CHECK(other.id != route.id, "a route's id is its own");
    TB_CHECK(other.method != route.method || !is_same_shape(other, route),
             "a method and a path lead to one route");
  }
  routes_.push_back(std::move(route));
}

Router::Found Router::find(Method method, const std::vector<std::string>& segments) const {
  Found found;
  const auto below = below_api(segments);
  if (!below) return found;
  const Method wanted = method == Method::head ? Method::get : method;
  for (const Route& route : routes_) {
    if (!matches(route, *below)) continue;
    if (route.method != wanted) {
      found.other.push_back(route.method);
    } else if (!found.route || is_closer(route, *found.route)) {
      found.route = &route;
    }
  }
  if (!found.route) return found;
  found.other.clear();
  const std::vector<std::string_view> parts = parts_of(*found.route);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_capture(parts[i])) continue;
    found.captured.emplace(parts[i].substr(1, parts[i].size() - 2), (*below)[i]);
  }
  return found;
}

}  // namespace tiebeam::server
