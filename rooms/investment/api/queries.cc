#include "rooms/investment/api/queries.h"

#include "application/table.h"
#include "rooms/investment/asked.h"
#include "rooms/investment/cases_json.h"

namespace tiebeam::investment {
namespace {

constexpr const char* kTrials = "cases to simulate; 10000 unless said otherwise";
constexpr const char* kSeed = "other draws; 1 unless said otherwise";

Option option(const char* name, const char* takes, const char* help, bool many = false) {
  return {.name = name, .takes = takes, .help = help, .choices = {}, .many = many};
}

Result<Json> cases(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const Draws draws, draws_of(asking.option("trials"), asking.option("seed")));
  const auto portfolio = portfolio_of(*asking.book, keep, draws);
  Json out = cases_json(*asking.book, *portfolio, keep, asking.table.rules.run(*asking.book));
  out.set("recompute", cases_line(draws) + asking.recompute);
  return out;
}

Result<Json> whatif(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const Draws draws, draws_of(asking.option("trials"), asking.option("seed")));
  const auto portfolio = portfolio_of(*asking.book, keep, draws);
  TB_TRY(const RecordCase* one, find_case(*portfolio, asking.option("initiative")));
  const std::string scales = asking.option("scale");
  return whatif_json(*portfolio, *one, scales,
                     case_line(one->id, scales, draws) + asking.recompute);
}

Result<Json> one_case(const Asking& asking, const KeepPtr& keep) {
  if (asking.has("scale")) return whatif(asking, keep);
  TB_TRY(const Draws draws, draws_of(asking.option("trials"), asking.option("seed")));
  const auto portfolio = portfolio_of(*asking.book, keep, draws);
  TB_TRY(const RecordCase* one, find_case(*portfolio, asking.option("initiative")));
  return case_json(*asking.book, *portfolio, *one, keep, asking.table.rules.run(*asking.book),
                   case_line(one->id, {}, draws) + asking.recompute);
}

Result<Json> preview(const Asking& asking, const KeepPtr& keep) {
  TB_TRY(const Draws draws, draws_of(asking.option("trials"), asking.option("seed")));
  const FormCase form{.benefit = asking.option("benefit"),
                      .cost = asking.option("cost"),
                      .run_cost = asking.option("run_cost"),
                      .starts = asking.option("starts"),
                      .duration = asking.option("duration"),
                      .adoption = asking.option("adoption"),
                      .p_success = asking.option("p_success")};
  return preview_json(*asking.book, form, draws, keep,
                      preview_line(form, draws) + asking.recompute);
}

}  // namespace

std::vector<Query> investment_queries(const KeepPtr& keep) {
  const auto with = [&](Result<Json> (*answer)(const Asking&, const KeepPtr&)) {
    return [answer, keep](const Asking& asking) { return answer(asking, keep); };
  };
  const Option trials = option("trials", "N", kTrials), seed = option("seed", "N", kSeed);
  const Option initiative = option("initiative", "ID", "the initiative");
  return {{.room = "investment",
           .name = "cases",
           .help = "What every initiative is worth, as `tiebeam investment cases --json`",
           .options = {trials, seed},
           .run = with(cases)},
          {.room = "investment",
           .name = "case",
           .help = "One case in full, as `tiebeam investment case ID --json`",
           .options = {initiative,
                       option("scale", "INPUT:FACTOR",
                              "answers as investment/whatif: as in adoption:1.2", true),
                       trials, seed},
           .run = with(one_case)},
          {.room = "investment",
           .name = "whatif",
           .help = "A case with estimates so many times as large, by the same draws",
           .options = {initiative, option("scale", "INPUT:FACTOR", "as in adoption:1.2", true),
                       trials, seed},
           .run = with(whatif)},
          {.room = "investment",
           .name = "preview",
           .help = "A case that is not saved, from a few fields as people type them",
           .options = {option("benefit", "ESTIMATE", "money a year, as in 50000..80000..200000"),
                       option("cost", "ESTIMATE", "once"), option("run_cost", "ESTIMATE", "a year"),
                       option("starts", "DAY", "first day of work"),
                       option("duration", "ESTIMATE", "days until it is of use"),
                       option("adoption", "ESTIMATE", "share of the users who will use it"),
                       option("p_success", "SHARE", "chance that it works at all"), trials, seed},
           .run = with(preview)}};
}

}  // namespace tiebeam::investment
