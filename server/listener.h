// The one place that knows sockets (Boost.Beast, in listener.cc alone): reads requests within
// limits, hands them to a Service, writes answers. ADR 0011.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "server/http.h"

namespace tiebeam::server {

struct ListenOptions {
  std::string address = "127.0.0.1";  // loopback only, until sign-in exists
  std::uint16_t port = 8460;          // 0: any free one
  int io_threads = 2;
  int workers = 2;                                // threads that may wait for the store or compute
  std::size_t header_bytes = 16 * 1024;           // beyond: 431
  std::size_t body_bytes = 1024 * 1024;           // beyond: 413, after draining some of it
  std::chrono::milliseconds header_time{10'000};  // whole header, in total: 408
  std::chrono::milliseconds body_time{60'000};    // whole body, in total: 408
  std::chrono::milliseconds idle_time{120'000};   // between requests of a kept connection
  std::chrono::milliseconds write_time{60'000};   // whole answer, in total; one event of a stream
  std::chrono::milliseconds ping_time{15'000};    // a comment into a quiet stream
  std::chrono::milliseconds stop_time{5'000};     // what runs may finish after stop()
  std::size_t connections = 12'000;               // beyond: 503 and closed
  std::string spool;                              // folder for large bodies; empty: none are taken
  std::uint64_t id_seed = 0;                      // of request ids; 0: the process and its start
};

// How much body a request may bring, and whether it goes to a file in ListenOptions::spool.
struct BodyRule {
  std::size_t limit;
  bool to_file = false;
  std::optional<std::chrono::milliseconds> time = {};  // in total; nothing: body_time
};

struct Service {
  // Before the body is read. Nothing: ListenOptions::body_bytes, in memory.
  std::function<std::optional<BodyRule>(const Request& head)> body_rule;
  // Before a body is read and kept: an answer that needs none of it (a page elsewhere that sends a
  // file). It is sent, and the connection ends. Nothing: go on. On a socket's thread.
  std::function<std::optional<Response>(const Request& head)> turn_away;
  // On a socket's thread: an answer that needs no waiting (a cached read, a page); else nothing.
  std::function<std::optional<Response>(const Request& request)> at_once;
  // On a worker thread. Whatever it throws becomes a 500 that says nothing of the inside.
  std::function<Response(const Request& request)> handle;
  // An answer for what never became a request: 400, 408, 413, 431, 503; and 500 for what was
  // thrown.
  std::function<Response(int status, const Error& error, std::string_view request_id)> refusal;
  // After an answer was made: for counts and the log. Called on any thread.
  std::function<void(const Request& request, const Response& response)> seen;
};

class Listener {
 public:
  // Errors: server.port_taken, server.not_loopback, server.no_listen.
  [[nodiscard]] static Result<std::unique_ptr<Listener>> open(const ListenOptions& options,
                                                              Service service);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  [[nodiscard]] std::uint16_t port() const;
  // Serves until stop(); returns when every connection is closed and every worker is done.
  void run();
  void stop();  // from any thread, also from a signal's own thread
  [[nodiscard]] std::size_t open_connections() const;

 private:
  Listener();
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace tiebeam::server
