#include "server/import_work.h"

#include <fmt/format.h>

#include "application/import_json.h"
#include "application/rejects_csv.h"
#include "server/problem.h"

namespace tiebeam::server {
namespace {

constexpr std::size_t kRejectsInAnswer = 1000;

// The file as a whole, then every row that could not be read.
std::vector<Error> faults_of(const ingest::Failure& failure) {
  std::vector<Error> out{failure.error};
  for (std::size_t i = 0; i < std::min(failure.rejects.size(), kRejectsInAnswer); ++i) {
    const ingest::Reject& reject = failure.rejects[i];
    out.push_back({.kind = Kind::invalid,
                   .code = "import.rejected_row",
                   .message = fmt::format("line {}, {}: expected {}", reject.line, reject.column,
                                          reject.expected),
                   .detail = {},
                   .hint = {},
                   .field = fmt::format("/{}/{}", reject.line, reject.column),
                   .found = reject.found,
                   .expected = reject.expected});
  }
  return out;
}

Refused refusal_of(const ingest::Failure& failure) {
  if (failure.error.code == "import.cancelled") {
    Error error = failure.error;
    error.code = "job.cancelled";
    return error;
  }
  Refused out = faults_of(failure);
  // So that a person can say what each column is.
  if (const auto& columns = failure.so_far.columns; !columns.empty()) {
    out.extra = Json::object({{"columns", to_json(columns)}});
  }
  return out;
}

Refused cancelled_before() {
  return Error{.kind = Kind::conflict,
               .code = "job.cancelled",
               .message = "the import was cancelled before it began",
               .detail = {},
               .hint = "import again when it suits",
               .field = {}};
}

ImportRequest request_for(const ImportWork& work, const Waiting& file, Job& job) {
  ImportRequest out;
  if (const auto answers = read_answers(file.answers)) apply(*answers, out);
  out.read.path = file.path;
  // A look at a file shows what would be left out; nothing of it is kept.
  out.read.skip_bad = out.read.skip_bad || work.skip_bad || (work.is_preview && file.is_resumable);
  out.read.on_progress = [&job](std::int64_t done, std::int64_t total) {
    job.progress(done < total ? "reading" : "keeping", done, total);
  };
  out.should_stop = [&job] { return job.should_stop(); };
  out.preview = work.is_preview;
  out.actor = work.actor;
  out.at = work.world.now();
  out.upload = file.id;
  if (file.is_resumable) out.reject_limit = kRejectsListed;
  return out;
}

// What the newest look found stays beside the file: a restart shows it again. A disk that takes no
// more is told of by the next write that matters.
void put_beside(const ImportWork& work, const Waiting& file, const char* member, Json found,
                const std::vector<ingest::Reject>& rejects) {
  Uploads& uploads = work.world.uploads;
  if (!work.is_preview || !file.is_resumable) return;
  (void)uploads.put(file, Uploads::kRejects, rejects_csv(rejects));
  (void)uploads.put(file, Uploads::kReport, write_json(Json::object({{member, std::move(found)}})));
}

Refused failed(const ImportWork& work, const Waiting& file, const ingest::Failure& failure,
               const Job& job) {
  Refused out = refusal_of(failure);
  if (!file.is_resumable) {
    work.world.uploads.drop(file);
  } else if (out.errors.front().code != "job.cancelled") {
    Request request;
    request.id = job.id();
    const Response shown = problem(out, request);
    put_beside(work, file, "problem", parse_json(shown.body.bytes).value_or(Json()),
               failure.rejects);
  }
  return out;
}

Json succeeded(const ImportWork& work, const Waiting& file, ImportReport report) {
  const std::vector<ingest::Reject> rejects = report.batch.rejects;
  if (report.batch.rejects.size() > kRejectsInAnswer) report.batch.rejects.resize(kRejectsInAnswer);
  Json out = to_json(report);
  if (work.is_preview) {
    out.set("upload", work.upload);
    out.set("rejects_listed", rejects.size());
    put_beside(work, file, "report", out, rejects);
    return out;
  }
  work.world.uploads.drop(file);
  tell_journal(work.world, *work.seat);
  return out;
}

}  // namespace

std::expected<Json, Refused> import_now(const ImportWork& work, Job& job) {
  auto waiting = work.world.uploads.find(work.seat->id(), work.upload);
  // An import that was made of it answers by itself, also when the file is gone.
  const Waiting file = waiting ? *std::move(waiting) : Waiting{.id = work.upload};
  if (!waiting && work.is_preview) return std::unexpected(Refused(std::move(waiting).error()));
  if (job.should_stop()) {
    if (waiting && !file.is_resumable) work.world.uploads.drop(file);
    return std::unexpected(cancelled_before());
  }
  auto report = import_file(work.world.table, work.seat->store(), request_for(work, file, job));
  if (report) return succeeded(work, file, *std::move(report));
  if (!waiting) return std::unexpected(Refused(std::move(waiting).error()));
  return std::unexpected(failed(work, file, report.error(), job));
}

}  // namespace tiebeam::server
