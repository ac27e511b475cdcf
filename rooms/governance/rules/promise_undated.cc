#include <fmt/format.h>

#include "rooms/governance/rules/rules.h"

namespace tiebeam::governance {
namespace {

std::string_view missing(const PromiseFacts& promise) {
  if (promise.due) return "is promised to nobody";
  return promise.has_receiver ? "is promised for no day" : "is promised for no day, and to nobody";
}

}  // namespace

Rule promise_undated_rule(ReadFacts read) {
  return {"governance.promise_undated",
          Severity::info,
          "A promise without a day or a receiver",
          "A promise that names no day cannot be kept, and one that is made to nobody is missed by "
          "nobody: neither builds trust.",
          "Ask both sides for the day and write it down: tiebeam record commitment set ID due=DAY "
          "to=PERSON",
          [read = std::move(read)](const FigureBook& book) {
            const Facts facts = read(book);
            std::vector<Finding> out;
            for (const PromiseFacts& promise : facts.promises) {
              if (!promise.is_open || (promise.due && promise.has_receiver)) continue;
              Finding finding;
              finding.subject = {"commitment", promise.id};
              finding.message = fmt::format("\"{}\" {}", promise.name, missing(promise));
              finding.figures = {"governance.saydo.open"};
              finding.since = facts.today;
              out.push_back(std::move(finding));
            }
            return out;
          }};
}

}  // namespace tiebeam::governance
