#include "rooms/risk/cli/register_commands.h"

#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/risk/exposure.h"
#include "rooms/risk/register_file.h"
#include "rooms/risk/register_import.h"
#include "rooms/risk/register_json.h"

namespace tiebeam::risk {
namespace {

Result<Answer> run_export(const Asking& asking) {
  TB_TRY(const auto records, records_of(*asking.book));
  if (records->wanted.scenarios.empty()) {
    return fail(Kind::not_found, "risk.no_scenario", "no scenario is finished yet",
                "a register has at least one: see tiebeam risk exposure for what is lacking");
  }
  Answer answer;
  answer.json = register_json(records->wanted);
  answer.text = write_json(answer.json, true) + "\n";
  return answer;
}

std::string counts(const std::vector<std::pair<std::string, Record>>& records) {
  std::map<std::string, std::int64_t> by_type;
  for (const auto& [type, record] : records) ++by_type[type];
  std::vector<std::string> out;
  for (const auto& [type, count] : by_type)
    out.push_back(fmt::format("{} {}", counted(count), type));
  return fmt::format("{}", fmt::join(out, ", "));
}

Result<RecordPlan> plan_import(const Asking& asking, const Writer& /*writer*/) {
  if (!asking.has("FILE")) {
    return invalid("command.bad_option", "no register is given",
                   "give a register in JSON: docs/format/risk-register.md");
  }
  const Snapshot& snapshot = asking.book->snapshot();
  RecordPlan plan;
  const auto wanted = read_whole_register(asking.option("FILE"));
  if (!wanted) {
    plan.faults = wanted.error();
    return plan;
  }
  auto planned = records_of_register(*wanted, snapshot, asking.has("--drop-unknown"));
  if (!planned) {
    plan.faults = std::move(planned).error();
    return plan;
  }
  RegisterRecords made = *std::move(planned);
  std::int64_t fresh = 0, changed = 0;
  for (const auto& [type, record] : made.records) {
    const Record* held = snapshot.find(type, record.id());
    if (!held) {
      ++fresh;
    } else if (held->values != record.values) {
      ++changed;
    }
  }
  const bool dry = asking.has("--dry-run");
  plan.answer.json = Json::object({{"records", static_cast<std::int64_t>(made.records.size())},
                                   {"new", fresh},
                                   {"changed", changed},
                                   {"removed", static_cast<std::int64_t>(made.removed.size())},
                                   {"left_out", Json::array(made.left_out)},
                                   {"told", Json::array(made.told)},
                                   {"dry_run", dry}});
  plan.answer.text = fmt::format(
      "{}: {}; {} new, {} changed, {} as they were\n", dry ? "would be written" : "the register",
      counts(made.records), counted(fresh), counted(changed),
      counted(static_cast<std::int64_t>(made.records.size()) - fresh - changed));
  for (const std::string& each : made.left_out)
    plan.answer.text += fmt::format("left out: {}\n", each);
  for (const std::string& each : made.told) plan.answer.text += each + "\n";
  if (dry) return plan;
  plan.records = std::move(made.records);
  plan.removed = std::move(made.removed);
  return plan;
}

}  // namespace

Command export_command() {
  return {.room = "risk",
          .name = "export",
          .help = "the organisation's scenarios, controls and appetite as a register file",
          .details =
              "What is not finished is left out. `tiebeam risk simulate FILE` answers the\n"
              "same as on the records. Format: docs/format/risk-register.md.",
          .takes_file = false,
          .options = {{.name = std::string(kOutputOption),
                       .takes = "FILE",
                       .help = "write there instead of the terminal",
                       .choices = {}}},
          .run = run_export};
}

Writing import_writing() {
  return {.room = "risk",
          .name = "import",
          .help = "a register file into scenarios, controls and appetite, as one step to undo",
          .details =
              "What is held under the same id is brought to what the file says: its insurance\n"
              "layers, reductions and loadings that the file no longer has go. A second\n"
              "import changes nothing. Format: docs/format/risk-register.md.",
          .options = {{"FILE", "FILE", "a risk register in JSON", {}},
                      {"--dry-run", "", "say what would be written, and write nothing", {}},
                      {"--drop-unknown",
                       "",
                       "leave out assets and goals that are no service or priority here",
                       {}}},
          .plan = plan_import};
}

}  // namespace tiebeam::risk
