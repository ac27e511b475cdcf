// The API's routes. Each file api_*.cc adds those of one subject; site.cc puts them behind the
// door.
#pragma once

#include <functional>
#include <string>

#include "server/desk.h"
#include "server/hub.h"
#include "server/jobs.h"
#include "server/router.h"
#include "server/uploads.h"

namespace tiebeam::server {

// Organisations that the program can make by itself; one that is empty is not offered.
struct Making {
  // Makes it in the directory of `data`; its id. Errors: store.exists and others.
  using Make = std::function<Result<std::string>(const std::string& data, const std::string& actor,
                                                 Instant at)>;
  Make sample;         // the real sample that the program carries
  Make demonstration;  // a made-up company, marked as such
};

// What every handler works with.
struct World {
  const Table& table;
  Desk& desk;
  Hub& hub;
  Jobs& jobs;
  Uploads& uploads;
  std::function<Instant()> now;
  std::string actor;    // who writes when nobody said who they are
  std::string version;  // of the program
  Making make = {};
};

void add_organisation_routes(Router& router, World& world);
void add_figure_routes(Router& router, World& world);
void add_record_routes(Router& router, World& world);
void add_journal_routes(Router& router, World& world);
void add_import_routes(Router& router, World& world);
void add_upload_routes(Router& router, World& world);
void add_job_routes(Router& router, World& world);
// Making and restoring organisations, and all of them side by side.
void add_door_routes(Router& router, World& world);
void add_overview_routes(Router& router, World& world);
void add_search_routes(Router& router, World& world);
// Every question that a room declared: GET /orgs/{org}/ROOM/NAME.
void add_query_routes(Router& router, World& world);
// Every writing that a room declared: POST /orgs/{org}/ROOM/NAME.
void add_writing_routes(Router& router, World& world);

// A route of "/orgs/{org}/...{id}..." also without the organisation: `holds` says whether one has
// the id. Errors: organisation.none_with_it, organisation.several_with_it.
using Act = Answered (*)(World&, const Request&);
using Holds = bool (*)(World&, const std::string& organisation, const std::string& id);
void add_route_by_id(Router& router, World& world, Route route, Act act, Holds holds);

// --- for the handlers --------------------------------------------------------------------------
[[nodiscard]] Response json_answer(const Json& json, int status = 200);
// The organisation of the route, at its newest entry.
struct Seated {
  SeatPtr seat;
  ViewPtr view;
};
[[nodiscard]] Result<Seated> seated(World& world, const Request& request);
// Who writes: the person that the request's Tiebeam-Person names, as "person/ID", else whoever runs
// the program. Nobody's identity is verified. Errors: person.no_such.
[[nodiscard]] Result<std::string> actor_of(World& world, const Seated& at, const Request& request);
[[nodiscard]] Param person_param();
// The name by which people know a file that they send.
[[nodiscard]] Param file_name_param();
// Takes over the file that came with the request. Errors: import.no_file, those of Uploads::keep.
[[nodiscard]] Result<Waiting> kept_upload(World& world, const Seated& at, const Request& request,
                                          bool is_resumable);
// as_of, from and to of the address. Errors: http.bad_parameter with the parameter's name.
[[nodiscard]] Result<Asked> asked_of(const Request& request);
// A whole number of the address, or `otherwise`. Errors: http.bad_parameter.
// Absent: false. 0, 1, false, true; anything else is http.bad_parameter.
[[nodiscard]] Result<bool> flag_of(const Request& request, std::string_view name);
[[nodiscard]] Result<std::int64_t> number_of(const Request& request, std::string_view name,
                                             std::int64_t otherwise, std::int64_t least,
                                             std::int64_t most);
// " --data DIR --org ID --as-of T": what makes a printed command answer the same.
[[nodiscard]] std::string options_text(const World& world, const Request& request);
// The body as an object. Errors: json.*.
[[nodiscard]] Result<Json> object_of(const Request& request);
// What the write of an earlier run did that came with this request's Idempotency-Key; none: the key
// is new. That it came with this very request was asked before (site.cc).
[[nodiscard]] Result<std::optional<store::Written>> written_before(Seat& seat,
                                                                   const Request& request);
// Tells everybody that the journal moved. Called after each write.
void tell_journal(World& world, Seat& seat);
// Parameters that the routes of figures and questions share.
[[nodiscard]] std::vector<Param> window_params();

}  // namespace tiebeam::server
