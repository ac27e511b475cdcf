#include "server/wire.h"

#include <gtest/gtest.h>

namespace tiebeam::server {
namespace {

Request target(std::string text) {
  Request out;
  out.target = std::move(text);
  return out;
}
Request with(Pairs headers) {
  Request out;
  out.headers = std::move(headers);
  return out;
}

TEST(Wire, ATargetIsPathSegmentsAndQuery) {
  Request request = target("/api/v1/a%20b/%C3%A4?x=1&flag&y=a+b%2Bc&empty=&x=2");
  ASSERT_TRUE(read_target(request));
  EXPECT_EQ(request.path, "/api/v1/a%20b/%C3%A4");
  EXPECT_EQ(request.segments, (std::vector<std::string>{"api", "v1", "a b", "\xc3\xa4"}));
  EXPECT_EQ(request.query,
            (Pairs{{"x", "1"}, {"flag", ""}, {"y", "a b+c"}, {"empty", ""}, {"x", "2"}}));
}

TEST(Wire, TheRootHasNoSegments) {
  for (const auto* text : {"/", "/?", "/?&"}) {
    Request request = target(text);
    ASSERT_TRUE(read_target(request)) << text;
    EXPECT_TRUE(request.segments.empty());
    EXPECT_TRUE(request.query.empty());
  }
  Request slash = target("/a/");
  ASSERT_TRUE(read_target(slash));
  EXPECT_EQ(slash.segments, (std::vector<std::string>{"a", ""}));
  Request plus = target("/a+b");
  ASSERT_TRUE(read_target(plus));
  EXPECT_EQ(plus.segments[0], "a+b");
}

TEST(Wire, TricksInATargetAreRefused) {
  for (const auto* text :
       {"",       "a",      "*",     "/%",      "/%1",     "/%1g",    "/%00",
        "/a%2Fb", "/a%5Cb", "/..",   "/%2e%2e", "/.",      "/a//b",   "//",
        "/%ff",   "/%0a",   "/?%zz", "/?a=%",   "/?a=%00", "/?%00=a", "/?a=%ff"}) {
    Request request = target(text);
    const auto read = read_target(request);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, "http.malformed");
  }
}

TEST(Wire, TheFileNameOfADisposition) {
  const struct {
    const char* said;
    const char* name;
  } rows[] = {{"", ""},
              {"attachment", ""},
              {"attachment; filename=a.csv", "a.csv"},
              {"attachment; filename=\"a; b.csv\"; size=3", "a; b.csv"},
              {"Attachment;FileName=\"a\\\"b.csv\"", "a\"b.csv"},
              {"form-data; name=\"file\"; filename=\"C:\\exports\\a.csv\"", "C:\\exports\\a.csv"},
              {"attachment; filename=\"a.csv\"; filename*=UTF-8''%C3%A4%20b.csv", "\u00e4 b.csv"},
              {"attachment; filename*=UTF-8'de'x.csv; filename=a.csv", "x.csv"},
              {"attachment; filename*=UTF-8''%FF.csv; filename=a.csv", "a.csv"},
              {"attachment; filename=\"never closed", "never closed"},
              {"attachment; filename", ""},
              {";;;=;=", ""}};
  for (const auto& row : rows) EXPECT_EQ(file_name_in(row.said), row.name) << row.said;
}

TEST(Wire, BytesThatNoHeadMayHold) {
  EXPECT_FALSE(head_byte_fault("GET / HTTP/1.1\r\nA: \xc3\xa4\t\r\n\r\n"));
  EXPECT_TRUE(head_byte_fault("a\nb"));
  EXPECT_TRUE(head_byte_fault("\n"));
  EXPECT_FALSE(head_byte_fault("\n", '\r'));
  EXPECT_TRUE(head_byte_fault(std::string_view("a\0b", 3)));
  EXPECT_TRUE(head_byte_fault("\x7f"));
  EXPECT_TRUE(head_byte_fault("\x0b"));
}

TEST(Wire, LinesThatNoHeadMayHold) {
  EXPECT_FALSE(head_line_fault("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_FALSE(head_line_fault("PATCH /a?b HTTP/1.0\r\nA:\r\nB: c d\r\n\r\n"));
  for (const auto* head :
       {"", "GET / HTTP/1.1\r\n", "\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\n A: b\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", "GET / HTTP/1.1\r\nA : b\r\n\r\n",
        "GET / HTTP/1.1\r\nA\r\n\r\n", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", "GET / HTTP/2\r\n\r\n",
        "GET http://h/ HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\n\r\n\r\n"}) {
    EXPECT_TRUE(head_line_fault(head)) << head;
  }
}

TEST(Wire, FieldsThatContradictEachOther) {
  EXPECT_FALSE(field_fault(with({{"host", "h"}}), true));
  EXPECT_FALSE(field_fault(with({}), false));
  EXPECT_FALSE(field_fault(with({{"host", "[::1]:80"}, {"content-length", "12"}}), true));
  EXPECT_FALSE(field_fault(with({{"host", "h"}, {"transfer-encoding", "Chunked"}}), true));
  EXPECT_FALSE(field_fault(with({{"host", "h"}, {"accept", "a"}, {"accept", "b"}}), true));
  EXPECT_TRUE(field_fault(with({}), true));
  EXPECT_TRUE(field_fault(with({{"host", "a"}, {"host", "a"}}), false));
  EXPECT_TRUE(field_fault(with({{"host", "a b"}}), true));
  EXPECT_TRUE(field_fault(with({{"host", "h"}, {"content-length", "0x1"}}), true));
  EXPECT_TRUE(field_fault(with({{"transfer-encoding", "chunked"}}), false));
  EXPECT_TRUE(field_fault(with({{"host", "h"}, {"origin", "a"}, {"origin", "b"}}), true));
}

TEST(Wire, MethodsAreReadAsTheyAreWritten) {
  EXPECT_EQ(method_of("DELETE"), Method::del);
  for (const auto* name : {"delete", "PATCH", "", "OTHER"}) {
    EXPECT_EQ(method_of(name), Method::other) << name;
  }
}

TEST(Wire, AnAnswersHead) {
  Response response;
  response.status = 404;
  response.headers = {{"X-A", "one\r\nX-B: two"}, {"bad name", "x"}};
  response.body = Body("four");
  EXPECT_EQ(answer_head(response, {.keeps_open = true}),
            "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nX-A: one  X-B: two\r\n"
            "Content-Length: 4\r\n\r\n");
  Response none;
  none.status = 204;
  EXPECT_EQ(answer_head(none, {}), "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(sends_body(response, {}));
  EXPECT_FALSE(sends_body(response, {.is_head_request = true}));
}

}  // namespace
}  // namespace tiebeam::server
