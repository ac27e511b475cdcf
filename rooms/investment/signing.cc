#include "rooms/investment/signing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "rooms/investment/cases_json.h"

namespace tiebeam::investment {

Result<Record> signature_for(const FigureBook& book, const Portfolio& portfolio,
                             const RecordCase& one, const std::string& person,
                             const std::string& hash, Instant at) {
  const Snapshot& snapshot = book.snapshot();
  const Record* signer = snapshot.find("person", person);
  if (signer == nullptr) {
    std::vector<std::string_view> known;
    for (const Record& each : snapshot.of("person")) known.push_back(each.id());
    return invalid("investment.no_signer",
                   person.empty() ? std::string("nobody is named who signs")
                                  : fmt::format("there is no person '{}'{}", shown(person),
                                                did_you_mean(person, known)),
                   "name the executive who signs with --by PERSON");
  }
  if (!one.at) {
    return invalid(
        "investment.not_valued",
        fmt::format("\"{}\" cannot be valued yet: {}", one.name, fmt::join(one.missing, "; ")),
        "give it a cost or an effect first, then sign it");
  }
  SignOff out;
  for (int number = 1; out.id.empty() || snapshot.find("sign_off", out.id) != nullptr; ++number)
    out.id = fmt::format("{}-{}", one.id.substr(0, kMaxSlug - 6), number);
  out.name = fmt::format("{}, signed by {}", one.name, signer->name());
  out.initiative = Id<"initiative">(one.id);
  out.by = Id<"person">(person);
  out.at = at;
  out.case_hash = hash.empty() ? hash_of(portfolio, one) : hash;
  return to_record(out);
}

Result<Record> withdrawal_of(const FigureBook& book, const Portfolio& portfolio,
                             const RecordCase& one) {
  const Standing standing = standing_of(book, portfolio, one);
  const auto held = std::ranges::find_if(
      standing.signatures, [](const Signature& each) { return each.state != Signed::withdrawn; });
  if (held == standing.signatures.end()) {
    return invalid("investment.nothing_signed",
                   fmt::format("no signature stands under \"{}\"", one.name),
                   fmt::format("sign it with: tiebeam investment sign {} --by PERSON", one.id));
  }
  SignOff out = held->record;
  out.withdrawn = true;
  return to_record(out);
}

}  // namespace tiebeam::investment
