#include "base/money.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <type_traits>

namespace tiebeam {
namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

Currency currency(std::string_view code) { return Currency::create(code).value(); }
Money euro(std::int64_t minor) { return {minor, currency("EUR")}; }
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "none" : result.error().code;
}

TEST(Currency, KnowsItsMinorDigits) {
  EXPECT_EQ(currency("EUR").digits(), 2);
  EXPECT_EQ(currency("JPY").digits(), 0);
  EXPECT_EQ(currency("KWD").digits(), 3);
  EXPECT_EQ(currency("USD").code(), "USD");
  EXPECT_EQ(Currency{}.code(), "EUR");
}

TEST(Currency, RefusesWhatIsNoCurrency) {
  for (const char* code : {"", "EU", "EURO", "eur", "XXQ", "UR ", "R U", "E\0R"}) {
    const auto made = Currency::create(code);
    ASSERT_FALSE(made.has_value()) << code;
    EXPECT_EQ(made.error().code, "money.unknown_currency");
    EXPECT_FALSE(made.error().hint.empty());
  }
}

TEST(Money, ReadsAmounts) {
  const struct {
    const char *text, *currency;
    std::int64_t minor;
  } rows[] = {{"1250.00", "EUR", 125000},
              {"1250", "EUR", 125000},
              {"-3", "EUR", -300},
              {"0.5", "EUR", 50},
              {"-0.01", "EUR", -1},
              {"007", "EUR", 700},
              {"1250", "JPY", 1250},
              {"1.234", "KWD", 1234},
              {"92233720368547758.07", "EUR", kMax},
              {"-92233720368547758.08", "EUR", kMin}};
  for (const auto& row : rows) {
    const auto read = Money::parse(row.text, currency(row.currency));
    ASSERT_TRUE(read.has_value()) << row.text << ": " << read.error().message;
    EXPECT_EQ(read->minor(), row.minor) << row.text;
    EXPECT_EQ(read->currency().code(), row.currency);
  }
}

TEST(Money, RefusesWhatIsNoAmount) {
  const struct {
    const char *text, *currency, *code;
  } rows[] = {{"", "EUR", "money.not_an_amount"},
              {"-", "EUR", "money.not_an_amount"},
              {".5", "EUR", "money.not_an_amount"},
              {"5.", "EUR", "money.not_an_amount"},
              {"1e3", "EUR", "money.not_an_amount"},
              {"1,250.00", "EUR", "money.not_an_amount"},
              {"1 250", "EUR", "money.not_an_amount"},
              {"--1", "EUR", "money.not_an_amount"},
              {"1.2.3", "EUR", "money.not_an_amount"},
              {"NaN", "EUR", "money.not_an_amount"},
              {"0x10", "EUR", "money.not_an_amount"},
              {"1.005", "EUR", "money.too_precise"},
              {"1.0", "JPY", "money.too_precise"},
              {"92233720368547758.08", "EUR", "money.overflow"},
              {"99999999999999999999999999", "EUR", "money.overflow"}};
  for (const auto& row : rows) {
    EXPECT_EQ(code_of(Money::parse(row.text, currency(row.currency))), row.code) << row.text;
  }
}

