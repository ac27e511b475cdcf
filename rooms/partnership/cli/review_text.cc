// The pack for a terminal, at most 100 columns.
#include <fmt/format.h>

#include "cli/text_table.h"
#include "model/figure_text.h"
#include "rooms/partnership/cli/review_commands.h"

namespace tiebeam::partnership {
namespace {

std::string day(const std::optional<Day>& day) { return day ? format_day_long(*day) : "no day"; }

std::string money(const std::optional<Money>& money) {
  if (!money) return "not said";
  Figure figure;
  figure.value = *money;
  return in_words(figure);
}

std::string points(std::string_view title, const std::vector<Point>& points) {
  std::string out = fmt::format("\n{}\n", title);
  for (const Point& point : points)
    out += cli::wrap("- " + point.text, cli::kTextWidth, "  ").substr(2);
  return points.empty() ? out + "- nothing stands out\n" : out;
}

std::string chosen(const Review& review) {
  if (review.figures.empty())
    return "\nNo figure was chosen yet: ask the partner which matter, at most seven\n";
  cli::TextTable table({"what you chose", ">now", ">before", "trend", "matters?"});
  constexpr std::string_view kMatters[] = {"no", "somewhat", "yes"};
  for (const ChosenFigure& one : review.figures) {
    table.add({cli::fit(one.now.label, 32), in_words(one.now),
               one.before ? in_words(*one.before) : "", std::string(trend_name(one.trend)),
               one.vote ? std::string(kMatters[static_cast<std::size_t>(one.vote->matters)])
                        : "not asked"});
  }
  return "\n" + table.text();
}

std::string promises(std::string_view title, const std::vector<PromiseLine>& lines) {
  cli::TextTable table({std::string(title), "due", "what became of it"});
  for (const PromiseLine& line : lines)
    table.add({cli::fit(line.record.name, 48), day(line.record.due),
               std::string(fate_in_words(line.fate))});
  return table.empty() ? std::string{} : "\n" + table.text();
}

std::string waiting(const Review& review) {
  cli::TextTable table({"decisions waiting", "needed by", ">waits", ">a week", ">so far"});
  for (const DecisionLine& line : review.waiting) {
    table.add({cli::fit(line.record.name, 44), day(line.record.needed_by),
               line.age_days ? in_words(static_cast<double>(*line.age_days), "days") : "",
               money(line.record.cost_of_delay_a_week), money(line.cost_so_far)});
  }
  return table.empty() ? std::string{} : "\n" + table.text();
}

std::string actions(const Review& review) {
  cli::TextTable table({"actions open", "due", ""});
  for (const ActionLine& line : review.actions)
    table.add(
        {cli::fit(line.record.name, 48), day(line.record.due), line.is_overdue ? "late" : ""});
  return table.empty() ? std::string{} : "\n" + table.text();
}

std::string asks(const Review& review) {
  if (review.asks.empty()) return {};
  std::string out = "\nAsked last time\n";
  for (const std::string& ask : review.asks)
    out += cli::wrap("- " + ask, cli::kTextWidth, "  ").substr(2);
  return out;
}

}  // namespace

std::string review_text(const Review& review) {
  std::string out = fmt::format("Review with {}{}, as of {}\n", review.partner,
                                review.partner_role.empty() ? "" : ", " + review.partner_role,
                                format_day_long(review.today));
  out += fmt::format(
      "{} {}; {} of {} meetings held\n",
      review.period.is_first ? "The first one; what changed since" : "What changed since",
      format_day_long(review.period.since), review.rhythm.held, review.rhythm.planned);
  out += chosen(review) + points("Good", review.good) + points("Bad", review.bad) +
         points("Ugly", review.ugly) + asks(review) + promises("promises kept", review.kept) +
         promises("promises not kept", review.missed) + promises("promises open", review.open) +
         actions(review) + waiting(review);
  if (const auto share = review.relevance.share()) {
    out += fmt::format("\nOf what this partner values, {} is reported (target {})\n",
                       in_words(*share, "share"), in_words(kRelevanceTarget, "share"));
  } else {
    out += "\nWhich measures matter to this partner was not asked yet\n";
  }
  return out;
}

}  // namespace tiebeam::partnership
