#include "server/site.h"

#include <fmt/format.h>

#include <condition_variable>
#include <thread>

#include "base/hash.h"
#include "base/text.h"
#include "server/api.h"
#include "server/assets.h"
#include "server/metrics.h"
#include "server/openapi.h"
#include "server/problem.h"
#include "server/replies.h"
#include "server/security.h"

namespace tiebeam::server {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{1000};
constexpr int kLooksBetweenTidying = 5;
constexpr int kLooksBetweenClearing = 3600;
constexpr std::size_t kLargestUpload = std::size_t{4} << 30;
constexpr std::chrono::minutes kUploadTime{60};

void add_all_routes(Router& router, World& world) {
  add_organisation_routes(router, world);
  add_figure_routes(router, world);
  add_record_routes(router, world);
  add_journal_routes(router, world);
  add_import_routes(router, world);
  add_upload_routes(router, world);
  add_job_routes(router, world);
  add_door_routes(router, world);
  add_overview_routes(router, world);
  add_search_routes(router, world);
  add_query_routes(router, world);
  add_writing_routes(router, world);
}

// The document describes itself, too. `router` and `world` outlive the route.
void add_openapi_route(Router& router, World& world) {
  Route route{
      .id = "openapi", .path = "/openapi.json", .summary = "This document", .is_cacheable = false};
  route.handle = [&](const Request& /*request*/) -> Answered {
    return json_answer(openapi(router, world.table, world.version));
  };
  router.add(std::move(route));
}

bool is_below(const Request& request, std::string_view first) {
  return !request.segments.empty() && request.segments.front() == first;
}

// The id of /api/v1/orgs/{id}...; empty for other addresses.
std::string_view organisation_of(const Request& request) {
  const auto& parts = request.segments;
  const bool is_one =
      parts.size() >= 4 && parts[0] == "api" && parts[1] == "v1" && parts[2] == "orgs";
  return is_one ? std::string_view(parts[3]) : std::string_view{};
}

Response kept_answer(const Kept& kept, const Request& request) {
  Response out;
  out.status = kept.status;
  out.type = kept.type;
  out.headers = kept.headers;
  const bool is_known = request.header("if-none-match") == out.header("ETag");
  if (is_known)
    out.status = 304;
  else
    out.body = Body::shared(kept.body);
  return out;
}

Error not_here(std::string code, std::string message, std::string found, std::string expected,
               std::string hint) {
  return {.kind = Kind::not_found,
          .code = std::move(code),
          .message = std::move(message),
          .detail = {},
          .hint = std::move(hint),
          .field = {},
          .found = std::move(found),
          .expected = std::move(expected)};
}

Response nothing_at(const Request& request, std::string code, std::string expected,
                    std::string hint) {
  return problem(
      404,
      not_here(std::move(code), fmt::format("there is nothing at {}", shown(request.path)),
               shown(request.path), std::move(expected), std::move(hint)),
      request.id);
}

Response allowed(const Request& request, const std::vector<Method>& methods) {
  std::string names;
  for (const Method method : methods)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", method_name(method));
  Response out = problem(
      405,
      not_here("http.method_not_allowed",
               fmt::format("{} does not take {}", shown(request.path), method_name(request.method)),
               std::string(method_name(request.method)), names, fmt::format("send {}", names)),
      request.id);
  out.headers.emplace_back("Allow", names);
  return out;
}

Refused key_reused() {
  Refused out(Error{.kind = Kind::invalid,
                    .code = "http.key_reused",
                    .message = "this Idempotency-Key was used for another request",
                    .detail = {},
                    .hint = "send each new request with a key of its own",
                    .field = "Idempotency-Key",
                    .found = "the key of another request",
                    .expected = "a key of its own"});
  out.status = 422;
  return out;
}

// Whatever becomes of the work, others that wait for its key go on.
class Claimed {
 public:
  Claimed(Replies& replies, const Request& request) : replies_(replies), request_(request) {
    answer.status = 500;
  }
  ~Claimed() { replies_.finish(request_, answer); }
  Claimed(const Claimed&) = delete;
  Claimed& operator=(const Claimed&) = delete;

  Response answer;

 private:
  Replies& replies_;
  const Request& request_;
};

}  // namespace

struct Site::Inner {
  SiteOptions options;
  Hub hub;
  Desk desk;
  Jobs jobs;
  Uploads uploads;
  World world;
  Router router;
  Metrics metrics;
  Replies replies;
  Authority authority;
  std::function<std::size_t()> open_connections;
  std::mutex mutex;
  std::condition_variable ending;
  bool is_ending = false;
  std::atomic<bool> has_worked = false;
  bool is_tidying = false;  // there was work since memory was given back
  std::jthread watcher;     // last: ends first

