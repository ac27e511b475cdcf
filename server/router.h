// From a method and a path to a handler. A route says all of itself, so that the OpenAPI document
// is made of the very table that answers.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/json.h"
#include "server/http.h"

namespace tiebeam::server {

// A failure that becomes problem+json: one error, or all faults of a form.
struct Refused {
  std::vector<Error> errors;
  int status = 0;  // 0: by the kind of the first error
  Json extra;      // members beside the standard ones (both versions of a conflict); null: none
  // NOLINTNEXTLINE(google-explicit-constructor): an Error is a refusal of one
  Refused(Error error) : errors{std::move(error)} {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Refused(std::vector<Error> faults) : errors(std::move(faults)) {}
};
using Answered = std::expected<Response, Refused>;

struct Param {
  std::string name = {};  // "as_of"
  std::string help = {};
  std::string schema = "string";  // string | integer | boolean | instant
  bool required = false;
};

struct Route {
  std::string id = {};  // "figures.get": permanent, the operationId
  Method method = Method::get;
  std::string path = {};     // below /api/v1: "/orgs/{org}/figures/{key}"
  std::string summary = {};  // one line
  std::vector<Param> query = {};
  std::vector<Param> headers = {};
  Json body = {};  // JSON schema of the request body; null: none
  std::string body_type = "application/json";
  int success = 200;
  std::string answer_type = "application/json";
  Json answer = {};                // JSON schema of the answer; null: any object
  std::vector<int> failures = {};  // statuses beside 400, 403 and 500, which every route may give
  bool is_cacheable = true;        // a GET that follows from the organisation's journal alone
  std::function<Answered(const Request& request)> handle = {};
};

constexpr std::string_view kApi = "/api/v1";

class Router {
 public:
  void add(Route route);  // REQUIRES: id and (method, path) are new
  struct Found {
    const Route* route = nullptr;  // null: no such path, or not with this method
    std::vector<Method> other;     // methods that the path does have: then 405
    std::map<std::string, std::string, std::less<>> captured;
  };
  // HEAD finds the route of GET. Cost: O(segments x branches).
  [[nodiscard]] Found find(Method method, const std::vector<std::string>& segments) const;
  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace tiebeam::server
