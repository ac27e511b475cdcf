#include "server/uploads.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace tiebeam::server {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kDescriptor = "upload.json";
constexpr std::string_view kFile = "file";  // folder of the file itself: its name is its own

std::unexpected<Error> no_spool(const std::string& where, std::string_view fault) {
  return fail(Kind::unavailable, "server.no_spool",
              fmt::format("cannot keep an upload in '{}': {}", where, fault),
              "check that the data directory may be written and that the disk has room");
}
std::unexpected<Error> no_spool(const std::string& where, const std::error_code& fault) {
  return no_spool(where, fault.message());
}

// The last part of a path of any system; empty when there is nothing to call a file.
std::string base_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  std::string out(slash == std::string_view::npos ? name : name.substr(slash + 1));
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  constexpr std::size_t kLongest = 200;
  const bool is_name = out != "." && out != ".." && out.size() <= kLongest && is_valid_utf8(out);
  return is_name ? out : std::string{};
}

Result<std::string> new_id() {
  std::uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number)
    return no_spool("memory", "the system gives no random bytes");
  return fmt::format("prv_{:016x}", number);
}

bool is_id(std::string_view id) {
  return id.size() == 20 && id.starts_with("prv_") &&
         id.find_first_not_of("0123456789abcdef", 4) == std::string_view::npos;
}

// Makes what a file or folder holds survive a power cut.
Result<void> sync(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool is_synced = file >= 0 && ::fsync(file) == 0;
  const int fault = errno;
  if (file >= 0) ::close(file);
  if (!is_synced) return no_spool(path.string(), std::strerror(fault));
  return {};
}

// Whole or not at all: written beside, synced, then named.
Result<void> write_whole(const fs::path& path, std::string_view text) {
  const fs::path draft = path.string() + ".draft";
  {
    std::ofstream out(draft, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.flush();
    if (!out) return no_spool(draft.string(), "the disk took not all of it");
  }
  TB_DO(sync(draft, O_RDWR));
  std::error_code fault;
  fs::rename(draft, path, fault);
  if (fault) return no_spool(path.string(), fault);
  return sync(path.parent_path(), O_RDONLY | O_DIRECTORY);
}

std::optional<std::string> read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// What another process left behind a day ago: it is not just being made.
bool is_leftover(const fs::path& folder) {
  std::error_code fault;
  const auto at = fs::last_write_time(folder, fault);
  return !fault && fs::file_time_type::clock::now() - at > std::chrono::hours{24};
}

std::string text_of(const Json& json, std::string_view name) {
  const Json* held = json.find(name);
  const std::string* text = held ? held->if_string() : nullptr;
  return text ? *text : std::string{};
}

Json descriptor_of(const Waiting& waiting) {
  return Json::object({{"organisation", waiting.organisation},
                       {"name", waiting.name},
                       {"at", format_instant(waiting.at)},
                       {"answers", waiting.answers},
                       {"resumable", waiting.is_resumable}});
}

}  // namespace

Result<void> Uploads::prepare(const std::string& spool) {
  std::error_code fault;
  fs::remove_all(spool, fault);
  fs::create_directories(spool, fault);
  if (fault) return no_spool(spool, fault);
  fs::permissions(spool, fs::perms::owner_all, fault);
  return {};
}

std::optional<Waiting> Uploads::read(const std::string& id) const {
  const fs::path folder = fs::path(folder_) / id;
  const auto text = read_whole(folder / kDescriptor);
  if (!text) return std::nullopt;
  const auto json = parse_json(*text);
  if (!json) return std::nullopt;
  const auto at = parse_instant(text_of(*json, "at"));
  Waiting out{.id = id,
              .organisation = text_of(*json, "organisation"),
              .name = text_of(*json, "name"),
              .path = {},
              .at = at ? *at : Instant{},
              .answers = {}};
  if (const Json* answers = json->find("answers")) out.answers = *answers;
  if (const Json* kept = json->find("resumable"); kept && kept->if_bool())
    out.is_resumable = *kept->if_bool();
  out.path = (folder / kFile / out.name).string();
  std::error_code fault;
  const auto bytes = fs::file_size(out.path, fault);
  if (fault || out.name.empty()) return std::nullopt;
  out.bytes = static_cast<std::int64_t>(bytes);
  return out;
}

std::vector<Waiting> Uploads::all() const {
  std::vector<Waiting> out;
  std::error_code fault;  // no folder: nothing waits
  for (const auto& entry : fs::directory_iterator(folder_, fault)) {
    const std::string id = entry.path().filename().string();
    if (!is_id(id)) continue;
    if (auto held = read(id)) out.push_back(*std::move(held));
  }
  std::ranges::sort(out, {}, [](const Waiting& each) { return std::tie(each.at, each.id); });
  return out;
}

