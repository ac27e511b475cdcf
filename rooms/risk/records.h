// The risk room's records: what could happen, what would reduce it, and how much is tolerated.
// engine/register.h is what is made of them.
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
#include "base/money.h"

namespace tiebeam::risk {

enum class Law : std::uint8_t { poisson, bernoulli, negative_binomial, fixed };
enum class Treatment : std::uint8_t { undecided, accept, reduce, transfer, avoid };

// Its estimates say what would happen without the controls listed for it; a control that is in
// place is taken off them. Frequency is given itself, or as contact x action x vulnerability.
struct RiskScenario : RecordBase {
  std::string threat;
  Id<"service"> asset;
  Id<"capability"> capability;
  std::string effect;
  Law law = Law::poisson;
  std::optional<Estimate> frequency;  // events a year; bernoulli: the chance of a year
  std::optional<double> dispersion;   // negative binomial: variance mean + mean^2 / dispersion
  std::optional<Estimate> contact;
  std::optional<Estimate> action;
  std::optional<Estimate> vulnerability;
  std::optional<Estimate> primary_loss;  // in total, or as the six forms below
  std::optional<Estimate> productivity_loss;
  std::optional<Estimate> response_loss;
  std::optional<Estimate> replacement_loss;
  std::optional<Estimate> fines_loss;
  std::optional<Estimate> competitive_loss;
  std::optional<Estimate> reputation_loss;
  std::optional<Estimate> secondary_probability;
  std::optional<Estimate> secondary_loss;
  Id<"common_cause"> common_cause;
  std::vector<Id<"priority">> goals;
  Treatment treatment = Treatment::undecided;
  Id<"person"> accepted_by;
  std::optional<Day> accepted_on;
  std::optional<Day> review_on;
  Id<"person"> estimated_by;
  std::optional<Day> estimated_on;
  std::string basis;    // what the ranges rest on
  std::string starter;  // the starting point it was taken from
};

// Insurance pays what is above `deductible`, at most `limit`, of each event; layers in order of id.
struct Insurance : RecordBase {
  Id<"scenario"> scenario;
  std::optional<Money> deductible;
  std::optional<Money> limit;
};

// Something that hits all its scenarios in the same event.
struct SharedCause : RecordBase {
  Law law = Law::poisson;
  std::optional<Estimate> frequency;
  std::optional<double> dispersion;
};

// Something that moves several estimates at once: wages, staffing, the economy.
struct Driver : RecordBase {
  std::string moves;
};

// How strongly a driver moves one estimate of one record.
struct DriverLoading : RecordBase {
  Id<"driver"> driver;
  Id<"scenario"> scenario;
  Id<"common_cause"> common_cause;
  Id<"initiative"> initiative;
  Id<"kpi"> kpi;
  std::string input;  // scenario: "frequency" or "loss"; initiative: "one_off_cost", "calls.change"
  std::optional<double> weight;
};

enum class ControlStatus : std::uint8_t { proposed, planned, in_place, retired };

struct RiskControl : RecordBase {
  ControlStatus status = ControlStatus::proposed;
  std::optional<Estimate> cost_a_year;
  std::optional<Day> in_place_on;
  std::optional<Day> tested_at;
  std::optional<bool> test_passed;
  std::string evidence;
};

enum class ReducedFactor : std::uint8_t { frequency, magnitude };

// What a control takes off one scenario.
struct ControlEffect : RecordBase {
  Id<"control"> control;
  Id<"scenario"> scenario;
  ReducedFactor factor = ReducedFactor::frequency;
  std::optional<Estimate> by;  // share taken away
};

// A point of the curve that is tolerated: a yearly loss above `loss` at most this often.
struct Appetite : RecordBase {
  std::optional<Fraction> probability;
  std::optional<Money> loss;
  Id<"person"> set_by;
  std::optional<Day> set_on;
};

}  // namespace tiebeam::risk

