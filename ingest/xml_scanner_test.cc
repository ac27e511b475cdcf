#include "ingest/xml_scanner.h"

#include <gtest/gtest.h>

namespace tiebeam::ingest {
namespace {

// "<a k=v> </a>" for every tag, or the code of the fault at the end.
std::string scan(std::string_view text, std::size_t block = 1 << 20, XmlLimits limits = {}) {
  XmlScanner scanner(limits);
  std::string out;
  std::size_t from = 0, to = std::min(block, text.size());
  scanner.feed(text.substr(from, to - from), to == text.size());
  for (;;) {
    switch (scanner.next()) {
      case XmlScanner::Step::open:
        out += "<" + std::string(scanner.name());
        if (const auto value = scanner.attribute("k")) out += " k=" + std::string(*value);
        out += ">";
        break;
      case XmlScanner::Step::close:
        out += "</" + std::string(scanner.name()) + ">";
        break;
      case XmlScanner::Step::text:
        out += "[" + std::string(scanner.text()) + "]";
        break;
      case XmlScanner::Step::need_more:
        from += scanner.consumed();
        to = std::min(to + block, text.size());
        scanner.feed(text.substr(from, to - from), to == text.size());
        break;
      case XmlScanner::Step::end:
        return out;
      case XmlScanner::Step::fault:
        return out + scanner.fault().code + " " + scanner.fault().message;
    }
  }
}

TEST(XmlScanner, GivesTextWhereItIsAskedFor) {
  const XmlLimits with_text{.depth = 64, .tag_bytes = 1000, .attributes = 256, .with_text = true};
  for (const std::size_t block : {1u, 2u, 3u, 7u, 1000u}) {
    EXPECT_EQ(scan("<a>x &lt;<b k='1'/>\n<![CDATA[ <c>&amp; ]]>&#x20AC;<!-- y -->z</a>\n", block,
                   with_text),
              "<a>[x <]<b k=1></b>[\n][ <c>&amp; ][\xE2\x82\xAC][z]</a>");
    EXPECT_TRUE(scan("<a>&x;</a>", block, with_text).contains("ingest.bad_xml"));
    EXPECT_TRUE(scan("<a>" + std::string(5000, 'x') + "</a>", block, with_text)
                    .contains("ingest.too_large"));
  }
}

TEST(XmlScanner, ReadsTagsInBlocksOfAnySize) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<a/>", "<a></a>"},
      {"<?xml version=\"1.0\"?>\n<!-- <x> -->\n<a>text<b k='1'/>more<![CDATA[ <c> ]]></a>\n",
       "<a><b k=1></b></a>"},
      {"<a k=\"x > y\" ></a >", "<a k=x > y></a>"},
      {"<a k = 'say \"hi\"'/>", "<a k=say \"hi\"></a>"},
      {"<n:a k='&lt;&gt;&amp;&apos;&quot;&#65;&#x20AC;'></n:a>", "<a k=<>&'\"A\xE2\x82\xAC></a>"},
      {"<a k='two\nlines'/>", "<a k=two lines></a>"},
  };
  for (const auto& [text, expected] : cases)
    for (const std::size_t block : {1u, 2u, 3u, 7u, 4096u})
      EXPECT_EQ(scan(text, block), expected) << text;
}

TEST(XmlScanner, RefusesWhateverCouldExpandOrFetch) {
  const std::string bomb =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 "
      "\"&lol;&lol;\">]>\n<log>&lol2;</log>";
  const std::string external = "<!DOCTYPE log SYSTEM \"file:///etc/passwd\"><log/>";
  for (const std::size_t block : {1u, 4u, 4096u}) {
    EXPECT_EQ(scan(bomb, block).substr(0, 22), "ingest.doctype line 2:");
    EXPECT_EQ(scan(external, block).substr(0, 22), "ingest.doctype line 1:");
    EXPECT_TRUE(scan("<a><!ENTITY x \"y\"></a>", block).contains("ingest.doctype"));
    EXPECT_TRUE(
        scan("<a k='&xxe;'/>", block).contains("ingest.bad_xml line 1: '&xxe' is not a character"));
  }
}

TEST(XmlScanner, BrokenDocumentsAreToldWithTheLine) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"<a>\n<b></a>", "ingest.bad_xml line 2: </a> ends <b>"},
      {"</a>", "ingest.bad_xml line 1: </a> ends nothing"},
      {"<a>\n", "ingest.truncated line 2: the file ends inside <a>"},
      {"", "ingest.truncated line 1: the file ends before its first element"},
      {"<?xml version='1.0'?>\n<!-- x -->\n", "ingest.truncated line 3: the file ends before"},
      {"<a k='x", "ingest.truncated line 1: the file ends inside a tag"},
      {"<a><!-- x", "ingest.truncated"},
      {"<a/><b/>", "ingest.bad_xml line 1: a second document"},
      {"x<a/>", "ingest.bad_xml line 1: text stands outside"},
      {"\n \n x<a/>", "ingest.bad_xml line 3: text stands outside"},
      {"<a k=1/>", "ingest.bad_xml line 1: the value of 'k' is not in quotes"},
      {"<a k='1' k='2'/>", "ingest.bad_xml line 1: the attribute 'k' stands twice"},
      {"<a k/>", "ingest.bad_xml line 1: an attribute has no value"},
      {"<a k='&#0;'/>", "ingest.bad_xml"},
      {"<a k='&#xD800;'/>", "ingest.bad_xml"},
      {"<a k='&#;'/>", "ingest.bad_xml"},
      {"<a k='&lt'/>", "ingest.bad_xml"},
      {"< a/>", "ingest.bad_xml"},
  };
  for (const auto& [text, expected] : cases)
    for (const std::size_t block : {1u, 3u, 4096u})
      EXPECT_TRUE(scan(text, block).contains(expected)) << text << " -> " << scan(text, block);
}

TEST(XmlScanner, DepthAndSizeAreBounded) {
  std::string deep;
  for (int i = 0; i < 65; ++i) deep += "<a>";
  EXPECT_TRUE(scan(deep).contains("ingest.bad_xml line 1: elements are nested deeper than 64"));
  EXPECT_TRUE(scan("<a k='" + std::string(5000, 'x') + "'/>", 100, {.tag_bytes = 1000})
                  .contains("ingest.too_large"));
  EXPECT_TRUE(scan("<a k='" + std::string(5000, 'x') + "'/>", 10000, {.tag_bytes = 1000})
                  .contains("ingest.too_large"));
  EXPECT_TRUE(
      scan("<a a='' b='' c=''/>", 100, {.attributes = 2}).contains("more than 2 attributes"));
}
}  // namespace
}  // namespace tiebeam::ingest
