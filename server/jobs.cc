#include "server/jobs.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>

#include "server/problem.h"

namespace tiebeam::server {
namespace {

constexpr std::string_view kStates[] = {"waiting", "running", "done", "failed", "cancelled"};
constexpr std::chrono::milliseconds kBetweenTellings{250};
constexpr std::size_t kJobsKept = 200;

// Seconds left at the rate measured so far; none before there is a rate.
std::optional<double> seconds_left(Micros taken, std::int64_t done,
                                   std::optional<std::int64_t> total) {
  if (!total || done <= 0 || taken < std::chrono::milliseconds{500}) return std::nullopt;
  const double seconds = static_cast<double>(taken.count()) / 1e6;
  const auto left = static_cast<double>(std::max<std::int64_t>(0, *total - done));
  return seconds * left / static_cast<double>(done);
}

Json problem_json(const Refused& refused, const std::string& id) {
  Request request;
  request.id = id;
  const Response answer = problem(refused, request);
  return parse_json(answer.body.bytes).value_or(Json());
}

Refused broke(const char* what) {
  return Error{.kind = Kind::internal,
               .code = "internal",
               .message = "something broke inside tiebeam; nothing of this work was kept",
               .detail = what,
               .hint = "try again; if it stays, report it with the file if you can",
               .field = {}};
}

Refused too_many() {
  Refused out(Error{.kind = Kind::conflict,
                    .code = "job.too_many",
                    .message = fmt::format("{} jobs wait or run; that is the most", kJobsKept),
                    .detail = {},
                    .hint = "try again when some are done, or cancel one of GET /orgs/{org}/jobs",
                    .field = {},
                    .found = fmt::format("{} jobs that are not over", kJobsKept),
                    .expected = "fewer"});
  out.status = 429;
  return out;
}

// A client that asks for a job of an earlier run must not meet another's.
std::string new_run() {
  std::uint64_t number = 0;
  TB_CHECK(getrandom(&number, sizeof number, 0) == sizeof number, "the system gives random bytes");
  return fmt::format("job_{:012x}", number >> 16U);
}

}  // namespace

void Job::progress(std::string_view phase, std::int64_t done, std::optional<std::int64_t> total) {
  {
    const std::scoped_lock lock(mutex_);
    phase_ = phase;
    done_ = done;
    total_ = total;
  }
  if (on_progress_) on_progress_();
}

Jobs::Jobs(std::function<Instant()> now, Tell tell)
    : now_(std::move(now)), tell_(std::move(tell)), run_(new_run()), worker_([this] { run(); }) {}

Jobs::~Jobs() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
    for (const auto& [id, job] : jobs_) job->stop_ = true;
  }
  changed_.notify_all();
}

Json Jobs::shown(const Job& job) const {
  const std::scoped_lock lock(job.mutex_);
  const bool is_running = job.state_ == JobState::running;
  const auto left =
      is_running ? seconds_left(now_() - job.begun_, job.done_, job.total_) : std::nullopt;
  return Json::object({{"id", job.id_},
                       {"kind", job.kind_},
                       {"title", job.title_},
                       {"state", kStates[static_cast<int>(job.state_)]},
                       {"phase", job.phase_},
                       {"done", job.done_},
                       {"total", job.total_ ? Json(*job.total_) : Json()},
                       {"seconds_left", left ? Json(*left) : Json()},
                       {"result", job.result_},
                       {"problem", job.refused_ ? problem_json(*job.refused_, job.id_) : Json()}});
}

void Jobs::tell(Job& job, bool always) {
  {
    const std::scoped_lock lock(job.mutex_);
    const Instant now = now_();
    if (!always && now - job.told_ < kBetweenTellings) return;
    job.told_ = now;
  }
  if (tell_) tell_(job.organisation_, shown(job));
}

bool Jobs::make_room() {
  if (jobs_.size() < kJobsKept) return true;
  const auto oldest = std::ranges::find_if(jobs_, [](const auto& each) {
    const std::scoped_lock lock(each.second->mutex_);
    return each.second->state_ != JobState::waiting && each.second->state_ != JobState::running;
  });
  if (oldest == jobs_.end()) return false;
  jobs_.erase(oldest);
  return true;
}

std::expected<Json, Refused> Jobs::start(const std::string& organisation, std::string kind,
                                         std::string title, Work work) {
  std::shared_ptr<Job> job;
  {
    const std::scoped_lock lock(mutex_);
    if (!make_room()) return std::unexpected(too_many());
    job = std::make_shared<Job>(fmt::format("{}{:08}", run_, next_++), organisation,
                                std::move(kind), std::move(title));
    job->on_progress_ = [this, raw = job.get()] { tell(*raw, false); };
    jobs_.emplace(job->id_, job);
    queue_.emplace_back(job, std::move(work));
  }
  changed_.notify_all();
  return shown(*job);
}

std::optional<Json> Jobs::find(std::string_view organisation, std::string_view id) const {
  std::shared_ptr<Job> job;
  {
    const std::scoped_lock lock(mutex_);
    const auto held = jobs_.find(id);
    if (held == jobs_.end() || held->second->organisation_ != organisation) return std::nullopt;
    job = held->second;
  }
  return shown(*job);
}

std::vector<Json> Jobs::all(std::string_view organisation) const {
  std::vector<std::shared_ptr<Job>> held;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& [id, job] : jobs_) {
      if (job->organisation_ == organisation) held.push_back(job);
    }
  }
  std::vector<Json> out;
  for (const auto& job : held) out.push_back(shown(*job));
  return out;
}

bool Jobs::cancel(std::string_view organisation, std::string_view id) {
  const std::scoped_lock lock(mutex_);
  const auto held = jobs_.find(id);
  if (held == jobs_.end() || held->second->organisation_ != organisation) return false;
  held->second->stop_ = true;
  return true;
}

std::size_t Jobs::running() const {
  const std::scoped_lock lock(mutex_);
  std::size_t out = 0;
  for (const auto& [id, job] : jobs_) {
    const std::scoped_lock inner(job->mutex_);
    if (job->state_ == JobState::running || job->state_ == JobState::waiting) ++out;
  }
  return out;
}

void Jobs::act(const std::shared_ptr<Job>& job, const Work& work) {
  const auto finish = [&](JobState state, Json result, std::optional<Refused> refused) {
    {
      const std::scoped_lock lock(job->mutex_);
      job->state_ = state;
      job->result_ = std::move(result);
      job->refused_ = std::move(refused);
    }
    tell(*job, true);
  };
  {
    const std::scoped_lock lock(job->mutex_);
    job->state_ = JobState::running;
    job->begun_ = now_();
  }
  tell(*job, true);
  auto answer = work(*job);
  if (answer) return finish(JobState::done, *std::move(answer), std::nullopt);
  const bool is_cancelled =
      job->should_stop() && answer.error().errors.front().code == "job.cancelled";
  finish(is_cancelled ? JobState::cancelled : JobState::failed, {}, std::move(answer).error());
}

// The door of every job: what work throws ends that job, not the program.
void Jobs::run() {
  while (true) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    auto [job, work] = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    try {
      act(job, work);
    } catch (const std::exception& fault) {
      act(job, [&](Job& /*over*/) -> std::expected<Json, Refused> {
        return std::unexpected(broke(fault.what()));
      });
    }
  }
}

}  // namespace tiebeam::server
