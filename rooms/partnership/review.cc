#include "rooms/partnership/review.h"

#include <fmt/format.h>

#include "base/text.h"
#include "model/known_until.h"
#include "rooms/partnership/engine/figures.h"
#include "rooms/partnership/engine/kpi.h"
#include "rooms/partnership/rules/review_rules.h"

namespace tiebeam::partnership {
namespace {

const Zone& zone_of(const FigureBook& book) {
  return book.snapshot().zone(book.snapshot().organisation.zone);
}
Day today_of(const FigureBook& book) { return day_of(review_seen_from(book), zone_of(book)); }

Figure unknown_figure(const std::string& key, Instant as_of) {
  Figure out;
  out.key = key;
  out.label = key;
  out.as_of = as_of;
  out.status = Status::not_measurable;
  out.reason = fmt::format("no figure has the key '{}'; tiebeam figures lists them", key);
  out.trail.formula = "none";
  out.trail.method = "docs/method/review.md";
  return out;
}

// A KPI that the partner chose, now and at the start of the period.
void fill_kpi(const Snapshot& snapshot, ChosenFigure& out, Day today, Day since, Instant as_of,
              Instant before_as_of) {
  const std::string id = out.chosen.substr(kKpiPrefix.size());
  const Record* record = snapshot.find("kpi", id);
  if (!record) {
    out.now = unknown_figure(out.chosen, as_of);
    out.now.reason = fmt::format("there is no KPI '{}'", id);
    return;
  }
  const auto kpi = to_struct<strategy::Kpi>(*record);
  const auto readings = snapshot.all<strategy::KpiReading>();
  const Day before{std::chrono::sys_days{since} - std::chrono::days{1}};
  out.now = kpi_figure(kpi, readings, today, as_of);
  out.before = kpi_figure(kpi, readings, before, before_as_of);
  out.wanted = wanted_of(kpi);
}

// The chosen figures of the room's book, and of a book of the start of the period.
std::vector<ChosenFigure> chosen_figures(const FigureBook& book, const Engagement& engagement,
                                         const Relevance& relevance, Day since) {
  const Instant as_of = review_seen_from(book);
  const Instant from = start_of(std::chrono::local_days{since}, zone_of(book));
  Asked asked = book.asked();
  asked.as_of = from;
  const FigureBook before(book.registry(), book.shared_snapshot(), asked);
  std::vector<ChosenFigure> out;
  for (const std::string& key : engagement.figures) {
    if (out.size() == kMostFigures) break;
    ChosenFigure one;
    one.chosen = key;
    if (key.starts_with(kKpiPrefix)) {
      fill_kpi(book.snapshot(), one, today_of(book), since, as_of, from);
    } else {
      const Figure* now = book.find(key);
      const Figure* then = now ? before.find(key) : nullptr;
      one.now = now ? *now : unknown_figure(key, as_of);
      if (then) one.before = *then;
      one.wanted = wanted_of(key);
    }
    one.trend = trend_of(one.now, one.before, one.wanted);
    const auto vote = std::ranges::find(relevance.asked, key, &MetricVote::figure);
    if (vote != relevance.asked.end()) one.vote = *vote;
    out.push_back(std::move(one));
  }
  return out;
}

Result<Engagement> find_engagement(const Snapshot& snapshot, const std::string& id) {
  const auto all = snapshot.all<Engagement>();
  if (all.empty()) {
    return fail(
        Kind::not_found, "review.no_engagement", "there is no partner to review with yet",
        "name the first: tiebeam record engagement add name=... partner=PERSON owner=PERSON");
  }
  if (id.empty() && all.size() == 1) return all.front();
  std::vector<std::string_view> ids;
  for (const Engagement& one : all) ids.push_back(one.id);
  if (id.empty()) {
    return fail(Kind::invalid, "review.which",
                fmt::format("there are {} partners: {}", all.size(), fmt::join(ids, ", ")),
                fmt::format("name one: tiebeam partnership review {}", ids.front()));
  }
  const auto found = std::ranges::find(all, id, &Engagement::id);
  if (found != all.end()) return *found;
  return fail(Kind::not_found, "record.no_such",
              fmt::format("there is no engagement '{}'{}", shown(id), did_you_mean(id, ids)),
              "list them with: tiebeam record engagement list");
}

constexpr std::chrono::days kWeek{7};

Review review_since(const FigureBook& book, const Engagement& engagement, Day since) {
  const Snapshot& snapshot = book.snapshot();
  const Day today = today_of(book);
  const Relevance relevance = relevance_of(snapshot.all<MetricVote>(), engagement.id, today);
  return compute_review(snapshot, engagement, review_seen_from(book), today,
                        chosen_figures(book, engagement, relevance, since), since);
}

ReviewFacts facts_of(const FigureBook& book) {
  ReviewFacts out;
  out.today = today_of(book);
  for (const EngagementRow& row : *engagements_of(book)) {
    if (row.rhythm.is_silent)
      out.silent.push_back({row.record.id, row.record.name, row.rhythm.last_held});
    for (const Meeting& meeting : row.rhythm.meetings) {
      const bool is_open = meeting.held_on && !is_closed(meeting, out.today);
      if (is_open && std::chrono::sys_days{*meeting.held_on} + std::chrono::days{7} <
                         std::chrono::sys_days{out.today})
        out.unclosed.push_back({meeting.id, meeting.name, meeting.held_on});
    }
  }
  for (const Action& action : book.snapshot().all<Action>()) {
    if (action.state == ActionState::open && action.due && *action.due < out.today)
      out.overdue.push_back({action.id, action.name, action.due});
  }
  return out;
}

}  // namespace

Instant review_seen_from(const FigureBook& book) {
  return known_until(book, {"commitment", "decision", "meeting", "engagement", "action"});
}

std::shared_ptr<const std::vector<EngagementRow>> engagements_of(const FigureBook& book) {
  return book.once<std::vector<EngagementRow>>("partnership.engagements", [&] {
    const Snapshot& snapshot = book.snapshot();
    const Day today = today_of(book);
    const auto meetings = snapshot.all<Meeting>();
    const auto actions = snapshot.all<Action>();
    std::vector<EngagementRow> out;
    for (const Engagement& record : snapshot.all<Engagement>()) {
      EngagementRow row;
      row.record = record;
      const Record* person = snapshot.find("person", record.partner.str());
      row.partner = person ? person->name() : record.partner.str();
      row.rhythm = rhythm_of(record, meetings, today);
      for (const Action& action : actions) {
        const bool is_here = std::ranges::find(row.rhythm.meetings, action.meeting.str(),
                                               &Meeting::id) != row.rhythm.meetings.end();
        if (!is_here || action.state != ActionState::open) continue;
        ++row.open_actions;
        row.overdue_actions += action.due && *action.due < today ? 1 : 0;
      }
      out.push_back(std::move(row));
    }
    return out;
  });
}

Result<Review> review_of(const FigureBook& book, const std::string& id) {
  TB_TRY(const Engagement engagement, find_engagement(book.snapshot(), id));
  const Day today = today_of(book);
  const Rhythm rhythm = rhythm_of(engagement, book.snapshot().all<Meeting>(), today);
  return review_since(book, engagement, period_of(engagement, rhythm, today).since);
}

Result<std::vector<Review>> digest_of(const FigureBook& book, const std::string& id) {
  auto engagements = book.snapshot().all<Engagement>();
  if (!id.empty() || engagements.empty()) {
    TB_TRY(Engagement one, find_engagement(book.snapshot(), id));
    engagements = {std::move(one)};
  }
  const Day since{std::chrono::sys_days{today_of(book)} - kWeek};
  std::vector<Review> out;
  for (const Engagement& one : engagements) out.push_back(review_since(book, one, since));
  std::ranges::sort(out, [](const Review& a, const Review& b) {
    return std::tie(a.partner, a.engagement.id) < std::tie(b.partner, b.engagement.id);
  });
  return out;
}

std::vector<FigureFamily> review_families() {
  FigureFamily family;
  family.name = "partnership.engagement";
  family.figures = engagement_specs();
  family.compute = [](const FigureBook& book) {
    EngagementNumbers numbers;
    for (const EngagementRow& row : *engagements_of(book)) {
      ++numbers.engagements;
      numbers.planned += row.rhythm.planned;
      numbers.held += row.rhythm.held;
      numbers.silent += row.rhythm.is_silent ? 1 : 0;
    }
    const Day today = today_of(book);
    for (const Action& action : book.snapshot().all<Action>()) {
      if (action.state != ActionState::open) continue;
      ++numbers.open_actions;
      numbers.overdue_actions += action.due && *action.due < today ? 1 : 0;
    }
    numbers.relevance = relevance_of(book.snapshot().all<MetricVote>(), "", today);
    return engagement_figures(numbers, review_seen_from(book));
  };
  family.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                       std::size_t limit) {
    std::vector<Rhythm> rhythms;
    for (const EngagementRow& row : *engagements_of(book)) rhythms.push_back(row.rhythm);
    return engagement_evidence(rhythms,
                               relevance_of(book.snapshot().all<MetricVote>(), "", today_of(book)),
                               book.snapshot().all<Action>(), today_of(book), key, offset, limit);
  };
  return {std::move(family)};
}

std::vector<Rule> review_rules() {
  return {engagement_silent_rule(facts_of), action_overdue_rule(facts_of),
          minutes_open_rule(facts_of)};
}

std::vector<Finding> findings_of(const Review& review, const std::vector<Finding>& findings) {
  const auto is_ours = [&](const Finding& finding) {
    const auto& subject = finding.subject;
    const auto has = [&](const auto& lines) {
      return std::ranges::any_of(lines, [&](const auto& l) { return l.record.id == subject.id; });
    };
    if (subject.type == "engagement") return subject.id == review.engagement.id;
    if (subject.type == "meeting")
      return std::ranges::find(review.rhythm.meetings, subject.id, &Meeting::id) !=
             review.rhythm.meetings.end();
    if (subject.type == "commitment") return has(review.open) || has(review.missed);
    if (subject.type == "decision") return has(review.waiting);
    if (subject.type == "action") return has(review.actions);
    return std::ranges::any_of(review.figures, [&](const ChosenFigure& figure) {
      return std::ranges::find(finding.figures, figure.now.key) != finding.figures.end();
    });
  };
  std::vector<Finding> out;
  std::ranges::copy_if(findings, std::back_inserter(out), is_ours);
  return out;
}

}  // namespace tiebeam::partnership
