#include "rooms/risk/cli/simulate.h"

#include <fmt/format.h>

#include <filesystem>

#include "application/options.h"
#include "application/small_file.h"
#include "application/table.h"
#include "base/hash.h"
#include "base/text.h"
#include "cli/text_table.h"
#include "rooms/risk/cli/simulate_text.h"
#include "rooms/risk/exposure.h"
#include "rooms/risk/register_file.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

// Says in which file a fault is.
std::unexpected<Error> in_file(const std::string& file, Error error) {
  error.message = fmt::format("{}: {}", file, error.message);
  return std::unexpected(std::move(error));
}

struct Source {
  Register wanted;
  RegisterSource from;
  std::vector<std::string> warnings = {};
};

Result<Source> of_file(const std::string& path) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 26;
  TB_TRY(const std::string text, read_small_file(path, kMostBytes));
  const std::string file = std::filesystem::path(path).filename().string();
  auto read = read_register(text);
  if (!read) return in_file(file, std::move(read).error());
  return Source{*std::move(read), {file, to_hex(sha256(text))}};
}

// Of the organisation's records; what is left out is said.
Result<Source> of_records(const FigureBook& book) {
  TB_TRY(const auto records, records_of(book));
  if (records->wanted.scenarios.empty()) {
    return fail(Kind::not_found, "risk.no_scenario", "no scenario is finished yet",
                "write one down: tiebeam record scenario add name=\"Ransomware\" "
                "frequency=0.05..0.5 primary_loss=100000..1000000; or give a register's FILE");
  }
  Source out{records->wanted, {}};
  for (const LeftOut& each : records->left_out) {
    std::vector<std::string_view> lacks;
    for (const Lack& lack : each.lacks) lacks.push_back(lack.what);
    out.warnings.push_back(fmt::format("{} \"{}\" is left out: {}", each.type,
                                       shown(each.name.empty() ? each.id : each.name),
                                       fmt::join(lacks, "; ")));
  }
  return out;
}

Result<Settings> settings_of(const Asking& asking, const Register& wanted) {
  Settings out;
  TB_TRY(out.trials, whole_option(asking, "--trials", 1, kMostTrials, wanted.trials));
  constexpr auto kMostSeed = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  TB_TRY(out.seed, whole_option(asking, "--seed", 0, kMostSeed, 1));
  TB_TRY(const std::uint64_t threads, whole_option(asking, "--threads", 1, 256, 1));
  out.threads = static_cast<unsigned>(threads);
  out.contributions = asking.has("--contributions");
  if (asking.progress) {
    out.progress = [&asking](double share) {
      asking.progress(share);
      return true;
    };
  }
  return out;
}

Result<Answer> run_simulate(const Asking& asking) {
  const bool has_file = asking.has(kOwnFile);
  TB_TRY(Source source, has_file ? of_file(asking.option(kOwnFile)) : of_records(*asking.book));
  Register& wanted = source.wanted;
  if (asking.has("--budget")) {
    const auto budget = parse_number(asking.option("--budget"));
    if (!budget || *budget < 0) {
      return invalid(
          "command.bad_option",
          fmt::format("--budget {}: an amount is expected", shown(asking.option("--budget"))),
          "write --budget 50000, in the register's currency");
    }
    wanted.control_budget = *budget;
  }
  TB_TRY(const Settings settings, settings_of(asking, wanted));
  auto answered = answer_register(std::move(wanted), source.from, settings);
  if (!answered) {
    if (!has_file) return std::unexpected(std::move(answered).error());
    return in_file(source.from.file, std::move(answered).error());
  }
  RiskAnswer& found = *answered;
  found.warnings.insert(found.warnings.begin(), source.warnings.begin(), source.warnings.end());
  if (!has_file) {
    for (Finding& finding : asking.table.rules.run(*asking.book))
      if (finding.rule.starts_with("risk.")) found.findings.push_back(std::move(finding));
  }
  Answer answer;
  if (asking.json) {
    answer.json = risk_json(found);
  } else {
    answer.text = risk_text(found);
  }
  return answer;
}

}  // namespace

Command simulate_command() {
  return {
      .room = "risk",
      .name = "simulate",
      .help = "what the risks of a register cost a year, as a range, and what controls are worth",
      .details =
          "FILE: a risk register in JSON (docs/format/risk-register.md). Without FILE: the\n"
          "organisation's scenarios, controls and appetite.\n"
          "The same file, seed and trials give the same answer to the last digit.",
      .takes_file = false,
      .own_file = "risk register, JSON",
      .file_optional = true,
      .options =
          {{"--trials", "N", "years to simulate; 100,000 unless the file says otherwise", {}},
           {"--seed", "N", "other draws; 1 unless said otherwise", {}},
           {"--threads",
            "N",
            "threads; 1 unless said otherwise, the answer does not depend on it",
            {}},
           {"--contributions", "", "what each scenario adds to the worst years", {}},
           {"--budget", "AMOUNT", "a year: also find the best set of controls it pays for", {}}},
      .run = run_simulate};
}

}  // namespace tiebeam::risk
