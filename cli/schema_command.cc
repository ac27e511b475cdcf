// tiebeam schema: the tables, and the reference pages made of what the rooms declare.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "cli/commands.h"
#include "cli/text_table.h"
#include "store/store.h"

namespace tiebeam::cli {
namespace {

struct SchemaOptions {
  std::string dialect = "sqlite";
  bool openapi = false;
  bool sql = false;
  std::string docs;
};

std::string figures_page(const Table& table) {
  std::string out =
      "# Figures\n\nEvery number the program shows, by its key. Made by `tiebeam schema --docs`.\n";
  for (const FigureFamily& family : table.figures.families()) {
    out +=
        fmt::format("\n## {}\n\n| key | says | unit | formula | method |\n|---|---|---|---|---|\n",
                    family.name);
    for (const FigureSpec& spec : family.figures) {
      out +=
          fmt::format("| `{}` | {} | {} | {} | [{}](../../{}), version {} |\n", spec.key,
                      spec.label, spec.unit, spec.formula, spec.method, spec.method, spec.version);
    }
  }
  return out;
}

std::string rules_page(const Table& table) {
  std::string out = "# Rules\n\nWhat `tiebeam check` looks for. Made by `tiebeam schema --docs`.\n";
  for (const Rule& rule : table.rules.rules()) {
    out += fmt::format("\n## {}\n\n`{}`, {}\n\n- Why: {}\n- Do: {}\n", rule.title, rule.id,
                       severity_name(rule.severity), rule.why, rule.act);
  }
  return out;
}

std::string records_page(const Table& table) {
  std::string out =
      "# Records\n\nEvery record type and its fields. Made by `tiebeam schema --docs`.\n";
  for (const auto& [name, type] : table.catalog.types()) {
    out += fmt::format("\n## {}\n\n`{}` ({} room). {}\n\n| field | kind | says |\n|---|---|---|\n",
                       type.title, name, type.room, type.help);
    for (const FieldInfo& field : type.fields) {
      const std::string kind =
          field.refers_to.empty() ? std::string(kind_name(field.kind))
                                  : fmt::format("{} to {}", kind_name(field.kind), field.refers_to);
      const std::string choices =
          field.choices.empty() ? "" : fmt::format(": {}", fmt::join(field.choices, ", "));
      out += fmt::format("| `{}`{} | {}{} | {} |\n", field.name, field.required ? " (needed)" : "",
                         kind, choices, field.help);
    }
  }
  return out;
}

void command_help(std::string& out, CLI::App& command, const std::string& path, int depth) {
  out += fmt::format("\n{} {}\n\n{}\n\n", std::string(depth > 2 ? 3 : 2, '#'), path,
                     command.get_description());
  std::string options;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_name().empty() || option->get_name() == "--help" ||
        option->get_group() == "Everywhere")
      continue;
    options += fmt::format("- `{}`: {}\n", option->get_name(), option->get_description());
  }
  out += options;
  const auto verbs = command.get_subcommands([](CLI::App*) { return true; });
  for (CLI::App* verb : verbs) {
    // One record type stands for all: their verbs are the same.
    if (command.get_name() == "record" && verb != verbs.front()) continue;
    command_help(out, *verb,
                 path + " " + (command.get_name() == "record" ? "TYPE" : verb->get_name()),
                 depth + 1);
  }
}

std::string cli_page(const CLI::App& app) {
  std::string out =
      "# Command line\n\nMade by `tiebeam schema --docs`. Options that hold for every command:\n\n";
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group() == "Everywhere")
      out += fmt::format("- `{}`: {}\n", option->get_name(), option->get_description());
  }
  for (CLI::App* command :
       const_cast<CLI::App&>(app).get_subcommands([](CLI::App*) { return true; })) {
    command_help(out, *command, "tiebeam " + command->get_name(), 2);
  }
  return out;
}

Answered write_pages(const Shell& shell, const CLI::App& app, const std::string& folder) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  const std::vector<std::pair<std::string, std::string>> pages = {
      {"figures.md", figures_page(shell.table)},
      {"rules.md", rules_page(shell.table)},
      {"records.md", records_page(shell.table)},
      {"cli.md", cli_page(app)},
      {"openapi.json", shell.environment.openapi()}};
  for (const auto& [name, text] : pages) {
    std::ofstream out(std::filesystem::path(folder) / name, std::ios::binary);
    if (!(out << text)) {
      return std::unexpected(
          Refusal(Error{.kind = Kind::unavailable,
                        .code = "file.unwritable",
                        .message = fmt::format("cannot write '{}/{}'", folder, name),
                        .detail = {},
                        .hint = "check that you may write there and that the disk has room",
                        .field = {}}));
    }
  }
  Answer out;
  out.text = fmt::format("{} pages written to {}\n", pages.size(), folder);
  return out;
}

}  // namespace

void add_schema(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<SchemaOptions>();
  CLI::App* command = app.add_subcommand("schema", "the tables as SQL, or the reference pages");
  command->add_flag("--sql", options->sql, "tables as SQL (the default)");
  command->add_flag("--openapi", options->openapi, "the HTTP API as OpenAPI 3.1");
  command->add_option("--dialect", options->dialect, "of the SQL")
      ->check(CLI::IsMember({"sqlite", "postgresql"}))
      ->capture_default_str();
  command->add_option("--docs", options->docs, "write the reference pages into this folder");
  command->callback([options, &shell, &app] {
    shell.action = [options, &shell, &app]() -> Answered {
      if (!options->docs.empty()) return write_pages(shell, app, options->docs);
      Answer out;
      if (options->openapi) {
        out.text = shell.environment.openapi();
        return out;
      }
      out.text = store::schema_sql(shell.table.catalog, options->dialect == "sqlite"
                                                            ? store::Dialect::sqlite
                                                            : store::Dialect::postgresql);
      return out;
    };
  });
}

}  // namespace tiebeam::cli
