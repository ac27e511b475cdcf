#include "rooms/investment/mount.h"

#include "rooms/investment/cli/value.h"
#include "rooms/investment/records.h"

namespace tiebeam::investment {

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
  table.commands.push_back(value_command());
}

}  // namespace tiebeam::investment
