// Everything that answers at one address: the page's files, the API behind the door (Host, Origin,
// caching, idempotency), /healthz and /metrics. Sockets are the listener's.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "application/table.h"
#include "server/api.h"
#include "server/listener.h"
#include "server/router.h"

namespace tiebeam::server {

struct SiteOptions {
  std::string data;   // directory of the organisations
  std::string spool;  // folder for bodies that arrive, of this process alone: emptied at the start
  std::string actor;  // who writes, until sign-in exists
  std::string version;  // of the program
  std::function<Instant()> now;
  std::function<void(std::string_view line)> log;  // what broke, one line each
  std::function<void()> tidy;  // called now and then after work: gives memory back
  Making make = {};            // organisations that the program makes by itself
  int warm = 0;                // so many organisations are loaded at the start, before anybody asks
};

class Site {
 public:
  // Errors: server.no_spool.
  [[nodiscard]] static Result<std::unique_ptr<Site>> create(const Table& table,
                                                            SiteOptions options);
  ~Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  // What a listener needs. REQUIRES: the site outlives it. `port` is known once it listens.
  [[nodiscard]] Service service();
  void listens_on(std::uint16_t port, std::function<std::size_t()> open_connections);
  // The answer to one request, whatever it is. Never throws what a library threw.
  [[nodiscard]] Response answer(const Request& request);
  [[nodiscard]] const Router& router() const;

 private:
  Site();
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

// The OpenAPI document without a server, for `tiebeam schema --openapi`.
[[nodiscard]] std::string openapi_text(const Table& table, const std::string& version);

}  // namespace tiebeam::server
