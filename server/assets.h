// The web page's files, embedded in the program: raw and gzip, with an ETag each.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "server/http.h"

namespace tiebeam::server {

struct Asset {
  std::string_view path;  // "/assets/index-3f2a.js"
  std::string_view type;  // "text/javascript; charset=utf-8"
  std::string_view etag;  // quoted
  std::string_view raw;
  std::string_view gzip;  // empty where it would not be smaller
  bool is_hashed;         // its name changes with its content: kept for a year
};

// Sorted by path. Empty when the program was built without its page.
[[nodiscard]] std::span<const Asset> assets();

// The file at `path`; for "/" and "/o/..." the page itself, so that every address of the page can
// be opened and reloaded. Answers If-None-Match with 304 and Accept-Encoding: gzip. Nothing: no
// such file.
[[nodiscard]] std::optional<Response> asset_answer(const Request& request,
                                                   std::span<const Asset> files);

}  // namespace tiebeam::server
