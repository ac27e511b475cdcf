#include "server/problem.h"

#include <algorithm>

#include "base/faults.h"
#include "model/json_parts.h"
#include "server/wire.h"

namespace tiebeam::server {
namespace {

// One fault. `pointer` is the field of a form; `found` is what was read there, `expected` what
// would be right; `more` is what else is known.
Json fault(const Error& error) {
  return Json::object({{"pointer", or_null(error.field)},
                       {"code", error.code},
                       {"message", error.message},
                       {"found", or_null(error.found)},
                       {"expected", or_null(error.expected)},
                       {"more", or_null(error.detail)},
                       {"hint", or_null(error.hint)}});
}

Response answer_of(int status, const Json& body) {
  Response out;
  out.status = status;
  out.type = "application/problem+json";
  out.body = Body(write_json(body));
  return out;
}

Json body_of(int status, std::vector<Error> errors, std::string_view request_id) {
  keep_first_faults(errors);
  const Error& first = errors.front();
  Json faults = Json::Array{};
  if (status != 500) {  // what broke inside is for the log
    for (const Error& error : errors) faults.push(fault(error));
  }
  return Json::object({{"type", "about:blank"},
                       {"title", status_phrase(status)},
                       {"status", status},
                       {"detail", first.message},
                       {"instance", request_id},
                       {"code", first.code},
                       {"hint", or_null(first.hint)},
                       {"errors", std::move(faults)}});
}

}  // namespace

int status_of(const Error& error) {
  switch (error.kind) {
    case Kind::invalid:
      return error.code.starts_with("json.") || error.code.starts_with("http.") ? 400 : 422;
    case Kind::not_found:
      return 404;
    case Kind::conflict:
      return 409;
    case Kind::forbidden:
      return 403;
    case Kind::unavailable:
      return 503;
    case Kind::internal:
      break;
  }
  return 500;
}

Response problem(const Refused& refused, const Request& request) {
  TB_CHECK(!refused.errors.empty(), "a refusal names what is wrong");
  const Error& first = refused.errors.front();
  const int status = refused.status != 0 ? refused.status : status_of(first);
  Json body = body_of(status, refused.errors, request.id);
  if (const Json::Object* extra = refused.extra.if_object()) {
    for (const auto& [key, value] : *extra) body.set(key, value);
  }
  return answer_of(status, body);
}

Response problem(int status, const Error& error, std::string_view request_id) {
  return answer_of(status, body_of(status, {error}, request_id));
}

}  // namespace tiebeam::server
