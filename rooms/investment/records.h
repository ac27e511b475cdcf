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
#include "base/money.h"

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
  std::optional<Estimate> benefit_a_year;
  std::optional<Day> starts;
  std::optional<Estimate> duration;
  std::optional<Fraction> p_success;
  std::optional<Estimate> adoption;
  std::optional<Estimate> adoption_ramp;
  std::optional<Estimate> do_nothing_cost_a_year;
  std::string people_plan;
  std::string process_plan;
  std::string technology_plan;
  std::vector<Id<"initiative">> depends_on;
  std::vector<Id<"initiative">> excludes;
  std::vector<std::string> funding_levels;
};

// What an initiative should move: a KPI, by how much, how late, how fast, and its share in it.
struct InitiativeEffect : RecordBase {
  Id<"initiative"> initiative;
  Id<"kpi"> kpi;
  std::optional<Estimate> change;
  std::optional<Estimate> delay;
  std::optional<Estimate> ramp;
  std::optional<Estimate> share;
};

// A smaller or larger way to do an initiative: shares of its cost and of its effects.
struct FundingLevel : RecordBase {
  Id<"initiative"> initiative;
  std::optional<double> cost_share;
  std::optional<double> benefit_share;
};

// A champion stands behind a case as it was on a day; `case_hash` says which figures were seen.
struct SignOff : RecordBase {
  Id<"initiative"> initiative;
  Id<"person"> by;
  std::optional<Instant> at;
  std::string case_hash;
  std::optional<Money> cost_p50;
  std::optional<Money> cost_p90;
  std::optional<Money> run_cost_p50;
  std::optional<Money> npv_p50;
  std::optional<Fraction> chance_of_loss;
  bool withdrawn = false;
};

// How far a KPI has moved because of one effect, as both sides agree on a day.
struct BenefitReading : RecordBase {
  Id<"effect"> effect;
  std::optional<Day> on;
  std::optional<double> change;
  Id<"person"> agreed_by;
};

// Who gave one estimate of a case, when, and what it rests on.
struct Assumption : RecordBase {
  Id<"initiative"> initiative;
  Id<"effect"> effect;
  std::string input;
  Id<"person"> given_by;
  std::optional<Day> given_on;
  std::string basis;
};

// A group of people an initiative must win over; its readings say how many it has.
struct AdoptionGroup : RecordBase {
  Id<"initiative"> initiative;
  std::optional<std::int64_t> eligible;
  std::string barriers;
  std::string actions;
};
struct AdoptionReading : RecordBase {
  Id<"adoption_group"> group;
  std::optional<Day> on;
  std::optional<std::int64_t> active;
};

// How every case of the organisation is counted; the first by id holds.
struct InvestmentPolicy : RecordBase {
  std::optional<Fraction> discount_rate;
  std::optional<std::int64_t> horizon_years;
  bool mid_year = false;
  std::optional<Fraction> sign_off_tolerance;
  Id<"person"> agreed_by;
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
      field("benefit_a_year", &T::benefit_a_year,
            {.help = "what it brings a year in money, as long as no effect on a KPI says so"}),
      field("starts", &T::starts, {.help = "first day of work"}),
      field("duration", &T::duration, {.help = "until it is of use", .unit = "days"}),
      field("p_success", &T::p_success, {.help = "chance that it works at all"}),
      field("adoption", &T::adoption, {.help = "share of the intended users who will use it"}),
      field("adoption_ramp", &T::adoption_ramp,
            {.help = "from the first user until all who will use it do", .unit = "days"}),
      field("do_nothing_cost_a_year", &T::do_nothing_cost_a_year,
            {.help = "what it costs each year to leave things as they are"}),
      field("people_plan", &T::people_plan, {.help = "how people are won and trained"}),
      field("process_plan", &T::process_plan, {.help = "what changes in how work is done"}),
      field("technology_plan", &T::technology_plan, {.help = "what is built or bought"}),
      field("depends_on", &T::depends_on, {.help = "what must be there first"}),
      field("excludes", &T::excludes, {.help = "what it replaces or rules out"}),
      field("funding_levels", &T::funding_levels, {.help = "smaller and larger ways to do it"})};
};

template <>
struct Describe<investment::InitiativeEffect> {
  static constexpr std::string_view name = "effect", title = "Effect", plural = "effects",
                                    help = "What an initiative should move, and by how much.";
  using T = investment::InitiativeEffect;
  static constexpr auto fields = std::tuple{
      field("initiative", &T::initiative, {.help = "what brings it", .required = true}),
      field("kpi", &T::kpi, {.help = "the measure that moves", .required = true}),
      field("change", &T::change,
            {.help = "by how much at full adoption, in the KPI's unit; below 0 is down",
             .required = true}),
      field("delay", &T::delay, {.help = "after it is of use", .unit = "days"}),
      field("ramp", &T::ramp, {.help = "from nothing to all of it", .unit = "days"}),
      field("share", &T::share, {.help = "how much of the change is its own doing, 0 to 1"})};
};

template <>
struct Describe<investment::FundingLevel> {
  static constexpr std::string_view name = "funding_level", title = "Funding level",
                                    plural = "funding levels",
                                    help = "A smaller or larger way to do an initiative.";
  using T = investment::FundingLevel;
  static constexpr auto fields = std::tuple{
      field("initiative", &T::initiative, {.help = "what is done", .required = true}),
      field("cost_share", &T::cost_share,
            {.help = "of all its costs: 0.4 is less than half", .required = true, .min = 0}),
      field("benefit_share", &T::benefit_share,
            {.help = "of all its effects", .required = true, .min = 0})};
};

