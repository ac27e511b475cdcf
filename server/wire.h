// HTTP/1.1 as text, without sockets: what a request head must not contain, what its target means,
// and how the head of an answer is written. RFC 9112 and 9110, read strictly: what two programs
// could understand differently (request smuggling) is refused, never mended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "server/http.h"

namespace tiebeam::server {

// Bytes that no head may hold, complete or not: NUL and other controls, a line feed without its
// carriage return. `before` is the byte in front of `bytes`, or 0. Nothing: no fault.
// Error: http.malformed.
[[nodiscard]] std::optional<Error> head_byte_fault(std::string_view bytes, char before = 0);

// Lines that no complete head may hold: folded ones, a bare carriage return, blanks around a
// field's name, a request line of other than three parts, a target that is not a path, a version
// other than 1.0 and 1.1. `head` ends with its empty line. Error: http.malformed.
[[nodiscard]] std::optional<Error> head_line_fault(std::string_view head);

// Fields that contradict each other: Host missing (1.1) or doubled, both Content-Length and
// Transfer-Encoding, either doubled, a length that is no number, an encoding other than chunked, a
// doubled Origin, Content-Type or Expect. Error: http.malformed.
[[nodiscard]] std::optional<Error> field_fault(const Request& head, bool is_http_1_1);

// Fills path, segments and query from `target`. '+' in a query is a blank. Errors: http.malformed
// (bad %XX, text that is not UTF-8, a control, '/', '\', '.' or '..' as or inside a segment).
[[nodiscard]] Result<void> read_target(Request& request);

// The file name that a Content-Disposition tells, "" when it tells none; that with an encoding
// (filename*, RFC 6266) goes before the plain one.
[[nodiscard]] std::string file_name_in(std::string_view disposition);

// Method::other for one that has no name here. Names are case-sensitive.
[[nodiscard]] Method method_of(std::string_view name);

// "req_" and 16 hexadecimal digits: distinct for each `count` of one seed, unlike those of others.
[[nodiscard]] std::string request_id(std::uint64_t seed, std::uint64_t count);

struct AnswerForm {
  bool is_head_request = false;  // a Content-Length is told, no body follows
  bool keeps_open = false;
  bool is_http_1_1 = true;
};
// Whether the answer to such a request has a body on the wire: not to HEAD, not with 204 and 304.
[[nodiscard]] bool sends_body(const Response& response, const AnswerForm& form);
// Status line and fields with the empty line. A control character in a field becomes a blank.
[[nodiscard]] std::string answer_head(const Response& response, const AnswerForm& form);
// "Not Found"; "Status" for one that has no name here.
[[nodiscard]] std::string_view status_phrase(int status);

}  // namespace tiebeam::server
