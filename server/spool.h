// What the listener asks of the operating system: a file for a large body, and descriptors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tiebeam::server {

// Where a body goes: to memory, or to a file that is removed with this value.
class Upload {
 public:
  enum class Fault : std::uint8_t { none, too_large, no_space };

  explicit Upload(std::size_t limit) : limit_(limit) {}
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  ~Upload();

  // From now on into a new file that only this user may read. False, and a fault: it cannot be
  // made.
  bool open_file(const std::string& path);
  void put(std::string_view bytes);
  // REQUIRES: all bytes were put. False, and a fault: they are not all in the file.
  bool close_file();
  [[nodiscard]] const std::string& path() const { return path_; }  // empty: in memory
  [[nodiscard]] std::size_t limit() const { return limit_; }

  std::string text;
  Fault fault = Fault::none;

 private:
  bool write_all(std::string_view bytes) const;

  std::size_t limit_;
  std::size_t size_ = 0;
  std::string path_;
  int file_ = -1;
};

// Descriptors for so many connections and `spare` others; the number of connections that the system
// grants.
[[nodiscard]] std::size_t raise_file_limit(std::size_t connections, std::size_t spare);

}  // namespace tiebeam::server
