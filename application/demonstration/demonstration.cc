#include "application/demonstration/demonstration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "application/demonstration/work_plan.h"
#include "application/demonstration/work_stream.h"
#include "application/imports.h"
#include "application/organisations.h"
#include "application/record_file.h"
#include "application/zones.h"
#include "model/json_object.h"
#include "store/files.h"

namespace tiebeam {
namespace {

namespace fs = std::filesystem;
constexpr const char* kActor = "the story of the demonstration";

struct Step {
  Instant at{};
  std::string file;
  std::string type;  // of records; empty: the work of a team
};

struct Story {
  NewOrganisation organisation;
  std::int64_t fiscal_year_starts = 1;
  std::uint64_t seed = 1;
  Instant as_of{};
  std::vector<Step> steps;
};

Error bad_story(std::string what) {
  return {.kind = Kind::invalid,
          .code = "demo.bad_story",
          .message = std::move(what),
          .detail = {},
          .hint = "demo/README.md says how the story is written",
          .field = {}};
}

Result<std::string_view> text_of(std::span<const StoryFile> story, std::string_view name) {
  const auto found = std::ranges::find(story, name, &StoryFile::name);
  if (found != story.end()) return found->text;
  return std::unexpected(bad_story(fmt::format("the story has no file {}", name)));
}

Result<Story> read_story(std::span<const StoryFile> files) {
  TB_TRY(const std::string_view text, text_of(files, "story.json"));
  TB_TRY(const Json json, parse_json(text));
  std::vector<Error> faults;
  JsonObject top(json, "", faults);
  Story out;
  out.organisation.id = top.id();
  out.organisation.name = top.text("name");
  out.organisation.zone = top.text("zone", "UTC");
  out.organisation.currency = top.text("currency", "EUR");
  out.fiscal_year_starts = top.whole("fiscal_year_starts", 1, 12).value_or(1);
  out.seed = static_cast<std::uint64_t>(top.whole("seed", 1, 1'000'000).value_or(1));
  TB_TRY(out.as_of, parse_instant(top.text("as_of")));
  const Json::Array& steps = top.list("steps");
  for (std::size_t i = 0; i < steps.size(); ++i) {
    JsonObject one(steps[i], fmt::format("/steps/{}", i), faults);
    Step step;
    TB_TRY(step.at, parse_instant(one.text("at")));
    step.file = one.text("file");
    step.type = one.text("type");
    one.refuse_others();
    if (!out.steps.empty() && step.at < out.steps.back().at)
      faults.push_back(bad_story(fmt::format("step {} is before the one above it", i + 1)));
    out.steps.push_back(std::move(step));
  }
  top.refuse_others();
  if (!faults.empty()) return std::unexpected(bad_story(faults.front().message));
  if (out.steps.empty()) return std::unexpected(bad_story("the story has no steps"));
  out.organisation.actor = kActor;
  out.organisation.at = out.steps.front().at;
  return out;
}

Result<void> write_text(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (file.good()) return {};
  const auto lack = store::no_room(errno);
  return fail(Kind::unavailable, "file.unwritable",
              fmt::format("{} cannot be written: {}", path.string(),
                          lack ? lack->cause : std::strerror(errno)),
              std::string(lack ? lack->hint : "choose a data directory that can be written to"));
}

// The first fault speaks, the others stand in its detail.
Error first_of(const std::string& file, std::vector<Error> faults) {
  Error out = std::move(faults.front());
  out.message = fmt::format("{}: {}", file, out.message);
  for (std::size_t i = 1; i < faults.size(); ++i)
    out.detail += fmt::format("{}{}", out.detail.empty() ? "" : "\n", faults[i].message);
  return out;
}

class Maker {
 public:
  // `folder` is for files that are read and left behind.
  Maker(const Table& table, std::span<const StoryFile> files, const Story& story, fs::path folder,
        store::Store& store)
      : table_(table), files_(files), story_(story), folder_(std::move(folder)), store_(store) {}

