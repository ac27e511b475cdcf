#include "server/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "server/refusals.h"

namespace tiebeam::server {
namespace {

using refusals::malformed;

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").contains(c);
}
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::optional<Error> request_line_fault(std::string_view line) {
  const std::vector<std::string_view> parts = split_at(line, ' ');
  if (parts.size() != 3 || !is_token(parts[0])) {
    return malformed("the request line is not METHOD TARGET VERSION");
  }
  const bool is_path = parts[1].starts_with('/') && std::ranges::all_of(parts[1], [](char c) {
                         return c > 0x20 && c < 0x7f && c != '#' && c != '\\';
                       });
  if (!is_path) return malformed("the request's target is not a path in ASCII");
  if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0") {
    return malformed("the request's version is not HTTP/1.0 or HTTP/1.1");
  }
  return std::nullopt;
}

bool is_single(std::string_view name) {
  constexpr std::array<std::string_view, 6> kSingle = {
      "host", "content-length", "transfer-encoding", "content-type", "origin", "expect"};
  return std::ranges::find(kSingle, name) != kSingle.end();
}
bool is_host(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (is_token_char(c) && !std::string_view("#&'*^`|").contains(c)) || c == ':' || c == '[' ||
           c == ']';
  });
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Nothing when a '%' is not followed by two hexadecimal digits, or the bytes are not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += plus_is_blank && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!is_valid_utf8(out)) return std::nullopt;
  return out;
}

// The value of a parameter: up to the next ';', or a quoted text. Leaves the ';' and what follows.
std::string take_value(std::string_view& rest) {
  rest = trim(rest);
  const bool is_quoted = rest.starts_with('"');
  if (is_quoted) rest.remove_prefix(1);
  std::string out;
  while (!rest.empty() && rest.front() != (is_quoted ? '"' : ';')) {
    if (is_quoted && (rest.starts_with("\\\"") || rest.starts_with("\\\\"))) rest.remove_prefix(1);
    out += rest.front();
    rest.remove_prefix(1);
  }
  rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  return is_quoted ? out : std::string(trim(out));
}

bool is_safe_segment(std::string_view segment) {
  return segment != "." && segment != ".." && std::ranges::none_of(segment, [](char c) {
           return is_control(c) || c == '/' || c == '\\';
         });
}

std::unexpected<Error> bad_target(std::string_view part) {
  Error fault = malformed(
      fmt::format("'{}' in the request's target cannot be read as a path or a query", shown(part)));
  fault.found = fmt::format("'{}'", shown(part));
  return std::unexpected(std::move(fault));
}

Result<std::vector<std::string>> read_segments(std::string_view path) {
  std::vector<std::string> out;
  if (path == "/") return out;
  const std::vector<std::string_view> parts = split_at(path.substr(1), '/');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    auto segment = percent_decoded(parts[i], false);
    const bool is_gap = parts[i].empty() && i + 1 < parts.size();
    if (!segment || is_gap || !is_safe_segment(*segment)) return bad_target(path);
    out.push_back(*std::move(segment));
  }
  return out;
}

Result<Pairs> read_query(std::string_view text) {
  Pairs out;
  for (const std::string_view part : split_at(text, '&')) {
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    auto name = percent_decoded(part.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::string()
                                                  : percent_decoded(part.substr(equals + 1), true);
    if (!name || !value || name->contains('\0') || value->contains('\0')) return bad_target(part);
    out.emplace_back(*std::move(name), *std::move(value));
  }
  return out;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) out += is_control(c) && c != '\t' ? ' ' : c;
  out += "\r\n";
}

}  // namespace

std::optional<Error> head_byte_fault(std::string_view bytes, char before) {
  for (const char c : bytes) {
    if (is_control(c) && c != '\r' && c != '\n' && c != '\t') {
      return malformed("the request's head holds a control character");
    }
    if (c == '\n' && before != '\r') {
      return malformed("a line of the request's head ends without a carriage return");
    }
    before = c;
  }
  return std::nullopt;
}

std::optional<Error> head_line_fault(std::string_view head) {
  if (!head.ends_with("\r\n\r\n") || head.find("\r\n\r\n") != head.size() - 4) {
    return malformed("the request's head does not end with its only empty line");
  }
  head.remove_suffix(4);
  bool is_first = true;
  while (is_first || !head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 2);
    if (line.contains('\r') || line.contains('\n')) {
      return malformed("a line of the request's head holds a bare carriage return or line feed");
    }
    if (is_first) {
      if (auto fault = request_line_fault(line)) return fault;
    } else if (!is_token(line.substr(0, line.find(':'))) || !line.contains(':')) {
      return malformed("a line of the request's head is not NAME: VALUE");
    }
    is_first = false;
  }
  return std::nullopt;
}

