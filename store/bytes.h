// Byte strings for chunks: varints, zigzag, zstd. Reading never runs past the end and never trusts
// a length: what does not fit is store.broken.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tiebeam::store {

void put_varint(std::string& out, std::uint64_t value);
void put_text(std::string& out, std::string_view text);  // varint length, bytes
[[nodiscard]] constexpr std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}
[[nodiscard]] constexpr std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

// Reads in order. A failed read gives 0 or "" and is_good() stays false from then on.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<std::uint8_t>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return value;
    }
    is_good_ = false;
    return 0;
  }
  std::string_view take(std::uint64_t size) {
    if (size > rest_.size()) {
      is_good_ = false;
      return {};
    }
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  std::string_view text() { return take(varint()); }
  void fail() { is_good_ = false; }  // what was read makes no sense
  [[nodiscard]] bool is_good() const { return is_good_; }
  [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

// zstd's levels: the default of zstd itself, higher ones cost time and win a few percent here; and
// for keys that count up, which get as small in less than half the time.
constexpr int kUsualLevel = 3, kFastLevel = 1;
// Thread: any; each keeps its own scratch memory.
[[nodiscard]] std::string compress(std::string_view bytes, int level = kUsualLevel);
// Errors: store.broken (damaged, or larger than `limit` once unpacked).
[[nodiscard]] Result<std::string> decompress(std::string_view packed, std::size_t limit);

}  // namespace tiebeam::store
