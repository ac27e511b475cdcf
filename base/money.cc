#include "base/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace tiebeam {
namespace {

// ISO 4217 active codes by number of minor digits. Source: ISO 4217:2015 table A.1, amendment 177.
constexpr std::string_view kTwoDigits =
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD "
    "CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ "
    "GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL "
    "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR "
    "PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW";
constexpr std::string_view kNoDigits =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
constexpr std::string_view kThreeDigits = "BHD IQD JOD KWD LYD OMR TND";

bool lists(std::string_view table, std::string_view code) {
  const std::size_t at = table.find(code);
  return at != std::string_view::npos && at % 4 == 0;
}

std::int64_t power_of_ten(int digits) {
  std::int64_t power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;
  return power;
}

Error not_an_amount(std::string_view text) {
  return {.kind = Kind::invalid,
          .code = "money.not_an_amount",
          .message = fmt::format("'{}' is not an amount of money", shown(text)),
          .detail = {},
          .hint = "write digits with a point before the cents, such as 1250.00",
          .field = {}};
}

Error overflow() {
  return {.kind = Kind::invalid,
          .code = "money.overflow",
          .message = "the amount is larger than can be kept exactly",
          .detail = {},
          .hint = "check the number of digits; the limit is about 92 thousand trillion in cents",
          .field = {}};
}

Result<void> same_currency(Money a, Money b, std::string_view verb) {
  if (a.currency() == b.currency()) return {};
  return invalid("money.currency_mismatch",
                 fmt::format("cannot {} {} and {}: the currencies differ", verb,
                             a.currency().code(), b.currency().code()),
                 "write both amounts in one currency");
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<Currency> Currency::create(std::string_view code) {
  Currency currency;
  const bool shape = code.size() == 3 && code.find(' ') == std::string_view::npos;
  if (shape && lists(kTwoDigits, code)) {
    currency.digits_ = 2;
  } else if (shape && lists(kNoDigits, code)) {
    currency.digits_ = 0;
  } else if (shape && lists(kThreeDigits, code)) {
    currency.digits_ = 3;
  } else {
    return std::unexpected(Error{.kind = Kind::invalid,
                                 .code = "money.unknown_currency",
                                 .message = fmt::format("'{}' is not a currency", shown(code)),
                                 .detail = {},
                                 .hint = "write its ISO 4217 code, such as EUR, USD or GBP",
                                 .field = {},
                                 .found = fmt::format("'{}'", shown(code)),
                                 .expected = "the ISO 4217 code of a currency"});
  }
  std::ranges::copy(code, currency.code_);
  return currency;
}

Result<Money> Money::parse(std::string_view amount, Currency currency) {
  std::string_view rest = trim(amount);
  const bool negative = rest.starts_with('-');
  if (negative) rest.remove_prefix(1);
  const std::size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const std::string_view cents = point == std::string_view::npos ? "" : rest.substr(point + 1);
  const bool ends_in_point = point != std::string_view::npos && cents.empty();
  if (whole.empty() || ends_in_point || !all_digits(whole) || !all_digits(cents)) {
    return std::unexpected(not_an_amount(amount));
  }
  if (cents.size() > static_cast<std::size_t>(currency.digits())) {
    return invalid("money.too_precise",
                   fmt::format("'{}' has more than the {} decimals of {}", shown(amount),
                               currency.digits(), currency.code()),
                   "round it to the smallest coin of the currency");
  }
  std::string digits = std::string(whole) + std::string(cents);
  digits.append(static_cast<std::size_t>(currency.digits()) - cents.size(), '0');
  const auto minor = parse_integer((negative ? "-" : "") + digits);
  if (!minor) return std::unexpected(overflow());
  return Money{*minor, currency};
}

Result<Money> Money::parse_with_currency(std::string_view text) {
  const std::string_view whole = trim(text);
  const std::size_t blank = whole.find(' ');
  if (blank == std::string_view::npos) return std::unexpected(not_an_amount(text));
  std::string_view first = whole.substr(0, blank);
  std::string_view second = trim(whole.substr(blank));
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (is_letter(first[0])) std::swap(first, second);
  TB_TRY(const Currency currency, Currency::create(second));
  return parse(first, currency);
}

std::string Money::amount() const {
  const int digits = currency_.digits();
  if (digits == 0) return fmt::format("{}", minor_);
  const std::int64_t unit = power_of_ten(digits);
  // Signs are taken off the parts, as -minor_ overflows for the smallest number.
  const std::uint64_t cents =
      static_cast<std::uint64_t>(minor_ % unit < 0 ? -(minor_ % unit) : minor_ % unit);
  const std::int64_t whole = minor_ / unit;
  return fmt::format("{}{}.{:0{}}", minor_ < 0 && whole == 0 ? "-" : "", whole, cents, digits);
}

Result<Money> add(Money a, Money b) {
  TB_DO(same_currency(a, b, "add"));
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.minor(), b.minor(), &sum)) return std::unexpected(overflow());
  return Money{sum, a.currency()};
}

Result<Money> subtract(Money a, Money b) {
  TB_DO(same_currency(a, b, "subtract"));
  std::int64_t difference = 0;
  if (__builtin_sub_overflow(a.minor(), b.minor(), &difference)) return std::unexpected(overflow());
  return Money{difference, a.currency()};
}

Result<std::strong_ordering> compare(Money a, Money b) {
  TB_DO(same_currency(a, b, "compare"));
  return a.minor() <=> b.minor();
}

Result<std::vector<Money>> split(Money total, const std::vector<std::uint32_t>& weights) {
  const auto whole = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
  if (whole == 0) {
    return invalid("money.bad_weights", "cannot split an amount: no weight is above 0",
                   "give at least one part a weight above 0");
  }
  __extension__ using Wide = __int128;
  std::vector<Money> parts;
  std::vector<Wide> remainders;
  Wide left = total.minor();
  const Wide sign = total.minor() < 0 ? -1 : 1;
  for (const std::uint32_t weight : weights) {
    const Wide exact = static_cast<Wide>(total.minor()) * weight;
    const Wide share = exact / static_cast<Wide>(whole);
    parts.emplace_back(static_cast<std::int64_t>(share), total.currency());
    remainders.push_back(sign * (exact - share * static_cast<Wide>(whole)));
    left -= share;
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  });
  for (std::size_t i = 0; left != 0; ++i, left -= sign) {
    Money& part = parts[order[i]];
    part = Money{part.minor() + static_cast<std::int64_t>(sign), total.currency()};
  }
  return parts;
}

}  // namespace tiebeam
