// The organisations of a data directory: one file each, DIR/<id>.tiebeam.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "application/table.h"
#include "store/store.h"

namespace tiebeam {

// Ids of the organisations in `dir`, sorted; none when the directory does not exist.
[[nodiscard]] std::vector<std::string> organisations_in(const std::string& dir);
[[nodiscard]] std::string organisation_path(const std::string& dir, std::string_view id);

// Opens the organisation `id`, or the only one when `id` is empty.
// Errors: organisation.none, organisation.several (names them), organisation.no_such.
[[nodiscard]] Result<std::unique_ptr<store::Store>> open_organisation(const Table& table,
                                                                      const std::string& dir,
                                                                      std::string_view id);

struct NewOrganisation {
  std::string id;    // slug
  std::string name;  // empty: the id
  std::string zone = "UTC";
  std::string currency = "EUR";
  std::string actor;
  Instant at{};
};
// Makes the directory and the file. Errors: organisation.bad_id, zone.unknown,
// money.unknown_currency, store.*.
[[nodiscard]] Result<std::unique_ptr<store::Store>> create_organisation(
    const Table& table, const std::string& dir, const NewOrganisation& wanted);

}  // namespace tiebeam
