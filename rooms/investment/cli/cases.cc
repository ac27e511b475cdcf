#include "rooms/investment/cli/cases.h"

#include <fmt/format.h>

#include "application/table.h"
#include "base/text.h"
#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/investment/asked.h"
#include "rooms/investment/case_words.h"
#include "rooms/investment/cases_json.h"
#include "rooms/investment/cli/case_text.h"
#include "rooms/investment/signing.h"

namespace tiebeam::investment {
namespace {

Option option(const char* name, const char* takes, const char* help) {
  return {.name = name, .takes = takes, .help = help, .choices = {}};
}
std::vector<Option> draw_options() {
  return {option("--trials", "N", "cases to simulate; 10,000 unless said otherwise"),
          option("--seed", "N", "other draws; 1 unless said otherwise")};
}
std::vector<Option> with_draws(std::vector<Option> own) {
  for (Option& each : draw_options()) own.push_back(std::move(each));
  return own;
}

Result<std::shared_ptr<const Portfolio>> portfolio_for(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const Draws draws, draws_of(asking.option("--trials"), asking.option("--seed")));
  return portfolio_of(*asking.book, keep, draws);
}

Result<Answer> run_cases(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const auto portfolio, portfolio_for(asking, keep));
  const auto findings = asking.table.rules.run(*asking.book);
  Answer answer;
  if (asking.json) {
    answer.json = cases_json(*asking.book, *portfolio, keep, findings);
    answer.json.set("recompute", cases_line(portfolio->draws));
    return answer;
  }
  answer.text = cases_text(*asking.book, *portfolio, keep);
  return answer;
}

Result<Answer> run_case(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const auto portfolio, portfolio_for(asking, keep));
  TB_TRY(const RecordCase* one, find_case(*portfolio, asking.option("ID")));
  const std::string scales = asking.option("--scale");
  const std::string line = case_line(one->id, scales, portfolio->draws);
  Answer answer;
  if (!scales.empty()) {
    TB_TRY(const Json json, whatif_json(*portfolio, *one, scales, line));
    answer.json = json;
    if (!asking.json) answer.text = figures_text(json);
    return answer;
  }
  if (asking.json) {
    answer.json =
        case_json(*asking.book, *portfolio, *one, keep, asking.table.rules.run(*asking.book), line);
    return answer;
  }
  answer.text = case_text(*asking.book, *portfolio, *one, keep);
  return answer;
}

Result<Answer> run_preview(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const Draws draws, draws_of(asking.option("--trials"), asking.option("--seed")));
  const FormCase form{.benefit = asking.option("--benefit"),
                      .cost = asking.option("--cost"),
                      .run_cost = asking.option("--run-cost"),
                      .starts = asking.option("--starts"),
                      .duration = asking.option("--duration"),
                      .adoption = asking.option("--adoption"),
                      .p_success = asking.option("--p-success")};
  Answer answer;
  answer.json = preview_json(*asking.book, form, draws, keep, preview_line(form, draws));
  if (const Json* figures = answer.json.find("figures"); figures == nullptr) {
    const Json& first = answer.json.find("errors")->if_array()->front();
    return invalid(
        *first.find("code")->if_string(),
        fmt::format("{}: {}", *first.find("field")->if_string(), *first.find("found")->if_string()),
        *first.find("hint")->if_string());
  }
  if (!asking.json) answer.text = figures_text(answer.json);
  return answer;
}

Result<RecordPlan> plan_sign(const Asking& asking, const Writer& writer, const KeepPtr& keep) {
  const auto portfolio = portfolio_of(*asking.book, keep);
  TB_TRY(const RecordCase* one, find_case(*portfolio, asking.option("ID")));
  TB_TRY(Record record, signature_for(*asking.book, *portfolio, *one, asking.option("--by"),
                                      asking.option("--hash"), writer.at));
  RecordPlan plan;
  plan.answer.text = fmt::format(
      "{}\n\nsigned as {}\n",
      plain_text(sentence_of(*portfolio, *one, figures_of(*portfolio, *one))), record.id());
  plan.answer.json = Json::object({{"sign_off", record.id()}, {"initiative", one->id}});
  plan.records.emplace_back("sign_off", std::move(record));
  return plan;
}

Result<RecordPlan> plan_withdraw(const Asking& asking, const Writer& /*writer*/,
                                 const KeepPtr& keep) {
  const auto portfolio = portfolio_of(*asking.book, keep);
  TB_TRY(const RecordCase* one, find_case(*portfolio, asking.option("ID")));
  TB_TRY(Record record, withdrawal_of(*asking.book, *portfolio, *one));
  RecordPlan plan;
  plan.answer.text = fmt::format("{} is taken back\n", record.id());
  plan.answer.json = Json::object({{"sign_off", record.id()}, {"initiative", one->id}});
  plan.records.emplace_back("sign_off", std::move(record));
  return plan;
}

}  // namespace

std::vector<Command> case_commands(const KeepPtr& keep) {
  const auto with = [&](Result<Answer> (*run)(const Asking&, const KeepPtr&)) {
    return [run, keep](const Asking& asking) { return run(asking, keep); };
  };
  return {
      {.room = "investment",
       .name = "cases",
       .help = "what every initiative is worth, who signed it, and what its case lacks",
       .details = "Method: docs/method/case.md.",
       .takes_file = false,
       .options = draw_options(),
       .run = with(run_cases)},
      {.room = "investment",
       .name = "case",
       .help = "one case: its value, what moves it, what it is worth to know more",
       .details = "Method: docs/method/case.md, docs/method/value-of-information.md.",
       .takes_file = false,
       .options = with_draws({option("ID", "ID", "the initiative"),
                              option("--scale", "INPUT:K",
                                     "inputs so many times as large as estimated, with commas")}),
       .run = with(run_case)},
      {.room = "investment",
       .name = "preview",
       .help = "what a case would be worth that is not on record, from a few estimates",
       .details = "Nothing is saved. Estimates as in 40..120 or 20..40..90.\n"
                  "Method: docs/method/case.md.",
       .takes_file = false,
       .options = with_draws({option("--benefit", "ESTIMATE", "money a year"),
                              option("--cost", "ESTIMATE", "once"),
                              option("--run-cost", "ESTIMATE", "a year"),
                              option("--starts", "DAY", "first day of work"),
                              option("--duration", "ESTIMATE", "days until it is of use"),
                              option("--adoption", "ESTIMATE", "share of the users who use it"),
                              option("--p-success", "SHARE", "chance that it works at all")}),
       .run = with(run_preview)}};
}

std::vector<Writing> sign_writings(const KeepPtr& keep) {
  const auto with = [&](Result<RecordPlan> (*plan)(const Asking&, const Writer&, const KeepPtr&)) {
    return [plan, keep](const Asking& asking, const Writer& writer) {
      return plan(asking, writer, keep);
    };
  };
  return {{.room = "investment",
           .name = "sign",
           .help = "a champion stands behind a case as it is now",
           .details = "Method: docs/method/sign-off.md.",
           .options = {option("ID", "ID", "the initiative"),
                       option("--by", "PERSON", "the executive who signs, by id"),
                       option("--hash", "HASH",
                              "of the case that was seen; refused when it has moved since")},
           .plan = with(plan_sign)},
          {.room = "investment",
           .name = "withdraw",
           .help = "take the newest signature under a case back",
           .details = "Method: docs/method/sign-off.md.",
           .options = {option("ID", "ID", "the initiative")},
           .plan = with(plan_withdraw)}};
}

}  // namespace tiebeam::investment
