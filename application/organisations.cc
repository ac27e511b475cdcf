#include "application/organisations.h"

#include <fmt/format.h>

#include <filesystem>

#include "application/zones.h"
#include "base/faults.h"
#include "base/text.h"
#include "model/kernel_records.h"

namespace tiebeam {
namespace fs = std::filesystem;
namespace {
constexpr std::string_view kEnding = ".tiebeam";

std::unexpected<Error> none_in(const std::string& dir) {
  return fail(Kind::not_found, "organisation.none",
              fmt::format("there is no organisation in '{}' yet", dir),
              "import an export to start one: tiebeam import FILE");
}
// The events of today's rooms, so that a store made before one of their columns is read with it.
store::Options store_options(const Table& table) {
  store::Options options;
  for (const auto& [name, type] : table.events) options.event_types.push_back(type);
  return options;
}
}  // namespace

std::vector<std::string> organisations_in(const std::string& dir) {
  std::vector<std::string> out;
  std::error_code fault;
  for (const auto& entry : fs::directory_iterator(dir, fault)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(kEnding)) out.push_back(name.substr(0, name.size() - kEnding.size()));
  }
  std::ranges::sort(out);
  return out;
}

std::string organisation_path(const std::string& dir, std::string_view id) {
  return (fs::path(dir) / fmt::format("{}{}", id, kEnding)).string();
}

Result<std::unique_ptr<store::Store>> open_organisation(const Table& table, const std::string& dir,
                                                        std::string_view id) {
  const std::vector<std::string> known = organisations_in(dir);
  if (known.empty()) return none_in(dir);
  if (id.empty() && known.size() > 1) {
    return invalid(
        "organisation.several",
        fmt::format("'{}' holds {} organisations: {}", dir, known.size(), fmt::join(known, ", ")),
        fmt::format("say which one: --org {}", known.front()));
  }
  const std::string wanted = id.empty() ? known.front() : std::string(id);
  if (std::ranges::find(known, wanted) == known.end()) {
    const std::vector<std::string_view> names(known.begin(), known.end());
    return std::unexpected(
        Error{.kind = Kind::not_found,
              .code = "organisation.no_such",
              .message = fmt::format("there is no organisation '{}' in '{}'{}", shown(wanted), dir,
                                     did_you_mean(wanted, names)),
              .detail = {},
              .hint = fmt::format("the organisations are {}", some_of(names)),
              .field = {},
              .found = shown(wanted),
              .expected = fmt::format("one of {}", some_of(names))});
  }
  return store::Store::open(organisation_path(dir, wanted), table.catalog, store_options(table));
}

std::string free_id(const std::string& dir, std::string_view name) {
  const std::vector<std::string> known = organisations_in(dir);
  constexpr std::size_t kLongest = 40;
  std::string stem = slugify(name).substr(0, kLongest);
  while (stem.ends_with('-')) stem.pop_back();
  if (stem.empty()) stem = "organisation";
  std::string id = stem;
  for (int i = 2; std::ranges::find(known, id) != known.end(); ++i)
    id = fmt::format("{}-{}", stem, i);
  return id;
}

namespace {

Result<void> write_itself(store::Store& store, const NewOrganisation& wanted) {
  store::Write write{.actor = wanted.actor,
                     .at = wanted.at,
                     .command = "organisation.add",
                     .idempotency_key = {},
                     .changes = {}};
  write.changes.push_back({.op = store::Op::add,
                           .type = "organisation",
                           .id = "self",
                           .fields = {{"name", wanted.name.empty() ? wanted.id : wanted.name},
                                      {"zone", wanted.zone},
                                      {"currency", wanted.currency},
                                      {"fiscal_year_starts", std::int64_t{1}},
                                      {"fictional", wanted.fictional}},
                           .expected_version = {}});
  TB_TRY([[maybe_unused]] const store::Written written, store.write(std::move(write)));
  return {};
}

}  // namespace

Result<std::unique_ptr<store::Store>> create_organisation(const Table& table,
                                                          const std::string& dir,
                                                          const NewOrganisation& wanted) {
  if (!is_slug(wanted.id)) {
    return invalid("organisation.bad_id",
                   fmt::format("'{}' cannot name an organisation", shown(wanted.id)),
                   "use a-z, 0-9 and '-', such as northmere");
  }
  TB_TRY([[maybe_unused]] const Zone zone, load_zone(wanted.zone));
  TB_TRY([[maybe_unused]] const Currency currency, Currency::create(wanted.currency));
  std::error_code fault;
  fs::create_directories(dir, fault);
  if (fault) {
    return fail(Kind::unavailable, "organisation.no_directory",
                fmt::format("cannot make '{}': {}", dir, fault.message()),
                "choose another place with --data DIR");
  }
  const std::string path = organisation_path(dir, wanted.id);
  return store::Store::create(path, table.catalog, store_options(table),
                              [&](store::Store& made) -> Result<void> {
                                TB_DO(write_itself(made, wanted));
                                return wanted.fill ? wanted.fill(made) : Result<void>{};
                              });
}

}  // namespace tiebeam
