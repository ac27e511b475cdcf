#include "ingest/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "base/hash.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kMagicBytes = 2, kHeadBytes = 8;
constexpr int kGzipWindow = 15 + 16;  // largest window, gzip header and checksum expected

// A descriptor that closes itself.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

std::unexpected<Error> unreadable(const std::string& path, int why) {
  const Kind kind = why == ENOENT   ? Kind::not_found
                    : why == EACCES ? Kind::forbidden
                                    : Kind::unavailable;
  return fail(kind, "ingest.unreadable",
              fmt::format("cannot read '{}': {}", path, std::strerror(why)),
              why == ENOENT ? "check the path" : "check that it is a file you may read");
}
}  // namespace

struct ByteSource::State {
  State(const std::string& source, int fd, std::size_t block_bytes, UnpackLimits most,
        ByteHooks told)
      : path(source),
        name(source.substr(source.find_last_of('/') + 1)),
        file(fd),
        block(block_bytes),
        limits(most),
        hooks(std::move(told)) {}
  ~State() {
    if (inflating) inflateEnd(&z);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<std::size_t> read_raw(char* into, std::size_t most);
  Result<void> start();
  Result<bool> refill();
  Result<std::size_t> read_plain(std::span<char> into);
  Result<std::size_t> read_gzip(std::span<char> into);
  void skip_padding();
  Result<bool> next_member();
  Result<void> check_limits() const;

  std::string path, name;
  File file;
  std::size_t block;
  UnpackLimits limits;
  ByteHooks hooks;
  Sha256 hash;
  std::int64_t total = 0, raw = 0, unpacked = 0, told_at = 0;
  bool raw_ended = false, gzip = false, inflating = false, finished = false, garbage = false;
  std::vector<char> packed;  // raw bytes not yet consumed: [from, packed.size())
  std::size_t from = 0;
  ByteMaker other;       // what read() gives instead, when it is set
  bool is_full = false;  // zlib had no room for all it made: ask it again before reading on
  z_stream z{};
};

Result<std::size_t> ByteSource::State::read_raw(char* into, std::size_t most) {
  ssize_t got = 0;
  do {
    got = ::read(file.fd(), into, most);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return unreadable(path, errno);
  const auto bytes = static_cast<std::size_t>(got);
  raw_ended = bytes == 0;
  raw += got;
  hash.update({into, bytes});
  if (hooks.on_raw && bytes > 0) TB_DO(hooks.on_raw({into, bytes}));
  if (hooks.on_progress && (raw - told_at >= (1 << 20) || raw_ended)) {
    told_at = raw;
    hooks.on_progress(raw, std::max(total, raw));
  }
  return bytes;
}

// Another block of raw bytes behind those at hand; false at the end of the file.
Result<bool> ByteSource::State::refill() {
  packed.erase(packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(from));
  from = 0;
  const std::size_t kept = packed.size();
  packed.resize(kept + block);
  auto got = read_raw(packed.data() + kept, block);
  packed.resize(kept + (got ? *got : 0));
  if (!got) return std::unexpected(std::move(got).error());
  return *got > 0;
}

Result<void> ByteSource::State::start() {
  while (packed.size() < kHeadBytes) {
    TB_TRY(const bool more, refill());
    if (!more) break;
  }
  gzip = packed.size() >= kMagicBytes && packed[0] == '\x1f' && packed[1] == '\x8b';
  if (!gzip) return {};
  TB_CHECK(inflateInit2(&z, kGzipWindow) == Z_OK, "zlib starts with these settings");
  inflating = true;
  return {};
}

Result<std::size_t> ByteSource::State::read_plain(std::span<char> into) {
  if (from < packed.size()) {
    const std::size_t bytes = std::min(into.size(), packed.size() - from);
    std::memcpy(into.data(), packed.data() + from, bytes);
    from += bytes;
    return bytes;
  }
  if (raw_ended) return 0;
  return read_raw(into.data(), std::min(into.size(), block));
}

Result<void> ByteSource::State::check_limits() const {
  const bool too_much = unpacked > limits.bytes;
  const bool too_dense =
      unpacked > limits.ratio_from && unpacked / std::max<std::int64_t>(raw, 1) > limits.ratio;
  if (!too_much && !too_dense) return {};
  return invalid("ingest.too_large",
                 fmt::format("'{}' unpacks to more than {}: {} bytes gave {} so far", name,
                             too_much ? fmt::format("{} bytes", limits.bytes)
                                      : fmt::format("{} times its size", limits.ratio),
                             raw, unpacked),
                 "unpack it yourself and give the plain file, if it is what you expect");
}

// Zeros behind a member, as tapes and blocks of a disk leave them.
void ByteSource::State::skip_padding() {
  while (from < packed.size() && packed[from] == '\0') ++from;
}

// Behind a finished member, and padding: another one, nothing, or bytes that are not gzip.
Result<bool> ByteSource::State::next_member() {
  skip_padding();
  while (packed.size() - from < kMagicBytes && !raw_ended) {
    TB_DO(refill());
    skip_padding();
  }
  const std::string_view rest(packed.data() + from, packed.size() - from);
  if (rest.starts_with("\x1f\x8b")) {
    inflateReset(&z);
    return true;
  }
  garbage = !rest.empty();
  for (;;) {  // read on: the hash and the copy are of the whole file
    from = packed.size();
    if (raw_ended) return false;
    TB_DO(refill());
  }
}

Result<std::size_t> ByteSource::State::read_gzip(std::span<char> into) {
  while (!finished) {
    if (from == packed.size() && !is_full) {
      TB_TRY(const bool more, refill());
      if (!more)
        return invalid("ingest.truncated",
                       fmt::format("'{}' ends inside its gzip data, after {} bytes ({} unpacked)",
                                   name, raw, unpacked),
                       "fetch or export the file again: the end is missing");
    }
    z.next_in = reinterpret_cast<Bytef*>(packed.data() + from);
    z.avail_in = static_cast<uInt>(packed.size() - from);
    z.next_out = reinterpret_cast<Bytef*>(into.data());
    z.avail_out = static_cast<uInt>(into.size());
    const int status = inflate(&z, Z_NO_FLUSH);
    from = packed.size() - z.avail_in;
    const std::size_t made = into.size() - z.avail_out;
    is_full = z.avail_out == 0;
    unpacked += static_cast<std::int64_t>(made);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
      return invalid(
          "ingest.damaged",
          fmt::format("'{}' is damaged: its gzip data break after {} unpacked bytes ({})", name,
                      unpacked, z.msg ? z.msg : "bad data"),
          "fetch or export the file again");
    TB_DO(check_limits());
    if (status == Z_STREAM_END) {
      TB_TRY(const bool more, next_member());
      finished = !more;
    }
    if (made > 0) return made;
  }
  return 0;
}

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::string& path, std::size_t block_bytes,
                                    UnpackLimits limits, ByteHooks hooks) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return unreadable(path, errno);
  auto state = std::make_unique<State>(path, fd, std::max<std::size_t>(block_bytes, 1), limits,
                                       std::move(hooks));
  struct stat about{};
  if (::fstat(fd, &about) != 0) return unreadable(path, errno);
  if (S_ISDIR(about.st_mode)) return unreadable(path, EISDIR);
  state->total = about.st_size;
  TB_DO(state->start());
  return ByteSource(std::move(state));
}

