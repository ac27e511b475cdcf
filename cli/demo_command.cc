// tiebeam demo
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "application/demonstration/demonstration.h"
#include "application/organisations.h"
#include "base/text.h"
#include "cli/commands.h"

namespace tiebeam::cli {
namespace {

Result<std::uint64_t> seed_of(const std::string& text) {
  if (text.empty()) return 0;
  const auto number = parse_integer(text);
  if (number && *number > 0) return static_cast<std::uint64_t>(*number);
  return invalid("command.bad_option",
                 fmt::format("--seed {}: a whole number above 0 is expected", shown(text)),
                 "leave it out for the company as it is always told");
}

Answered make(const Shell& shell) {
  auto seed = seed_of(shell.globals.seed);
  if (!seed) return std::unexpected(Refusal(std::move(seed).error()));
  auto id = make_demonstration(shell.table, shell.data(), built_in_story(), *seed);
  if (!id) return std::unexpected(Refusal(std::move(id).error()));
  const std::string path = organisation_path(shell.data(), *id);
  return Answer{
      .text = fmt::format("{}: a made-up company to look around in, marked as a demonstration "
                          "wherever it is shown\nnext: tiebeam brief --org {}\n",
                          path, *id),
      .json = Json::object({{"org", *id}, {"file", path}, {"fictional", true}}),
      .exit = 0};
}

}  // namespace

void add_demo(CLI::App& app, Shell& shell) {
  CLI::App* command = app.add_subcommand(
      "demo", "make a fictional company to look around in, apart from real data");
  command->footer(
      "The same company every time; --seed tells its work differently.\n"
      "To be rid of it, delete its one file.");
  command->callback([&shell] { shell.action = [&shell] { return make(shell); }; });
}

}  // namespace tiebeam::cli
