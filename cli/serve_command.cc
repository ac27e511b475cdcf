// tiebeam serve [--listen ADDR:PORT]
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/commands.h"

namespace tiebeam::cli {
namespace {

// "127.0.0.1:8460", "[::1]:8460", ":8460" or "8460".
Result<Serving> serving_of(const std::string& data, const std::string& listen) {
  Serving out{.data = data, .address = "127.0.0.1", .port = 8460};
  const std::size_t colon = listen.rfind(':');
  const std::string port = colon == std::string::npos ? listen : listen.substr(colon + 1);
  std::string address = colon == std::string::npos ? "" : listen.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']'))
    address = address.substr(1, address.size() - 2);
  const auto number = parse_integer(port);
  constexpr std::int64_t kLastPort = 65535;
  if (!number || *number < 0 || *number > kLastPort) {
    return invalid("serve.bad_listen",
                   fmt::format("'{}' is not an address to listen on", shown(listen)),
                   "write ADDRESS:PORT, such as 127.0.0.1:8460");
  }
  if (!address.empty()) out.address = address;
  out.port = static_cast<std::uint16_t>(*number);
  return out;
}

}  // namespace

void add_serve(CLI::App& app, Shell& shell) {
  auto listen = std::make_shared<std::string>("127.0.0.1:8460");
  CLI::App* command = app.add_subcommand("serve", "the web page and the HTTP API, on this machine");
  command
      ->add_option("--listen", *listen,
                   "address and port; only addresses of this machine until sign-in exists")
      ->capture_default_str();
  command->callback([listen, &shell] {
    shell.action = [listen, &shell]() -> Answered {
      auto wanted = serving_of(shell.data(), *listen);
      if (!wanted) return std::unexpected(Refusal(std::move(wanted).error()));
      auto done = shell.environment.serve(*wanted);
      if (!done) return std::unexpected(Refusal(std::move(done).error()));
      return Answer{};
    };
  });
}

}  // namespace tiebeam::cli
