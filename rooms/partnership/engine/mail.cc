#include "rooms/partnership/engine/mail.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"

namespace tiebeam::partnership {
namespace {

constexpr std::string_view kNewline = "\r\n";
constexpr std::size_t kLine = 76;
// An encoded word is at most 75 characters and its line 76: "=?UTF-8?B?" and "?=" leave 60 for
// whole groups of four, which hold 45 bytes; the first shares its line with the header's name.
constexpr std::size_t kWordBytes = 45, kFirstWordBytes = 36;

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto byte = [&](std::size_t at) {
      return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
    };
    const unsigned group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kDigits[group >> 18 & 63];
    out += kDigits[group >> 12 & 63];
    out += i + 1 < bytes.size() ? kDigits[group >> 6 & 63] : '=';
    out += i + 2 < bytes.size() ? kDigits[group & 63] : '=';
  }
  return out;
}

// A header is one line: whatever could begin another one is a blank.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    const bool breaks = code < 0x20 || code == 0x7F;
    if (!breaks) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  return out;
}

bool is_plain(std::string_view text) {
  return text.find("=?") == std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Where the next encoded word ends: at most `most` bytes on, never within a character.
std::size_t word_end(std::string_view text, std::size_t from, std::size_t most) {
  if (text.size() - from <= most) return text.size();
  std::size_t end = from + most;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  while (end > from + 1 && continues(end)) --end;
  return continues(end) ? from + most : end;
}

std::string part(std::string_view type, std::string_view body, std::string_view boundary) {
  return fmt::format(
      "--{0}{1}Content-Type: {2}; charset=utf-8{1}Content-Transfer-Encoding: base64{1}{1}{3}",
      boundary, kNewline, type, base64_lines(body));
}

}  // namespace

std::string base64_lines(std::string_view bytes) {
  const std::string all = base64(bytes);
  std::string out;
  for (std::size_t i = 0; i < all.size(); i += kLine) {
    out += all.substr(i, kLine);
    out += kNewline;
  }
  return out;
}

std::string header_text(std::string_view text) {
  const std::string line = one_line(text);
  constexpr std::size_t kPlain = 60;  // beside the header's name on one line
  if (is_plain(line) && line.size() <= kPlain) return line;
  std::string out;
  for (std::size_t from = 0; from < line.size();) {
    const std::size_t end = word_end(line, from, from == 0 ? kFirstWordBytes : kWordBytes);
    if (!out.empty()) out += "\r\n ";
    out += fmt::format("=?UTF-8?B?{}?=", base64(std::string_view(line).substr(from, end - from)));
    from = end;
  }
  return out;
}

std::string mail_date(Instant at) {
  constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day day{midnight};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - midnight)};
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000",
                     kDays[std::chrono::weekday{midnight}.c_encoding()],
                     static_cast<unsigned>(day.day()),
                     kMonths[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string mail_file(const Mail& mail) {
  const std::string digest =
      to_hex(sha256(mail.subject + '\n' + mail.text + '\n' + mail.html + format_instant(mail.date)))
          .substr(0, 32);
  const std::string boundary = "tiebeam-" + digest;
  std::string out;
  const auto header = [&](std::string_view name, std::string_view value) {
    out += fmt::format("{}: {}{}", name, value, kNewline);
  };
  header("Date", mail_date(mail.date));
  header("From", "Tiebeam <tiebeam@localhost.invalid>");
  header("Subject", header_text(mail.subject));
  header("Message-ID", fmt::format("<{}@localhost.invalid>", digest));
  header("MIME-Version", "1.0");
  header("X-Unsent", "1");  // mail programs open it as a draft to be sent by a person
  header("Content-Type",
         fmt::format("multipart/alternative;{} boundary=\"{}\"", kNewline, boundary));
  out += kNewline;
  out += part("text/plain", mail.text, boundary) + part("text/html", mail.html, boundary);
  out += fmt::format("--{}--{}", boundary, kNewline);
  return out;
}

}  // namespace tiebeam::partnership
