// Packed files: the same content packed tells the same, however it is cut into members; and bytes
// that only look packed never do more than fail.
#include "ingest/fuzz_support.h"

#include <zlib.h>

namespace tiebeam {
namespace {

std::string packed(std::string_view text, int level) {
  z_stream z{};
  FUZZ_CHECK(deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&z, text.size()) + 64, '\0');
  std::string in(text);
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  FUZZ_CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

struct Got {
  std::string text, raw, code;
  std::int64_t raw_bytes = 0;
  bool has_garbage = false;
  friend bool operator==(const Got&, const Got&) = default;
};

Got unpacked(std::string_view bytes, std::size_t block) {
  constexpr std::int64_t kLimit = 1 << 20;
  Got got;
  const auto keep = [&](std::string_view raw) -> Result<void> {
    got.raw += raw;
    return {};
  };
  auto source =
      ingest::ByteSource::open(fuzz::path_of(bytes), block, {.bytes = kLimit}, {keep, {}});
  FUZZ_CHECK(source);
  std::string buffer(block, '\0');
  for (;;) {
    const auto read = source->read(buffer);
    if (!read) {
      fuzz::check_error(read.error());
      got.code = read.error().code;
      return got;
    }
    if (*read == 0) break;
    got.text.append(buffer, 0, *read);
    FUZZ_CHECK(got.text.size() <= kLimit);
  }
  got.raw_bytes = source->raw_bytes();
  got.has_garbage = source->has_trailing_garbage();
  FUZZ_CHECK(got.raw == bytes);
  FUZZ_CHECK(source->sha256() == to_hex(sha256(bytes)));
  return got;
}

void check_packed(std::string_view input, fuzz::Draw& draw) {
  const std::size_t cut = draw.below(input.size() + 1);
  std::string bytes = packed(input.substr(0, cut), 1) + packed(input.substr(cut), 9);
  const std::size_t block = 1 + draw.below(200);
  FUZZ_CHECK(unpacked(bytes, block).text == input);
  const std::string padded = bytes + std::string(draw.below(9), '\0');
  FUZZ_CHECK(!unpacked(padded, block).has_garbage);
  FUZZ_CHECK(unpacked(bytes + "more", block).has_garbage);
  const std::size_t less = 1 + draw.below(bytes.size() - 3);  // so that its first bytes still tell
  const Got broken = unpacked(std::string_view(bytes).substr(0, bytes.size() - less), block);
  FUZZ_CHECK(broken.code == "ingest.truncated" || broken.text == input.substr(0, cut));
  char& flipped = bytes[2 + draw.below(bytes.size() - 2)];
  flipped = static_cast<char>(static_cast<unsigned char>(flipped) ^ (1U << draw.below(8)));
  (void)unpacked(bytes, block);
}

}  // namespace

FUZZ(input) {
  fuzz::Draw draw(input);
  Got whole = unpacked(input, std::size_t{1} << 16), blocks = unpacked(input, 1 + draw.below(64));
  if (!whole.code.empty()) whole.raw = blocks.raw = whole.text = blocks.text = {};
  FUZZ_CHECK(whole == blocks);
  if (whole.code.empty() && whole.text.size() != input.size()) return;  // it was packed itself
  check_packed(input, draw);
}

}  // namespace tiebeam
