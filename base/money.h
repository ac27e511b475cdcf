// Exact money: an integer of minor units with a currency. No floating point, ever.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tiebeam {

// ISO 4217 alphabetic code with its number of minor digits.
class Currency {
 public:
  Currency() = default;  // EUR
  // Errors: money.unknown_currency.
  [[nodiscard]] static Result<Currency> create(std::string_view code);
  [[nodiscard]] std::string_view code() const { return {code_, 3}; }
  [[nodiscard]] int digits() const { return digits_; }
  friend bool operator==(const Currency&, const Currency&) = default;

 private:
  char code_[3] = {'E', 'U', 'R'};
  std::int8_t digits_ = 2;
};

class Money {
 public:
  Money() = default;
  Money(std::int64_t minor, Currency currency) : minor_(minor), currency_(currency) {}
  // "1250.00", "-3", "0.5" with at most the currency's digits; never an exponent.
  // Errors: money.not_an_amount, money.too_precise, money.overflow.
  [[nodiscard]] static Result<Money> parse(std::string_view amount, Currency currency);
  // "1250.00 EUR" or "EUR 1250.00" or "1250 EUR", as typed on a command line.
  [[nodiscard]] static Result<Money> parse_with_currency(std::string_view text);
  [[nodiscard]] std::int64_t minor() const { return minor_; }
  [[nodiscard]] Currency currency() const { return currency_; }
  [[nodiscard]] std::string amount() const;  // "1250.00", as in JSON
  friend bool operator==(const Money&, const Money&) = default;

 private:
  std::int64_t minor_ = 0;
  Currency currency_;
};

// Errors: money.currency_mismatch, money.overflow.
[[nodiscard]] Result<Money> add(Money a, Money b);
[[nodiscard]] Result<Money> subtract(Money a, Money b);
[[nodiscard]] Result<std::strong_ordering> compare(Money a, Money b);

// Splits `total` in proportion to `weights`; the parts sum to `total` exactly.
//
// weights  shape [n], n >= 1, at least one > 0; unit: any, ratios only.
// returns  shape [n], same currency, largest-remainder rounding, ties to the lower index.
// Errors:  money.bad_weights.
// Source:  Hamilton apportionment (largest remainder).
[[nodiscard]] Result<std::vector<Money>> split(Money total,
                                               const std::vector<std::uint32_t>& weights);

}  // namespace tiebeam
