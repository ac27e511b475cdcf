// A file as UTF-8 text, whatever it was written in, with room only for what has not been read yet.
// The encoding is decided by evidence and said; NUL bytes are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "ingest/byte_source.h"

namespace tiebeam::ingest {

enum class Encoding : std::uint8_t { utf8, utf8_bom, utf16_le, utf16_be, windows_1252 };
[[nodiscard]] std::string_view encoding_name(Encoding encoding);
// What a person calls an encoding: its name here, or a usual one ("utf8", "latin1", "cp1252"); none
// when `said` is empty. Errors: ingest.bad_option.
[[nodiscard]] Result<std::optional<Encoding>> encoding_said(std::string_view said);

class TextStream {
 public:
  // At least this much text (or all there is) is at hand after open, for any block size: what is
  // decided from the first lines does not depend on it.
  static constexpr std::size_t kSample = std::size_t{64} << 10;

  // `said`: what a person says of the encoding, in place of the evidence. Errors: those of
  // ByteSource and of fill().
  static Result<TextStream> open(ByteSource source, std::size_t block_bytes,
                                 std::optional<Encoding> said = std::nullopt);

  // Text not consumed yet. Moves on fill().
  [[nodiscard]] std::string_view text() const { return {buffer_.data() + begin_, end_ - begin_}; }
  void consume(std::size_t bytes) {
    begin_ += bytes;
    consumed_ += bytes;
  }
  [[nodiscard]] std::size_t consumed() const { return consumed_; }  // of all text
  [[nodiscard]] bool at_end() const { return ended_ && !fault_; }
  // More text behind text(), if there is any. `line` is the line on which text() starts.
  // Errors: those of ByteSource::read, ingest.nul_byte, ingest.bad_encoding.
  [[nodiscard]] Result<void> fill(std::uint32_t line);

  [[nodiscard]] Encoding encoding() const { return encoding_; }
  [[nodiscard]] bool encoding_is_said() const { return said_.has_value(); }
  // The byte that is no UTF-8 and so made it windows-1252; 0 when that was said.
  [[nodiscard]] unsigned odd_byte() const { return odd_byte_; }
  [[nodiscard]] ByteSource& source() { return source_; }

 private:
  struct Fault {
    std::string code, what, hint;
  };
  TextStream(ByteSource source, std::size_t block_bytes)
      : source_(std::move(source)), block_(block_bytes) {}
  Result<void> prime();
  Result<void> read_block();
  void decide_encoding();
  [[nodiscard]] std::size_t take_mark(std::string_view bytes);
  void make_room(std::size_t bytes);
  void take();
  void take_utf8();
  void take_1252(std::string_view bytes);
  void take_utf16();
  std::size_t check_utf8(std::size_t to);
  void append(char32_t point);
  void stop(std::string code, std::string what, std::string hint);

  ByteSource source_;
  std::size_t block_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of unread text
  std::size_t end_ = 0;    // of text that is known to be UTF-8
  std::size_t consumed_ = 0;
  std::size_t raw_end_ = 0;  // of bytes as read, when they are UTF-8
  std::string pending_;      // bytes as read, when they must be turned into UTF-8
  bool ended_ = false;
  std::optional<Encoding> said_;
  Encoding encoding_ = Encoding::utf8;
  unsigned odd_byte_ = 0;
  std::int64_t wide_characters_ = 0;  // beyond ASCII
  std::optional<Fault> fault_;        // stands behind text()
};

}  // namespace tiebeam::ingest
