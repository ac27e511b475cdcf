// Serves one small JSON from memory on every path: what the listener itself costs. `/worker` makes
// the detour over a worker thread. Ends with SIGTERM or SIGINT.
//   http_reads_bench PORT
#include <fmt/format.h>
#include <pthread.h>

#include <csignal>
#include <string>
#include <thread>

#include "base/text.h"
#include "server/listener.h"
#include "server/problem.h"

namespace {
using namespace tiebeam::server;  // a program of one file

Response small_json() {
  static const auto kText = std::make_shared<const std::string>(
      R"({"key":"flow.cycle_time.p85","label":"85 of 100 finish within","value":18.08,)"
      R"("unit":"days","interval":{"low":17.9,"high":18.3,"level":0.9},"n":24643,)"
      R"("as_of":"2016-06-01T00:00:00Z","status":"ok","reason":null})");
  Response out;
  out.body = Body::shared(kText);
  return out;
}

Service service() {
  Service out;
  out.at_once = [](const Request& request) -> std::optional<Response> {
    if (request.path == "/worker") return std::nullopt;
    return small_json();
  };
  out.handle = [](const Request&) { return small_json(); };
  out.refusal = [](int status, std::string_view code, std::string_view message) {
    return problem(status, code, message, {});
  };
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  ListenOptions options;
  options.port =
      static_cast<std::uint16_t>(argc > 1 ? tiebeam::parse_integer(argv[1]).value_or(0) : 8470);
  const auto listener = Listener::open(options, service());
  if (!listener) {
    fmt::print(stderr, "error: {}\n", listener.error().message);
    return 3;
  }
  fmt::print("http://127.0.0.1:{}/\n", (*listener)->port());
  std::thread ender([&] {
    int got = 0;
    sigwait(&ends, &got);
    (*listener)->stop();
  });
  (*listener)->run();
  ender.join();
  return 0;
}
