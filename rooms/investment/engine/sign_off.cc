#include "rooms/investment/engine/sign_off.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/text.h"
#include "model/figure_text.h"
#include "rooms/investment/engine/canonical.h"
#include "rooms/investment/engine/money.h"

namespace tiebeam::investment {
namespace {

std::string exact(const std::optional<Money>& money) {
  return money ? fmt::format("{} {}", money->amount(), money->currency().code()) : "-";
}

bool has_moved(const std::optional<Money>& then, const std::optional<Money>& now,
               double tolerance) {
  if (then.has_value() != now.has_value()) return true;
  if (!then) return false;
  if (then->currency() != now->currency()) return true;
  const auto before = static_cast<double>(then->minor());
  return std::abs(static_cast<double>(now->minor()) - before) > tolerance * std::abs(before);
}

bool is_loss_now(const Seen& then, const Seen& now) {
  return then.npv_p50->minor() >= 0 && now.npv_p50->minor() < 0;
}

// Worth less than what was seen, by more than the tolerance of it.
bool is_worth_less(const Seen& then, const Seen& now, double tolerance) {
  return now.npv_p50->minor() < then.npv_p50->minor() &&
         has_moved(then.npv_p50, now.npv_p50, tolerance);
}

}  // namespace

std::string money_in_words(const std::optional<Money>& money) {
  if (!money) return "not given";
  Figure figure;
  figure.value = *money;
  return in_words(figure);
}

std::string_view signed_name(Signed state) {
  constexpr std::string_view names[] = {"none", "valid", "void", "withdrawn"};
  return names[static_cast<std::size_t>(state)];
}

Seen seen_of(const Cases& cases, const CaseValue& value) {
  Seen out;
  const CostFigures& cost = value.cost;
  if (cost.has_one_off) {
    out.cost_p50 = money_of(cost.one_off_p50, cases.currency);
    out.cost_p90 = money_of(cost.one_off_p90, cases.currency);
  }
  if (cost.has_run) out.run_cost_p50 = money_of(cost.run_p50, cases.currency);
  out.npv_p50 = money_of(value.npv.summary.p50, cases.currency);
  out.chance_of_loss = value.npv.summary.p_loss;
  return out;
}

Seen seen_of(const SignOff& signed_case) {
  Seen out{signed_case.cost_p50, signed_case.cost_p90, signed_case.run_cost_p50,
           signed_case.npv_p50, std::nullopt};
  if (signed_case.chance_of_loss) out.chance_of_loss = signed_case.chance_of_loss->value();
  return out;
}

std::string case_hash(const Cases& cases, const BusinessCase& one, const Seen& seen) {
  const std::string figures = fmt::format(
      "seen {} {} {} {} {}\n", exact(seen.cost_p50), exact(seen.cost_p90), exact(seen.run_cost_p50),
      exact(seen.npv_p50), seen.chance_of_loss ? shortest(*seen.chance_of_loss) : "-");
  return to_hex(sha256(canonical_text(cases, one) + figures));
}

std::vector<std::string> moved(const Seen& then, const Seen& now, double tolerance) {
  std::vector<std::string> out;
  const auto within = in_words(tolerance, "share");
  if (has_moved(then.cost_p50, now.cost_p50, tolerance)) {
    out.push_back(fmt::format("the likely one-off cost was {} and is {}: more than {} off",
                              money_in_words(then.cost_p50), money_in_words(now.cost_p50), within));
  }
  if (then.cost_p90 && now.cost_p50 && then.cost_p90->currency() == now.cost_p50->currency() &&
      now.cost_p50->minor() > then.cost_p90->minor()) {
    out.push_back(
        fmt::format("9 of 10 cases were to cost at most {}, and {} is now the likely cost",
                    money_in_words(then.cost_p90), money_in_words(now.cost_p50)));
  }
  if (has_moved(then.run_cost_p50, now.run_cost_p50, tolerance)) {
    out.push_back(fmt::format("the running cost a year was {} and is {}: more than {} off",
                              money_in_words(then.run_cost_p50), money_in_words(now.run_cost_p50),
                              within));
  }
  const bool is_known =
      then.npv_p50 && now.npv_p50 && then.npv_p50->currency() == now.npv_p50->currency();
  if (is_known && is_loss_now(then, now)) {
    out.push_back(fmt::format(
        "its middle case was worth {} and is now a loss of {}", money_in_words(then.npv_p50),
        money_in_words(Money(-now.npv_p50->minor(), now.npv_p50->currency()))));
  } else if (is_known && is_worth_less(then, now, tolerance)) {
    out.push_back(fmt::format("its middle case was worth {} and is worth {}: more than {} less",
                              money_in_words(then.npv_p50), money_in_words(now.npv_p50), within));
  }
  return out;
}

const Signature* Standing::speaks() const {
  const auto found = std::ranges::find(signatures, state, &Signature::state);
  return found == signatures.end() ? nullptr : &*found;
}

Standing standing_of(std::vector<SignOff> of_case, const std::optional<Seen>& now,
                     double tolerance) {
  std::ranges::sort(of_case, [](const SignOff& a, const SignOff& b) {
    return a.at != b.at ? a.at > b.at : a.id < b.id;
  });
  Standing out;
  for (SignOff& record : of_case) {
    Signature one{.record = std::move(record), .state = Signed::valid, .why = {}};
    if (one.record.withdrawn) {
      one.state = Signed::withdrawn;
    } else if (!now) {
      one.why = "the case can no longer be valued";
    } else {
      one.why = fmt::format("{}", fmt::join(moved(seen_of(one.record), *now, tolerance), "; "));
    }
    if (!one.why.empty()) one.state = Signed::is_void;
    if (one.state == Signed::valid) out.state = Signed::valid;
    out.signatures.push_back(std::move(one));
  }
  if (out.state != Signed::valid && !out.signatures.empty())
    out.state = out.signatures.front().state;
  return out;
}

}  // namespace tiebeam::investment
