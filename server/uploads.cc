#include "server/uploads.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/text.h"

namespace tiebeam::server {
namespace fs = std::filesystem;
namespace {

std::unexpected<Error> no_spool(const std::string& where, const std::error_code& fault) {
  return fail(Kind::unavailable, "server.no_spool",
              fmt::format("cannot keep an upload in '{}': {}", where, fault.message()),
              "check that the data directory may be written and that the disk has room");
}

// The last part of a path of any system; empty when there is nothing to call a file.
std::string base_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  std::string out(slash == std::string_view::npos ? name : name.substr(slash + 1));
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  constexpr std::size_t kLongest = 200;
  return out == "." || out == ".." || out.size() > kLongest ? std::string{} : out;
}

}  // namespace

Result<void> Uploads::prepare(const std::string& spool) {
  std::error_code fault;
  fs::remove_all(spool, fault);
  fs::create_directories(spool, fault);
  if (fault) return no_spool(spool, fault);
  fs::permissions(spool, fs::perms::owner_all, fault);
  return {};
}

Result<std::string> Uploads::keep(const std::string& organisation, const std::string& file,
                                  std::string_view name) {
  const std::string called = base_name(name);
  if (called.empty()) {
    return invalid("import.bad_file_name", fmt::format("'{}' cannot name a file", shown(name)),
                   "send the file's own name: ?name=jira-export.csv");
  }
  const std::scoped_lock lock(mutex_);
  const std::string id = fmt::format("prv_{}", next_++);
  const fs::path folder = fs::path(spool_) / id;
  std::error_code fault;
  fs::create_directory(folder, fault);
  if (!fault) fs::rename(file, folder / called, fault);
  if (fault) return no_spool(folder.string(), fault);
  uploads_.emplace(id, Upload{organisation, folder.string(), (folder / called).string()});
  return id;
}

Result<std::string> Uploads::find(const std::string& organisation, std::string_view id) const {
  const std::scoped_lock lock(mutex_);
  const auto held = uploads_.find(id);
  if (held != uploads_.end() && held->second.organisation == organisation) return held->second.path;
  return fail(Kind::not_found, "import.no_such_upload",
              fmt::format("there is no file '{}' waiting to be imported", shown(id)),
              "send the file again: POST /orgs/{org}/imports?preview=1&name=FILE");
}

void Uploads::drop(std::string_view id) {
  const std::scoped_lock lock(mutex_);
  const auto held = uploads_.find(id);
  if (held == uploads_.end()) return;
  std::error_code fault;  // what stays behind goes at the next start
  fs::remove_all(held->second.folder, fault);
  uploads_.erase(held);
}

}  // namespace tiebeam::server
