// Records that every room refers to: the organisation itself, people, teams, calendars, links.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/describe.h"
#include "base/money.h"

namespace tiebeam {

// One per store; its id is always "self".
struct Organisation : RecordBase {
  std::string zone = "UTC";  // IANA name
  std::string currency = "EUR";
  std::int64_t fiscal_year_starts = 1;  // month
  std::optional<Instant> as_of;         // fixed knowledge date of a sample; none: the newest event
  bool fictional = false;               // a demonstration, marked on everything
};

enum class Side : std::uint8_t { business, it, vendor };

struct Person : RecordBase {
  std::string unit;
  std::string role;
  Side side = Side::business;
  std::optional<std::int64_t> influence;
  std::optional<std::int64_t> support;
  bool champion = false;
  std::vector<std::string> preferred_metrics;
};

struct Team : RecordBase {
  Id<"value_stream"> value_stream;
  std::vector<Id<"person">> members;
  std::optional<Money> cost_a_quarter;
  std::optional<double> capacity_a_quarter;
  std::vector<std::string> skills;
  std::optional<Day> formed_at;
};

struct WorkCalendar : RecordBase {
  std::string zone = "UTC";
  std::string hours = "Mon-Fri 09:00-17:00";
  std::vector<std::string> holidays;  // ISO days
};

// A typed, directed tie: work_item/INC1 serves initiative/portal.
struct Link : RecordBase {
  std::string from;  // "type/id"
  std::string kind;  // a LinkKind
  std::string to;    // "type/id"
};

// "We know, and this is why we live with it until then": silences one rule for one subject.
struct Waiver : RecordBase {
  std::string rule;
  std::string subject;  // "type/id"
  std::optional<Day> until;
  std::string why;
};

template <>
struct Names<Side> {
  static constexpr std::array<std::string_view, 3> values = {"business", "it", "vendor"};
};

template <>
struct Describe<Organisation> {
  static constexpr std::string_view
      name = "organisation",
      title = "Organisation", plural = "organisations",
      help = "Whose records these are, and how it counts time and money.";
  using T = Organisation;
  static constexpr auto fields = std::tuple{
      field("zone", &T::zone, {.help = "time zone of its days and weeks (IANA name)"}),
      field("currency", &T::currency, {.help = "ISO 4217 code that money is shown in"}),
      field("fiscal_year_starts", &T::fiscal_year_starts,
            {.help = "month the fiscal year starts in", .min = 1, .max = 12}),
      field("as_of", &T::as_of,
            {.help = "fixed date that figures are computed for; empty: the newest event"}),
      field("fictional", &T::fictional, {.help = "made up for a demonstration"})};
};

template <>
struct Describe<Person> {
  static constexpr std::string_view name = "person", title = "Person", plural = "people",
                                    help = "Someone who owns, decides, promises or is served.";
  using T = Person;
  static constexpr auto fields = std::tuple{
      field("unit", &T::unit, {.help = "department or business unit"}),
      field("role", &T::role, {.help = "what they do"}),
      field("side", &T::side, {.help = "business, IT or vendor"}),
      field("influence", &T::influence,
            {.help = "how much their word weighs", .min = 0, .max = 10}),
      field("support", &T::support, {.help = "from against (-5) to for (5)", .min = -5, .max = 5}),
      field("champion", &T::champion, {.help = "speaks for the change in the business"}),
      field("preferred_metrics", &T::preferred_metrics, {.help = "figures they look at first"})};
};

template <>
struct Describe<Team> {
  static constexpr std::string_view name = "team", title = "Team", plural = "teams",
                                    help = "A durable team, funded by capacity.";
  using T = Team;
  static constexpr auto fields =
      std::tuple{field("value_stream", &T::value_stream, {.help = "the stream it works in"}),
                 field("members", &T::members, {.help = "who is in it"}),
                 field("cost_a_quarter", &T::cost_a_quarter, {.help = "what it costs a quarter"}),
                 field("capacity_a_quarter", &T::capacity_a_quarter,
                       {.help = "what it can take on in a quarter", .min = 0, .unit = "items"}),
                 field("skills", &T::skills, {.help = "what it can do"}),
                 field("formed_at", &T::formed_at, {.help = "since when it works together"})};
};

template <>
struct Describe<WorkCalendar> {
  static constexpr std::string_view name = "calendar", title = "Calendar", plural = "calendars",
                                    help = "Working hours and holidays.";
  using T = WorkCalendar;
  static constexpr auto fields =
      std::tuple{field("zone", &T::zone, {.help = "time zone (IANA name)"}),
                 field("hours", &T::hours, {.help = "\"Mon-Fri 09:00-17:00; Sat 10:00-12:00\""}),
                 field("holidays", &T::holidays, {.help = "days without work, as 2026-12-25"})};
};

template <>
struct Describe<Link> {
  static constexpr std::string_view name = "link", title = "Link", plural = "links",
                                    help = "A typed tie between two records.";
  using T = Link;
  static constexpr auto fields = std::tuple{
      field("from", &T::from, {.help = "type/id of the record that acts", .required = true}),
      field("kind", &T::kind,
            {.help = "what the tie means: serves, moves, enables", .required = true}),
      field("to", &T::to, {.help = "type/id of the record it acts on", .required = true})};
};

template <>
struct Describe<Waiver> {
  static constexpr std::string_view name = "waiver", title = "Waiver", plural = "waivers",
                                    help = "A finding that is known and accepted until a date.";
  using T = Waiver;
  static constexpr auto fields = std::tuple{
      field("rule", &T::rule,
            {.help = "id of the rule, such as flow.no_purpose", .required = true}),
      field("subject", &T::subject, {.help = "type/id the finding is about", .required = true}),
      field("until", &T::until, {.help = "last day on which it is accepted", .required = true}),
      field("why", &T::why, {.help = "why this is acceptable until then", .required = true})};
};

static_assert(complete<Waiver>() && complete<Organisation>() && complete<Person>() &&
              complete<Team>() && complete<WorkCalendar>() && complete<Link>());

}  // namespace tiebeam
