#include "rooms/briefing/table.h"

#include "model/figure_json.h"
#include "rooms/briefing/briefing.h"
#include "rooms/governance/records.h"

namespace tiebeam::briefing {
namespace {

constexpr std::chrono::days kBefore{7};

// One of the five kinds. `figure` is empty where no room publishes one yet; `fills` says what
// would.
struct Slot {
  std::string_view kind, title, figure, wanted, fills, make;
};
constexpr Slot kSlots[] = {
    {"value", "Expected value of what is funded", "investment.funded.npv.mean", "up",
     "Initiatives with effects on a KPI, and readings of that KPI.", "records/initiative/new"},
    {"speed", "Idea to outcome, 85 of 100 within", "flow.cycle_time.km.p85", "down",
     "Work items with their history.", "sources"},
    {"reliability", "Finished as promised", "flow.expectation.share", "up",
     "Promises with a day, or what each value stream promises, in days.", "records/commitment/new"},
    {"risk", "Loss in a bad year (1 in 10)", "risk.loss.p90", "down",
     "Scenarios: how often, how bad, as ranges.", "risk/scenario/new"},
    {"alignment", "Work tied to a priority", "flow.purpose.share", "up",
     "Priorities, and ties from work to them.", "records/priority/new"},
};

// Where promises have fallen due, they say how reliable we are; work that keeps its expectation
// says it until then.
constexpr Slot kPromises = {"reliability", "Promises kept", "governance.saydo.kept", "up", "", ""};

// Where readings say what came of a promise, that is told; until then what is expected.
constexpr Slot kRealised = {
    "value", "What came of the value promised", "investment.realised.ratio", "up", "", ""};

Slot chosen(const Slot& slot, const FigureBook& book) {
  if (slot.kind == kRealised.kind) {
    const Figure* realised = book.find(kRealised.figure);
    return realised && realised->has_value() ? kRealised : slot;
  }
  if (slot.kind != kPromises.kind) return slot;
  const Figure* promises = book.find(kPromises.figure);
  const bool speaks = promises && promises->n.value_or(0) > 0;
  return speaks ? kPromises : slot;
}

// The slots' figures a week earlier. Only they are kept, not all that they were computed from.
std::vector<Figure> week_before(const FigureBook& book) {
  return *book.once<std::vector<Figure>>("briefing.week_before", [&] {
    Asked asked = book.asked();
    asked.as_of = book.as_of() - kBefore;
    const FigureBook before(book.registry(), book.shared_snapshot(), asked);
    std::vector<Figure> out;
    for (const Slot& slot : kSlots) {
      const std::string_view key = chosen(slot, book).figure;
      if (const Figure* figure = before.find(key)) out.push_back(*figure);
    }
    return out;
  });
}

Json slots_json(const FigureBook& book) {
  const std::vector<Figure> before = week_before(book);
  Json out = Json::Array{};
  for (const Slot& kind : kSlots) {
    const Slot slot = chosen(kind, book);
    const Figure* now = book.find(slot.figure);
    const auto then = std::ranges::find(before, slot.figure, &Figure::key);
    out.push(Json::object({{"kind", slot.kind},
                           {"title", slot.title},
                           {"figure", now ? to_json(*now) : Json()},
                           {"before", then != before.end() ? to_json(*then) : Json()},
                           {"wanted", slot.wanted},
                           {"fills", slot.fills},
                           {"make", slot.make.empty() ? Json() : Json(slot.make)}}));
  }
  return out;
}

Json sentences_json(const Brief& brief) {
  Json out = Json::Array{};
  for (const Sentence& sentence : brief.sentences) {
    Json pieces = Json::Array{};
    for (const Piece& piece : sentence.pieces) {
      pieces.push(Json::object(
          {{"text", piece.text}, {"figure", piece.figure.empty() ? Json() : Json(piece.figure)}}));
    }
    out.push(Json::object({{"role", role_name(sentence.role)}, {"pieces", std::move(pieces)}}));
  }
  return out;
}

// Fields by name: records of other rooms are read as data, never through their code.
std::string text_of(const Snapshot& snapshot, std::string_view type, const Record& record,
                    std::string_view field) {
  const RecordType* described = snapshot.catalog ? snapshot.catalog->find(type) : nullptr;
  const std::size_t at = described ? described->index_of(field) : std::string::npos;
  if (at == std::string::npos) return {};
  const auto* text = std::get_if<std::string>(&record.values[at]);
  return text ? *text : std::string{};
}

Json person_json(const Snapshot& snapshot, const std::string& id) {
  const Record* person = snapshot.find("person", id);
  if (!person) return {};
  return Json::object({{"id", id},
                       {"name", person->name()},
                       {"role", text_of(snapshot, "person", *person, "role")}});
}

// How many records of each type serve the priority: initiatives that name it, and links to it.
Json ties_json(const Snapshot& snapshot, const std::string& id) {
  std::map<std::string, std::int64_t> by_type;
  for (const Link& link : snapshot.all<Link>()) {
    if (link.to == "priority/" + id) ++by_type[link.from.substr(0, link.from.find('/'))];
  }
  for (const Record& initiative : snapshot.of("initiative")) {
    if (text_of(snapshot, "initiative", initiative, "priority") == id) ++by_type["initiative"];
  }
  Json out = Json::Object{};
  for (const auto& [type, count] : by_type) out.set(type, count);
  return out;
}

Json priorities_json(const Snapshot& snapshot) {
  Json out = Json::Array{};
  for (const Record& record : snapshot.of("priority")) {
    const auto text = [&](std::string_view field) {
      return text_of(snapshot, "priority", record, field);
    };
    out.push(Json::object({{"id", record.id()},
                           {"name", record.name()},
                           {"statement", text("statement")},
                           {"horizon", text("horizon")},
                           {"business_owner", person_json(snapshot, text("business_owner"))},
                           {"it_owner", person_json(snapshot, text("it_owner"))},
                           {"ties", ties_json(snapshot, record.id())}}));
  }
  return out;
}

// What waits for an answer, the dearest week of waiting first: the order of the evidence under the
// figure of the room that owns decisions.
constexpr std::string_view kWaiting = "governance.decisions.waiting";
constexpr std::size_t kMostDecisions = 5;

Json decision_json(const Snapshot& snapshot, const governance::Decision& decision, Day today) {
  const auto raised = decision.raised_at;
  const auto& cost = decision.cost_of_delay_a_week;
  const auto age =
      raised ? (std::chrono::sys_days{today} - std::chrono::sys_days{*raised}).count() : 0;
  return Json::object(
      {{"id", decision.id},
       {"name", decision.name},
       {"question", decision.question},
       {"decider",
        decision.decider.empty() ? Json() : person_json(snapshot, decision.decider.str())},
       {"needed_by", decision.needed_by ? Json(format_day(*decision.needed_by)) : Json()},
       {"is_late", decision.needed_by && *decision.needed_by < today},
       {"age_days", raised ? Json(std::int64_t{age}) : Json()},
       {"cost_of_delay_a_week", cost ? Json(*cost) : Json()}});
}

Json decisions_json(const FigureBook& book) {
  const Snapshot& snapshot = book.snapshot();
  const Figure* waiting = book.find(kWaiting);
  Json rows = Json::Array{};
  if (waiting) {
    const Day today = day_of(waiting->as_of, snapshot.zone(snapshot.organisation.zone));
    for (const Evidence& row : book.evidence(kWaiting, 0, kMostDecisions)) {
      const std::string id = row.subject.substr(row.subject.find('/') + 1);
      if (const Record* record = snapshot.find("decision", id))
        rows.push(decision_json(snapshot, to_struct<governance::Decision>(*record), today));
    }
  }
  const Figure* cost = book.find("governance.decisions.waiting.cost_a_week");
  return Json::object({{"waiting", waiting ? to_json(*waiting) : Json()},
                       {"cost_a_week", cost ? to_json(*cost) : Json()},
                       {"rows", std::move(rows)}});
}

}  // namespace

Json table_json(const FigureBook& book, const RuleRegistry& rules) {
  const Brief brief = compute_brief(book, rules);
  Json figures = Json::Array{}, findings = Json::Array{};
  for (const Figure& figure : brief.figures) figures.push(to_json(figure));
  for (const Finding& finding : brief.findings) findings.push(to_json(finding));
  return Json::object({{"as_of", format_instant(book.as_of())},
                       {"before_as_of", format_instant(book.as_of() - kBefore)},
                       {"sentences", sentences_json(brief)},
                       {"figures", std::move(figures)},
                       {"slots", slots_json(book)},
                       {"priorities", priorities_json(book.snapshot())},
                       {"decisions", decisions_json(book)},
                       {"findings", std::move(findings)}});
}

}  // namespace tiebeam::briefing
