#include "rooms/investment/mount.h"

#include "rooms/investment/api/queries.h"
#include "rooms/investment/cli/cases.h"
#include "rooms/investment/cli/value.h"
#include "rooms/investment/facts.h"
#include "rooms/investment/guards.h"
#include "rooms/investment/investment.h"
#include "rooms/investment/records.h"

namespace tiebeam::investment {

namespace {

void mount_guards(Table& table, const KeepPtr& keep) {
  table.guards.emplace("initiative", [](const Watched& writing) {
    return writing.record ? check_initiative(*writing.record) : std::vector<Error>{};
  });
  table.guards.emplace("effect", [](const Watched& writing) {
    return writing.record ? check_effect(writing.book, *writing.record) : std::vector<Error>{};
  });
  const auto reading = [](auto check) {
    return [check](const Watched& writing) {
      return writing.record ? check(writing.book, *writing.record, writing.at)
                            : std::vector<Error>{};
    };
  };
  table.guards.emplace("benefit_reading", reading(check_benefit_reading));
  table.guards.emplace("adoption_reading", reading(check_adoption_reading));
  table.guards.emplace("sign_off", [keep](const Watched& writing) -> std::vector<Error> {
    if (writing.held) return check_signature(*writing.held, writing.record, writing.from_file);
    if (writing.from_file || !writing.record) return {};  // told as it was
    return complete_sign_off(writing.book, *writing.record, writing.at, keep);
  });
}

}  // namespace

void mount(Table& table) {
  table.record<Initiative>("investment");
  table.record<InitiativeEffect>("investment");
  table.record<FundingLevel>("investment");
  table.record<SignOff>("investment");
  table.record<BenefitReading>("investment");
  table.record<Assumption>("investment");
  table.record<AdoptionGroup>("investment");
  table.record<AdoptionReading>("investment");
  table.record<InvestmentPolicy>("investment");
  const auto keep = std::make_shared<CaseKeep>();
  mount_guards(table, keep);
  for (Rule& rule : investment_rules(keep)) table.rules.add(std::move(rule));
  for (FigureFamily& family : investment_families(keep)) table.figures.add(std::move(family));
  for (Query& query : investment_queries(keep)) table.queries.push_back(std::move(query));
  table.commands.push_back(value_command(keep));
  for (Command& command : case_commands(keep)) table.commands.push_back(std::move(command));
  for (Writing& writing : sign_writings(keep)) table.writings.push_back(std::move(writing));
}

}  // namespace tiebeam::investment
