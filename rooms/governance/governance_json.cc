// What the room answers to programs and pages.
#include "model/figure_json.h"
#include "model/json_parts.h"
#include "rooms/governance/governance.h"

namespace tiebeam::governance {
namespace {

Json person_json(const Snapshot& snapshot, const Id<"person">& id) {
  if (id.empty()) return {};
  const Record* person = snapshot.find("person", id.str());
  return Json::object({{"id", id.str()}, {"name", person ? person->name() : id.str()}});
}

Json head(const FigureBook& book, std::string_view prefix, std::string_view room,
          const std::vector<Finding>& findings) {
  Json figures = Json::Array{}, found = Json::Array{};
  for (const Figure& figure : book.all(prefix)) figures.push(to_json(figure));
  for (const Finding& finding : findings) {
    if (finding.rule.starts_with(room)) found.push(to_json(finding));
  }
  return Json::object({{"as_of", format_instant(seen_from(book))},
                       {"figures", std::move(figures)},
                       {"findings", std::move(found)},
                       {"warnings", Json::Array{}}});
}

Json promise_json(const Snapshot& snapshot, const Promise& promise) {
  const Commitment& record = promise.record;
  const auto side =
      promise.side ? Json(Names<Side>::values[static_cast<std::size_t>(*promise.side)]) : Json();
  return Json::object(
      {{"id", record.id},
       {"name", record.name},
       {"promise", record.promise},
       {"owner", person_json(snapshot, record.owner)},
       {"to", person_json(snapshot, record.to)},
       {"side", side},
       {"made_on", or_null(record.made_on)},
       {"due", or_null(record.due)},
       {"closed_on", or_null(record.closed_on)},
       {"told_on", or_null(record.told_on)},
       {"moved_to", or_null(record.moved_to)},
       {"confidence", record.confidence ? Json(record.confidence->value()) : Json()},
       {"fate", fate_name(promise.fate)},
       {"says", fate_in_words(promise.fate)}});
}

Json tally_json(std::string_view side, const Tally& tally) {
  return Json::object({{"side", side},
                       {"due", tally.due},
                       {"kept", tally.kept},
                       {"told_early", tally.told_early},
                       {"told_late", tally.told_late},
                       {"kept_late", tally.kept_late},
                       {"broken", tally.broken},
                       {"overdue", tally.overdue}});
}

Json band_json(const Band& band) {
  const bool enough = band.due >= kLeastInBand;
  const double observed =
      band.due > 0 ? static_cast<double>(band.kept) / static_cast<double>(band.due) : 0;
  return Json::object({{"low", band.low},
                       {"high", band.high},
                       {"due", band.due},
                       {"kept", band.kept},
                       {"said", enough ? Json(band.said) : Json()},
                       {"observed", enough ? Json(observed) : Json()}});
}

Json decision_json(const Snapshot& snapshot, const Decision& record) {
  return Json::object(
      {{"id", record.id},
       {"name", record.name},
       {"question", record.question},
       {"level", Names<DecisionLevel>::values[static_cast<std::size_t>(record.level)]},
       {"decider", person_json(snapshot, record.decider)},
       {"raised_at", or_null(record.raised_at)},
       {"needed_by", or_null(record.needed_by)},
       {"cost_of_delay_a_week", or_null(record.cost_of_delay_a_week)},
       {"initiative", or_null(record.initiative.str())},
       {"priority", or_null(record.priority.str())}});
}

}  // namespace

Json say_do_json(const FigureBook& book, const std::vector<Finding>& findings) {
  const SayDo& say_do = *say_do_of(book);
  const Snapshot& snapshot = book.snapshot();
  Json out = head(book, "governance.saydo.", "governance.promise_", findings);
  Json promises = Json::Array{}, sides = Json::Array{}, bands = Json::Array{};
  for (const Promise& promise : say_do.promises) promises.push(promise_json(snapshot, promise));
  sides.push(tally_json("all", say_do.all));
  for (const auto& [side, tally] : say_do.by_side)
    sides.push(tally_json(Names<Side>::values[static_cast<std::size_t>(side)], tally));
  for (const Band& band : say_do.bands) bands.push(band_json(band));
  out.set("promises", std::move(promises));
  out.set("sides", std::move(sides));
  out.set("bands", std::move(bands));
  return out;
}

Json decisions_json(const FigureBook& book, const std::vector<Finding>& findings) {
  const Decisions& decisions = *decisions_of(book);
  const Snapshot& snapshot = book.snapshot();
  Json out = head(book, "governance.decisions.", "governance.decision_", findings);
  Json waiting = Json::Array{}, taken = Json::Array{};
  for (const WaitingDecision& one : decisions.waiting) {
    Json row = decision_json(snapshot, one.record);
    row.set("age_days", one.age_days ? Json(*one.age_days) : Json());
    row.set("cost_so_far", or_null(one.cost_so_far));
    row.set("past_needed", one.is_past_needed);
    waiting.push(std::move(row));
  }
  for (const TakenDecision& one : decisions.taken) {
    Json row = decision_json(snapshot, one.record);
    row.set("decided_at", or_null(one.record.decided_at));
    row.set("chosen", or_null(one.record.chosen));
    row.set("why", or_null(one.record.why));
    row.set("days", one.days ? Json(*one.days) : Json());
    row.set("in_time", one.in_time ? Json(*one.in_time) : Json());
    taken.push(std::move(row));
  }
  out.set("waiting", std::move(waiting));
  out.set("taken", std::move(taken));
  return out;
}

}  // namespace tiebeam::governance
