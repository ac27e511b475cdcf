#include "rooms/risk/mount_guards.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rooms/risk/engine/records/field_faults.h"
#include "rooms/risk/risk.h"

namespace tiebeam::risk {
namespace {

using Faults = std::vector<Error>;

// What stands there and what should.
struct Read {
  std::string found, expected;
};

Error fault(std::string code, const std::string& field, const std::string& what, std::string hint,
            Read read) {
  return {.kind = Kind::invalid,
          .code = std::move(code),
          .message = fmt::format("{}: {}", field, what),
          .detail = {},
          .hint = std::move(hint),
          .field = "/" + field,
          .found = std::move(read.found),
          .expected = std::move(read.expected)};
}

// The value as people write it; a field that follows from others has what is wrong with it.
std::string found_in(const RecordType& type, const Record& record, const Lack& lack) {
  const std::size_t at = type.index_of(lack.field);
  if (at == std::string::npos || record.values[at].index() == 0) return lack.what;
  return format_value(type.fields[at], record.values[at]);
}
// A hint says what would be right: "give 0 or more".
std::string expected_by(std::string_view hint) {
  constexpr std::string_view kGive = "give ";
  return std::string(hint.starts_with(kGive) ? hint.substr(kGive.size()) : hint);
}

template <class T>
Faults check(const Watched& writing) {
  Faults out;
  if (writing.record == nullptr) return out;
  static const RecordType type = describe_record<T>("risk");
  for (const Lack& each : faults_in(to_struct<T>(*writing.record)))
    out.push_back(fault("risk.cannot_be", each.field, each.what, each.hint,
                        {found_in(type, *writing.record, each), expected_by(each.hint)}));
  return out;
}

// The points that stand beside this one once the step is done.
std::vector<Appetite> others_of(const Watched& writing, const std::string& id) {
  std::vector<Appetite> out;
  for (const Record& each : writing.together)
    if (each.id() != id) out.push_back(to_struct<Appetite>(each));
  for (Appetite& each : writing.book.snapshot().all<Appetite>()) {
    const bool goes = std::ranges::find(writing.removed, each.id) != writing.removed.end();
    const bool is_said = std::ranges::any_of(
        writing.together, [&](const Record& one) { return one.id() == each.id; });
    if (each.id != id && !goes && !is_said) out.push_back(std::move(each));
  }
  return out;
}

// "EUR 200,000 in 1 year in 10"
std::string point_words(const Appetite& point) {
  const Currency currency = point.loss->currency();
  const double amount = static_cast<double>(point.loss->minor()) / std::pow(10, currency.digits());
  return fmt::format("{} in {}", money_words(amount, currency),
                     years_words(point.probability->value()));
}

// Rarer goes with dearer; one in another currency is not compared, it is left out and said.
bool go_together(const Appetite& one, const Appetite& other) {
  if (!one.loss || !one.probability || !other.loss || !other.probability) return true;
  if (one.loss->currency() != other.loss->currency()) return true;
  const double chance = one.probability->value(), than = other.probability->value();
  if (chance == than) return false;
  return (chance < than) == (one.loss->minor() > other.loss->minor()) &&
         one.loss->minor() != other.loss->minor();
}

Faults check_appetite(const Watched& writing) {
  Faults out = check<Appetite>(writing);
  if (writing.record == nullptr || !out.empty()) return out;
  const auto point = to_struct<Appetite>(*writing.record);
  for (const Appetite& other : others_of(writing, point.id)) {
    if (!faults_in(other).empty() || go_together(point, other)) continue;
    const bool same = point.probability->value() == other.probability->value();
    out.push_back(fault("appetite.not_in_order", same ? "probability" : "loss",
                        fmt::format("{} does not go with \"{}\": {}", point_words(point),
                                    other.name, point_words(other)),
                        same ? "change that point instead, or say another share of years"
                             : "the rarer a loss, the larger it must be",
                        {point_words(point),
                         same ? "another share of years" : "a rarer loss to be the larger one"}));
    return out;
  }
  return out;
}

}  // namespace

void mount_guards(Table& table) {
  table.guards.emplace("scenario", check<RiskScenario>);
  table.guards.emplace("common_cause", check<SharedCause>);
  table.guards.emplace("control", check<RiskControl>);
  table.guards.emplace("reduction", check<ControlEffect>);
  table.guards.emplace("insurance_layer", check<Insurance>);
  table.guards.emplace("appetite", check_appetite);
}

}  // namespace tiebeam::risk
