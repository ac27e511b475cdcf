#include "ingest/text_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
// Code points of the bytes 0x80 to 0x9F; 0 where windows-1252 has none. Source: WHATWG Encoding,
// index-windows-1252, less its C1 controls.
constexpr char16_t kWindows1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

unsigned byte_at(const char* p) { return static_cast<unsigned char>(*p); }

// Length of the UTF-8 sequence at p; 0: malformed; -1: may be whole with more bytes. Source: RFC
// 3629.
int utf8_length(const char* p, std::size_t left) {
  const unsigned lead = byte_at(p);
  const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  for (int i = 1; i < length; ++i) {
    if (static_cast<std::size_t>(i) == left) return -1;
    const unsigned next = byte_at(p + i);
    if ((next & 0xC0) != 0x80) return 0;
    if (i == 1 && ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) ||
                   (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F)))
      return 0;
  }
  return length;
}

// UTF-16 without a mark: text of European languages has NUL in every other byte.
std::optional<Encoding> utf16_by_nuls(std::string_view bytes) {
  bytes = bytes.substr(0, 4096);
  std::size_t nuls[2] = {};
  for (std::size_t i = 0; i < bytes.size(); ++i) nuls[i % 2] += bytes[i] == '\0';
  const std::size_t half = bytes.size() / 2;
  const auto is_text = [&](std::size_t high, std::size_t low) {
    return half >= 2 && 2 * high > half && 10 * low <= high;
  };
  if (is_text(nuls[1], nuls[0])) return Encoding::utf16_le;
  if (is_text(nuls[0], nuls[1])) return Encoding::utf16_be;
  return std::nullopt;
}
}  // namespace

std::string_view encoding_name(Encoding encoding) {
  constexpr std::string_view names[] = {"UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE",
                                        "windows-1252"};
  return names[static_cast<int>(encoding)];
}

Result<std::optional<Encoding>> encoding_said(std::string_view said) {
  constexpr std::pair<std::string_view, Encoding> known[] = {
      {"utf-8", Encoding::utf8},
      {"utf8", Encoding::utf8},
      {"utf-8 with bom", Encoding::utf8},
      {"utf-16le", Encoding::utf16_le},
      {"utf-16be", Encoding::utf16_be},
      {"windows-1252", Encoding::windows_1252},
      {"cp1252", Encoding::windows_1252},
      // As browsers do, for the same reason: what calls itself so is windows-1252.
      {"latin1", Encoding::windows_1252},
      {"latin-1", Encoding::windows_1252},
      {"iso-8859-1", Encoding::windows_1252}};
  if (said.empty()) return std::optional<Encoding>();
  const std::string name = to_lower_ascii(trim(said));
  for (const auto& [each, encoding] : known)
    if (name == each) return std::optional(encoding);
  return invalid("ingest.bad_option", fmt::format("'{}' is no encoding that can be read", said),
                 "say UTF-8, UTF-16LE, UTF-16BE or windows-1252, or leave it to the evidence");
}

Result<TextStream> TextStream::open(ByteSource source, std::size_t block_bytes,
                                    std::optional<Encoding> said) {
  TextStream stream(std::move(source), std::max<std::size_t>(block_bytes, 1));
  stream.said_ = said;
  TB_DO(stream.prime());
  return stream;
}

Result<void> TextStream::prime() {
  while (raw_end_ < kSample && !ended_) {
    make_room(block_);
    TB_TRY(const std::size_t got, source_.read({buffer_.data() + raw_end_, block_}));
    raw_end_ += got;
    ended_ = got == 0;
  }
  decide_encoding();
  take();
  while (end_ - begin_ < kSample && !ended_ && !fault_) TB_DO(read_block());
  return {};
}

// Sets the encoding that a byte order mark names; how long the mark is, 0 without one.
std::size_t TextStream::take_mark(std::string_view bytes) {
  constexpr std::pair<std::string_view, Encoding> marks[] = {{"\xEF\xBB\xBF", Encoding::utf8_bom},
                                                             {"\xFF\xFE", Encoding::utf16_le},
                                                             {"\xFE\xFF", Encoding::utf16_be}};
  for (const auto& [mark, encoding] : marks) {
    if (!bytes.starts_with(mark)) continue;
    const bool is_said = !said_ || *said_ == encoding ||
                         (*said_ == Encoding::utf8 && encoding == Encoding::utf8_bom);
    if (!is_said) continue;
    encoding_ = encoding;
    return mark.size();
  }
  return 0;
}

void TextStream::decide_encoding() {
  const std::string_view bytes(buffer_.data(), raw_end_);
  const std::size_t mark = take_mark(bytes);
  if (mark == 0) encoding_ = said_ ? *said_ : utf16_by_nuls(bytes).value_or(Encoding::utf8);
  begin_ = end_ = mark;
  if (encoding_ == Encoding::utf8 || encoding_ == Encoding::utf8_bom) return;
  pending_ = bytes.substr(mark);
  begin_ = end_ = raw_end_ = 0;
}

// Room for `bytes` behind what was read; what was consumed makes place first.
void TextStream::make_room(std::size_t bytes) {
  raw_end_ = std::max(raw_end_, end_);
  if (buffer_.size() - raw_end_ >= bytes) return;
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, raw_end_ - begin_);
    end_ -= begin_;
    raw_end_ -= begin_;
    begin_ = 0;
  }
  if (buffer_.size() - raw_end_ < bytes)
    buffer_.resize(std::max(raw_end_ + bytes, buffer_.size() * 2));
}

Result<void> TextStream::fill(std::uint32_t line) {
  if (fault_) {
    const auto breaks = static_cast<std::uint32_t>(std::ranges::count(text(), '\n'));
    return invalid(fault_->code,
                   fmt::format("'{}', line {}: {}", source_.name(), line + breaks, fault_->what),
                   fault_->hint);
  }
  if (ended_) return {};
  return read_block();
}

