// The services room's records: what IT runs for the business, and who answers for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/describe.h"
#include "base/estimate.h"

namespace tiebeam::services {

enum class ServiceLevel : std::uint8_t {
  utility,
  on_demand,
  general_contractor,
  strategic_partner
};
enum class Lifecycle : std::uint8_t { plan, live, contain, retire };

struct Service : RecordBase {
  ServiceLevel level = ServiceLevel::utility;
  std::optional<std::int64_t> tier;
  Id<"person"> service_owner;
  Id<"person"> business_owner;
  Lifecycle lifecycle = Lifecycle::live;
  std::optional<Day> end_of_support;
  std::string redundancy;
  std::optional<double> rto;
  std::optional<double> rpo;
  std::vector<Id<"service">> depends_on;
  std::vector<std::string> vendors;
  std::vector<Id<"capability">> enables;
  std::vector<Id<"priority">> priorities;
  std::optional<Estimate> disruption_cost_a_day;
  std::string improvement_goal;
};

}  // namespace tiebeam::services

namespace tiebeam {

template <>
struct Names<services::ServiceLevel> {
  static constexpr std::array<std::string_view, 4> values = {
      "utility", "on_demand", "general_contractor", "strategic_partner"};
};
template <>
struct Names<services::Lifecycle> {
  static constexpr std::array<std::string_view, 4> values = {"plan", "live", "contain", "retire"};
};

template <>
struct Describe<services::Service> {
  static constexpr std::string_view name = "service", title = "Service", plural = "services",
                                    help = "Something IT runs that the business relies on.";
  using T = services::Service;
  static constexpr auto fields = std::tuple{
      field("level", &T::level, {.help = "what is expected of it: from utility to partner"}),
      field("tier", &T::tier,
            {.help = "how much hangs on it: 1 the business stands still, 4 nobody notices soon",
             .min = 1,
             .max = 4}),
      field("service_owner", &T::service_owner, {.help = "the one person who answers for it"}),
      field("business_owner", &T::business_owner, {.help = "who in the business relies on it"}),
      field("lifecycle", &T::lifecycle, {.help = "where in its life it is"}),
      field("end_of_support", &T::end_of_support, {.help = "when its maker stops helping"}),
      field("redundancy", &T::redundancy, {.help = "what stands in when it fails"}),
      field("rto", &T::rto,
            {.help = "how long it may be away after a disaster", .min = 0, .unit = "hours"}),
      field("rpo", &T::rpo, {.help = "how much data may be lost", .min = 0, .unit = "hours"}),
      field("depends_on", &T::depends_on, {.help = "the services it cannot do without"}),
      field("vendors", &T::vendors, {.help = "whose products or people it rests on"}),
      field("enables", &T::enables, {.help = "the business capabilities it carries"}),
      field("priorities", &T::priorities, {.help = "the strategic priorities that rely on it"}),
      field("disruption_cost_a_day", &T::disruption_cost_a_day,
            {.help = "what a day without it costs, in the organisation's currency"}),
      field("improvement_goal", &T::improvement_goal, {.help = "what shall be better next"})};
};

static_assert(complete<services::Service>());

}  // namespace tiebeam
