// The flow room's records and events: value streams, work items, and the transitions they are made
// of.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "base/describe.h"
#include "base/money.h"

namespace tiebeam::flow {

struct ValueStream : RecordBase {
  Id<"person"> business_owner;
  Id<"person"> it_owner;
  std::string customer;
  std::string state_map;  // TOML, docs/format/state-map.md; empty: the map the import used
  Id<"calendar"> calendar;
  std::optional<double> expectation_days;   // service expectation: `expectation_share` within this
  std::optional<double> expectation_share;  // 0.85 unless said
  std::optional<std::int64_t> wip_limit;
  std::optional<double> unplanned_target;    // most unplanned work that it plans for, a share
  std::optional<Money> cost_of_delay_a_day;  // of one piece of its work
};

enum class WorkType : std::uint8_t { unmapped, feature, defect, risk, debt, incident, request };

// Work items come from imports. A row is stored only for what people add to one: the initiative it
// serves, a type, a value stream.
struct WorkItem : RecordBase {
  std::string key;     // as in the source: INC0000045
  std::string source;  // format of the import it came with
  WorkType type = WorkType::unmapped;
  Id<"value_stream"> value_stream;
  Id<"initiative"> initiative;
  std::string title;
  std::optional<Instant> created;
  std::optional<Instant> done;
  std::string class_of_service;
};

// At `at`, `item` entered `state` (or was touched in it). Several may share an instant: then `seq`,
// then the order in the file decides.
struct Transition {
  std::string item;
  Instant at;
  std::string state;
  std::string team;
  std::string assignee;
  std::int64_t seq = 0;
  bool blocked = false;
};

// What a source says of an item beside its states; the newest before an as-of holds.
struct ItemFact {
  std::string item;
  Instant at;
  std::optional<Instant> created;
  std::string type;
  std::string title;
  std::string value_stream;
  std::string initiative;
  std::string service;
  std::string priority;
  std::string status;  // ticket lists only: the state at the time of the export
};

// A try to bring changes into use. `at` is when it finished, else when it started. A later row of
// the same deployment replaces an earlier one.
struct Deployment {
  std::string deployment;
  Instant at;
  std::string service;
  std::string environment;  // in the source's words: production, staging
  std::optional<Instant> started, finished;
  std::string result;          // in the source's words: SUCCESS, failed
  std::string fixes_incident;  // the incident that it was made to end
  std::string unplanned;       // yes | no | empty: the source does not say
};

// A change to code, and the deployment that carried it; empty: none did yet. One change may be in
// several.
struct CodeChange {
  std::string change;  // its commit
  Instant at;          // committed
  std::string service;
  std::string deployment;
};

// A service was down or degraded from `at` on.
struct IncidentEvent {
  std::string incident;
  Instant at;  // opened
  std::string service;
  std::optional<Instant> restored, resolved;  // restored: the service works again
  std::string deployment;                     // that caused it, where the source says so
  std::string severity;
};

}  // namespace tiebeam::flow

