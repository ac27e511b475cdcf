#include <fmt/format.h>

#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

constexpr double kTolerance = 1e-9;  // Source: docs/method/little.md

std::vector<Finding> look(const FigureBook& book) {
  const Figure* residual = book.find("flow.little.residual");
  if (!residual || !residual->has_value() || residual->number() <= kTolerance) return {};
  std::vector<std::string> where;
  for (const Evidence& audited : book.evidence("flow.little.residual", 0, 3)) {
    if (audited.value.value_or(0) > kTolerance) where.push_back(audited.subject.substr(6));
  }
  return {finding(
      subject_of(""),
      fmt::format("what came in, what stayed and what left do not add up, by a share of {:.2g}: {}",
                  residual->number(), listed(where)),
      {"flow.little.residual", "flow.load"}, residual->as_of)};
}

}  // namespace

Rule little_audit_failed_rule() {
  return {"flow.little_audit_failed",
          Severity::error,
          "The books of work do not balance",
          "This audit holds for any data and any window, so a gap is a fault of the data as stored "
          "or of this "
          "program, and every figure of the room is in doubt.",
          "Do not use the flow figures. Run tiebeam figure flow.little.residual --explain and "
          "report what it prints",
          look};
}

}  // namespace tiebeam::flow
