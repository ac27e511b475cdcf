#include "ingest/date_orders.h"

#include <fmt/format.h>

#include "ingest/reading.h"

namespace tiebeam::ingest {
namespace {
std::string_view words_of(DateOrder order) {
  return order == DateOrder::month_first ? "month before day" : "day before month";
}

Result<DateOrder> said_order(std::string_view said) {
  if (said.empty()) return DateOrder::undecided;
  if (said == "day-first") return DateOrder::day_first;
  if (said == "month-first") return DateOrder::month_first;
  return invalid("ingest.bad_option",
                 fmt::format("'{}' is no order of dates{}", said,
                             did_you_mean(said, {"day-first", "month-first"})),
                 "say day-first or month-first");
}

struct Decision {
  DateOrder order = DateOrder::day_first;
  std::string statement, warning;
  std::string evidence;  // in few words
};

std::string_view has_of(const StampColumn& column) {
  return column.columns().size() > 1 ? "have" : "has";
}

Result<Decision> by_own_values(const StampColumn& column, DateOrder said) {
  TB_TRY(const DateOrder found, column.order());
  const auto& evidence = column.evidence();
  const bool is_day = found == DateOrder::day_first;
  if (said != DateOrder::undecided && found != DateOrder::undecided && said != found) {
    const std::string& name = is_day ? evidence.day_first_column : evidence.month_first_column;
    auto fault = Error{
        Kind::invalid,
        "ingest.two_date_orders",
        fmt::format("column '{}' is said to have {}, but '{}' (line {}) has {}", name,
                    words_of(said), is_day ? evidence.day_first_text : evidence.month_first_text,
                    is_day ? evidence.day_first_line : evidence.month_first_line, words_of(found)),
        {},
        "leave the order of dates to the evidence, or export them as 2026-11-21",
        name};
    return std::unexpected(std::move(fault));
  }
  Decision out{found, {}, {}, {}};
  if (found != DateOrder::undecided) {
    out.statement = fmt::format("{} {} {}: {} a {} part above 12", column.label(), has_of(column),
                                words_of(found),
                                is_day ? counted(evidence.day_first, "value has", "values have")
                                       : counted(evidence.month_first, "value has", "values have"),
                                is_day ? "first" : "second");
    out.evidence = fmt::format("{} a day above 12, such as '{}'",
                               is_day ? counted(evidence.day_first, "value has", "values have")
                                      : counted(evidence.month_first, "value has", "values have"),
                               is_day ? evidence.day_first_text : evidence.month_first_text);
  }
  return out;
}

// No value of the column decides.
Decision by_circumstance(const StampColumn& column, DateOrder said, DateOrder other,
                         const OrderHints& hints) {
  const auto& evidence = column.evidence();
  const bool is_one = column.columns().size() < 2;
  const auto settled = [&](DateOrder order, std::string_view why) {
    return Decision{
        order,
        fmt::format("{} {} read with {}: {}, and no value of {} own decides", column.label(),
                    is_one ? "is" : "are", words_of(order), why, is_one ? "its" : "their"),
        {},
        std::string(why)};
  };
  if (said != DateOrder::undecided) return settled(said, "so it was said");
  if (other != DateOrder::undecided) return settled(other, "so are the other dates of the file");
  if (hints.usual != DateOrder::undecided)
    return settled(hints.usual, fmt::format("{} exports are written so", hints.format));
  if (evidence.has_dots) return settled(DateOrder::day_first, "dates with dots are");
  const DateOrder order = evidence.has_twelve_hours ? DateOrder::month_first : DateOrder::day_first;
  const bool is_day = order == DateOrder::day_first;
  return {order,
          {},
          fmt::format("{} {} {} that can be read both ways and none that decides: read with {}; "
                      "say --date-order {} if that is wrong",
                      column.label(), has_of(column), counted(evidence.ambiguous, "date", "dates"),
                      words_of(order), is_day ? "month-first" : "day-first"),
          fmt::format("{} can be read both ways and none decides",
                      counted(evidence.ambiguous, "value", "values"))};
}

// What was decided for a column in which there are dates.
DatesRead dates_read(const StampColumn& column, const Decision& decision) {
  const auto& evidence = column.evidence();
  DatesRead out{.column = column.column()};
  if (evidence.numeric > 0) {
    out.order = decision.order == DateOrder::month_first ? "month-first" : "day-first";
    const bool matters = evidence.ambiguous + evidence.day_first + evidence.month_first > 0;
    out.evidence = matters ? decision.evidence : "day and month are the same number in all values";
    out.is_open = matters && !decision.warning.empty();
  } else if (evidence.named > 0) {
    out.order = 2 * evidence.named_month_first > evidence.named ? "month-first" : "day-first";
    out.evidence =
        fmt::format("{} the month by name", counted(evidence.named, "value gives", "values give"));
  } else {
    out.order = "year-first";
    out.evidence =
        fmt::format("{} with the year", counted(evidence.values, "value begins", "values begin"));
  }
  return out;
}

void add_notes(DateOrders& out, const StampColumn& column) {
  const auto& evidence = column.evidence();
  if (evidence.short_years > 0)
    out.statements.push_back(fmt::format("{}: two-digit years are read as 1990 to 2089 ({})",
                                         column.label(),
                                         counted(evidence.short_years, "value", "values")));
  if (evidence.without_time > 0)
    out.warnings.push_back(
        fmt::format("{}: {} without a time of day: read as 00:00", column.label(),
                    counted(evidence.without_time, "value is a date", "values are dates")));
}
}  // namespace

Result<DateOrders> decide_date_orders(const StampColumn& at, const StampColumn& created,
                                      const OrderHints& hints) {
  TB_TRY(const DateOrder said, said_order(hints.said));
  const auto in_file = [&](Result<Decision> decision) {
    if (!decision && !hints.file.empty())
      decision.error().message = fmt::format("'{}', {}", hints.file, decision.error().message);
    return decision;
  };
  TB_TRY(Decision first, in_file(by_own_values(at, said)));
  TB_TRY(Decision second, in_file(by_own_values(created, said)));
  const DateOrder own_first = first.order, own_second = second.order;
  if (own_first == DateOrder::undecided) first = by_circumstance(at, said, own_second, hints);
  if (own_second == DateOrder::undecided) second = by_circumstance(created, said, own_first, hints);
  DateOrders out{first.order, second.order, {}, {}, {}};
  for (const auto& [column, decision] : {std::pair(&at, &first), std::pair(&created, &second)}) {
    const auto& evidence = column->evidence();
    if (evidence.ambiguous + evidence.day_first + evidence.month_first >
        0) {  // else there is nothing to decide
      if (!decision->statement.empty()) out.statements.push_back(decision->statement);
      if (!decision->warning.empty()) out.warnings.push_back(decision->warning);
    }
    if (evidence.values > 0) out.dates.push_back(dates_read(*column, *decision));
    add_notes(out, *column);
  }
  return out;
}

ZoneNotes describe_zone_use(const StampColumn& at, const StampColumn& created, const Zone& zone,
                            bool is_assumed) {
  ZoneNotes out;
  const std::int64_t without = at.evidence().without_offset + created.evidence().without_offset;
  const std::int64_t all = at.evidence().values + created.evidence().values;
  if (without == 0) return out;
  const std::string which =
      without == all ? std::string("times carry no zone")
                     : fmt::format("{} of {} times carry no zone", grouped(without), grouped(all));
  if (is_assumed) {
    out.warnings.push_back(
        fmt::format("{}: read as {}; say --tz Europe/Berlin if they are local", which, zone.name));
  } else {
    out.statements.push_back(fmt::format("{}: read as {}", which, zone.name));
  }
  return out;
}

}  // namespace tiebeam::ingest
