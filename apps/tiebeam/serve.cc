#include "apps/tiebeam/serve.h"

#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <mutex>
#include <thread>

#include "application/demonstration/demonstration.h"
#include "application/organisations.h"
#include "apps/tiebeam/sample.h"
#include "server/listener.h"
#include "server/site.h"

namespace tiebeam {
namespace {

// Many idle connections need many descriptors: as many as the system lets us have.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// SIGINT and SIGTERM, blocked in every thread that starts after this.
sigset_t block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// A folder of this process for files that are being sent. Those of processes that were killed go.
std::string spool_of(const std::string& data) {
  namespace fs = std::filesystem;
  const fs::path all = fs::path(data) / ".spool";
  std::error_code fault;  // what cannot be removed stays; the next start tries again
  for (const auto& entry : fs::directory_iterator(all, fault)) {
    if (!fs::exists(fs::path("/proc") / entry.path().filename(), fault))
      fs::remove_all(entry.path(), fault);
  }
  return (all / fmt::format("{}", getpid())).string();
}

std::string welcome(const cli::Serving& wanted, std::uint16_t port) {
  const std::string host =
      wanted.address.contains(':') ? fmt::format("[{}]", wanted.address) : wanted.address;
  const std::size_t count = organisations_in(wanted.data).size();
  const std::string held = count == 0   ? "no organisation yet: the page shows how to begin"
                           : count == 1 ? "1 organisation"
                                        : fmt::format("{} organisations", count);
  return fmt::format("Tiebeam is at http://{}:{}/ ({}). Ctrl+C ends it.\n", host, port, held);
}

}  // namespace

Result<void> serve(const Table& table, const cli::Environment& environment,
                   const cli::Serving& wanted) {
  mallopt(M_ARENA_MAX, 2);  // a few threads: what one frees the others can use
  raise_descriptor_limit();
  const sigset_t signals = block_ending_signals();
  const std::string spool = spool_of(wanted.data);
  TB_TRY(
      const auto site,
      server::Site::create(
          table,
          {.data = wanted.data,
           .spool = spool,
           .actor = environment.actor,
           .version = environment.version,
           .now = environment.now,
           .log = [&](std::string_view line) { environment.err(fmt::format("{}\n", line)); },
           .tidy = [] { malloc_trim(0); },
           .make = {.sample = [&table](const std::string& data, const std::string& actor,
                                       Instant at) { return make_sample(table, data, actor, at); },
                    .demonstration =
                        [&table](const std::string& data, const std::string& /*actor*/,
                                 Instant /*at*/) {
                          return make_demonstration(table, data, built_in_story());
                        }},
           .warm = 3}));
  server::ListenOptions options;
  options.address = wanted.address;
  options.port = wanted.port;
  options.spool = spool;
  TB_TRY(const auto listener, server::Listener::open(options, site->service()));
  site->listens_on(listener->port(), [&] { return listener->open_connections(); });
  environment.err(welcome(wanted, listener->port()));
  std::jthread waiter([&] {
    int signal = 0;
    sigwait(&signals, &signal);
    listener->stop();
  });
  listener->run();
  std::error_code fault;
  std::filesystem::remove_all(spool, fault);
  return {};
}

}  // namespace tiebeam
