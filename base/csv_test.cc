#include "base/csv.h"

#include <gtest/gtest.h>

#include <random>

namespace tiebeam {
namespace {
using Rows = std::vector<std::vector<std::string>>;
using Step = CsvTokenizer::Step;

struct Read {
  Rows rows;
  std::vector<std::uint32_t> lines;
  std::string code;  // of the fault
  std::string message;
};

// Reads `text` in blocks of `block` bytes.
Read read(std::string_view text, CsvDialect dialect = {}, std::size_t block = 1 << 20,
          CsvLimits limits = {}) {
  Read out;
  CsvTokenizer tokenizer(dialect, limits);
  std::size_t from = 0, to = std::min(block, text.size());
  tokenizer.feed(text.substr(from, to - from), to == text.size());
  for (;;) {
    const Step step = tokenizer.next();
    if (step == Step::record) {
      out.lines.push_back(tokenizer.line());
      out.rows.emplace_back();
      for (std::size_t i = 0; i < tokenizer.fields(); ++i)
        out.rows.back().emplace_back(tokenizer.field(i));
    } else if (step == Step::need_more) {
      from += tokenizer.consumed();
      to = std::min(to + block, text.size());
      tokenizer.feed(text.substr(from, to - from), to == text.size());
    } else {
      if (step == Step::fault)
        out.code = tokenizer.fault().code, out.message = tokenizer.fault().message;
      return out;
    }
  }
}

TEST(Csv, ReadsEveryWayOfWritingARecord) {
  struct Case {
    const char* name;
    std::string text;
    Rows rows;
    CsvDialect dialect = {};
  };
  const Case cases[] = {
      {"plain", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
      {"no break at the end", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
      {"CRLF", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"CR", "a,b\rc,d\r", {{"a", "b"}, {"c", "d"}}, {',', true}},
      {"CR dialect with CRLF", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}, {',', true}},
      {"empty fields", ",\n,,\n", {{"", ""}, {"", "", ""}}},
      {"empty lines", "\n\na\n\r\n\nb\n\n", {{"a"}, {"b"}}},
      {"quotes", "\"a\",\"b,c\"\n", {{"a", "b,c"}}},
      {"line break in quotes", "\"a\nb\",c\n", {{"a\nb", "c"}}},
      {"doubled quotes", "\"say \"\"hi\"\"\",\"\"\"\"\n", {{"say \"hi\"", "\""}}},
      {"empty quotes", "\"\",x\n", {{"", "x"}}},
      {"quote in text", "5\" disk,a\"b\n", {{"5\" disk", "a\"b"}}},
      {"quoted and CRLF", "a,\"b\"\r\n\"c\",d\r\n", {{"a", "b"}, {"c", "d"}}},
      {"quoted at the end of the text", "a,\"b\"", {{"a", "b"}}},
      {"semicolons", "a;b,c\n", {{"a", "b,c"}}, {';'}},
      {"tabs", "a\tb\n", {{"a", "b"}}, {'\t'}},
      {"nothing", "", {}},
  };
  for (const Case& each : cases)
    for (const std::size_t block : {1u, 2u, 3u, 64u, 4096u}) {
      const Read got = read(each.text, each.dialect, block);
      EXPECT_EQ(got.rows, each.rows) << each.name << " in blocks of " << block;
      EXPECT_EQ(got.code, "") << each.name;
    }
}

TEST(Csv, NamesTheLineOnWhichARecordStarts) {
  for (const std::size_t block : {1u, 5u, 4096u}) {
    EXPECT_EQ(read("h\n\"a\nb\nc\",d\n\nx\n", {}, block).lines,
              (std::vector<std::uint32_t>{1, 2, 6}));
    EXPECT_EQ(read("h\r\"a\rb\",d\r\rx\r", {',', true}, block).lines,
              (std::vector<std::uint32_t>{1, 2, 5}));
    EXPECT_EQ(read("h\r\na\r\nb\r\n", {',', true}, block).lines,
              (std::vector<std::uint32_t>{1, 2, 3}));
  }
}

TEST(Csv, ABrokenQuoteNamesTheLineWhereItOpened) {
  for (const std::size_t block : {1u, 7u, 4096u}) {
    const Read open = read("a,b\nc,\"d\ne,f\ng,h\n", {}, block);
    EXPECT_EQ(open.code, "csv.open_quote");
    EXPECT_EQ(open.message, "line 2: a quote opens here and is never closed");
    EXPECT_EQ(open.rows.size(), 1u);
    const Read text = read("a,b\n\"x\ny\" z,d\n", {}, block);
    EXPECT_EQ(text.code, "csv.text_after_quote");
    EXPECT_EQ(text.message, "line 2: a quote opens here and text follows the closing one");
    EXPECT_EQ(read("\"x\"\rz\r\n", {}, block).code, "csv.text_after_quote") << "no CR is lost";
    EXPECT_EQ(read("\"x\"\r", {}, block).rows, (Rows{{"x"}})) << "one at the very end";
  }
}

TEST(Csv, RefusesWhatIsTooWideOrTooLong) {
  const CsvLimits limits{.columns = 100, .record_bytes = 1000};
  for (const std::size_t block : {1u, 64u, 4096u}) {
    EXPECT_EQ(read(std::string(99, ',') + "\n", {}, block, limits).rows.size(), 1u);
    EXPECT_EQ(read(std::string(100, ',') + "\n", {}, block, limits).code, "csv.too_wide");
    EXPECT_EQ(read("a,b,c\n", {}, block, {.columns = 2}).code, "csv.too_wide");
    EXPECT_EQ(read(std::string(990, 'x') + "\n", {}, block, limits).rows.size(), 1u);
    EXPECT_EQ(read(std::string(1001, 'x') + "\n", {}, block, limits).code, "csv.too_long");
    EXPECT_EQ(read(std::string(1001, 'x'), {}, block, limits).code, "csv.too_long");
  }
  EXPECT_EQ(read("\"" + std::string(2000, 'x'), {}, 64, limits).code, "csv.open_quote");
}

TEST(Csv, JoinedFieldsDoNotDependOnDelimiterOrQuoting) {
  const auto joined = [](std::string_view text, char delimiter) {
    CsvTokenizer tokenizer(CsvDialect{delimiter});
    tokenizer.feed(text, true);
    EXPECT_EQ(tokenizer.next(), Step::record);
    return std::string(tokenizer.joined('|'));
  };
  EXPECT_EQ(joined("a,b,c\n", ','), "a|b|c");
  EXPECT_EQ(joined("a;b;c\r\n", ';'), "a|b|c");
  EXPECT_EQ(joined("\"a\",b,\"c\"\n", ','), "a|b|c");
  EXPECT_EQ(joined("\"x\"\"y\",b\n", ','), "x\"y|b");
}

TEST(Csv, ViewsOfAllFieldsHoldTogether) {
  CsvTokenizer tokenizer;
  tokenizer.feed("\"a\"\"1\",\"b\"\"2\",\"c\"\"3\"\n", true);
  ASSERT_EQ(tokenizer.next(), Step::record);
  const std::string_view a = tokenizer.field(0), b = tokenizer.field(1), c = tokenizer.field(2);
  EXPECT_EQ(a, "a\"1");
  EXPECT_EQ(b, "b\"2");
  EXPECT_EQ(c, "c\"3");
}

TEST(Csv, AMovedTokenizerKeepsItsRecord) {
  const std::string text = "\"a\"\"b\",c\n";
  auto first = std::make_unique<CsvTokenizer>();
  first->feed(text, true);
  ASSERT_EQ(first->next(), CsvTokenizer::Step::record);
  const CsvTokenizer second = std::move(*first);
  first.reset();
  EXPECT_EQ(second.field(0), "a\"b");
  EXPECT_EQ(second.field(1), "c");
}

TEST(Csv, AnyTableComesBackWhateverTheBlockSize) {
  std::mt19937_64 rng(20260301);
  const auto below = [&](std::uint64_t n) { return rng() % n; };
  constexpr std::string_view alphabet = "ab,;\"\n\r x";
  for (int round = 0; round < 300; ++round) {
    Rows rows(1 + below(5));
    std::string text;
    for (auto& row : rows) {
      row.resize(2 + below(4));
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::size_t length = below(7);
        for (std::size_t k = 0; k < length; ++k) row[i] += alphabet[below(alphabet.size())];
        const bool needs_quotes =
            row[i].find_first_of(",\"\r\n") != std::string::npos || below(3) == 0;
        std::string written = row[i];
        for (std::size_t at = 0; needs_quotes && (at = written.find('"', at)) != std::string::npos;
             at += 2)
          written.insert(at, "\"");
        text += (i ? "," : "") + (needs_quotes ? "\"" + written + "\"" : written);
      }
      text += below(2) ? "\n" : "\r\n";
    }
    const Read whole = read(text);
    ASSERT_EQ(whole.rows, rows) << text;
    for (const std::size_t block : {1u, 2u, 3u, 17u, 63u, 64u, 65u}) {
      const Read parts = read(text, {}, block);
      ASSERT_EQ(parts.rows, rows) << text;
      ASSERT_EQ(parts.lines, whole.lines) << text;
    }
  }
}
}  // namespace
}  // namespace tiebeam
