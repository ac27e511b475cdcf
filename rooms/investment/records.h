// The investment room's records: what the organisation may fund.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/describe.h"
#include "base/estimate.h"
#include "base/fraction.h"
#include "base/lever.h"

namespace tiebeam::investment {

enum class InitiativeKind : std::uint8_t { product, project, mandatory, experiment };
enum class Stage : std::uint8_t { idea, discovery, proposed, funded, scaling, done, stopped };

struct Initiative : RecordBase {
  InitiativeKind kind = InitiativeKind::product;
  Stage stage = Stage::idea;
  std::string problem;
  std::string hypothesis;
  std::optional<Lever> lever;
  Id<"person"> sponsor;
  Id<"person"> business_owner;
  Id<"person"> it_owner;
  std::optional<Day> idea_at;
  std::optional<Day> it_involved_at;
  Id<"priority"> priority;
  Id<"value_stream"> value_stream;
  std::optional<Estimate> one_off_cost;
  std::optional<Estimate> run_cost_a_year;
  std::optional<Estimate> exit_cost;
  std::optional<Day> starts;
  std::optional<Estimate> duration;
  std::optional<Fraction> p_success;
  std::optional<Estimate> adoption;
  std::string people_plan;
  std::string process_plan;
  std::string technology_plan;
  std::vector<Id<"initiative">> depends_on;
  std::vector<Id<"initiative">> excludes;
  std::vector<std::string> funding_levels;
};

}  // namespace tiebeam::investment

namespace tiebeam {

template <>
struct Names<investment::InitiativeKind> {
  static constexpr std::array<std::string_view, 4> values = {"product", "project", "mandatory",
                                                             "experiment"};
};
template <>
struct Names<investment::Stage> {
  static constexpr std::array<std::string_view, 7> values = {
      "idea", "discovery", "proposed", "funded", "scaling", "done", "stopped"};
};

template <>
struct Describe<investment::Initiative> {
  static constexpr std::string_view
      name = "initiative",
      title = "Initiative", plural = "initiatives",
      help = "Something worth funding, with the problem it solves and what it should move.";
  using T = investment::Initiative;
  static constexpr auto fields = std::tuple{
      field("kind", &T::kind, {.help = "product, project, mandatory or experiment"}),
      field("stage", &T::stage, {.help = "how far it is"}),
      field("problem", &T::problem, {.help = "what hurts, and whom"}),
      field("hypothesis", &T::hypothesis, {.help = "we believe that ... will move ..."}),
      field("lever", &T::lever, {.help = "how it creates value"}),
      field("sponsor", &T::sponsor, {.help = "the executive who stands behind it"}),
      field("business_owner", &T::business_owner,
            {.help = "who in the business answers for the outcome"}),
      field("it_owner", &T::it_owner, {.help = "who in IT answers for the delivery"}),
      field("idea_at", &T::idea_at, {.help = "when the idea was first spoken of"}),
      field("it_involved_at", &T::it_involved_at, {.help = "when IT joined the conversation"}),
      field("priority", &T::priority, {.help = "the strategic priority it serves"}),
      field("value_stream", &T::value_stream, {.help = "the stream that delivers it"}),
      field("one_off_cost", &T::one_off_cost,
            {.help = "cost once, in the organisation's currency"}),
      field("run_cost_a_year", &T::run_cost_a_year, {.help = "cost each year after it is live"}),
      field("exit_cost", &T::exit_cost, {.help = "cost to leave it again"}),
      field("starts", &T::starts, {.help = "first day of work"}),
      field("duration", &T::duration, {.help = "until it is of use", .unit = "days"}),
      field("p_success", &T::p_success, {.help = "chance that it works at all"}),
      field("adoption", &T::adoption, {.help = "share of the intended users who will use it"}),
      field("people_plan", &T::people_plan, {.help = "how people are won and trained"}),
      field("process_plan", &T::process_plan, {.help = "what changes in how work is done"}),
      field("technology_plan", &T::technology_plan, {.help = "what is built or bought"}),
      field("depends_on", &T::depends_on, {.help = "what must be there first"}),
      field("excludes", &T::excludes, {.help = "what it replaces or rules out"}),
      field("funding_levels", &T::funding_levels, {.help = "smaller and larger ways to do it"})};
};

static_assert(complete<investment::Initiative>());

}  // namespace tiebeam
