// Whether a champion's signature still stands for the case as it is now. docs/method/sign-off.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/investment/engine/value.h"

namespace tiebeam::investment {

// What a person who signs has before them.
struct Seen {
  std::optional<Money> cost_p50, cost_p90;  // once
  std::optional<Money> run_cost_p50;        // a year
  std::optional<Money> npv_p50;
  std::optional<double> chance_of_loss;
  friend bool operator==(const Seen&, const Seen&) = default;
};
[[nodiscard]] Seen seen_of(const Cases& cases, const CaseValue& value);
[[nodiscard]] Seen seen_of(const SignOff& signed_case);

// "EUR 40k"; "not given".
[[nodiscard]] std::string money_in_words(const std::optional<Money>& money);

// Of the case's content and the figures seen, 64 hexadecimal digits: what a signature is for.
[[nodiscard]] std::string case_hash(const Cases& cases, const BusinessCase& one, const Seen& seen);

enum class Signed : std::uint8_t { none, valid, is_void, withdrawn };
[[nodiscard]] std::string_view signed_name(Signed state);  // "void"

// Why a signature over `then` no longer stands for `now`, in plain words; empty: it stands. It
// falls when the likely one-off or running cost moves by more than the tolerance, when the likely
// one-off cost is above what 9 of 10 cases were to stay below, when the middle case is worth less
// by more than the tolerance, or when it is a loss and was none. Costs nobody had given then, or
// gives no more, have moved.
[[nodiscard]] std::vector<std::string> moved(const Seen& then, const Seen& now, double tolerance);

struct Signature {
  SignOff record;
  Signed state = Signed::none;
  std::string why;  // of void
};
struct Standing {
  Signed state = Signed::none;
  std::vector<Signature> signatures;              // newest first
  [[nodiscard]] const Signature* speaks() const;  // the one that gives the state; null: none
};
// `now`: none where the case cannot be valued. One signature that holds is enough; else the newest
// speaks.
[[nodiscard]] Standing standing_of(std::vector<SignOff> of_case, const std::optional<Seen>& now,
                                   double tolerance);

}  // namespace tiebeam::investment
