#include <fmt/format.h>

#include <cmath>

#include "model/figure_text.h"
#include "rooms/flow/rules/rules.h"
#include "rooms/flow/rules/words.h"

namespace tiebeam::flow {
namespace {

constexpr std::size_t kNamed = 3;

std::vector<Finding> look(const FigureBook& book, const HeroFacts& facts) {
  const Figure* single = book.find("flow.concentration.single_holder");
  const Figure* areas = book.find("flow.concentration.areas");
  const Figure* month = book.find("flow.concentration.single_holder.month");
  if (!single || !areas || !month || !single->has_value() || !month->has_value()) return {};
  const auto count = std::llround(single->number());
  if (count < 1) return {};
  std::vector<std::string> named(
      facts.areas.begin(),
      facts.areas.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, facts.areas.size())));
  for (std::string& name : named) name = fmt::format("'{}'", name);
  const bool one = count == 1;
  return {finding(
      subject_of(""),
      fmt::format("{} of {} {} of work {} on one person{}: if {} away, {:.1f} pieces of work a "
                  "month wait{}{}",
                  counted(count), counted(std::llround(areas->number())),
                  std::llround(areas->number()) == 1 ? "area" : "areas", one ? "rests" : "rest",
                  one ? "" : " each", one ? "that person is" : "they are", month->number(),
                  facts.areas.size() > named.size() ? ", most of all in " : ", in ", listed(named)),
      {"flow.concentration.single_holder", "flow.concentration.areas",
       "flow.concentration.single_holder.month", "flow.truck_factor"},
      single->as_of)};
}

}  // namespace

Rule hero_dependency_rule(ReadHeroFacts read) {
  return {"flow.hero_dependency",
          Severity::warning,
          "Work that rests on one person",
          "When one person alone can finish a kind of work, everybody's plans depend on that "
          "person's holidays and health, and that person is asked for everything.",
          "Let a second person finish the next pieces of work in these areas, with the first one "
          "beside; start where most waits (tiebeam flow metrics shows the areas)",
          [read = std::move(read)](const FigureBook& book) { return look(book, read(book)); }};
}

}  // namespace tiebeam::flow