namespace tiebeam {

template <>
struct Names<risk::Law> {
  static constexpr std::array<std::string_view, 4> values = {"poisson", "bernoulli",
                                                             "negative_binomial", "fixed"};
};
template <>
struct Names<risk::Treatment> {
  static constexpr std::array<std::string_view, 5> values = {"undecided", "accept", "reduce",
                                                             "transfer", "avoid"};
};
template <>
struct Names<risk::ControlStatus> {
  static constexpr std::array<std::string_view, 4> values = {"proposed", "planned", "in_place",
                                                             "retired"};
};
template <>
struct Names<risk::ReducedFactor> {
  static constexpr std::array<std::string_view, 2> values = {"frequency", "magnitude"};
};

template <>
struct Describe<risk::RiskScenario> {
  static constexpr std::string_view name = "scenario", title = "Risk scenario",
                                    plural = "risk scenarios",
                                    help = "What could happen, how often, and what it would cost.";
  using T = risk::RiskScenario;
  static constexpr auto fields = std::tuple{
      field("threat", &T::threat, {.help = "who or what does harm"}),
      field("asset", &T::asset, {.help = "the service that is hit"}),
      field("capability", &T::capability, {.help = "the business capability that is hit"}),
      field("effect", &T::effect, {.help = "what the business feels"}),
      field("law", &T::law,
            {.help = "poisson: any number of times a year; bernoulli: at most once"}),
      field("frequency", &T::frequency, {.help = "how often a year, without the controls"}),
      field("dispersion", &T::dispersion,
            {.help = "negative binomial: the smaller, the more events come in clusters", .min = 0}),
      field("contact", &T::contact, {.help = "how often a year the threat meets the asset"}),
      field("action", &T::action, {.help = "chance that it then acts"}),
      field("vulnerability", &T::vulnerability, {.help = "chance that it then succeeds"}),
      field("primary_loss", &T::primary_loss,
            {.help = "what one event costs, without the controls"}),
      field("productivity_loss", &T::productivity_loss,
            {.help = "of one event: work that cannot be done"}),
      field("response_loss", &T::response_loss, {.help = "of one event: dealing with it"}),
      field("replacement_loss", &T::replacement_loss,
            {.help = "of one event: what must be bought anew"}),
      field("fines_loss", &T::fines_loss, {.help = "of one event: fines and judgements"}),
      field("competitive_loss", &T::competitive_loss,
            {.help = "of one event: advantage that is lost"}),
      field("reputation_loss", &T::reputation_loss,
            {.help = "of one event: customers who go or stay away"}),
      field("secondary_probability", &T::secondary_probability,
            {.help = "chance that others react: regulators, customers, press"}),
      field("secondary_loss", &T::secondary_loss, {.help = "what their reaction costs"}),
      field("common_cause", &T::common_cause,
            {.help = "what hits this and other scenarios in the same event"}),
      field("goals", &T::goals, {.help = "the strategic priorities it would hurt"}),
      field("treatment", &T::treatment, {.help = "what was decided to do about it"}),
      field("accepted_by", &T::accepted_by, {.help = "the executive who carries it knowingly"}),
      field("accepted_on", &T::accepted_on, {.help = "since when"}),
      field("review_on", &T::review_on, {.help = "when to look at it again"}),
      field("estimated_by", &T::estimated_by, {.help = "who gave the ranges"}),
      field("estimated_on", &T::estimated_on, {.help = "when"}),
      field("basis", &T::basis, {.help = "what the ranges rest on: incidents, base rates, a talk"}),
      field("starter", &T::starter, {.help = "the starting point of the library it came from"})};
};

template <>
struct Describe<risk::Insurance> {
  static constexpr std::string_view name = "insurance_layer", title = "Insurance layer",
                                    plural = "insurance layers",
                                    help = "What insurance takes over of each event.";
  using T = risk::Insurance;
  static constexpr auto fields = std::tuple{
      field("scenario", &T::scenario, {.help = "what it insures", .required = true}),
      field("deductible", &T::deductible,
            {.help = "what one carries oneself, of each event", .required = true}),
      field("limit", &T::limit, {.help = "the most it pays, of each event", .required = true})};
};

template <>
struct Describe<risk::SharedCause> {
  static constexpr std::string_view name = "common_cause", title = "Common cause",
                                    plural = "common causes",
                                    help = "One event that hits several scenarios together.";
  using T = risk::SharedCause;
  static constexpr auto fields = std::tuple{
      field("law", &T::law,
            {.help = "poisson: any number of times a year; bernoulli: at most once"}),
      field("frequency", &T::frequency, {.help = "how often a year", .required = true}),
      field(
          "dispersion", &T::dispersion,
          {.help = "negative binomial: the smaller, the more events come in clusters", .min = 0})};
};

template <>
struct Describe<risk::Driver> {
  static constexpr std::string_view name = "driver", title = "Driver", plural = "drivers",
                                    help = "Something that moves several estimates at once.";
  using T = risk::Driver;
  static constexpr auto fields =
      std::tuple{field("moves", &T::moves, {.help = "in words: what it moves, and why"})};
};

template <>
struct Describe<risk::DriverLoading> {
  static constexpr std::string_view name = "driver_loading", title = "Driver loading",
                                    plural = "driver loadings",
                                    help = "How strongly a driver moves one estimate.";
  using T = risk::DriverLoading;
  static constexpr auto fields = std::tuple{
      field("driver", &T::driver, {.help = "what moves it", .required = true}),
      field("scenario", &T::scenario, {.help = "the scenario that is moved"}),
      field("common_cause", &T::common_cause, {.help = "the common cause that is moved"}),
      field("initiative", &T::initiative, {.help = "the initiative that is moved"}),
      field("kpi", &T::kpi, {.help = "the KPI whose worth is moved"}),
      field("input", &T::input,
            {.help = "which estimate of it: frequency, loss, one_off_cost, KPI.change"}),
      field("weight", &T::weight,
            {.help = "from -1 to 1: 0.5 explains a quarter of its ups and downs",
             .required = true,
             .min = -1,
             .max = 1})};
};

template <>
struct Describe<risk::RiskControl> {
  static constexpr std::string_view name = "control", title = "Control", plural = "controls",
                                    help = "Something that makes harm rarer or smaller.";
  using T = risk::RiskControl;
  static constexpr auto fields =
      std::tuple{field("status", &T::status, {.help = "proposed, planned, in place or retired"}),
                 field("cost_a_year", &T::cost_a_year,
                       {.help = "what it costs a year, in the organisation's currency"}),
                 field("in_place_on", &T::in_place_on, {.help = "since when it works"}),
                 field("tested_at", &T::tested_at, {.help = "when it was last tried"}),
                 field("test_passed", &T::test_passed, {.help = "whether it held"}),
                 field("evidence", &T::evidence, {.help = "where the proof lies"})};
};

template <>
struct Describe<risk::ControlEffect> {
  static constexpr std::string_view name = "reduction", title = "Reduction", plural = "reductions",
                                    help = "What a control takes off one scenario.";
  using T = risk::ControlEffect;
  static constexpr auto fields = std::tuple{
      field("control", &T::control, {.help = "what reduces", .required = true}),
      field("scenario", &T::scenario, {.help = "what is reduced", .required = true}),
      field("factor", &T::factor, {.help = "how often it happens, or how much it costs"}),
      field("by", &T::by, {.help = "share taken away: 0.4, or 0.2..0.4..0.6", .required = true})};
};

template <>
struct Describe<risk::Appetite> {
  static constexpr std::string_view name = "appetite", title = "Appetite", plural = "appetite",
                                    help = "A yearly loss that is tolerated at most so often.";
  using T = risk::Appetite;
  static constexpr auto fields =
      std::tuple{field("probability", &T::probability,
                       {.help = "at most this share of years", .required = true}),
                 field("loss", &T::loss, {.help = "may lose more than this", .required = true}),
                 field("set_by", &T::set_by, {.help = "the executive who agreed to it"}),
                 field("set_on", &T::set_on, {.help = "when"})};
};

static_assert(complete<risk::RiskScenario>() && complete<risk::Insurance>() &&
              complete<risk::SharedCause>() && complete<risk::Driver>() &&
              complete<risk::DriverLoading>() && complete<risk::RiskControl>() &&
              complete<risk::ControlEffect>() && complete<risk::Appetite>());

}  // namespace tiebeam
