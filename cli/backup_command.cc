// tiebeam backup FILE and tiebeam restore FILE
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "application/organisations.h"
#include "cli/commands.h"

namespace tiebeam::cli {
namespace {

Answered backup(const Shell& shell, const std::string& file) {
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  if (auto done = (*store)->backup(file); !done)
    return std::unexpected(Refusal(std::move(done).error()));
  Answer out;
  out.text =
      fmt::format("backed up to {}; checked, and ready for: tiebeam restore {}\n", file, file);
  out.json = Json::object({{"file", file}});
  return out;
}

Answered bring_back(const Shell& shell, const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code fault;
  fs::create_directories(shell.data(), fault);
  const std::string id = shell.globals.org.empty() ? "main" : shell.globals.org;
  const std::string path = organisation_path(shell.data(), id);
  if (auto done = store::restore(file, path, shell.table.catalog); !done) {
    return std::unexpected(Refusal(std::move(done).error()));
  }
  Answer out;
  out.text = fmt::format("restored organisation '{}' from {}\n", id, file);
  out.json = Json::object({{"org", id}});
  return out;
}

}  // namespace

void add_backup(CLI::App& app, Shell& shell) {
  auto file = std::make_shared<std::string>();
  CLI::App* save =
      app.add_subcommand("backup", "copy an organisation while others work, and check the copy");
  save->add_option("FILE", *file, "where to; never overwrites")->required();
  save->callback(
      [file, &shell] { shell.action = [file, &shell] { return backup(shell, *file); }; });
  CLI::App* load = app.add_subcommand(
      "restore", "verify a backup and bring it back (--org names it); never overwrites");
  load->add_option("FILE", *file, "the backup")->required();
  load->callback(
      [file, &shell] { shell.action = [file, &shell] { return bring_back(shell, *file); }; });
}

}  // namespace tiebeam::cli
