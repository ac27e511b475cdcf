// A mail as a file: what readers of RFC 5322, 2045 and 2047 rely on.
#include "rooms/partnership/engine/mail.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tiebeam::partnership {
namespace {

Mail some(std::string subject) {
  return {.subject = std::move(subject),
          .text = "Grüße\n",
          .html = "<p>Grüße</p>",
          .date = parse_instant("2026-11-22T14:05:09Z").value()};
}
std::string head_of(const std::string& file) { return file.substr(0, file.find("\r\n\r\n")); }

TEST(MailDate, IsThatOfRfc5322) {
  EXPECT_EQ(mail_date(parse_instant("2026-11-22T14:05:09Z").value()),
            "Sun, 22 Nov 2026 14:05:09 +0000");
  EXPECT_EQ(mail_date(parse_instant("2024-02-29").value()), "Thu, 29 Feb 2024 00:00:00 +0000");
}

TEST(Base64, IsThatOfRfc4648) {  // section 10
  EXPECT_EQ(base64_lines(""), "");
  EXPECT_EQ(base64_lines("f"), "Zg==\r\n");
  EXPECT_EQ(base64_lines("fo"), "Zm8=\r\n");
  EXPECT_EQ(base64_lines("foobar"), "Zm9vYmFy\r\n");
}

TEST(HeaderText, KeepsPlainTextAndEncodesTheRest) {
  EXPECT_EQ(header_text("What changed this week"), "What changed this week");
  EXPECT_EQ(header_text("Grüße"), "=?UTF-8?B?R3LDvMOfZQ==?=");
  EXPECT_EQ(header_text("=?UTF-8?B?eA==?=").substr(0, 10), "=?UTF-8?B?");  // never as it stands
}

TEST(Mail, NoSubjectBeginsAnotherHeader) {
  const std::string file = mail_file(some("Hello\r\nBcc: everybody@example.org\r\n\r\n<script>"));
  const std::string head = head_of(file);
  EXPECT_EQ(head.find("\r\nBcc:"), std::string::npos);
  EXPECT_NE(head.find("\r\nSubject: Hello Bcc: everybody@example.org <script>"), std::string::npos);
  const std::string twin = mail_file(some("Grüße\nBcc: everybody@example.org"));
  EXPECT_EQ(twin.find("Bcc:"), std::string::npos);  // it is encoded whole
}

TEST(Mail, IsAsciiInShortLinesWhateverPeopleWrote) {
  std::mt19937_64 rng(20261122);
  for (int round = 0; round < 300; ++round) {
    Mail mail = some("");
    for (std::uint64_t i = 0, many = rng() % 200; i < many; ++i) {
      constexpr std::string_view kPieces[] = {"a", " ",  "ü", "\r", "\n",
                                              "€", "🙂", "=", "?",  "\x01"};
      mail.subject += kPieces[rng() % std::size(kPieces)];
    }
    mail.text = mail.html = mail.subject;
    const std::string file = mail_file(mail);
    std::size_t from = 0;
    while (from < file.size()) {
      const std::size_t end = file.find("\r\n", from);
      ASSERT_NE(end, std::string::npos);
      ASSERT_LE(end - from, 76U) << file.substr(from, end - from);
      ASSERT_TRUE(std::ranges::all_of(file.substr(from, end - from), [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F;
      }));
      from = end + 2;
    }
    const std::string head = head_of(file);
    std::size_t headers = 0;
    for (std::size_t at = 0; at != std::string::npos; at = head.find("\r\n", at + 1)) {
      const std::size_t start = at == 0 ? 0 : at + 2;
      headers += head[start] != ' ' ? 1 : 0;
    }
    ASSERT_EQ(headers, 7U) << head;
  }
}

TEST(Mail, TheSameContentIsTheSameFile) {
  EXPECT_EQ(mail_file(some("x")), mail_file(some("x")));
  EXPECT_NE(mail_file(some("x")), mail_file(some("y")));
}

}  // namespace
}  // namespace tiebeam::partnership