  Result<void> make() {
    TB_TRY(zone_, load_zone(story_.organisation.zone));
    TB_DO(mark());
    for (const Step& step : story_.steps) TB_DO(step.type.empty() ? work(step) : records(step));
    return {};
  }

 private:
  [[nodiscard]] static Author author(Instant at) {
    return {.actor = kActor, .at = at, .idempotency_key = {}};
  }

  Result<void> mark() {
    TB_TRY(const SnapshotPtr snapshot, load_snapshot(store_));
    auto done = set_record(table_, store_, *snapshot, "organisation", "self",
                           {{"fictional", "true"},
                            {"as_of", format_instant(story_.as_of)},
                            {"fiscal_year_starts", std::to_string(story_.fiscal_year_starts)}},
                           std::nullopt, author(story_.organisation.at));
    if (!done) return std::unexpected(first_of("story.json", std::move(done).error()));
    return {};
  }

  Result<void> records(const Step& step) {
    TB_TRY(const std::string_view text, text_of(files_, step.file));
    const fs::path path = folder_ / step.file;
    TB_DO(write_text(path, text));
    auto read = read_record_file(table_, path.string(), step.type);
    if (!read) return std::unexpected(first_of(step.file, std::move(read).error()));
    TB_TRY(const SnapshotPtr snapshot, load_snapshot(store_));
    auto done = put_records(table_, store_, *snapshot, step.type, read->records, author(step.at));
    if (!done) return std::unexpected(first_of(step.file, std::move(done).error()));
    return {};
  }

  Result<void> work(const Step& step) {
    TB_TRY(const std::string_view text, text_of(files_, step.file));
    TB_TRY(const Json json, parse_json(text));
    TB_TRY(const demonstration::WorkPlan plan, demonstration::work_plan(json));
    TB_TRY(const std::string events,
           demonstration::event_file(plan, story_.seed, zone_, story_.as_of));
    const fs::path path = folder_ / (plan.value_stream + ".csv");
    TB_DO(write_text(path, events));
    ImportRequest request;
    request.read.path = path.string();
    request.read.format = "events";
    request.value_stream = plan.value_stream;
    request.actor = kActor;
    request.at = step.at;
    auto report = import_file(table_, store_, request);
    if (!report) return std::unexpected(std::move(report).error().error);
    return {};
  }

  const Table& table_;
  std::span<const StoryFile> files_;
  const Story& story_;
  fs::path folder_;
  store::Store& store_;
  Zone zone_;
};

// Removed with all that is in it, whatever happens.
struct Workshop {
  fs::path folder;
  ~Workshop() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};

}  // namespace

Result<std::string> make_demonstration(const Table& table, const std::string& dir,
                                       std::span<const StoryFile> story, std::uint64_t seed) {
  TB_TRY(Story read, read_story(story));
  if (seed != 0) read.seed = seed;
  std::string id = read.organisation.id;
  const std::string path = organisation_path(dir, id);
  if (fs::exists(path)) {
    return fail(Kind::conflict, "store.exists", fmt::format("{} is there already", path),
                fmt::format("look at it with --org {}, or move the file away first", id));
  }
  const Workshop workshop{fs::path(dir) / (".making-" + id)};
  std::error_code failed;
  fs::remove_all(workshop.folder, failed);
  fs::create_directories(workshop.folder, failed);
  if (failed) {
    return fail(Kind::unavailable, "file.unwritable",
                fmt::format("{} cannot be made: {}", workshop.folder.string(), failed.message()),
                "make room, or choose a data directory that can be written to");
  }
  NewOrganisation wanted = read.organisation;
  wanted.fill = [&](store::Store& made) {
    return Maker(table, story, read, workshop.folder, made).make();
  };
  TB_TRY([[maybe_unused]] const auto made, create_organisation(table, dir, wanted));
  return id;
}

}  // namespace tiebeam