std::optional<Error> field_fault(const Request& head, bool is_http_1_1) {
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : head.headers) {
    if (!is_single(name)) continue;
    if (std::ranges::find(seen, name) != seen.end()) {
      return malformed(fmt::format("the field '{}' is there twice", name));
    }
    seen.push_back(name);
  }
  const auto has = [&](std::string_view name) {
    return std::ranges::find(seen, name) != seen.end();
  };
  if (is_http_1_1 && !has("host")) return malformed("the field 'host' is missing");
  if (!is_host(head.header("host"))) return malformed("the field 'host' is not a host");
  if (has("content-length") && has("transfer-encoding")) {
    return malformed("the request has both a length and a transfer encoding");
  }
  const std::string_view length = head.header("content-length");
  const bool is_number = !length.empty() && length.size() < 19 &&
                         std::ranges::all_of(length, [](char c) { return c >= '0' && c <= '9'; });
  if (has("content-length") && !is_number) {
    return malformed("the field 'content-length' is not a number");
  }
  if (has("transfer-encoding") &&
      (!is_http_1_1 || to_lower_ascii(head.header("transfer-encoding")) != "chunked")) {
    return malformed("the request's transfer encoding is not 'chunked'");
  }
  return std::nullopt;
}

Result<void> read_target(Request& request) {
  const std::string_view target = request.target;
  const std::size_t mark = target.find('?');
  request.path = std::string(target.substr(0, mark));
  if (!request.path.starts_with('/')) return bad_target(target);
  TB_TRY(request.segments, read_segments(request.path));
  if (mark != std::string_view::npos) {
    TB_TRY(request.query, read_query(target.substr(mark + 1)));
  }
  return {};
}

std::string file_name_in(std::string_view rest) {
  constexpr std::string_view kEncoding = "utf-8'";  // a language may follow, then "'"
  std::string plain;
  for (std::size_t at = rest.find(';'); at != std::string_view::npos; at = rest.find(';')) {
    rest.remove_prefix(at + 1);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) break;
    const std::string name = to_lower_ascii(trim(rest.substr(0, equals)));
    rest.remove_prefix(equals + 1);
    const std::string value = take_value(rest);
    if (name == "filename") plain = value;
    if (name != "filename*" || !to_lower_ascii(value).starts_with(kEncoding)) continue;
    const std::size_t quote = value.find('\'', kEncoding.size());
    if (quote == std::string::npos) continue;
    if (auto decoded = percent_decoded(std::string_view(value).substr(quote + 1), false))
      return *std::move(decoded);
  }
  return plain;
}

Method method_of(std::string_view name) {
  for (const Method method :
       {Method::get, Method::head, Method::post, Method::put, Method::del, Method::options}) {
    if (name == method_name(method)) return method;
  }
  return Method::other;
}

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014) is a bijection: no two counts meet.
std::string request_id(std::uint64_t seed, std::uint64_t count) {
  std::uint64_t x = seed + (count + 1) * 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return fmt::format("req_{:016x}", x ^ (x >> 31));
}

bool sends_body(const Response& response, const AnswerForm& form) {
  return !form.is_head_request && response.status != 204 && response.status != 304;
}

std::string answer_head(const Response& response, const AnswerForm& form) {
  std::string out;
  out.reserve(1024);
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status,
                 status_phrase(response.status));
  const bool is_bodiless = response.status == 204 || response.status == 304;
  if (!is_bodiless && !response.type.empty()) append_field(out, "Content-Type", response.type);
  for (const auto& [name, value] : response.headers) {
    if (is_token(name)) append_field(out, name, value);
  }
  if (!is_bodiless && !response.stream) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.bytes.size());
  }
  if (!form.keeps_open) {
    out += "Connection: close\r\n";
  } else if (!form.is_http_1_1) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
  return out;
}

std::string_view status_phrase(int status) {
  using Phrase = std::pair<int, std::string_view>;
  constexpr std::array kPhrases = {Phrase{200, "OK"},
                                   Phrase{201, "Created"},
                                   Phrase{202, "Accepted"},
                                   Phrase{204, "No Content"},
                                   Phrase{304, "Not Modified"},
                                   Phrase{400, "Bad Request"},
                                   Phrase{401, "Unauthorized"},
                                   Phrase{403, "Forbidden"},
                                   Phrase{404, "Not Found"},
                                   Phrase{405, "Method Not Allowed"},
                                   Phrase{406, "Not Acceptable"},
                                   Phrase{408, "Request Timeout"},
                                   Phrase{409, "Conflict"},
                                   Phrase{410, "Gone"},
                                   Phrase{412, "Precondition Failed"},
                                   Phrase{413, "Content Too Large"},
                                   Phrase{415, "Unsupported Media Type"},
                                   Phrase{422, "Unprocessable Content"},
                                   Phrase{428, "Precondition Required"},
                                   Phrase{429, "Too Many Requests"},
                                   Phrase{431, "Request Header Fields Too Large"},
                                   Phrase{500, "Internal Server Error"},
                                   Phrase{501, "Not Implemented"},
                                   Phrase{503, "Service Unavailable"}};
  const auto found = std::ranges::find(kPhrases, status, &Phrase::first);
  return found == kPhrases.end() ? "Status" : found->second;
}

}  // namespace tiebeam::server
