// The signatures under a case, as JSON and against what it is now.
#include "rooms/investment/case_parts.h"
#include "rooms/investment/cases_json.h"

namespace tiebeam::investment {
namespace {

Json seen_json(const Seen& seen) {
  const auto money = [](const std::optional<Money>& m) { return m ? Json(*m) : Json(); };
  return Json::object(
      {{"cost_p50", money(seen.cost_p50)},
       {"cost_p90", money(seen.cost_p90)},
       {"run_cost_p50", money(seen.run_cost_p50)},
       {"npv_p50", money(seen.npv_p50)},
       {"chance_of_loss", seen.chance_of_loss ? Json(*seen.chance_of_loss) : Json()}});
}

Json signature_json(const FigureBook& book, const Signature& signature) {
  const SignOff& record = signature.record;
  return Json::object({{"id", record.id},
                       {"state", signed_name(signature.state)},
                       {"by", named_json(book.snapshot(), "person", record.by.str())},
                       {"identity", "not verified"},
                       {"at", record.at ? Json(format_instant(*record.at)) : Json()},
                       {"case_hash", text_json(record.case_hash)},
                       {"why", text_json(signature.why)},
                       {"version", record.version},
                       {"seen", seen_json(seen_of(record))}});
}

}  // namespace

void add_sign_off(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one,
                  Json& out) {
  const Standing standing = standing_of(book, portfolio, one);
  Json all = Json::Array{};
  for (const Signature& each : standing.signatures) all.push(signature_json(book, each));
  const Signature* speaks = standing.speaks();
  Json now = one.at ? seen_json(seen_of(portfolio.of.cases, *portfolio.value_of(one))) : Json();
  const std::string hash = hash_of(portfolio, one);
  Json sign = Json::object(
      {{"state", signed_name(standing.state)},
       {"id", speaks ? Json(speaks->record.id) : Json()},
       {"version", speaks ? Json(speaks->record.version) : Json()},
       {"by", speaks ? named_json(book.snapshot(), "person", speaks->record.by.str()) : Json()},
       {"at", speaks && speaks->record.at ? Json(format_instant(*speaks->record.at)) : Json()},
       {"identity", "not verified"},
       {"case_hash", speaks ? text_json(speaks->record.case_hash) : Json()},
       {"is_unchanged", speaks && speaks->record.case_hash == hash && !hash.empty()},
       {"why", speaks ? text_json(speaks->why) : Json()},
       {"seen", speaks ? seen_json(seen_of(speaks->record)) : Json()},
       {"now", std::move(now)},
       {"tolerance", portfolio.of.policy.sign_off_tolerance}});
  out.set("sign_off", std::move(sign));
  out.set("signatures", std::move(all));
}

std::string hash_of(const Portfolio& portfolio, const RecordCase& one) {
  const CaseValue* value = portfolio.value_of(one);
  if (value == nullptr) return {};
  const Cases& cases = portfolio.of.cases;
  return case_hash(cases, cases.initiatives[*one.at], seen_of(cases, *value));
}

Standing standing_of(const FigureBook& book, const Portfolio& portfolio, const RecordCase& one) {
  std::vector<SignOff> of_case;
  const auto all = book.once<std::vector<SignOff>>("investment.sign_offs",
                                                   [&] { return book.snapshot().all<SignOff>(); });
  for (const SignOff& each : *all) {
    if (each.initiative.str() == one.id) of_case.push_back(each);
  }
  const CaseValue* value = portfolio.value_of(one);
  const auto now = value ? std::optional(seen_of(portfolio.of.cases, *value)) : std::nullopt;
  return standing_of(std::move(of_case), now, portfolio.of.policy.sign_off_tolerance);
}

}  // namespace tiebeam::investment