TEST(Money, ReadsAnAmountWithItsCurrencyOnEitherSide) {
  for (const char* text : {"1250.00 EUR", "EUR 1250.00", "1250 EUR", "  EUR   1250 "}) {
    const auto read = Money::parse_with_currency(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(*read, euro(125000)) << text;
  }
  EXPECT_EQ(code_of(Money::parse_with_currency("1250")), "money.not_an_amount");
  EXPECT_EQ(code_of(Money::parse_with_currency("")), "money.not_an_amount");
  EXPECT_EQ(code_of(Money::parse_with_currency("1250 QQQ")), "money.unknown_currency");
  EXPECT_EQ(code_of(Money::parse_with_currency("EUR USD")), "money.not_an_amount");
}

TEST(Money, AmountsReadBackToThemselves) {
  std::mt19937_64 rng(20240101);  // fixed: a failure must reproduce
  for (int round = 0; round < 5000; ++round) {
    const auto shift = rng() % 64;
    const auto minor = static_cast<std::int64_t>(rng()) >> shift;
    for (const char* code : {"EUR", "JPY", "KWD"}) {
      const Money money(minor, currency(code));
      ASSERT_EQ(Money::parse(money.amount(), money.currency()).value(), money) << money.amount();
    }
  }
  EXPECT_EQ(euro(-5).amount(), "-0.05");
  EXPECT_EQ(euro(0).amount(), "0.00");
  EXPECT_EQ(euro(kMin).amount(), "-92233720368547758.08");
}

TEST(Money, MixedCurrenciesNeverAdd) {
  const Money dollar(100, currency("USD"));
  EXPECT_EQ(code_of(add(euro(100), dollar)), "money.currency_mismatch");
  EXPECT_EQ(code_of(subtract(euro(100), dollar)), "money.currency_mismatch");
  EXPECT_EQ(code_of(compare(euro(100), dollar)), "money.currency_mismatch");
  EXPECT_NE(euro(100), dollar);
  const auto sum = add(dollar, euro(100));
  EXPECT_TRUE(sum.error().message.contains("USD"));
  EXPECT_TRUE(sum.error().message.contains("EUR"));
}

TEST(Money, SumsAreExactOrRefused) {
  EXPECT_EQ(add(euro(1), euro(2)).value(), euro(3));
  EXPECT_EQ(subtract(euro(1), euro(2)).value(), euro(-1));
  EXPECT_EQ(add(euro(kMax), euro(0)).value(), euro(kMax));
  EXPECT_EQ(code_of(add(euro(kMax), euro(1))), "money.overflow");
  EXPECT_EQ(code_of(add(euro(kMin), euro(-1))), "money.overflow");
  EXPECT_EQ(code_of(subtract(euro(0), euro(kMin))), "money.overflow");
  EXPECT_EQ(compare(euro(1), euro(2)).value(), std::strong_ordering::less);
}

TEST(Money, AdditionUndoesSubtraction) {
  std::mt19937_64 rng(20240102);
  for (int round = 0; round < 2000; ++round) {
    const Money a = euro(static_cast<std::int64_t>(rng()) / 2);
    const Money b = euro(static_cast<std::int64_t>(rng()) / 2);
    ASSERT_EQ(subtract(add(a, b).value(), b).value(), a);
    ASSERT_EQ(add(a, b).value(), add(b, a).value());
  }
}

TEST(Split, GivesTheRestToTheLargestRemainders) {
  const auto minors = [](Money total, const std::vector<std::uint32_t>& weights) {
    std::vector<std::int64_t> out;
    const std::vector<Money> parts = split(total, weights).value();
    for (const Money part : parts) out.push_back(part.minor());
    return out;
  };
  using Parts = std::vector<std::int64_t>;
  EXPECT_EQ(minors(euro(100), {1, 1, 1}), (Parts{34, 33, 33}));  // tie: lower index
  EXPECT_EQ(minors(euro(-100), {1, 1, 1}), (Parts{-34, -33, -33}));
  EXPECT_EQ(minors(euro(100), {0, 2, 1}), (Parts{0, 67, 33}));  // 66.67 and 33.33
  EXPECT_EQ(minors(euro(7), {5}), (Parts{7}));
  EXPECT_EQ(minors(euro(2), {1, 1, 1, 1}), (Parts{1, 1, 0, 0}));
  EXPECT_EQ(minors(euro(kMax), {1}), (Parts{kMax}));
  EXPECT_EQ(minors(euro(kMin), {0, 1}), (Parts{0, kMin}));
}

TEST(Split, RefusesWeightsThatShareNothing) {
  EXPECT_EQ(code_of(split(euro(100), {})), "money.bad_weights");
  EXPECT_EQ(code_of(split(euro(100), {0, 0})), "money.bad_weights");
}

TEST(Split, PartsSumToTheTotalAndStayWithinOneOfTheirShare) {
  std::mt19937_64 rng(20240301);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::uint32_t> weights(1 + rng() % 12);
    for (auto& weight : weights) weight = static_cast<std::uint32_t>(rng() >> (32 + rng() % 32));
    weights[rng() % weights.size()] |= 1;
    const Money total = euro(static_cast<std::int64_t>(rng()) >> (rng() % 64));
    const auto parts = split(total, weights);
    ASSERT_TRUE(parts.has_value());
    ASSERT_EQ(parts->size(), weights.size());
    const auto whole = std::accumulate(weights.begin(), weights.end(), 0.0L);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < parts->size(); ++i) {
      const std::int64_t part = (*parts)[i].minor();
      sum += part;
      const long double exact = static_cast<long double>(total.minor()) * weights[i] / whole;
      ASSERT_LE(std::abs(static_cast<long double>(part) - exact), 1.01L);
      ASSERT_TRUE(weights[i] != 0 || part == 0) << part;
    }
    ASSERT_EQ(sum, total.minor());
  }
}

}  // namespace
}  // namespace tiebeam
