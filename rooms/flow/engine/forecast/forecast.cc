#include "rooms/flow/engine/forecast/forecast.h"

#include <fmt/format.h>

#include <algorithm>

#include "rooms/flow/engine/figure_set.h"

namespace tiebeam::flow {
namespace {

using std::chrono::local_days;

// A stream, or several as one, among those whose past errors it may borrow, and its weeks ahead.
struct Seat {
  History history;
  std::shared_ptr<const Horizons> horizons;
  std::size_t own = 0;
  std::optional<Outlook> outlook;
};

Answers from_weeks(std::span<const double> done) {
  Answers out{week_reaching(done, 0.5),
              week_reaching(done, 0.85),
              week_reaching(done, 0.95),
              Status::ok,
              {}};
  if (!out.p95) {
    out.status = Status::not_reached;
    out.reason = fmt::format(
        "beyond {} weeks, as far as this history lets a forecast look: by then the chance of being "
        "done is {:.0f} of 100",
        done.size(), 100 * (done.empty() ? 0 : done.back()));
  }
  return out;
}

class Maker {
 public:
  Maker(const FlowReport& report, const ForecastQuestion& question)
      : report_(report), each_(histories(report)) {
    out_.question = question;
  }

  Forecast make() {
    const std::vector<std::uint32_t>& streams = out_.question.streams;
    out_.history = streams.empty() ? history_of_all(report_) : history_of(report_, streams);
    if (streams.size() > 1) out_.history.name = fmt::format("{} streams together", streams.size());
    if (streams.size() < 2) {
      parts_.push_back(seat_of(out_.history));
    } else {
      for (const std::uint32_t each : streams) parts_.push_back(seat_of(each_[each]));
    }
    if (out_.question.by) {
      out_.days_ahead = static_cast<std::size_t>(
          (local_days{*out_.question.by} - local_days{out_.history.today}).count());
    }
    for (const Seat& part : parts_) {
      if (auto no = refusal(report_, part.history)) return refused(*std::move(no));
    }
    look();
    out_.question.by ? how_many() : when();
    fill_steps();
    fill_cards();
    warn();
    return std::move(out_);
  }

 private:
  Forecast refused(Answers no) {
    for (const Seat& part : parts_) {
      auto own = refusal(report_, part.history);
      out_.streams.push_back(
          {part.history, scope_of(out_.streams.size()), own ? *std::move(own) : no});
    }
    out_.answers = std::move(no);
    warn();
    return std::move(out_);
  }

  [[nodiscard]] std::string scope_of(std::size_t part) const {
    const auto& scopes = out_.question.scopes;
    return scopes.empty() ? "" : scope_text(scopes[std::min(part, scopes.size() - 1)]);
  }

  void look() {
    std::size_t known = out_.history.series.size();
    for (const Seat& part : parts_) known = std::min(known, part.history.series.size());
    out_.weeks_ahead = most_weeks_ahead(known);
    if (out_.question.streams.empty()) return seat_apart(parts_.front());
    seat_among_all();
    if (parts_.size() == 1) return;
    together_ = seat_of(out_.history);
    seat_apart(together_);
  }
  [[nodiscard]] static Seat seat_of(const History& history) {
    return {.history = history, .horizons = {}, .own = 0, .outlook = {}};
  }
  // The parts are streams: all of them borrow from all.
  void seat_among_all() {
    std::vector<Series> all;
    std::vector<std::size_t> at(each_.size());
    for (std::size_t i = 0; i < each_.size(); ++i) {
      at[i] = all.size();
      if (each_[i].series.size() > 0) all.push_back(each_[i].series);
    }
    const auto horizons = std::make_shared<const Horizons>(std::move(all));
    for (Seat& part : parts_) look_ahead(part, horizons, at[part.history.streams.front()]);
  }
  // Work of several streams as one borrows from the others.
  void seat_apart(Seat& seat) {
    std::vector<Series> all{seat.history.series};
    for (const History& other : each_) {
      const auto& own = seat.history.streams;
      const bool is_part = std::ranges::find(own, other.streams.front()) != own.end();
      if (!is_part && other.series.size() > 0) all.push_back(other.series);
    }
    look_ahead(seat, std::make_shared<const Horizons>(std::move(all)), 0);
  }
  void look_ahead(Seat& seat, const std::shared_ptr<const Horizons>& horizons, std::size_t own) {
    seat.horizons = horizons;
    seat.own = own;
    seat.outlook.emplace(horizons, own,
                         working_weeks_ahead(report_, seat.history, out_.weeks_ahead));
  }
  [[nodiscard]] const Outlook& together() const {
    return parts_.size() == 1 ? *parts_.front().outlook : *together_.outlook;
  }

