// Single values as people type them, one a line: days, instants, money, estimates, ids, numbers.
// What is read is written so that it reads back the same.
#include "base/estimate.h"
#include "base/fuzz_support.h"
#include "base/id.h"
#include "base/money.h"
#include "base/time.h"

namespace tiebeam {
namespace {

void check_times(std::string_view text) {
  const auto at = parse_instant(text);
  if (at) {
    FUZZ_CHECK(parse_instant(format_instant(*at)).value_or(Instant{}) == *at ||
               day_of(*at).year() < std::chrono::year{kFirstYear} ||
               day_of(*at).year() > std::chrono::year{kLastYear});
  } else {
    fuzz::check_error(at.error());
  }
  const auto day = parse_day(text);
  if (!day) return fuzz::check_error(day.error());
  FUZZ_CHECK(parse_day(format_day(*day)).value_or(Day{}) == *day);
  FUZZ_CHECK(at && day_of(*at) == *day);
}

void check_money(std::string_view text) {
  const auto money = Money::parse_with_currency(text);
  if (!money) return fuzz::check_error(money.error());
  const auto again = Money::parse(money->amount(), money->currency());
  FUZZ_CHECK(again && *again == *money, money->amount());
}

void check_estimate(std::string_view text) {
  const auto estimate = parse_estimate(text);
  if (!estimate) return fuzz::check_error(estimate.error());
  FUZZ_CHECK(faults_of(*estimate).empty());
  const auto again = parse_estimate(format_estimate(*estimate));
  FUZZ_CHECK(again && *again == *estimate, format_estimate(*estimate));
}

void check_text(std::string_view text) {
  FUZZ_CHECK(is_valid_utf8(shown(text)));
  FUZZ_CHECK(shown(text, 20).size() <= 23);
  const std::string slug = slugify(text);
  FUZZ_CHECK(slug.empty() || (is_slug(slug) && slugify(slug) == slug), slug);
  if (const auto number = parse_number(text))
    FUZZ_CHECK(parse_number(shortest(*number)).value_or(0) == *number);
  FUZZ_CHECK(near_miss(text.substr(0, 60), {"payroll", "cost", "item"}).size() <= 7);
}

}  // namespace

FUZZ(input) {
  for (const std::string_view line : split_at(input, '\n')) {
    check_times(line);
    check_money(line);
    check_estimate(line);
    check_text(line);
  }
}

}  // namespace tiebeam
