// The head of a request as bytes: what is let through reads as one request, leads to at most one
// route, and nothing of it can break out of the head of an answer.
#include "base/fuzz_support.h"
#include "server/problem.h"
#include "server/router.h"
#include "server/security.h"
#include "server/wire.h"

namespace tiebeam::server {
namespace {

const Router& routes() {
  static const Router router = [] {
    Router out;
    const auto add = [&](std::string id, Method method, std::string path) {
      out.add({.id = std::move(id), .method = method, .path = std::move(path)});
    };
    add("orgs", Method::get, "/orgs");
    add("org.add", Method::post, "/orgs");
    add("org", Method::get, "/orgs/{org}");
    add("record", Method::get, "/orgs/{org}/records/{type}/{id}");
    add("record.set", Method::put, "/orgs/{org}/records/{type}/{id}");
    add("goals", Method::get, "/orgs/{org}/records/goal/{id}");
    return out;
  }();
  return router;
}

// The byte check, with the head cut in two anywhere: it may come in any pieces.
bool has_good_bytes(std::string_view head, std::size_t cut) {
  const auto whole = head_byte_fault(head);
  auto part = head_byte_fault(head.substr(0, cut));
  if (!part) part = head_byte_fault(head.substr(cut), cut == 0 ? '\0' : head[cut - 1]);
  FUZZ_CHECK(whole.has_value() == part.has_value());
  if (whole) fuzz::check_error(*whole);
  return !whole;
}

// REQUIRES: head_line_fault found nothing.
Request request_of(std::string_view head, bool& is_http_1_1) {
  Request out;
  const auto lines = split_at(head.substr(0, head.size() - 4), '\n');
  const auto parts = split_at(trim(lines[0]), ' ');
  FUZZ_CHECK(parts.size() == 3);
  out.method = method_of(parts[0]);
  out.target = std::string(parts[1]);
  is_http_1_1 = parts[2] == "HTTP/1.1";
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t colon = lines[i].find(':');
    FUZZ_CHECK(colon != std::string_view::npos && colon > 0);
    out.headers.emplace_back(to_lower_ascii(lines[i].substr(0, colon)),
                             std::string(trim(lines[i].substr(colon + 1))));
  }
  out.id = request_id(1, 2);
  return out;
}

void check_answer(const Response& answer) {
  const std::string head = answer_head(answer, {.keeps_open = answer.status % 2 == 0});
  FUZZ_CHECK(head.ends_with("\r\n\r\n") && head.find("\r\n\r\n") == head.size() - 4);
  FUZZ_CHECK(!head_byte_fault(head), head);
  for (const std::string_view line :
       split_at(std::string_view(head).substr(0, head.size() - 4), '\n'))
    FUZZ_CHECK(line.find('\r') == std::string_view::npos || line.find('\r') == line.size() - 1,
               head);
}

void check_problem(const Error& error, const Request& request) {
  fuzz::check_error(error);
  Response answer = problem(Refused(error), request);
  FUZZ_CHECK(answer.status >= 400 && answer.status < 500);
  FUZZ_CHECK(parse_json(answer.body.bytes).has_value());
  for (const auto& field : request.headers)
    answer.headers.push_back(field);  // the worst that could be said
  secure(answer);
  check_answer(answer);
}

void check_target(Request& request) {
  if (const auto read = read_target(request); !read) return check_problem(read.error(), request);
  for (const std::string& segment : request.segments) {
    FUZZ_CHECK(segment != "." && segment != ".." && is_valid_utf8(segment));
    FUZZ_CHECK(segment.find_first_of(std::string_view("/\\\0\r\n", 5)) == std::string::npos);
  }
  for (const auto& [name, value] : request.query)
    FUZZ_CHECK(is_valid_utf8(name) && is_valid_utf8(value) && !name.contains('\0') &&
               !value.contains('\0'));
  const auto found = routes().find(request.method, request.segments);
  FUZZ_CHECK(!found.route || (found.other.empty() && request.segments.size() >= 3));
  for (const auto& [name, value] : found.captured) FUZZ_CHECK(!value.empty(), name);
}

void check_head(std::string_view head) {
  fuzz::Draw draw(head);
  if (!has_good_bytes(head, draw.below(head.size() + 1))) return;
  if (const auto fault = head_line_fault(head)) return fuzz::check_error(*fault);
  bool is_http_1_1 = false;
  Request request = request_of(head, is_http_1_1);
  if (const auto fault = field_fault(request, is_http_1_1)) return check_problem(*fault, request);
  FUZZ_CHECK(request.target.starts_with('/'));
  const Authority here = Authority::loopback(8460);
  const auto refused = refused_by_origin(here, request);
  if (refused) check_problem(*refused, request);
  const std::string_view host = request.header("host");
  FUZZ_CHECK(refused || std::ranges::find(here.hosts, to_lower_ascii(host)) != here.hosts.end());
  check_target(request);
}

}  // namespace

FUZZ(input) {
  check_head(input);
  check_head(std::string(input) + "\r\n\r\n");
  Request bare;
  bare.target = std::string(input);
  check_target(bare);
}

}  // namespace tiebeam::server
