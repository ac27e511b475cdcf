// Any bytes as text: UTF-8 comes out or a fault with its line, the same for blocks of any size.
#include "ingest/fuzz_support.h"

namespace tiebeam {
namespace {

using ingest::Encoding;

struct Got {
  std::string text, fault, message;
  Encoding encoding = Encoding::utf8;
  friend bool operator==(const Got&, const Got&) = default;
};

// Consumes lines, as readers do, and says on which line the rest begins.
Got read(std::string_view bytes, std::size_t block) {
  ingest::TextStream stream = fuzz::stream_of(bytes, block);
  Got got;
  for (std::uint32_t line = 1;;) {
    const bool is_end = stream.at_end();
    const std::string_view text = stream.text();
    const std::size_t whole = is_end ? text.size() : text.rfind('\n') + 1;
    got.text += text.substr(0, whole);
    line += static_cast<std::uint32_t>(std::ranges::count(text.substr(0, whole), '\n'));
    stream.consume(whole);
    if (is_end) break;
    if (auto more = stream.fill(line); !more) {
      fuzz::check_error(more.error());
      got.text += stream.text();
      got.fault = more.error().code;
      got.message = more.error().message;
      break;
    }
  }
  got.encoding = stream.encoding();
  const std::size_t checked =
      got.text.size() > ingest::TextStream::kSample ? ingest::TextStream::kSample / 2 : 0;
  FUZZ_CHECK(is_valid_utf8(std::string_view(got.text).substr(checked)) && !got.text.contains('\0'));
  return got;
}

// Lines of its own encoding in front, so that blocks end inside the input.
std::string moved_back(std::string_view input, std::size_t more) {
  static const std::string lines = [] {
    std::string out;
    for (int i = 0; i < 72; ++i) out += std::string(1023, ' ') + '\n';
    return out;
  }();
  const bool is_little = input.starts_with("\xFF\xFE"), is_big = input.starts_with("\xFE\xFF");
  const std::size_t mark = is_little || is_big ? 2 : input.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::string_view used =
      std::string_view(lines).substr(0, ingest::TextStream::kSample + more);
  std::string out(input.substr(0, mark));
  if (mark != 2) return out.append(used).append(input.substr(mark));
  for (const char c : used.substr(0, used.size() / 2))
    out += {is_big ? '\0' : c, is_big ? c : '\0'};
  return out.append(input.substr(mark));
}

}  // namespace

FUZZ(input) {
  if (input.starts_with("\x1f\x8b")) return;  // gzip_fuzz.cc
  fuzz::Draw draw(input);
  const Got whole = read(input, std::size_t{1} << 16);
  FUZZ_CHECK(read(input, 1 + draw.below(64)) == whole, whole.message);
  if (whole.encoding == Encoding::utf8 && whole.fault.empty()) FUZZ_CHECK(whole.text == input);
  const bool is_plain = is_valid_utf8(input) && !input.contains('\0');
  if (is_plain)
    FUZZ_CHECK(whole.fault.empty() &&
               whole.text == (input.starts_with("\xEF\xBB\xBF") ? input.substr(3) : input));
  if (!draw.one_in(4)) return;
  const std::string far = moved_back(input, 2 * draw.below(512));
  const Got at_once = read(far, std::size_t{1} << 18);
  FUZZ_CHECK(read(far, 1024 + draw.below(64)) == at_once, at_once.message);
}

}  // namespace tiebeam