  void when() {
    const auto& scopes = out_.question.scopes;
    std::vector<Due> due;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      due.push_back({&*parts_[i].outlook, points_of(scopes[std::min(i, scopes.size() - 1)])});
      out_.scope_mean += mean_of(due.back().scope);
    }
    DoneTogether done = done_together(due, out_.weeks_ahead, kStepShares.back());
    for (std::size_t i = 0; i < parts_.size(); ++i)
      out_.streams.push_back({parts_[i].history, scope_of(i), from_weeks(done.each[i])});
    done_ = std::move(done.all);
    out_.answers = from_weeks(done_);
    out_.low = week_reaching(done_, 0.05);
    out_.high = week_reaching(done_, 0.95);
  }

  void how_many() {
    for (const Seat& part : parts_)
      out_.streams.push_back({part.history, "", from_days(*part.outlook)});
    out_.answers = from_days(together());
    if (out_.answers.status != Status::ok) return;
    out_.low = together().how_many(out_.days_ahead, 0.05);
    out_.high = together().how_many(out_.days_ahead, 0.95);
  }
  [[nodiscard]] Answers from_days(const Outlook& outlook) const {
    if (out_.days_ahead > 7 * out_.weeks_ahead) {
      Answers no;
      no.status = Status::not_reached;
      no.reason = fmt::format(
          "{} is {} days away: with {} full weeks of history a forecast looks at most {} weeks "
          "ahead",
          format_day(*out_.question.by), out_.days_ahead, out_.history.series.size(),
          out_.weeks_ahead);
      return no;
    }
    // "At least so many in 85 of 100 cases" is the 15 % quantile.
    return {outlook.how_many(out_.days_ahead, 0.5),
            outlook.how_many(out_.days_ahead, 0.15),
            outlook.how_many(out_.days_ahead, 0.05),
            Status::ok,
            {}};
  }

  void fill_steps() {
    constexpr std::size_t kAtLeast = 13;
    const std::size_t asked =
        out_.question.by ? (out_.days_ahead + 6) / 7 : out_.answers.p95.value_or(out_.weeks_ahead);
    const std::size_t looked = out_.question.by ? out_.weeks_ahead : done_.size();
    const std::size_t steps = std::min(looked, std::max(kAtLeast, asked + 1));
    for (std::size_t week = 1; week <= steps; ++week) {
      ForecastStep step{.week = week, .date = day_ahead(out_.history, week)};
      step.is_shutdown = together().is_shutdown(week);
      if (!done_.empty()) step.done = done_[week - 1];
      out_.steps.push_back(step);
    }
    for (std::size_t i = 0; i < kStepShares.size(); ++i) {
      const auto many = together().how_many_by_week(steps, kStepShares[i]);
      for (std::size_t week = 0; week < steps; ++week) out_.steps[week].finished[i] = many[week];
    }
  }

  void fill_cards() {
    const Seat& asked = parts_.size() == 1 ? parts_.front() : together_;
    const std::size_t far =
        out_.question.by ? (out_.days_ahead + 6) / 7 : out_.answers.p85.value_or(out_.weeks_ahead);
    std::size_t nearest = 0;
    for (const std::size_t weeks : kCardWeeks) {
      out_.cards.push_back(report_card(asked.horizons->all(), asked.own, weeks));
      const auto off = [&](std::size_t h) { return h > far ? h - far : far - h; };
      if (off(weeks) < off(kCardWeeks[nearest])) nearest = out_.cards.size() - 1;
    }
    out_.card = nearest;
    while (out_.card > 0 && !out_.cards[out_.card].is_calibrated()) --out_.card;
    if (!out_.cards[out_.card].is_calibrated()) out_.card = nearest;
  }

