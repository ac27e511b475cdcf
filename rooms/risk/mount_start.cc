#include "rooms/risk/mount_start.h"

#include "rooms/risk/api/appetite_plan.h"
#include "rooms/risk/api/calibration_plan.h"
#include "rooms/risk/api/start_plans.h"
#include "rooms/risk/cli/start_text.h"

namespace tiebeam::risk {
namespace {

// The three questions; `dashes` are those of the command line.
std::vector<Option> profile_options(const std::string& dashes) {
  return {{.name = dashes + "people",
           .takes = "N",
           .help = "how many people work there",
           .choices = {}},
          {.name = dashes + "revenue",
           .takes = "AMOUNT",
           .help = "what it takes in a year, in its currency: 50m",
           .choices = {}},
          {.name = dashes + "sector",
           .takes = "SECTOR",
           .help = "general, manufacturing, retail, finance, health, public or services",
           .choices = {}}};
}

Option point_option(const std::string& dashes) {
  return {.name = dashes + "point",
          .takes = "LOSS@YEARS",
          .help = "a yearly loss that may come at most once in so many years: 500k@10",
          .choices = {},
          .many = true};
}

Option chosen_option(const std::string& dashes) {
  return {.name = dashes + "chosen",
          .takes = "ID,ID",
          .help = "starting points whose common curve is wanted",
          .choices = {}};
}

std::vector<Option> starters_options(const std::string& dashes) {
  std::vector<Option> out = profile_options(dashes);
  out.push_back(chosen_option(dashes));
  out.push_back(point_option(dashes));
  return out;
}

Result<Json> ask_starters(const Asking& asking) {
  TB_TRY(StartWish wish, start_wish(asking));
  TB_TRY(const StartAnswer answer, start_answer(asking.book->snapshot(), std::move(wish)));
  return start_json(answer, *asking.book, asking.recompute);
}

Result<Answer> run_starters(const Asking& asking) {
  TB_TRY(StartWish wish, start_wish(asking));
  TB_TRY(const StartAnswer answer, start_answer(asking.book->snapshot(), std::move(wish)));
  Answer out;
  const std::size_t options = asking.recompute.find(" --");
  if (asking.json) {
    out.json = start_json(answer, *asking.book,
                          options == std::string::npos ? "" : asking.recompute.substr(options));
  } else {
    out.text = start_text(answer);
  }
  return out;
}

Writing start_writing() {
  std::vector<Option> options = {
      {.name = "ID",
       .takes = "ID",
       .help = "starting points to begin with, as `risk starters` names them",
       .choices = {},
       .many = true},
      {.name = "--all", .takes = {}, .help = "all of them", .choices = {}}};
  for (Option& each : profile_options("--")) options.push_back(std::move(each));
  return {.room = "risk",
          .name = "start",
          .help = "write scenarios, with their usual controls as proposals, from the library",
          .details =
              "What is there already stays as it is; asking twice adds nothing.\n"
              "Method: docs/method/starter-scenarios.md.",
          .options = std::move(options),
          .plan = plan_start};
}

Writing agree_writing() {
  return {
      .room = "risk",
      .name = "agree",
      .help = "write down which yearly losses are tolerated how often, and who says so",
      .details =
          "A point on record with the same number of years is moved; others stay.\n"
          "Method: docs/method/tail.md.",
      .options = {point_option("--"),
                  {.name = "--by", .takes = "PERSON", .help = "who agrees, by id", .choices = {}},
                  {.name = "--by-name",
                   .takes = "NAME",
                   .help = "who agrees, by name; put on record if need be",
                   .choices = {}},
                  {.name = "--role", .takes = "ROLE", .help = "what they do", .choices = {}}},
      .plan = plan_agree};
}

Option person_option(const std::string& dashes) {
  return {.name = dashes + "person", .takes = "PERSON", .help = "whose, by id", .choices = {}};
}

std::string recompute_of(const Asking& asking) {
  const std::size_t options = asking.recompute.find(" --");
  return "tiebeam risk calibration --json" +
         (options == std::string::npos ? "" : asking.recompute.substr(options));
}

Result<Answer> run_calibration(const Asking& asking) {
  const FigureBook& book = *asking.book;
  Answer out;
  if (asking.has("--questions")) {
    TB_TRY(out.json, round_json(book, asking.option("--person")));
    out.text = round_text(book, asking.option("--person"));
  } else {
    out.json = calibration_json(book, recompute_of(asking));
    out.text = calibration_text(book);
  }
  return out;
}

void mount_calibration(Table& table) {
  table.record<CalibrationRound>("risk");
  for (FigureFamily& each : calibration_families()) table.figures.add(std::move(each));
  table.queries.push_back({.room = "risk",
                           .name = "calibration",
                           .help = "How good people's guesses are, as `tiebeam risk calibration "
                                   "--json`",
                           .options = {},
                           .run = [](const Asking& asking) -> Result<Json> {
                             return calibration_json(*asking.book, recompute_of(asking));
                           }});
  table.queries.push_back({.room = "risk",
                           .name = "questions",
                           .help = "The next ten questions of a person, without their answers",
                           .options = {person_option("")},
                           .run = [](const Asking& asking) -> Result<Json> {
                             return round_json(*asking.book, asking.option("person"));
                           }});
  table.commands.push_back(
      {.room = "risk",
       .name = "calibration",
       .help = "how good people's guesses are: ranges that held, person by person",
       .details = "Method: docs/method/calibration.md.",
       .takes_file = false,
       .own_file = {},
       .options = {{.name = "--questions",
                    .takes = {},
                    .help = "the next ten questions instead",
                    .choices = {}},
                   person_option("--")},
       .run = run_calibration});
  table.writings.push_back({.room = "risk",
                            .name = "calibrate",
                            .help = "answer questions with ranges, and see how many hold",
                            .details = "A range is meant to hold the answer 9 times in 10.\n"
                                       "Method: docs/method/calibration.md.",
                            .options = {person_option("--"),
                                        {.name = "--by-name",
                                         .takes = "NAME",
                                         .help = "whose, by name; put on record if need be",
                                         .choices = {}},
                                        {.name = "--range",
                                         .takes = "\"ID LOW HIGH\"",
                                         .help = "a question with both ends of the range",
                                         .choices = {},
                                         .many = true}},
                            .plan = plan_calibration});
}

}  // namespace

void mount_start(Table& table) {
  mount_calibration(table);
  table.queries.push_back({.room = "risk",
                           .name = "starters",
                           .help = "Starting points fitted to a size and a sector, and the curve "
                                   "of the chosen ones, as `tiebeam risk starters --json`",
                           .options = starters_options(""),
                           .run = ask_starters});
  table.commands.push_back({.room = "risk",
                            .name = "starters",
                            .help = "20 scenarios to begin with, their ranges fitted to your size",
                            .details = "Each range says whether it is measured from data, "
                                       "published, or our judgement.\n"
                                       "Method: docs/method/starter-scenarios.md.",
                            .takes_file = false,
                            .own_file = {},
                            .options = starters_options("--"),
                            .run = run_starters});
  table.writings.push_back(start_writing());
  table.writings.push_back(agree_writing());
  table.writings.push_back(appetite_writing());
}

}  // namespace tiebeam::risk