template <>
struct Describe<investment::SignOff> {
  static constexpr std::string_view name = "sign_off", title = "Sign-off", plural = "sign-offs",
                                    help = "A champion stands behind a case as it was on a day.";
  using T = investment::SignOff;
  static constexpr auto fields = std::tuple{
      field("initiative", &T::initiative, {.help = "whose case", .required = true}),
      field("by", &T::by, {.help = "the executive who signs", .required = true}),
      field("at", &T::at, {.help = "when"}),
      field("case_hash", &T::case_hash, {.help = "of the figures that were signed"}),
      field("cost_p50", &T::cost_p50, {.help = "the one-off cost seen: as often more as less"}),
      field("cost_p90", &T::cost_p90, {.help = "the one-off cost seen: more in 1 case of 10"}),
      field("run_cost_p50", &T::run_cost_p50, {.help = "the cost a year seen"}),
      field("npv_p50", &T::npv_p50, {.help = "the net present value seen"}),
      field("chance_of_loss", &T::chance_of_loss, {.help = "the chance of a loss seen"}),
      field("withdrawn", &T::withdrawn, {.help = "whether the signature was taken back"})};
};

template <>
struct Describe<investment::BenefitReading> {
  static constexpr std::string_view name = "benefit_reading", title = "Benefit reading",
                                    plural = "benefit readings",
                                    help = "How far an effect had come on a day.";
  using T = investment::BenefitReading;
  static constexpr auto fields = std::tuple{
      field("effect", &T::effect, {.help = "what was promised", .required = true}),
      field("on", &T::on, {.help = "the day it stands for", .required = true}),
      field(
          "change", &T::change,
          {.help = "how far the KPI has moved because of it, in the KPI's unit", .required = true}),
      field("agreed_by", &T::agreed_by, {.help = "who in the business or finance agrees"})};
};

template <>
struct Describe<investment::Assumption> {
  static constexpr std::string_view name = "assumption", title = "Assumption",
                                    plural = "assumptions",
                                    help = "Who gave an estimate, when, and what it rests on.";
  using T = investment::Assumption;
  static constexpr auto fields = std::tuple{
      field("initiative", &T::initiative, {.help = "whose case", .required = true}),
      field("effect", &T::effect, {.help = "the effect, where it is one of its estimates"}),
      field("input", &T::input,
            {.help = "which estimate: one_off_cost, adoption, change", .required = true}),
      field("given_by", &T::given_by, {.help = "who gave it"}),
      field("given_on", &T::given_on, {.help = "when"}),
      field("basis", &T::basis, {.help = "what it rests on"})};
};

template <>
struct Describe<investment::AdoptionGroup> {
  static constexpr std::string_view name = "adoption_group", title = "Adoption group",
                                    plural = "adoption groups",
                                    help = "People an initiative must win over, and how.";
  using T = investment::AdoptionGroup;
  static constexpr auto fields = std::tuple{
      field("initiative", &T::initiative, {.help = "what they should use", .required = true}),
      field("eligible", &T::eligible, {.help = "how many people", .min = 0}),
      field("barriers", &T::barriers, {.help = "what keeps them from it"}),
      field("actions", &T::actions, {.help = "what is done about that"})};
};

template <>
struct Describe<investment::AdoptionReading> {
  static constexpr std::string_view name = "adoption_reading", title = "Adoption reading",
                                    plural = "adoption readings",
                                    help = "How many of a group used it on a day.";
  using T = investment::AdoptionReading;
  static constexpr auto fields = std::tuple{
      field("group", &T::group, {.help = "who", .required = true}),
      field("on", &T::on, {.help = "the day it stands for", .required = true}),
      field("active", &T::active, {.help = "how many use it", .required = true, .min = 0})};
};

template <>
struct Describe<investment::InvestmentPolicy> {
  static constexpr std::string_view name = "investment_policy", title = "Investment policy",
                                    plural = "investment policies",
                                    help = "How every case of the organisation is counted.";
  using T = investment::InvestmentPolicy;
  static constexpr auto fields = std::tuple{
      field("discount_rate", &T::discount_rate, {.help = "a year; risk is counted apart"}),
      field("horizon_years", &T::horizon_years,
            {.help = "how many years are counted", .min = 1, .max = 30, .unit = "years"}),
      field("mid_year", &T::mid_year, {.help = "money of a year counts in its middle"}),
      field("sign_off_tolerance", &T::sign_off_tolerance,
            {.help = "how far the likely cost may move before a case must be signed anew"}),
      field("agreed_by", &T::agreed_by, {.help = "who agreed to this, as a rule in finance"})};
};

static_assert(complete<investment::Initiative>() && complete<investment::InitiativeEffect>() &&
              complete<investment::FundingLevel>() && complete<investment::SignOff>() &&
              complete<investment::BenefitReading>() && complete<investment::Assumption>() &&
              complete<investment::AdoptionGroup>() && complete<investment::AdoptionReading>() &&
              complete<investment::InvestmentPolicy>());

}  // namespace tiebeam
