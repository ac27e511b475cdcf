#include "ingest/ticket_product.h"

#include <algorithm>

#include "ingest/column_words.h"

namespace tiebeam::ingest {
namespace {
struct Signature {
  TicketProduct product;
  std::vector<std::string_view> columns;
};

const std::vector<Signature>& signatures() {
  static const std::vector<Signature> all = [] {
    const TicketProduct jira = {
        "Jira",
        "ask Jira for it (GET /rest/api/3/issue/KEY/changelog) and write it as an event file"};
    const TicketProduct servicenow = {
        "ServiceNow", "export the incident audit log, or sys_audit of the table, instead"};
    const TicketProduct fresh = {"Freshdesk or Freshservice",
                                 "write the activities of the tickets as an event file"};
    const TicketProduct glpi = {"GLPI", "write the history of the tickets as an event file"};
    const TicketProduct autotask = {"Autotask", "write the ticket history as an event file"};
    return std::vector<Signature>{
        {jira, {"Issue key", "Issue id", "Issue Type"}},
        {jira, {"Vorgangsschlüssel", "Vorgangs-ID", "Vorgangstyp"}},
        {servicenow, {"Number", "Opened", "Short description", "Assignment group"}},
        {servicenow, {"number", "opened_at", "short_description", "assignment_group"}},
        {fresh, {"Ticket Id", "Created Time", "Resolved Time", "Agent"}},
        {glpi, {"Opening Date", "Assigned To - Technician"}},
        {glpi, {"Date d'ouverture", "Attribué à - Technicien"}},
        {autotask, {"External (Legacy) Ticket ID", "Create Date/Time", "Ticket Number"}}};
  }();
  return all;
}
}  // namespace

const TicketProduct* product_of(const std::vector<std::string>& header) {
  std::vector<std::string> keys;
  for (const std::string& name : header) keys.push_back(column_key(name));
  const auto has = [&](std::string_view name) {
    return std::ranges::find(keys, column_key(name)) != keys.end();
  };
  const auto found = std::ranges::find_if(
      signatures(), [&](const Signature& each) { return std::ranges::all_of(each.columns, has); });
  return found == signatures().end() ? nullptr : &found->product;
}

}  // namespace tiebeam::ingest
