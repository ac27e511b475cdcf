#include "rooms/risk/ai.h"

#include "base/calendar.h"
#include "model/known_until.h"
#include "rooms/risk/engine/ai/figures.h"

namespace tiebeam::risk {
namespace {

// Weekdays and holidays of the organisation's first calendar; without one, Monday to Friday.
WorkingDays working_days_of(const Snapshot& snapshot) {
  std::array<bool, 7> weekdays = {true, true, true, true, true, false, false};
  std::vector<Day> holidays;
  const std::vector<WorkCalendar> calendars = snapshot.all<WorkCalendar>();
  if (!calendars.empty()) {
    if (const auto week = parse_week(calendars.front().hours)) {
      for (std::size_t i = 0; i < weekdays.size(); ++i) weekdays[i] = !(*week)[i].empty();
    }
    for (const std::string& text : calendars.front().holidays)
      if (const auto day = parse_day(text)) holidays.push_back(*day);
  }
  return working_days(weekdays, std::move(holidays));
}

}  // namespace

Instant ai_seen_from(const FigureBook& book) {
  Instant out = known_until(book, {"ai_tool"});
  if (book.asked().as_of || book.snapshot().organisation.as_of) return out;
  for (const Import& import : book.snapshot().imports)
    if (import.format == "ai-inventory") out = std::max(out, import.imported_at);
  return out;
}

std::shared_ptr<const AiRegister> ai_register_of(const FigureBook& book) {
  return book.once<AiRegister>("risk.ai", [&] {
    const Snapshot& snapshot = book.snapshot();
    const auto currency = Currency::create(snapshot.organisation.currency);
    const Day today = day_of(ai_seen_from(book), snapshot.zone(snapshot.organisation.zone));
    return judge(listed_tools(snapshot), currency.value_or(Currency{}), working_days_of(snapshot),
                 today);
  });
}

FigureFamily ai_family() {
  FigureFamily out;
  out.name = "risk.ai";
  out.figures = ai_specs();
  out.compute = [](const FigureBook& book) {
    return ai_figures(*ai_register_of(book), ai_seen_from(book));
  };
  out.evidence = [](const FigureBook& book, std::string_view key, std::size_t offset,
                    std::size_t limit) {
    return ai_evidence(*ai_register_of(book), key, offset, limit);
  };
  return out;
}

}  // namespace tiebeam::risk
