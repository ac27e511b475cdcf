// The organisations of a data directory: one file each, DIR/<id>.tiebeam.
#pragma once

#include <functional>
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
  std::string id = {};    // slug
  std::string name = {};  // empty: the id
  std::string zone = "UTC";
  std::string currency = "EUR";
  bool fictional = false;  // made up for a demonstration
  std::string actor = {};
  Instant at{};
  // Puts in what it begins with; the organisation is there with all of it, or not at all.
  std::function<Result<void>(store::Store& store)> fill = {};
};
// An id for a new organisation of that name that is not taken: "northmere-foods", then "-2".
[[nodiscard]] std::string free_id(const std::string& dir, std::string_view name);
// Makes the directory and the file. Errors: organisation.bad_id, zone.unknown,
// money.unknown_currency, store.*, those of `fill`.
[[nodiscard]] Result<std::unique_ptr<store::Store>> create_organisation(
    const Table& table, const std::string& dir, const NewOrganisation& wanted);

}  // namespace tiebeam