  Inner(const Table& table, SiteOptions given)
      : options(std::move(given)),
        desk(table, options.data, options.now),
        jobs(options.now, [this](const std::string& organisation,
                                 const Json& job) { hub.tell(organisation, "job", job); }),
        uploads(options.data + "/.uploads"),
        world{.table = table,
              .desk = desk,
              .hub = hub,
              .jobs = jobs,
              .uploads = uploads,
              .now = options.now,
              .actor = options.actor,
              .version = options.version,
              .make = options.make} {
    uploads.drop_old(options.now());
    add_all_routes(router, world);
    add_openapi_route(router, world);
    watcher = std::jthread([this] { watch(); });
  }
  ~Inner() {
    {
      const std::scoped_lock lock(mutex);
      is_ending = true;
    }
    ending.notify_all();
  }

  // Gives back what nobody has asked for in a while.
  void tidy() {
    for (const SeatPtr& seat : desk.open_seats()) {
      if (const ViewPtr view = seat->held_view()) view->let_go();
    }
    if (has_worked.exchange(false))
      is_tidying = true;
    else if (std::exchange(is_tidying, false) && options.tidy)
      options.tidy();
  }

  // Loads what the first page will ask for. What cannot be opened is told to whoever asks for it.
  void warm() {
    std::vector<std::string> ids = desk.ids();
    if (ids.size() > static_cast<std::size_t>(options.warm)) return;
    for (const std::string& id : ids) {
      const auto seat = desk.seat(id);
      if (!seat) continue;
      const auto view = (*seat)->view();
      if (!view) continue;
      (*view)->with_book(
          {}, [](const std::shared_ptr<const FigureBook>& book) { return book->all().size(); });
      has_worked = true;
    }
  }

  // Tells listeners of what other processes wrote (an import from the command line).
  void watch() {
    std::map<std::string, std::int64_t> told;
    warm();
    int looks = 0;
    std::unique_lock lock(mutex);
    while (!ending.wait_for(lock, kBetweenLooks, [this] { return is_ending; })) {
      if (++looks % kLooksBetweenTidying == 0) tidy();
      if (looks % kLooksBetweenClearing == 0) uploads.drop_old(options.now());
      if (hub.listeners() == 0) continue;
      for (const SeatPtr& seat : desk.open_seats()) {
        const auto newest = seat->store().last_seq();
        if (!newest) continue;
        const auto [held, is_first] = told.emplace(seat->id(), *newest);
        if (!is_first && held->second != *newest) tell_journal(world, *seat);
        held->second = *newest;
      }
    }
  }

  std::string metrics_text() {
    return metrics.text(
        {{"connections", open_connections ? static_cast<double>(open_connections()) : 0},
         {"jobs_running", static_cast<double>(jobs.running())},
         {"listeners", static_cast<double>(hub.listeners())},
         {"organisations_open", static_cast<double>(desk.open_seats().size())}});
  }

  // What is not the API: the page's files, health, counts.
  std::optional<Response> beside_api(const Request& request) {
    if (!is_safe(request.method)) return allowed(request, {Method::get, Method::head});
    if (request.path == "/healthz") return json_answer(Json::object({{"status", "ok"}}));
    if (request.path == "/metrics") {
      Response out;
      out.type = "text/plain; version=0.0.4; charset=utf-8";
      out.body = Body(metrics_text());
      return out;
    }
    if (auto file = asset_answer(request, assets())) return file;
    return nothing_at(request, "http.no_such_page", "an address of the page or of the API",
                      "begin at /, or at /api/v1/openapi.json");
  }

  std::optional<Response> at_once(const Request& request) {
    if (auto error = refused_by_origin(authority, request))
      return problem(Refused(*std::move(error)), request);
    if (!is_below(request, "api")) return beside_api(request);
    if (!is_safe(request.method)) return std::nullopt;
    const SeatPtr seat = desk.open_seat(organisation_of(request));
    if (!seat) return std::nullopt;
    const ViewPtr view = seat->view_at_once();
    if (!view) return std::nullopt;
    const auto kept = view->find_answer(request.target);
    if (!kept) return std::nullopt;
    return kept_answer(*kept, request);
  }

