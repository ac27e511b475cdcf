#include "apps/tiebeam/sample.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "application/imports.h"
#include "application/organisations.h"
#include "model/state_map_toml.h"
#include "store/files.h"

#define TB_EMBED(symbol, file)                                                               \
  extern "C" const char symbol##_begin[];                                                    \
  extern "C" const char symbol##_end[];                                                      \
  asm(".section .rodata\n.balign 16\n" #symbol "_begin:\n.incbin \"" TIEBEAM_SAMPLE "/" file \
      "\"\n" #symbol "_end:\n.byte 0\n.previous\n");
TB_EMBED(tb_sample_events, "incident_event_log_2016Q1.csv.gz")
TB_EMBED(tb_sample_states, "state_map.toml")

namespace tiebeam {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kId = "sample";
constexpr std::string_view kFile = "incident_event_log_2016Q1.csv.gz";
constexpr std::chrono::sys_days kAsOf{std::chrono::year{2016} / 5 / 1};

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

// A folder that goes with this value.
struct Folder {
  fs::path path;
  ~Folder() {
    std::error_code ignored;  // what stays is a copy of what the program carries
    fs::remove_all(path, ignored);
  }
};

std::unexpected<Error> no_place(const fs::path& where, int cause) {
  const auto lack = store::no_room(cause);
  return fail(Kind::unavailable, "organisation.no_directory",
              fmt::format("cannot put the sample into '{}': {}", where.string(),
                          lack ? lack->cause : std::strerror(cause)),
              std::string(lack ? lack->hint : "check that the data directory may be written"));
}

Result<void> fill(const Table& table, store::Store& store, const fs::path& file,
                  const std::string& actor, Instant at) {
  auto states = parse_state_map(between(tb_sample_states_begin, tb_sample_states_end));
  if (!states) return std::unexpected(states.error().front());
  ImportRequest request;
  request.read.path = file.string();
  request.read.zone = "UTC";
  request.state_map = *std::move(states);
  request.actor = actor;
  request.at = at;
  auto report = import_file(table, store, request);
  if (!report) return std::unexpected(std::move(report).error().error);
  store::Write write{
      .actor = actor, .at = at, .command = "record.set", .idempotency_key = {}, .changes = {}};
  write.changes.push_back({.op = store::Op::set,
                           .type = "organisation",
                           .id = "self",
                           .fields = {{"as_of", Instant{kAsOf}}},
                           .expected_version = {}});
  TB_TRY([[maybe_unused]] const store::Written written, store.write(std::move(write)));
  return {};
}

}  // namespace

Result<std::string> make_sample(const Table& table, const std::string& data,
                                const std::string& actor, Instant at) {
  const Folder folder{fs::path(data) / fmt::format(".sample-{}", getpid())};
  std::error_code fault;
  fs::create_directories(folder.path, fault);
  const fs::path file = folder.path / kFile;
  const std::string_view bytes = between(tb_sample_events_begin, tb_sample_events_end);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (fault || !out) return no_place(folder.path, fault ? fault.value() : errno);
  TB_TRY([[maybe_unused]] const auto store,
         create_organisation(
             table, data,
             {.id = std::string(kId),
              .name = "Sample: incidents of a real IT department",
              .actor = actor,
              .at = at,
              .fill = [&](store::Store& made) { return fill(table, made, file, actor, at); }}));
  return std::string(kId);
}

}  // namespace tiebeam