Result<void> TextStream::read_block() {
  const bool is_utf8 = encoding_ == Encoding::utf8 || encoding_ == Encoding::utf8_bom;
  std::size_t got = 0;
  if (is_utf8) {
    make_room(block_);
    TB_TRY(got, source_.read({buffer_.data() + raw_end_, block_}));
    raw_end_ += got;
  } else {
    const std::size_t kept = pending_.size();
    pending_.resize(kept + block_);
    TB_TRY(got, source_.read({pending_.data() + kept, block_}));
    pending_.resize(kept + got);
  }
  ended_ = got == 0;
  take();
  return {};
}

void TextStream::take() {
  if (encoding_ == Encoding::windows_1252) {
    const std::string bytes = std::exchange(pending_, {});
    take_1252(bytes);
  } else if (encoding_ == Encoding::utf16_le || encoding_ == Encoding::utf16_be) {
    take_utf16();
  } else {
    take_utf8();
  }
}

void TextStream::stop(std::string code, std::string what, std::string hint) {
  fault_ = Fault{std::move(code), std::move(what), std::move(hint)};
  pending_.clear();
  raw_end_ = end_;
}

// How far [end_, to) is UTF-8.
std::size_t TextStream::check_utf8(std::size_t to) {
  std::size_t at = end_;
  while (at < to) {
    for (std::uint64_t eight = 0; to - at >= 8; at += 8) {
      std::memcpy(&eight, buffer_.data() + at, 8);
      if (eight & 0x8080808080808080u) break;
    }
    for (; at < to && byte_at(buffer_.data() + at) < 0x80; ++at) {
    }
    if (at == to) break;
    const int length = utf8_length(buffer_.data() + at, to - at);
    if (length <= 0) break;
    ++wide_characters_;
    at += static_cast<std::size_t>(length);
  }
  return at;
}

void TextStream::take_utf8() {
  constexpr const char* kNulHint =
      "export the file again as text; a database dump or a binary file cannot be read";
  const auto* nul =
      static_cast<const char*>(std::memchr(buffer_.data() + end_, 0, raw_end_ - end_));
  const std::size_t to = nul ? static_cast<std::size_t>(nul - buffer_.data()) : raw_end_;
  const std::size_t good = check_utf8(to);
  if (good == to) {
    end_ = to;
    if (nul) stop("ingest.nul_byte", "a NUL byte stands here", kNulHint);
    return;
  }
  end_ = good;
  const bool may_grow = !ended_ && !nul && utf8_length(buffer_.data() + good, to - good) < 0;
  if (may_grow) return;
  if (encoding_ == Encoding::utf8_bom || wide_characters_ > 0 || said_)
    return stop(
        "ingest.bad_encoding",
        fmt::format("byte 0x{:02X} is not UTF-8, though {}", byte_at(buffer_.data() + good),
                    encoding_ == Encoding::utf8_bom ? "the file's mark says UTF-8 stands before it"
                    : said_                         ? "that was said"
                                                    : "characters of UTF-8 stand before it"),
        "export the whole file in one encoding, best UTF-8");
  encoding_ = Encoding::windows_1252;
  odd_byte_ = byte_at(buffer_.data() + good);
  const std::string rest(buffer_.data() + good, raw_end_ - good);
  raw_end_ = end_;
  take_1252(rest);
}

void TextStream::append(char32_t point) {
  char* out = buffer_.data() + end_;
  const auto put = [&](char32_t bits) {
    *out++ = static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6)), put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12)), put(0x80 | ((point >> 6) & 0x3F)), put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18)), put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F)), put(0x80 | (point & 0x3F));
  }
  end_ = static_cast<std::size_t>(out - buffer_.data());
}

void TextStream::take_1252(std::string_view bytes) {
  make_room(3 * bytes.size());
  for (const char& c : bytes) {
    const unsigned byte = byte_at(&c);
    const bool is_special = byte >= 0x80 && byte < 0xA0;
    const char32_t point = is_special ? kWindows1252[byte - 0x80] : byte;
    if (point == 0)
      return byte == 0 ? stop("ingest.nul_byte", "a NUL byte stands here",
                              "export the file again as text")
                       : stop("ingest.bad_encoding",
                              fmt::format("byte 0x{:02X} is neither UTF-8 nor windows-1252", byte),
                              "export the file as UTF-8");
    append(point);
  }
}

void TextStream::take_utf16() {
  const std::size_t big = encoding_ == Encoding::utf16_be ? 1 : 0;
  const auto unit = [&](std::size_t i) -> char32_t {
    return byte_at(&pending_[i + big]) | (byte_at(&pending_[i + 1 - big]) << 8);
  };
  const auto is_high = [](char32_t u) { return u >= 0xD800 && u < 0xDC00; };
  make_room(2 * pending_.size() + 4);
  std::size_t at = 0;
  for (; at + 2 <= pending_.size(); at += 2) {
    char32_t point = unit(at);
    if (point == 0)
      return stop("ingest.nul_byte", "a NUL character stands here",
                  "export the file again as text");
    if (is_high(point)) {
      if (at + 4 > pending_.size()) break;
      const char32_t low = unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) break;
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    } else if (point >= 0xDC00 && point <= 0xDFFF) {
      break;
    }
    append(point);
  }
  const bool may_grow = pending_.size() - at < 4 && !ended_;
  if (at < pending_.size() && !may_grow)
    return stop("ingest.bad_encoding",
                fmt::format("half a character of {} stands here", encoding_name(encoding_)),
                "export the file as UTF-8");
  pending_.erase(0, at);
}

}  // namespace tiebeam::ingest
