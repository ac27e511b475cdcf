#include "cli/write_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace tiebeam::cli {

Result<void> write_file(const std::string& path, std::string_view text) {
  const std::string beside = path + ".part";
  std::FILE* out = std::fopen(beside.c_str(), "wb");
  bool written = out && std::fwrite(text.data(), 1, text.size(), out) == text.size();
  int cause = errno;
  if (out && std::fclose(out) != 0 && written) written = false, cause = errno;
  std::error_code fault;
  if (written) std::filesystem::rename(beside, path, fault);
  if (written && !fault) return {};
  if (out) std::remove(beside.c_str());
  return fail(
      Kind::unavailable, "file.unwritable",
      fmt::format("cannot write '{}': {}", path, fault ? fault.message() : std::strerror(cause)),
      "check that the folder exists, that you may write there and that the disk has room");
}

}  // namespace tiebeam::cli