  // An answer that follows from the journal alone is kept with the view it follows from.
  Response handled(const Route& route, const Request& request) {
    const SeatPtr seat = route.is_cacheable && is_safe(request.method)
                             ? desk.open_seat(organisation_of(request))
                             : nullptr;
    const ViewPtr before = seat ? seat->view_at_once() : nullptr;
    metrics.handled(route.id);
    has_worked = true;
    Answered answered = route.handle(request);
    if (!answered) {
      if (answered.error().errors.front().kind == tiebeam::Kind::internal && options.log)
        options.log(fmt::format("{} {} {}: {} {}", request.id, method_name(request.method),
                                request.target, answered.error().errors.front().message,
                                answered.error().errors.front().detail));
      return problem(answered.error(), request);
    }
    Response out = *std::move(answered);
    if (!is_safe(request.method) || out.status != 200 || out.stream) return out;
    if (out.header("ETag").empty())
      out.headers.emplace_back("ETag", fmt::format("\"{:016x}\"", row_hash(out.body.bytes)));
    const Kept kept{out.status, out.type, std::move(out.headers),
                    std::make_shared<const std::string>(out.body.bytes)};
    if (before && seat->view_at_once() == before) before->keep_answer(request.target, kept);
    return kept_answer(kept, request);
  }

  // Of an earlier run of this server: its key is in the store with what it was for.
  bool was_for_another(const Request& request) {
    const auto seat = desk.seat(std::string(organisation_of(request)));
    if (!seat) return false;
    const auto before = written_before(**seat, request);
    return before && *before && !(*before)->request.empty() &&
           (*before)->request != hash_of(request);
  }

  Response api_answer(const Request& given) {
    Request request = given;
    Router::Found found = router.find(request.method, request.segments);
    if (!found.route && found.other.empty())
      return nothing_at(request, "http.no_such_route", "a path of /api/v1/openapi.json",
                        "GET /api/v1/openapi.json lists all there are");
    if (!found.route) return allowed(request, found.other);
    request.captured = std::move(found.captured);
    if (is_safe(request.method)) return handled(*found.route, request);
    if (request.header("idempotency-key").empty()) return handled(*found.route, request);
    Replies::Claim claim = replies.claim(request);
    if (claim.before) return *std::move(claim.before);
    if (claim.is_other) return problem(key_reused(), request);
    if (was_for_another(request)) {
      Claimed refused(replies, request);
      return refused.answer = problem(key_reused(), request);
    }
    Claimed work(replies, request);
    work.answer = handled(*found.route, request);
    return work.answer;
  }
};

Site::Site() = default;
Site::~Site() = default;

Result<std::unique_ptr<Site>> Site::create(const Table& table, SiteOptions options) {
  TB_DO(Uploads::prepare(options.spool));
  std::unique_ptr<Site> site(new Site);
  site->inner_ = std::make_unique<Inner>(table, std::move(options));
  return site;
}

const Router& Site::router() const { return inner_->router; }

void Site::listens_on(std::uint16_t port, std::function<std::size_t()> open_connections) {
  inner_->authority = Authority::loopback(port);
  inner_->open_connections = std::move(open_connections);
}

Response Site::answer(const Request& request) {
  if (auto at_once = inner_->at_once(request)) return *std::move(at_once);
  return inner_->api_answer(request);
}

Service Site::service() {
  Service out;
  Inner* inner = inner_.get();
  out.body_rule = [](const Request& head) -> std::optional<BodyRule> {
    const auto& parts = head.segments;
    const bool is_api = head.method == Method::post && parts.size() >= 4 && parts[0] == "api";
    const bool is_file =
        is_api && (parts.size() == 5 ? parts[4] == "imports" || parts[4] == "uploads"
                                     : parts.size() == 4 && parts[3] == "restore");
    return is_file ? std::optional(BodyRule{kLargestUpload, true, kUploadTime}) : std::nullopt;
  };
  out.turn_away = [inner](const Request& head) -> std::optional<Response> {
    auto error = refused_by_origin(inner->authority, head);
    if (!error) return std::nullopt;
    return problem(Refused(*std::move(error)), head);
  };
  out.at_once = [inner](const Request& request) { return inner->at_once(request); };
  out.handle = [inner](const Request& request) { return inner->api_answer(request); };
  out.refusal = [](int status, const Error& error, std::string_view request_id) {
    return problem(status, error, request_id);
  };
  out.seen = [inner](const Request& /*request*/, const Response& response) {
    inner->metrics.answered(response.status, response.body.bytes.size());
  };
  return out;
}

std::string openapi_text(const Table& table, const std::string& version) {
  Hub hub;
  const auto no_time = [] { return Instant{}; };
  Desk desk(table, {}, no_time);
  Jobs jobs(no_time, {});
  Uploads uploads({});
  World world{.table = table,
              .desk = desk,
              .hub = hub,
              .jobs = jobs,
              .uploads = uploads,
              .now = {},
              .actor = {},
              .version = version};
  Router router;
  add_all_routes(router, world);
  add_openapi_route(router, world);
  return write_json(openapi(router, table, version), true) + "\n";
}

}  // namespace tiebeam::server