ByteSource ByteSource::made_by(std::string name, ByteMaker make) {
  auto state = std::make_unique<State>(name, -1, 1, UnpackLimits{}, ByteHooks{});
  state->name = std::move(name);
  state->other = std::move(make);
  return ByteSource(std::move(state));
}

std::string_view ByteSource::head() const {
  return {state_->packed.data(), std::min(state_->packed.size(), kHeadBytes)};
}

Result<std::string> ByteSource::read_whole(std::size_t most) {
  std::string out;
  for (;;) {
    const std::size_t held = out.size();
    if (held > most)
      return invalid("ingest.workbook_too_large",
                     fmt::format("'{}' is larger than {} MB", name(), most >> 20),
                     "save the sheet with the tickets as CSV (UTF-8)");
    out.resize(held + std::max(state_->block, std::size_t{1} << 16));
    auto got = state_->read_plain({out.data() + held, out.size() - held});
    out.resize(held + (got ? *got : 0));
    if (!got) return std::unexpected(std::move(got).error());
    if (*got == 0) return out;
  }
}

void ByteSource::continue_with(ByteMaker make) { state_->other = std::move(make); }

Result<std::size_t> ByteSource::read(std::span<char> into) {
  if (state_->other) return state_->other(into);
  return state_->gzip ? state_->read_gzip(into) : state_->read_plain(into);
}

const std::string& ByteSource::name() const { return state_->name; }
std::int64_t ByteSource::raw_bytes() const { return state_->raw; }
bool ByteSource::is_gzip() const { return state_->gzip; }
bool ByteSource::has_trailing_garbage() const { return state_->garbage; }
std::string ByteSource::sha256() { return to_hex(state_->hash.finish()); }

}  // namespace tiebeam::ingest
