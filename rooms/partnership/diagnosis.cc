#include "rooms/partnership/diagnosis.h"

#include <fmt/format.h>

#include "model/figure_text.h"
#include "rooms/partnership/engine/proxies.h"
#include "rooms/partnership/engine/tickets.h"
#include "rooms/partnership/rules/symptom_rule.h"

namespace tiebeam::partnership {
namespace {

constexpr std::string_view kSubject = "organisation/self";

std::optional<Dispute> dispute_of(const FigureBook& book, const Symptom& symptom) {
  const std::string rule = rule_id(symptom);
  const std::chrono::sys_days today{day_of(book.as_of())};
  std::optional<Dispute> newest;  // the one that holds longest
  for (const Waiver& waiver : book.snapshot().all<Waiver>()) {
    if (waiver.rule != rule || waiver.subject != kSubject || !waiver.until) continue;
    if (std::chrono::sys_days{*waiver.until} < today) continue;
    if (newest && newest->until >= *waiver.until) continue;
    std::string by = waiver.owner.str();
    if (const Record* person = book.snapshot().find("person", by)) {
      const auto known = to_struct<Person>(*person);
      if (!known.name.empty()) by = known.name;
    }
    newest = Dispute{waiver.id, std::move(by), waiver.why, *waiver.until};
  }
  return newest;
}

std::vector<Example> examples_of(const FigureBook& book, const Symptom& symptom) {
  const Tickets& tickets = *tickets_of(book);
  std::vector<Example> out;
  const std::string key =
      symptom.examples.empty() ? proxy_key(symptom) : std::string(symptom.examples);
  for (Evidence& each : book.evidence(key, 0, kExamples)) {
    if (each.value.value_or(0) <= 0) continue;  // a piece that does not show the symptom
    std::string title(title_of_subject(tickets, each.subject));
    out.push_back({std::move(each), std::move(title)});
  }
  return out;
}

bool only_lists(const Snapshot& snapshot) {
  bool any = false;
  for (const Import& import : snapshot.imports) {
    if (!import.is_ticket_list) return false;
    any = true;
  }
  return any;
}

std::string headline_of(const Diagnosis& found) {
  if (found.items == 0) return "No work was read, so no symptom of order taking can be judged.";
  const std::size_t all = found.symptoms.size();
  std::string out =
      fmt::format("{} of {} symptoms of order taking {} visible in {} {}", found.visible, all,
                  found.visible == 1 ? "is" : "are",
                  found.items == 1 ? "this" : fmt::format("these {}", counted(found.items)),
                  found.is_list_only ? (found.items == 1 ? "ticket" : "tickets")
                  : found.items == 1 ? "piece of work"
                                     : "pieces of work");
  if (found.unknown > 0)
    out += fmt::format("; {} cannot be known from {}", found.unknown,
                       found.is_list_only ? "a ticket list like this" : "what was read");
  return out + ".";
}

}  // namespace

std::string rule_id(const Symptom& symptom) { return fmt::format("partnership.{}", symptom.id); }

Diagnosis diagnose(const FigureBook& book) {
  Diagnosis out;
  for (const Symptom& symptom : symptoms()) {
    SymptomFound found;
    found.what = &symptom;
    found.proxy = *book.find(proxy_key(symptom));
    found.change = *book.find(change_key(symptom));
    found.verdict = judge(symptom, found.proxy);
    if (found.proxy.has_value()) found.examples = examples_of(book, symptom);
    found.dispute = dispute_of(book, symptom);
    out.visible += found.verdict == Verdict::present ? 1 : 0;
    out.unknown += found.verdict == Verdict::unknown ? 1 : 0;
    out.symptoms.push_back(std::move(found));
  }
  const Figure* items = book.find("flow.items");
  if (items && items->has_value()) out.items = static_cast<std::int64_t>(items->number());
  out.is_list_only = only_lists(book.snapshot());
  out.as_of = seen_at(book);
  out.headline = headline_of(out);
  return out;
}

std::vector<Figure> diagnosis_figures(const FigureBook& book) {
  std::vector<Figure> out = book.all("partnership.symptom");
  if (const Figure* items = book.find("flow.items")) out.push_back(*items);
  return out;
}

std::vector<FigureFamily> diagnosis_families() {
  return {symptom_family(), change_family(), count_family()};
}

std::vector<Rule> diagnosis_rules() {
  std::vector<Rule> out;
  for (const Symptom& symptom : symptoms()) {
    const Symptom* what = &symptom;
    out.push_back(symptom_rule({rule_id(symptom), std::string(symptom.title),
                                std::string(symptom.why), std::string(symptom.remedy)},
                               [what](const FigureBook& book) -> std::optional<SymptomFacts> {
                                 const Figure* proxy = book.find(proxy_key(*what));
                                 if (!proxy || judge(*what, *proxy) != Verdict::present)
                                   return std::nullopt;
                                 return SymptomFacts{because(*what, *proxy), proxy->key,
                                                     proxy->as_of};
                               }));
  }
  return out;
}

}  // namespace tiebeam::partnership
