#include "rooms/risk/cli/simulate.h"

#include <fmt/format.h>

#include <filesystem>

#include "application/options.h"
#include "application/small_file.h"
#include "base/hash.h"
#include "base/text.h"
#include "cli/text_table.h"
#include "rooms/risk/cli/simulate_text.h"
#include "rooms/risk/register_file.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

// Says in which file a fault is.
std::unexpected<Error> in_file(const std::string& file, Error error) {
  error.message = fmt::format("{}: {}", file, error.message);
  return std::unexpected(std::move(error));
}

Result<Answer> run_simulate(const Asking& asking) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 26;
  const std::string path = asking.option(kOwnFile);
  TB_TRY(const std::string text, read_small_file(path, kMostBytes));
  const std::string file = std::filesystem::path(path).filename().string();
  auto read = read_register(text);
  if (!read) return in_file(file, std::move(read).error());
  Register wanted = *std::move(read);
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
  Settings settings;
  TB_TRY(settings.trials, whole_option(asking, "--trials", 1, kMostTrials, wanted.trials));
  constexpr auto kMostSeed = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  TB_TRY(settings.seed, whole_option(asking, "--seed", 0, kMostSeed, 1));
  TB_TRY(const std::uint64_t threads, whole_option(asking, "--threads", 1, 256, 1));
  settings.threads = static_cast<unsigned>(threads);
  settings.contributions = asking.has("--contributions");
  if (asking.progress) {
    settings.progress = [&asking](double share) {
      asking.progress(share);
      return true;
    };
  }
  RegisterSource source{file, to_hex(sha256(text))};
  auto answered = answer_register(std::move(wanted), std::move(source), settings);
  if (!answered) return in_file(file, std::move(answered).error());
  const RiskAnswer& found = *answered;
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
          "FILE: a risk register in JSON (docs/format/risk-register.md).\n"
          "The same file, seed and trials give the same answer to the last digit.",
      .takes_file = false,
      .own_file = "risk register, JSON",
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