namespace tiebeam {

template <>
struct Names<flow::WorkType> {
  static constexpr std::array<std::string_view, 7> values = {
      "unmapped", "feature", "defect", "risk", "debt", "incident", "request"};
};

template <>
struct Describe<flow::ValueStream> {
  static constexpr std::string_view
      name = "value_stream",
      title = "Value stream", plural = "value streams",
      help = "The way work takes from a request to its use by a customer.";
  using T = flow::ValueStream;
  static constexpr auto fields = std::tuple{
      field("business_owner", &T::business_owner,
            {.help = "who in the business answers for the outcome"}),
      field("it_owner", &T::it_owner, {.help = "who in IT answers for the flow"}),
      field("customer", &T::customer, {.help = "for whom the work is done"}),
      field("state_map", &T::state_map,
            {.help = "what each state means, in TOML (docs/format/state-map.md)"}),
      field("calendar", &T::calendar, {.help = "working hours and holidays"}),
      field("expectation_days", &T::expectation_days,
            {.help = "service expectation: the share below finishes within this",
             .min = 0,
             .unit = "days"}),
      field("expectation_share", &T::expectation_share,
            {.help = "share of the service expectation, 0.85 unless said", .min = 0, .max = 1}),
      field("wip_limit", &T::wip_limit,
            {.help = "most items in progress at once", .min = 1, .unit = "items"}),
      field("cost_of_delay_a_day", &T::cost_of_delay_a_day,
            {.help = "what it costs the business when one piece of its work comes a day later"}),
      field(
          "unplanned_target", &T::unplanned_target,
          {.help = "most unplanned work that is planned for, a share of what is begun; 0.2 unless "
                   "said",
           .min = 0,
           .max = 1})};
};

template <>
struct Describe<flow::WorkItem> {
  static constexpr std::string_view
      name = "work_item",
      title = "Work item", plural = "work items",
      help = "One piece of work, as imported, with what people tied to it.";
  using T = flow::WorkItem;
  static constexpr auto fields = std::tuple{
      field("key", &T::key, {.help = "its key in the source"}),
      field("source", &T::source, {.help = "format of the import it came with"}),
      field("type", &T::type, {.help = "what kind of work it is"}),
      field("value_stream", &T::value_stream, {.help = "the stream it flows in"}),
      field("initiative", &T::initiative, {.help = "the initiative it serves"}),
      field("title", &T::title, {.help = "what it is about"}),
      field("created", &T::created, {.help = "when it was asked for"}),
      field("done", &T::done, {.help = "when it was finished"}),
      field("class_of_service", &T::class_of_service, {.help = "how urgent by agreement"})};
};

template <>
struct Describe<flow::Transition> {
  static constexpr std::string_view name = "transition", title = "Transition",
                                    plural = "transitions",
                                    help = "A work item entered a state, or was touched in it.";
  using T = flow::Transition;
  static constexpr auto fields = std::tuple{
      field("item", &T::item, {.help = "key of the work item", .required = true}),
      field("at", &T::at, {.help = "when", .required = true}),
      field("state", &T::state, {.help = "the state of the source", .required = true}),
      field("team", &T::team, {.help = "the team that holds it"}),
      field("assignee", &T::assignee, {.help = "the person who holds it", .person = true}),
      field("seq", &T::seq, {.help = "the source's own sequence within the item"}),
      field("blocked", &T::blocked, {.help = "flagged as blocked"})};
};

template <>
struct Describe<flow::ItemFact> {
  static constexpr std::string_view name = "item_fact", title = "Item fact", plural = "item facts",
                                    help = "What a source says of a work item beside its states.";
  using T = flow::ItemFact;
  static constexpr auto fields =
      std::tuple{field("item", &T::item, {.help = "key of the work item", .required = true}),
                 field("at", &T::at, {.help = "from when the source says so", .required = true}),
                 field("created", &T::created, {.help = "when the item was asked for"}),
                 field("type", &T::type, {.help = "type in the source's words"}),
                 field("title", &T::title, {.help = "what it is about"}),
                 field("value_stream", &T::value_stream, {.help = "the stream it flows in"}),
                 field("initiative", &T::initiative, {.help = "the initiative it serves"}),
                 field("service", &T::service, {.help = "the service it concerns"}),
                 field("priority", &T::priority, {.help = "priority in the source's words"}),
                 field("status", &T::status, {.help = "state at the time of the export"})};
};

template <>
struct Describe<flow::Deployment> {
  static constexpr std::string_view name = "deployment", title = "Deployment",
                                    plural = "deployments",
                                    help = "A try to bring changes into use.";
  using T = flow::Deployment;
  static constexpr auto fields = std::tuple{
      field("deployment", &T::deployment, {.help = "its key in the source", .required = true}),
      field("at", &T::at, {.help = "when it finished, else when it started", .required = true}),
      field("service", &T::service, {.help = "the service it changes"}),
      field("environment", &T::environment, {.help = "where to: production, staging"}),
      field("started", &T::started, {.help = "when it started"}),
      field("finished", &T::finished, {.help = "when it finished"}),
      field("result", &T::result, {.help = "how it ended, in the source's words"}),
      field("fixes_incident", &T::fixes_incident, {.help = "the incident it was made to end"}),
      field("unplanned", &T::unplanned, {.help = "made only to mend something: yes or no"})};
};

template <>
struct Describe<flow::CodeChange> {
  static constexpr std::string_view name = "code_change", title = "Code change",
                                    plural = "code changes",
                                    help = "A commit, and the deployment that carried it.";
  using T = flow::CodeChange;
  static constexpr auto fields =
      std::tuple{field("change", &T::change, {.help = "its commit", .required = true}),
                 field("at", &T::at, {.help = "when it was committed", .required = true}),
                 field("service", &T::service, {.help = "the service it changes"}),
                 field("deployment", &T::deployment, {.help = "the deployment that carried it"})};
};

template <>
struct Describe<flow::IncidentEvent> {
  static constexpr std::string_view name = "incident_event", title = "Incident",
                                    plural = "incidents", help = "A service was down or degraded.";
  using T = flow::IncidentEvent;
  static constexpr auto fields = std::tuple{
      field("incident", &T::incident, {.help = "its key in the source", .required = true}),
      field("at", &T::at, {.help = "when it was opened", .required = true}),
      field("service", &T::service, {.help = "the service that suffered"}),
      field("restored", &T::restored, {.help = "when the service worked again"}),
      field("resolved", &T::resolved, {.help = "when it was closed"}),
      field("deployment", &T::deployment, {.help = "the deployment that caused it"}),
      field("severity", &T::severity, {.help = "how bad, in the source's words"})};
};

static_assert(complete<flow::Deployment>() && complete<flow::CodeChange>() &&
              complete<flow::IncidentEvent>());
static_assert(complete<flow::ValueStream>() && complete<flow::WorkItem>() &&
              complete<flow::Transition>() && complete<flow::ItemFact>());

}  // namespace tiebeam
