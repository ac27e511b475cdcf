// The strategy room's records: what the business wants, and how it is measured.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "base/describe.h"
#include "base/lever.h"
#include "base/money.h"

namespace tiebeam::strategy {

enum class Horizon : std::uint8_t { this_year, three_to_five_years };

struct Priority : RecordBase {
  std::string statement;
  Horizon horizon = Horizon::this_year;
  Id<"person"> business_owner;
  Id<"person"> it_owner;
  std::optional<double> weight;
};

enum class Direction : std::uint8_t { up, down };
enum class KpiSource : std::uint8_t { manual, import, figure };

struct Kpi : RecordBase {
  std::string unit;
  Direction direction = Direction::up;
  Lever lever = Lever::growth;
  std::optional<Money> value_per_unit;  // a year
  Id<"person"> value_agreed_by;
  std::optional<double> baseline;
  std::optional<double> target;
  Id<"person"> business_owner;
  Id<"person"> it_owner;
  KpiSource source = KpiSource::manual;
};

// Where a KPI stood on a day, as people read it.
struct KpiReading : RecordBase {
  Id<"kpi"> kpi;
  std::optional<Day> on;
  std::optional<double> value;
};

// What the business must be able to do, whatever its org chart. Maturity from 1 (by chance) to 5.
struct Capability : RecordBase {
  Id<"capability"> parent;
  std::optional<std::int64_t> importance;
  std::optional<double> people_now;
  std::optional<double> people_target;
  std::optional<double> process_now;
  std::optional<double> process_target;
  std::optional<double> technology_now;
  std::optional<double> technology_target;
  std::optional<Day> target_by;
  Id<"person"> business_owner;
};

}  // namespace tiebeam::strategy

namespace tiebeam {

template <>
struct Names<strategy::Horizon> {
  static constexpr std::array<std::string_view, 2> values = {"this_year", "three_to_five_years"};
};
template <>
struct Names<strategy::Direction> {
  static constexpr std::array<std::string_view, 2> values = {"up", "down"};
};
template <>
struct Names<strategy::KpiSource> {
  static constexpr std::array<std::string_view, 3> values = {"manual", "import", "figure"};
};

template <>
struct Describe<strategy::Priority> {
  static constexpr std::string_view name = "priority", title = "Priority", plural = "priorities",
                                    help =
                                        "A strategic priority of the business that work can serve.";
  using T = strategy::Priority;
  static constexpr auto fields = std::tuple{
      field("statement", &T::statement, {.help = "what the business wants, in its own words"}),
      field("horizon", &T::horizon, {.help = "by when it matters"}),
      field("business_owner", &T::business_owner, {.help = "who in the business answers for it"}),
      field("it_owner", &T::it_owner, {.help = "who in IT answers for it"}),
      field("weight", &T::weight, {.help = "how much it counts beside the others", .min = 0})};
};

template <>
struct Describe<strategy::Kpi> {
  static constexpr std::string_view name = "kpi", title = "KPI", plural = "KPIs",
                                    help = "A measure that business and IT own together.";
  using T = strategy::Kpi;
  static constexpr auto fields = std::tuple{
      field("unit", &T::unit, {.help = "what it is counted in", .required = true}),
      field("direction", &T::direction, {.help = "whether up or down is better"}),
      field("lever", &T::lever, {.help = "how it creates value"}),
      field("value_per_unit", &T::value_per_unit, {.help = "what one unit is worth a year"}),
      field("value_agreed_by", &T::value_agreed_by,
            {.help = "who in finance agreed to that worth"}),
      field("baseline", &T::baseline, {.help = "where it stood at the start"}),
      field("target", &T::target, {.help = "where it should stand"}),
      field("business_owner", &T::business_owner, {.help = "who in the business answers for it"}),
      field("it_owner", &T::it_owner, {.help = "who in IT answers for it"}),
      field("source", &T::source, {.help = "where its readings come from"})};
};

template <>
struct Describe<strategy::KpiReading> {
  static constexpr std::string_view name = "kpi_reading", title = "KPI reading",
                                    plural = "KPI readings", help = "Where a KPI stood on a day.";
  using T = strategy::KpiReading;
  static constexpr auto fields =
      std::tuple{field("kpi", &T::kpi, {.help = "the KPI that was read", .required = true}),
                 field("on", &T::on, {.help = "the day it stands for", .required = true}),
                 field("value", &T::value, {.help = "what it was", .required = true})};
};

template <>
struct Describe<strategy::Capability> {
  static constexpr std::string_view
      name = "capability",
      title = "Capability", plural = "capabilities",
      help = "Something the business must be able to do, and how well it does it.";
  using T = strategy::Capability;
  static constexpr auto fields = std::tuple{
      field("parent", &T::parent, {.help = "the larger capability it is part of"}),
      field("importance", &T::importance,
            {.help = "how much the strategy needs it, 1 to 5", .min = 1, .max = 5}),
      field("people_now", &T::people_now,
            {.help = "maturity of people today, 1 to 5", .min = 1, .max = 5}),
      field("people_target", &T::people_target,
            {.help = "where people should be", .min = 1, .max = 5}),
      field("process_now", &T::process_now,
            {.help = "maturity of processes today, 1 to 5", .min = 1, .max = 5}),
      field("process_target", &T::process_target,
            {.help = "where processes should be", .min = 1, .max = 5}),
      field("technology_now", &T::technology_now,
            {.help = "maturity of technology today, 1 to 5", .min = 1, .max = 5}),
      field("technology_target", &T::technology_target,
            {.help = "where technology should be", .min = 1, .max = 5}),
      field("target_by", &T::target_by, {.help = "by when"}),
      field("business_owner", &T::business_owner, {.help = "who in the business answers for it"})};
};

static_assert(complete<strategy::Capability>() && complete<strategy::Priority>() &&
              complete<strategy::Kpi>() && complete<strategy::KpiReading>());

}  // namespace tiebeam
