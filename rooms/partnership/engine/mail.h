// A mail as a file (.eml) that any mail program opens: RFC 5322 headers, text and HTML as
// multipart/alternative (RFC 2046) in base64. Nothing is sent from here.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace tiebeam::partnership {

struct Mail {
  std::string subject;  // any text: line breaks and control characters become blanks
  std::string text;     // UTF-8
  std::string html;     // UTF-8
  Instant date{};
};

// Lines end in CRLF and hold at most 76 characters; all of it is ASCII. The boundary and the
// message id follow from the content, so that the same mail is the same file.
[[nodiscard]] std::string mail_file(const Mail& mail);

// RFC 2047 encoded words where the text is not plain ASCII or long; lines of at most 76 characters
// behind a header's name of up to 14.
[[nodiscard]] std::string header_text(std::string_view text);
// RFC 2045, lines of 76 characters, CRLF.
[[nodiscard]] std::string base64_lines(std::string_view bytes);
// "Sun, 22 Nov 2026 14:00:00 +0000"
[[nodiscard]] std::string mail_date(Instant at);

}  // namespace tiebeam::partnership
