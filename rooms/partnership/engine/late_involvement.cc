#include <fmt/format.h>

#include "rooms/investment/records.h"
#include "rooms/partnership/engine/maker.h"
#include "rooms/partnership/engine/parts.h"
#include "rooms/partnership/engine/proxies.h"

namespace tiebeam::partnership {
namespace {

struct Joined {
  std::string id;
  Day idea, involved;
  int days = 0;
};

struct Ideas {
  std::vector<Joined> both;  // by id
  std::size_t incomplete = 0, reversed = 0;
};

Ideas ideas_of(const FigureBook& book) {
  Ideas out;
  const Asked& asked = book.asked();
  for (const auto& record : book.snapshot().all<investment::Initiative>()) {
    if (!record.idea_at || !record.it_involved_at) {
      ++out.incomplete;
      continue;
    }
    const std::chrono::sys_days idea{*record.idea_at};
    if ((asked.from && idea < *asked.from) || (asked.to && idea >= *asked.to)) continue;
    const auto days =
        static_cast<int>((std::chrono::sys_days{*record.it_involved_at} - idea).count());
    if (std::chrono::sys_days{*record.it_involved_at} > book.as_of()) continue;
    out.reversed += days < 0 ? 1 : 0;
    out.both.push_back({record.id, *record.idea_at, *record.it_involved_at, days});
  }
  return out;
}

}  // namespace

Figure late_figure(const FigureBook& book, const FigureSpec& spec) {
  Figure out = blank_figure(spec, book.as_of());
  const Ideas ideas = ideas_of(book);
  rest_on(out, "initiative", ideas.both.size(), "with idea_at and it_involved_at");
  if (ideas.incomplete > 0)
    out.trail.notes.push_back(
        fmt::format("{} initiatives lack one of the two dates and are left out", ideas.incomplete));
  if (ideas.reversed > 0)
    out.trail.notes.push_back(
        fmt::format("{} were IT's own: it joined before the idea was spoken of", ideas.reversed));
  if (ideas.both.empty()) {
    say(out, Status::not_measurable,
        "no initiative says when its idea was first spoken of and when IT joined");
    return out;
  }
  if (ideas.both.size() < kLeastInitiatives) {
    say(out, Status::too_few,
        fmt::format("{} {} both dates: {} are needed", ideas.both.size(),
                    ideas.both.size() == 1 ? "initiative carries" : "initiatives carry",
                    kLeastInitiatives));
    return out;
  }
  std::size_t late = 0;
  for (const Joined& each : ideas.both) late += each.days > kLateDays ? 1 : 0;
  set_spread(out, quant::wilson(static_cast<double>(late), static_cast<double>(ideas.both.size())),
             0, 1);
  return out;
}

std::vector<Evidence> late_evidence(const FigureBook& book, std::size_t offset, std::size_t limit) {
  std::vector<Joined> both = ideas_of(book).both;
  std::ranges::sort(both, [](const Joined& a, const Joined& b) {
    return std::tie(b.days, a.id) < std::tie(a.days, b.id);
  });
  std::vector<Evidence> out;
  for (const Joined& each : both)
    out.push_back({"initiative/" + each.id,
                   each.days > kLateDays ? 1.0 : 0.0,
                   fmt::format("idea {}, IT joined {}: {} days", format_day(each.idea),
                               format_day(each.involved), each.days),
                   {}});
  return page(std::move(out), offset, limit);
}

}  // namespace tiebeam::partnership
