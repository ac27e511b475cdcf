#include "base/figure.h"

#include "base/finding.h"

namespace tiebeam {

std::string_view status_name(Status status) {
  constexpr std::string_view names[] = {"ok", "too_few", "not_reached", "stale", "not_measurable"};
  return names[static_cast<int>(status)];
}

std::string_view severity_name(Severity severity) {
  constexpr std::string_view names[] = {"info", "warning", "error"};
  return names[static_cast<int>(severity)];
}

double Figure::number() const {
  const double* held = std::get_if<double>(&value);
  TB_CHECK(held, "the caller looked at status first");
  return *held;
}

}  // namespace tiebeam