Result<void> Uploads::room_for(const Waiting& wanted) const {
  std::uintmax_t bytes = static_cast<std::uintmax_t>(wanted.bytes);
  std::size_t files = 1;
  for (const Waiting& each : all()) {
    bytes += static_cast<std::uintmax_t>(each.bytes);
    if (each.organisation == wanted.organisation) ++files;
  }
  if (files <= limits_.files && bytes <= limits_.bytes) return {};
  return fail(Kind::conflict, "import.too_many_waiting",
              files > limits_.files
                  ? fmt::format("{} files wait to be imported; that is the most", limits_.files)
                  : fmt::format("the files that wait would take {} bytes; {} are the most", bytes,
                                limits_.bytes),
              "import or drop one that waits: GET /orgs/{org}/uploads lists them");
}

Result<Waiting> Uploads::keep(Waiting wanted, const std::string& file) {
  wanted.name = base_name(wanted.name);
  if (wanted.name.empty()) {
    return invalid("import.bad_file_name", "the name given cannot name a file",
                   "send the file's own name: ?name=jira-export.csv");
  }
  TB_TRY(wanted.id, new_id());
  const fs::path folder = fs::path(folder_) / wanted.id;
  wanted.path = (folder / kFile / wanted.name).string();
  std::error_code fault;
  wanted.bytes = static_cast<std::int64_t>(fs::file_size(file, fault));
  if (fault) return no_spool(file, fault);
  const std::scoped_lock lock(mutex_);
  TB_DO(room_for(wanted));
  fs::create_directories(folder / kFile, fault);
  if (!fault) fs::permissions(folder_, fs::perms::owner_all, fault);
  if (!fault) fs::rename(file, wanted.path, fault);
  if (fault) return no_spool(folder.string(), fault);
  TB_DO(sync(wanted.path, O_RDONLY));
  TB_DO(sync(folder / kFile, O_RDONLY | O_DIRECTORY));
  TB_DO(write_whole(folder / kDescriptor, write_json(descriptor_of(wanted))));
  TB_DO(sync(folder_, O_RDONLY | O_DIRECTORY));
  return wanted;
}

Result<Waiting> Uploads::find(const std::string& organisation, std::string_view id) const {
  if (is_id(id)) {
    const std::scoped_lock lock(mutex_);
    auto held = read(std::string(id));
    if (held && held->organisation == organisation) return *std::move(held);
  }
  return fail(Kind::not_found, "import.no_such_upload",
              fmt::format("there is no file '{}' waiting to be imported", shown(id)),
              "send the file again: POST /orgs/{org}/uploads?name=FILE");
}

std::vector<Waiting> Uploads::list(const std::string& organisation) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Waiting> out = all();
  std::erase_if(out, [&](const Waiting& each) { return each.organisation != organisation; });
  return out;
}

Result<void> Uploads::remember(const Waiting& waiting) {
  const std::scoped_lock lock(mutex_);
  return write_whole(fs::path(folder_) / waiting.id / kDescriptor,
                     write_json(descriptor_of(waiting)));
}

Result<void> Uploads::put(const Waiting& waiting, std::string_view name, std::string_view text) {
  const std::scoped_lock lock(mutex_);
  return write_whole(fs::path(folder_) / waiting.id / name, text);
}

std::optional<std::string> Uploads::get(const Waiting& waiting, std::string_view name) const {
  const std::scoped_lock lock(mutex_);
  return read_whole(fs::path(folder_) / waiting.id / name);
}

void Uploads::drop(const Waiting& waiting) {
  const std::scoped_lock lock(mutex_);
  std::error_code fault;  // what stays behind goes when it is a week old
  fs::remove(fs::path(folder_) / waiting.id / kDescriptor, fault);
  fs::remove_all(fs::path(folder_) / waiting.id, fault);
}

void Uploads::drop_old(Instant now) {
  const std::scoped_lock lock(mutex_);
  std::error_code fault;
  for (const auto& entry : fs::directory_iterator(folder_, fault)) {
    const std::string id = entry.path().filename().string();
    const auto held = is_id(id) ? read(id) : std::nullopt;
    const bool is_old = held ? now - held->at > limits_.age : is_leftover(entry.path());
    if (is_old) fs::remove_all(entry.path(), fault);
  }
}

}  // namespace tiebeam::server