  void warn() {
    const auto add = [this](std::string text) { out_.warnings.push_back(std::move(text)); };
    for (const std::string& each : out_.question.left_out) add(each);
    const auto off = std::ranges::count_if(out_.history.weeks, &HistoryWeek::is_shutdown);
    if (off > 0) {
      add(fmt::format("{} {} without working time in calendar {} {} left out of the history", off,
                      off == 1 ? "week" : "weeks", out_.history.calendar, off == 1 ? "is" : "are"));
    }
    const auto off_ahead = std::ranges::count_if(out_.steps, &ForecastStep::is_shutdown);
    if (off_ahead > 0) {
      add(fmt::format("nothing is expected to finish in {} of the next {} weeks: no working time",
                      off_ahead, out_.steps.size()));
    }
    if (out_.question.streams.size() > 1 && !out_.question.by) {
      add("all streams have to finish their part: the last one decides. Their paces are taken as "
          "independent; work that waits for work of another stream comes later than this");
    }
    if (out_.answers.status == Status::ok && out_.question.by && out_.days_ahead % 7 != 0) {
      add(
          fmt::format("{} is not a whole number of weeks away: the full weeks before and after it "
                      "are mixed by the days between",
                      format_day(*out_.question.by)));
    }
    if (out_.answers.p85 && !out_.question.by && *out_.answers.p85 > out_.history.series.size()) {
      add(fmt::format("the answer lies {} weeks ahead, further than the {} weeks that are known",
                      *out_.answers.p85, out_.history.series.size()));
    }
  }

  const FlowReport& report_;
  Forecast out_;
  std::vector<Seat> parts_;    // one, or one a stream
  Seat together_;              // several streams as one
  std::vector<History> each_;  // every stream alone
  std::vector<double> done_;
};

}  // namespace

namespace {

// Nothing finished at all, or the first of it less than a full week ago.
std::string why_no_history(const FlowReport& report, const History& history,
                           const std::string& whose) {
  const auto is_of_it = [&](const ItemFlow& flow) {
    const std::uint32_t stream = report.log.items[flow.item].stream;
    return flow.counted != kMissing &&
           (history.streams.empty() ||
            std::ranges::find(history.streams, stream) != history.streams.end());
  };
  const auto finished =
      static_cast<std::size_t>(std::ranges::count_if(report.walked.items, is_of_it));
  const std::string until = format_day(history.today);
  if (finished == 0) {
    return fmt::format(
        "nothing{} was finished before {}: no pace can be told from work that never finished",
        whose, until);
  }
  return fmt::format(
      "{}{} {} finished, but no full week has passed since the first, before {}: {} are needed",
      counted_of(finished, "items"), whose, finished == 1 ? "is" : "are", until, kWeeksNeeded);
}

}  // namespace

std::optional<Answers> refusal(const FlowReport& report, const History& history) {
  Answers no;
  no.status = Status::too_few;
  const std::string until = format_day(history.today);
  const std::string whose = history.name.empty() ? "" : fmt::format(" of {}", history.name);
  const std::size_t known = history.series.size();
  if (report.log.items.empty()) {
    no.reason = "there is no work on record: import an export first";
  } else if (history.weeks.empty()) {
    no.reason = why_no_history(report, history, whose);
  } else if (known < kWeeksNeeded) {
    no.reason = fmt::format(
        "{} full {}{} since the first finish, before {}: {} are needed, {} more", known,
        known == 1 ? "week" : "weeks", whose, until, kWeeksNeeded, kWeeksNeeded - known);
  } else if (history.finished < kFinishesNeeded) {
    no.reason =
        fmt::format("{}{} in {} weeks: {} are needed",
                    counted_of(history.finished, "finished items"), whose, known, kFinishesNeeded);
  } else {
    return std::nullopt;
  }
  return no;
}

Forecast compute_forecast(const FlowReport& report, const ForecastQuestion& question) {
  return Maker(report, question).make();
}

}  // namespace tiebeam::flow
