#include "server/assets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

// The assembler puts the packed files among the program's constants: web/pack.mjs writes the list
// of TB_ASSET(index, path, type, hash, is_hashed), included once for the bytes and once for the
// table.
#ifdef TIEBEAM_PAGE
#define TB_EMBED(symbol, file)                                                             \
  extern "C" const char symbol##_begin[];                                                  \
  extern "C" const char symbol##_end[];                                                    \
  asm(".section .rodata\n.balign 16\n" #symbol "_begin:\n.incbin \"" TIEBEAM_PAGE "/" file \
      "\"\n" #symbol "_end:\n.byte 0\n.previous\n");
#define TB_ASSET(index, path, type, hash, is_hashed) TB_EMBED(tb_raw_##index, hash ".raw")
#define TB_ASSET_WITH_GZIP(index, path, type, hash, is_hashed) \
  TB_EMBED(tb_raw_##index, hash ".raw")                        \
  TB_EMBED(tb_gz_##index, hash ".gz")
#include TIEBEAM_PAGE_LIST
#undef TB_ASSET
#undef TB_ASSET_WITH_GZIP
#endif

namespace tiebeam::server {
namespace {

constexpr std::string_view kPage = "/index.html";

// Whether the client takes gzip: "gzip" or "*" in the list, without a quality of 0.
bool takes_gzip(const Request& request) {
  for (const std::string_view item : split_at(request.header("accept-encoding"), ',')) {
    const std::vector<std::string_view> parts = split_at(item, ';');
    const std::string_view coding = trim(parts[0]);
    if (coding != "gzip" && coding != "*") continue;
    const std::string_view quality = parts.size() > 1 ? trim(parts[1]) : std::string_view{};
    const bool is_refused = quality.starts_with("q=0") &&
                            quality.substr(3).find_first_not_of(".0") == std::string_view::npos;
    return !is_refused;
  }
  return false;
}

bool is_known(const Request& request, std::string_view etag) {
  for (std::string_view item : split_at(request.header("if-none-match"), ',')) {
    item = trim(item);
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag || item == "*") return true;
  }
  return false;
}

const Asset* find_asset(std::span<const Asset> files, std::string_view path) {
  const auto found = std::ranges::lower_bound(files, path, {}, &Asset::path);
  return found != files.end() && found->path == path ? &*found : nullptr;
}

const Asset* find_for(std::span<const Asset> files, std::string_view path) {
  if (const Asset* file = find_asset(files, path)) return file;
  const bool is_page = path == "/" || path == "/o" || path.starts_with("/o/");
  return is_page ? find_asset(files, kPage) : nullptr;
}

#ifdef TIEBEAM_PAGE
std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}
#endif

}  // namespace

std::span<const Asset> assets() {
#ifdef TIEBEAM_PAGE
#define TB_ASSET(index, path, type, hash, is_hashed)                                           \
  Asset{path, type,     "\"" hash "\"", between(tb_raw_##index##_begin, tb_raw_##index##_end), \
        {},   is_hashed},
#define TB_ASSET_WITH_GZIP(index, path, type, hash, is_hashed) \
  Asset{path,                                                  \
        type,                                                  \
        "\"" hash "\"",                                        \
        between(tb_raw_##index##_begin, tb_raw_##index##_end), \
        between(tb_gz_##index##_begin, tb_gz_##index##_end),   \
        is_hashed},
  static const std::array kFiles = {
#include TIEBEAM_PAGE_LIST
  };
#undef TB_ASSET
#undef TB_ASSET_WITH_GZIP
  return kFiles;
#else
  return {};
#endif
}

std::optional<Response> asset_answer(const Request& request, std::span<const Asset> files) {
  if (!is_safe(request.method)) return std::nullopt;
  const Asset* file = find_for(files, request.path);
  if (!file) return std::nullopt;
  const bool is_gzip = !file->gzip.empty() && takes_gzip(request);
  // Other bytes are another entity: the packed form has an ETag of its own.
  const std::string etag = is_gzip
                               ? fmt::format("{}-gz\"", file->etag.substr(0, file->etag.size() - 1))
                               : std::string(file->etag);
  Response out;
  out.type = std::string(file->type);
  out.headers = {
      {"ETag", etag},
      {"Cache-Control", file->is_hashed ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (!file->gzip.empty()) out.headers.emplace_back("Vary", "Accept-Encoding");
  if (is_known(request, etag)) {
    out.status = 304;
    return out;
  }
  if (is_gzip) out.headers.emplace_back("Content-Encoding", "gzip");
  out.body = Body::fixed(is_gzip ? file->gzip : file->raw);
  return out;
}

}  // namespace tiebeam::server
