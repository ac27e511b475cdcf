// tiebeam check: findings, like a linter for the way an organisation runs its IT.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "application/records.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/text_table.h"
#include "model/figure_json.h"

namespace tiebeam::cli {
namespace {

struct CheckOptions {
  std::string fail_on = "error";
  std::vector<std::string> waive;  // RULE SUBJECT
  std::string until, why;
};

std::string finding_text(const Finding& finding) {
  std::string out =
      fmt::format("{}: {}  [{}]\n", severity_name(finding.severity),
                  fmt::format("{}/{}", finding.subject.type, finding.subject.id), finding.rule);
  out += wrap(finding.message, kTextWidth, "  ");
  out += wrap("why: " + finding.why, kTextWidth, "  ");
  out += wrap("do:  " + finding.act, kTextWidth, "  ");
  if (!finding.figures.empty())
    out += fmt::format("  see: tiebeam figure {} --explain\n", finding.figures.front());
  return out;
}

Severity threshold(const std::string& name) {
  return name == "info" ? Severity::info : name == "warning" ? Severity::warning : Severity::error;
}

Answered list_findings(const Shell& shell, const CheckOptions& options) {
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  auto snapshot = shell.snapshot(**store);
  if (!snapshot) return std::unexpected(Refusal(std::move(snapshot).error()));
  auto asked = shell.asked();
  if (!asked) return std::unexpected(Refusal(std::move(asked).error()));
  const FigureBook book(shell.table.figures, *snapshot, *asked);
  const std::vector<Finding> findings = shell.table.rules.run(book);
  Answer out;
  Json list = Json::Array{};
  for (const Finding& finding : findings) {
    out.text += finding_text(finding) + "\n";
    list.push(to_json(finding));
    if (finding.severity >= threshold(options.fail_on)) out.exit = 1;
  }
  out.text += findings.empty() ? fmt::format("nothing to report; {} rules looked\n",
                                             shell.table.rules.rules().size())
                               : fmt::format("{} findings\n", findings.size());
  out.json = Json::object({{"findings", std::move(list)}});
  return out;
}

Error needs(std::string_view option, std::string_view what) {
  return {.kind = Kind::invalid,
          .code = "cli.usage",
          .message = fmt::format("a waiver needs {}", option),
          .detail = {},
          .hint = std::string(what),
          .field = std::string(option)};
}

Answered waive(const Shell& shell, const CheckOptions& options) {
  if (options.until.empty())
    return std::unexpected(Refusal(needs("--until", "give it a last day: --until 2026-12-31")));
  if (options.why.empty())
    return std::unexpected(Refusal(needs("--why", "say why it is acceptable until then")));
  const auto& rules = shell.table.rules.rules();
  if (std::ranges::find(rules, options.waive[0], &Rule::id) == rules.end()) {
    std::vector<std::string_view> ids;
    for (const Rule& rule : rules) ids.push_back(rule.id);
    return std::unexpected(
        Refusal(Error{.kind = Kind::not_found,
                      .code = "check.no_rule",
                      .message = fmt::format("there is no rule '{}'{}", shown(options.waive[0]),
                                             did_you_mean(options.waive[0], ids)),
                      .detail = {},
                      .hint = fmt::format("the rules are {}", fmt::join(ids, ", ")),
                      .field = {}}));
  }
  auto store = shell.open();
  if (!store) return std::unexpected(Refusal(std::move(store).error()));
  auto snapshot = shell.snapshot(**store);
  if (!snapshot) return std::unexpected(Refusal(std::move(snapshot).error()));
  const std::string name = fmt::format("{} for {}", options.waive[0], options.waive[1]);
  auto added = add_record(
      shell.table, **store, **snapshot, "waiver",
      {{"name", name},
       {"rule", options.waive[0]},
       {"subject", options.waive[1]},
       {"until", options.until},
       {"why", options.why}},
      {.actor = shell.environment.actor, .at = shell.environment.now(), .idempotency_key = {}});
  if (!added) return std::unexpected(Refusal(std::move(added).error()));
  Answer out;
  out.text = fmt::format("waived until {}; take it back with: tiebeam record waiver remove {}\n",
                         options.until, added->id());
  out.json = Json::object({{"waiver", added->id()}});
  return out;
}

}  // namespace

void add_check(CLI::App& app, Shell& shell) {
  auto options = std::make_shared<CheckOptions>();
  CLI::App* command =
      app.add_subcommand("check", "what a person should know: findings, worst first");
  command->add_option("--fail-on", options->fail_on, "end with status 1 from this severity on")
      ->check(CLI::IsMember({"info", "warning", "error"}))
      ->capture_default_str();
  command
      ->add_option("--waive", options->waive,
                   "RULE SUBJECT: accept a finding, such as flow.no_purpose value_stream/incidents")
      ->expected(2);
  command->add_option("--until", options->until, "last day of the waiver");
  command->add_option("--why", options->why, "why it is acceptable until then");
  command->callback([options, &shell] {
    shell.action = [options, &shell] {
      return options->waive.empty() ? list_findings(shell, *options) : waive(shell, *options);
    };
  });
}

}  // namespace tiebeam::cli
