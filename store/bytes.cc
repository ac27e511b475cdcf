#include "store/bytes.h"

#include <zstd.h>

#include <memory>

#include "base/byte_buffer.h"
#include "store/broken.h"

namespace tiebeam::store {
namespace {
// A block takes at least 4 bytes and gives at most 128 KB. Source: RFC 8878, section 3.1.1.2.
constexpr std::size_t kSmallestBlock = 4, kLargestContent = std::size_t{128} << 10U;
}  // namespace

void put_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    value >>= 7U;
  }
  out.push_back(static_cast<char>(value));
}

void put_text(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

std::string compress(std::string_view bytes, int level) {
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  thread_local const std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
  TB_CHECK(context != nullptr, "there is memory to compress with");
  ByteBuffer packed;
  auto* const to = packed.extend(ZSTD_compressBound(bytes.size()));
  const std::size_t size =
      ZSTD_compressCCtx(context.get(), to, packed.size(), bytes.data(), bytes.size(), level);
  TB_CHECK(ZSTD_isError(size) == 0, "the buffer is as large as zstd asks for");
  return {reinterpret_cast<const char*>(to), size};
}

Result<std::string> decompress(std::string_view packed, std::size_t limit) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  const std::size_t most = (packed.size() / kSmallestBlock + 1) * kLargestContent;
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limit ||
      size > most) {
    return broken_bytes("a compressed block");
  }
  std::string out(size, '\0');
  const std::size_t done = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(done) != 0 || done != size) return broken_bytes("a compressed block");
  return out;
}

}  // namespace tiebeam::store
