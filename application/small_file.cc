#include "application/small_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace tiebeam {

Result<std::string> read_small_file(const std::string& path, std::size_t limit) {
  std::ifstream in(path, std::ios::binary);
  std::error_code unknown;  // a path that cannot be looked at cannot be opened either
  if (!in || std::filesystem::is_directory(path, unknown)) {
    return fail(Kind::not_found, "file.unreadable", fmt::format("cannot read '{}'", path),
                "check the name, that it is a file, and whether you may read it");
  }
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (text.size() > limit) {
    return invalid("file.too_large", fmt::format("'{}' is larger than {} bytes", path, limit));
  }
  return text;
}

}  // namespace tiebeam
