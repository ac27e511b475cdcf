// Bytes of a file, plain or gzip (told by its first bytes), a block at a time. Hashes and hands out
// the bytes as given on the way. Text begins one layer up: ingest/text_stream.h.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tiebeam::ingest {

// A gzip file may unpack to this much and no more. The ratio counts from `ratio_from` bytes on:
// logs of 20:1 are usual, 200:1 happen, 1000:1 is the most that deflate can do.
struct UnpackLimits {
  std::int64_t bytes = std::int64_t{64} << 30;
  std::int64_t ratio = 400;
  std::int64_t ratio_from = std::int64_t{64} << 20;
};

// Fills the span with what comes next; 0 at the end.
using ByteMaker = std::move_only_function<Result<std::size_t>(std::span<char>)>;

struct ByteHooks {
  std::function<Result<void>(std::string_view block)> on_raw;              // may be empty
  std::function<void(std::int64_t done, std::int64_t total)> on_progress;  // may be empty
};

class ByteSource {
 public:
  // Errors: ingest.unreadable.
  static Result<ByteSource> open(const std::string& path, std::size_t block_bytes,
                                 UnpackLimits limits, ByteHooks hooks);
  // Bytes that `make` gives, under a name to tell of.
  static ByteSource made_by(std::string name, ByteMaker make);
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  // Fills `into`, unpacked; fewer bytes than it holds only when little is at hand, 0 at the end.
  // Errors: ingest.unreadable, ingest.truncated, ingest.damaged, ingest.too_large, those of on_raw.
  [[nodiscard]] Result<std::size_t> read(std::span<char> into);

  // The first bytes as given, up to eight. REQUIRES: nothing was read yet.
  [[nodiscard]] std::string_view head() const;
  // All of the file as given. Errors: those of read(), and ingest.workbook_too_large beyond `most`.
  // REQUIRES: nothing was read yet.
  [[nodiscard]] Result<std::string> read_whole(std::size_t most);
  // From now on read() gives what `make` gives; name and hash stay those of the file.
  void continue_with(ByteMaker make);

  [[nodiscard]] const std::string& name() const;  // without folders
  [[nodiscard]] std::int64_t raw_bytes() const;   // read so far, as given
  [[nodiscard]] bool is_gzip() const;
  [[nodiscard]] bool has_trailing_garbage() const;  // behind the last gzip member
  [[nodiscard]] std::string sha256();               // REQUIRES: read to the end; called once

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tiebeam::ingest
