#include "rooms/partnership/engine/figures.h"

#include <fmt/format.h>

#include "model/figure_kit.h"
#include "quant/figure_values.h"

namespace tiebeam::partnership {
namespace {

constexpr const char* kReview = "docs/method/review.md";
constexpr const char* kRelevance = "docs/method/metric-relevance.md";
constexpr const char* kHeldFormula = "meetings held / meetings whose planned day has passed";
constexpr const char* kRelevanceFormula =
    "sum of importance of what is reported / sum of importance of all that was asked about";

void fill_held(Figure& figure, std::size_t held, std::size_t planned) {
  rest_on(figure, "meeting", planned, "planned day has passed, since the rhythm began");
  quant::set_share(figure, held, planned, 1, "no meeting has been due yet");
}

void fill_relevance(Figure& figure, const Relevance& relevance) {
  rest_on(figure, "metric_vote", relevance.asked.size(), "newest answer for each measure");
  if (relevance.asked.empty()) {
    say(figure, Status::too_few, "no partner was asked yet which measures matter");
  } else if (const auto share = relevance.share()) {
    figure.value = *share;
    figure.trail.notes.push_back("no interval: it is about all measures that were asked about");
    figure.trail.notes.push_back(fmt::format("target: at least {:.0f} %", 100 * kRelevanceTarget));
  } else {
    say(figure, Status::not_measurable, "nothing that was asked about matters to anybody");
  }
}

void count(Figure& figure, std::string_view type, std::size_t value, std::string filter) {
  rest_on(figure, type, value, std::move(filter));
  figure.value = static_cast<double>(value);
}

std::vector<Evidence> page_of(std::vector<Evidence> rows, std::size_t offset, std::size_t limit) {
  if (offset >= rows.size()) return {};
  const auto first = rows.begin() + static_cast<std::ptrdiff_t>(offset);
  return {first, first + static_cast<std::ptrdiff_t>(std::min(limit, rows.size() - offset))};
}

std::vector<Evidence> meeting_rows(const std::vector<Rhythm>& rhythms, Day today) {
  std::vector<Evidence> rows;
  for (const Rhythm& rhythm : rhythms) {
    for (const Meeting& meeting : rhythm.counted) {
      const bool held = meeting.held_on && *meeting.held_on <= today;
      const auto day = day_of_meeting(meeting);
      rows.push_back({.subject = "meeting/" + meeting.id,
                      .value = held ? 1.0 : 0.0,
                      .what = day ? fmt::format("{} {}", held ? "held on" : "planned for",
                                                format_day_long(*day))
                                  : "no day",
                      .places = {}});
    }
  }
  return rows;
}

}  // namespace

std::vector<FigureSpec> engagement_specs() {
  const auto spec = [](const char* key, const char* label, const char* unit, const char* formula,
                       const char* method) {
    return FigureSpec{std::string("partnership.") + key, label, unit, formula, method, 1, {}};
  };
  return {
      spec("engagement.count", "Partners with a rhythm", "partners", "count of engagements",
           kReview),
      spec("engagement.held", "Reviews held of those planned", "share", kHeldFormula, kReview),
      spec("engagement.silent", "Partners not met for one and a half cadences", "partners",
           "count of engagements whose last meeting, or else beginning, is 1.5 cadences ago",
           kReview),
      spec("actions.open", "Actions of reviews open", "actions", "count of open actions", kReview),
      spec("actions.overdue", "Actions of reviews past their day", "actions",
           "count of open actions whose day has passed", kReview),
      spec("relevance", "Reported of what partners value", "share", kRelevanceFormula, kRelevance),
  };
}

std::vector<Figure> engagement_figures(const EngagementNumbers& numbers, Instant as_of) {
  FigureDraft draft(engagement_specs(), as_of);
  const auto at = [&](const char* key) -> Figure& {
    return draft.at(std::string("partnership.") + key);
  };
  count(at("engagement.count"), "engagement", numbers.engagements, "all");
  fill_held(at("engagement.held"), numbers.held, numbers.planned);
  count(at("engagement.silent"), "engagement", numbers.silent, "not met for 1.5 cadences");
  count(at("actions.open"), "action", numbers.open_actions, "open");
  count(at("actions.overdue"), "action", numbers.overdue_actions, "open, its day has passed");
  fill_relevance(at("relevance"), numbers.relevance);
  return draft.take();
}

Figure held_figure(std::string key, const Rhythm& rhythm, Instant as_of) {
  Figure out = blank_figure({.key = std::move(key),
                             .label = "Reviews held of those planned",
                             .unit = "share",
                             .formula = kHeldFormula,
                             .method = kReview,
                             .version = 1,
                             .reads = {}},
                            as_of);
  fill_held(out, rhythm.held, rhythm.planned);
  return out;
}

Figure relevance_figure(std::string key, const Relevance& relevance, Instant as_of) {
  Figure out = blank_figure({.key = std::move(key),
                             .label = "Reported of what this partner values",
                             .unit = "share",
                             .formula = kRelevanceFormula,
                             .method = kRelevance,
                             .version = 1,
                             .reads = {}},
                            as_of);
  fill_relevance(out, relevance);
  return out;
}

std::vector<Evidence> engagement_evidence(const std::vector<Rhythm>& rhythms,
                                          const Relevance& relevance,
                                          const std::vector<Action>& actions, Day today,
                                          std::string_view key, std::size_t offset,
                                          std::size_t limit) {
  std::vector<Evidence> rows;
  if (key == "partnership.engagement.held") rows = meeting_rows(rhythms, today);
  if (key == "partnership.relevance") {
    for (const MetricVote& vote : relevance.asked)
      rows.push_back(
          {"metric_vote/" + vote.id,
           importance(vote.matters),
           fmt::format("{}: {}", vote.figure, vote.reported ? "reported" : "not reported"),
           {}});
  }
  if (key.starts_with("partnership.actions.")) {
    for (const Action& action : actions) {
      const bool late = action.due && *action.due < today;
      if (action.state != ActionState::open || (key.ends_with("overdue") && !late)) continue;
      rows.push_back({"action/" + action.id,
                      1.0,
                      action.due ? "due on " + format_day_long(*action.due) : "no day",
                      {}});
    }
  }
  return page_of(std::move(rows), offset, limit);
}

}  // namespace tiebeam::partnership
