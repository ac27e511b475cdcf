#include "ingest/text_stream.h"

#include "ingest/test_support.h"

namespace tiebeam::ingest {
namespace {

struct Got {
  std::string text, code, message;
  Encoding encoding = Encoding::utf8;
};

Got read_stream(std::string_view content, std::size_t block) {
  const TestFile file(content);
  Got got;
  auto source = ByteSource::open(file.path(), block, {}, {});
  auto stream = TextStream::open(*std::move(source), block);
  if (!stream) return got.code = stream.error().code, got;
  std::uint32_t line = 1;
  for (;;) {
    const bool was_end = stream->at_end();
    got.text += stream->text();
    line += static_cast<std::uint32_t>(std::ranges::count(stream->text(), '\n'));
    stream->consume(stream->text().size());
    got.encoding = stream->encoding();
    if (was_end) return got;
    if (auto more = stream->fill(line); !more)
      return got.code = more.error().code, got.message = more.error().message, got;
  }
}

std::string utf16(std::u16string_view text, bool is_big) {
  std::string out;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    out += is_big ? high : low;
    out += is_big ? low : high;
  }
  return out;
}

TEST(TextStream, DecidesTheEncodingByEvidence) {
  const std::u16string wide = u"item;Pr\u00FCfung \u20AC \U0001F600\nA;1\n";
  const std::string narrow =
      "item;Pr\xC3\xBC"
      "fung \xE2\x82\xAC \xF0\x9F\x98\x80\nA;1\n";
  struct Case {
    const char* name;
    std::string content, text;
    Encoding encoding;
  };
  const Case cases[] = {
      {"ASCII", "a,b\n", "a,b\n", Encoding::utf8},
      {"UTF-8", narrow, narrow, Encoding::utf8},
      {"UTF-8 with BOM", "\xEF\xBB\xBF" + narrow, narrow, Encoding::utf8_bom},
      {"UTF-16LE with BOM", "\xFF\xFE" + utf16(wide, false), narrow, Encoding::utf16_le},
      {"UTF-16BE with BOM", "\xFE\xFF" + utf16(wide, true), narrow, Encoding::utf16_be},
      {"UTF-16LE by its NULs", utf16(wide, false), narrow, Encoding::utf16_le},
      {"UTF-16BE by its NULs", utf16(wide, true), narrow, Encoding::utf16_be},
      {"windows-1252",
       "Pr\xFC"
       "fung \x80 \x93x\x94\n",
       "Pr\xC3\xBC"
       "fung \xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D\n",
       Encoding::windows_1252},
      {"windows-1252, last byte", "caf\xE9", "caf\xC3\xA9", Encoding::windows_1252},
      {"nothing", "", "", Encoding::utf8},
  };
  for (const Case& each : cases)
    for (const std::size_t block : {1u, 2u, 3u, 5u, 4096u}) {
      const Got got = read_stream(each.content, block);
      EXPECT_EQ(got.code, "") << each.name << ": " << got.message;
      EXPECT_EQ(got.text, each.text) << each.name << " in blocks of " << block;
      EXPECT_EQ(encoding_name(got.encoding), encoding_name(each.encoding)) << each.name;
    }
}

TEST(TextStream, WindowsLettersFarInTheFileAreFound) {
  const std::string ascii(200'000, 'x');
  for (const std::size_t block : {777u, 4096u, 1u << 20}) {
    const Got got = read_stream(ascii + "\xE4\n" + ascii, block);
    EXPECT_EQ(got.text, ascii + "\xC3\xA4\n" + ascii);
    EXPECT_EQ(got.encoding, Encoding::windows_1252);
  }
}

TEST(TextStream, NulBytesAreRefusedWithTheirLine) {
  const std::string nul(1, '\0');
  for (const std::size_t block : {1u, 3u, 4096u}) {
    const Got got = read_stream("one line of text\nand two\nthree" + nul + "x\n", block);
    EXPECT_EQ(got.code, "ingest.nul_byte");
    EXPECT_TRUE(got.message.contains("line 3")) << got.message;
    EXPECT_EQ(read_stream("caf\xE9 latte\nx" + nul, block).code, "ingest.nul_byte");
    EXPECT_EQ(read_stream("\xFF\xFE" + utf16(std::u16string_view(u"a\n\0b", 4), false), block).code,
              "ingest.nul_byte");
  }
}

TEST(TextStream, TwoEncodingsInOneFileAreRefusedWithTheLine) {
  for (const std::size_t block : {1u, 3u, 4096u}) {
    const Got mixed = read_stream("M\xC3\xBCller\nMaier\nSch\xF6n\n", block);
    EXPECT_EQ(mixed.code, "ingest.bad_encoding");
    EXPECT_TRUE(mixed.message.contains("line 3") && mixed.message.contains("0xF6"))
        << mixed.message;
    EXPECT_EQ(read_stream("\xEF\xBB\xBF"
                          "caf\xE9\n",
                          block)
                  .code,
              "ingest.bad_encoding");
    EXPECT_EQ(read_stream("a\x81 b\n", block).code, "ingest.bad_encoding")
        << "no character of windows-1252";
    EXPECT_EQ(read_stream("\xFF\xFE" + utf16(u"ab", false) + std::string("\x00\xD8", 2) +
                              utf16(u"cd", false),
                          block)
                  .code,
              "ingest.bad_encoding");
    EXPECT_EQ(read_stream("\xFF\xFE"
                          "a",
                          block)
                  .code,
              "ingest.bad_encoding")
        << "half a character at the end";
  }
}

TEST(TextStream, TheSampleDoesNotDependOnTheBlockSize) {
  const TestFile file(std::string(300'000, 'y'));
  for (const std::size_t block : {1000u, 1u << 20}) {
    auto stream = TextStream::open(*ByteSource::open(file.path(), block, {}, {}), block);
    ASSERT_TRUE(stream.has_value());
    EXPECT_GE(stream->text().size(), TextStream::kSample);
  }
}
}  // namespace
}  // namespace tiebeam::ingest
