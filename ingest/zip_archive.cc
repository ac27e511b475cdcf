#include "ingest/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <set>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
constexpr const char* kSaveAgain = "open it in your spreadsheet program and save it again as .xlsx";
constexpr const char* kAsCsv = "save the sheet with the tickets as CSV (UTF-8)";

// The end of the central directory says how many entries there are: PKWARE APPNOTE 4.3.16. Nothing
// when there is none.
std::optional<std::size_t> entries_said(std::string_view bytes) {
  constexpr std::size_t kRecord = 22, kLongestComment = 0xFFFF, kCountAt = 10;
  const std::size_t from = bytes.size() - std::min(bytes.size(), kRecord + kLongestComment);
  const std::size_t at = bytes.rfind("PK\x05\x06");
  if (at == std::string_view::npos || at < from || bytes.size() - at < kRecord) return std::nullopt;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
  return byte(kCountAt) | static_cast<std::size_t>(byte(kCountAt + 1)) << 8;
}

class EntryFile {
 public:
  explicit EntryFile(zip_file_t* file) : file_(file) {}
  EntryFile(EntryFile&& other) noexcept : file_(std::exchange(other.file_, nullptr)) {}
  ~EntryFile() {
    if (file_ != nullptr) zip_fclose(file_);
  }
  EntryFile(const EntryFile&) = delete;
  EntryFile& operator=(const EntryFile&) = delete;
  EntryFile& operator=(EntryFile&&) = delete;
  [[nodiscard]] zip_file_t* get() const { return file_; }

 private:
  zip_file_t* file_;
};
}  // namespace

struct ZipArchive::State {
  State(std::string name, std::string content, ArchiveLimits most)
      : file(std::move(name)), bytes(std::move(content)), limits(most) {}
  ~State() {
    if (zip != nullptr) zip_discard(zip);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<void> open();
  Result<void> list();
  [[nodiscard]] Result<void> check_limits() const;
  [[nodiscard]] std::unexpected<Error> damaged(std::string_view what) const {
    return invalid("ingest.workbook_damaged", fmt::format("'{}' is damaged: {}", file, what),
                   kSaveAgain);
  }

  std::string file, bytes;
  ArchiveLimits limits;
  zip_t* zip = nullptr;
  std::vector<std::string> names;
  std::int64_t unpacked = 0;
};

Result<void> ZipArchive::State::open() {
  const auto said = entries_said(bytes);
  if (!said) return damaged("the end of the zip archive is missing");
  if (*said > limits.entries)
    return invalid("ingest.workbook_too_large",
                   fmt::format("'{}' holds more than {} files; a workbook holds a few dozen", file,
                               limits.entries),
                   kAsCsv);
  zip_error_t why;
  zip_error_init(&why);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &why);
  TB_CHECK(source != nullptr, "a source of bytes in memory needs nothing but memory");
  zip = zip_open_from_source(source, ZIP_RDONLY, &why);
  const std::string reason = zip == nullptr ? zip_error_strerror(&why) : "";
  zip_error_fini(&why);
  if (zip == nullptr) {
    zip_source_free(source);
    return damaged(fmt::format("the zip archive cannot be read ({})", shown(reason)));
  }
  return list();
}

Result<void> ZipArchive::State::list() {
  std::set<std::string_view> seen;
  const zip_int64_t count = zip_get_num_entries(zip, 0);
  names.reserve(static_cast<std::size_t>(std::max<zip_int64_t>(count, 0)));
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    if (zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &about) != 0 ||
        (about.valid & ZIP_STAT_NAME) == 0)
      return damaged("an entry of the zip archive cannot be read");
    names.emplace_back(about.name);
    if (!seen.insert(names.back()).second)
      return damaged(fmt::format("it holds '{}' twice", shown(names.back())));
    if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
      return invalid("ingest.workbook_encrypted",
                     fmt::format("'{}' is locked with a password", file),
                     "take the password off (File, Info, Protect) and save it as .xlsx");
  }
  return {};
}

Result<void> ZipArchive::State::check_limits() const {
  const auto packed = static_cast<std::int64_t>(std::max<std::size_t>(bytes.size(), 1));
  const bool too_much = unpacked > limits.unpacked_bytes;
  const bool too_dense = unpacked > limits.ratio_from && unpacked / packed > limits.ratio;
  if (!too_much && !too_dense) return {};
  return invalid("ingest.workbook_too_large",
                 fmt::format("'{}' unpacks to more than {}: {} bytes gave {} so far", file,
                             too_much ? fmt::format("{} bytes", limits.unpacked_bytes)
                                      : fmt::format("{} times its size", limits.ratio),
                             packed, unpacked),
                 kAsCsv);
}

ZipArchive::ZipArchive(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(std::string file, std::string bytes, ArchiveLimits limits) {
  auto state = std::make_unique<State>(std::move(file), std::move(bytes), limits);
  TB_DO(state->open());
  return ZipArchive(std::move(state));
}

const std::string& ZipArchive::file() const { return state_->file; }
std::size_t ZipArchive::bytes() const { return state_->bytes.size(); }
const std::vector<std::string>& ZipArchive::names() const { return state_->names; }

bool ZipArchive::has(std::string_view name) const {
  return std::ranges::find(state_->names, name) != state_->names.end();
}

Result<ByteSource> ZipArchive::entry(const std::string& name) {
  const auto found = std::ranges::find(state_->names, name);
  if (found == state_->names.end())
    return state_->damaged(fmt::format("its part '{}' is missing", shown(name)));
  const auto index = static_cast<zip_uint64_t>(found - state_->names.begin());
  EntryFile file(zip_fopen_index(state_->zip, index, 0));
  if (file.get() == nullptr)
    return state_->damaged(fmt::format("its part '{}' cannot be unpacked ({})", shown(name),
                                       shown(zip_strerror(state_->zip))));
  return ByteSource::made_by(
      state_->file + ", " + shown(name),
      [state = state_.get(), file = std::move(file),
       name](std::span<char> into) -> Result<std::size_t> {
        const zip_int64_t got = zip_fread(file.get(), into.data(), into.size());
        if (got < 0)
          return state->damaged(fmt::format("its part '{}' breaks off ({})", shown(name),
                                            shown(zip_file_strerror(file.get()))));
        state->unpacked += got;
        TB_DO(state->check_limits());
        return static_cast<std::size_t>(got);
      });
}

}  // namespace tiebeam::ingest
