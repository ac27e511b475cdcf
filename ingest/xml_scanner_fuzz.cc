// XML: the same tags for every way of handing it over, each closed as it was opened.
#include "ingest/fuzz_support.h"
#include "ingest/xml_scanner.h"

namespace tiebeam {
namespace {

using ingest::XmlScanner;

struct Got {
  std::vector<std::string> tags;  // "3 <event key=value", "3 >event", "3 text"
  std::string fault;
  friend bool operator==(const Got&, const Got&) = default;
};

void take_tag(const XmlScanner& scanner, bool is_open, std::vector<std::string>& names, Got& got) {
  std::string tag = fmt::format("{} {} {}{}", scanner.line(), scanner.depth(), is_open ? '<' : '>',
                                scanner.name());
  for (const std::string_view name : {"key", "value", "a"})
    if (const auto value = scanner.attribute(name)) tag += fmt::format(" {}={}", name, *value);
  got.tags.push_back(std::move(tag));
  if (is_open) names.emplace_back(scanner.name());
  FUZZ_CHECK(scanner.depth() == names.size() && scanner.depth() <= 64);
  FUZZ_CHECK(names.back() == scanner.name());
  if (!is_open) names.pop_back();
}

Got read(std::string_view text, std::size_t piece, bool with_text) {
  ingest::XmlLimits limits;
  limits.with_text = with_text;
  XmlScanner scanner(limits);
  Got got;
  std::vector<std::string> names;
  std::size_t begin = 0, end = std::min(piece, text.size());
  std::string at_hand(text.substr(begin, end - begin));
  scanner.feed(at_hand, end == text.size());
  for (;;) {
    const XmlScanner::Step step = scanner.next();
    switch (step) {
      case XmlScanner::Step::open:
      case XmlScanner::Step::close:
        take_tag(scanner, step == XmlScanner::Step::open, names, got);
        break;
      case XmlScanner::Step::text:
        FUZZ_CHECK(with_text && !names.empty() && is_valid_utf8(scanner.text()));
        got.tags.push_back(fmt::format("{} {}", scanner.line(), scanner.text()));
        break;
      case XmlScanner::Step::need_more:
        FUZZ_CHECK(end < text.size());
        begin += scanner.consumed();
        end = std::min(end + piece, text.size());
        at_hand = std::string(text.substr(begin, end - begin));
        scanner.feed(at_hand, end == text.size());
        break;
      case XmlScanner::Step::fault:
        fuzz::check_error(scanner.fault());
        got.fault = scanner.fault().message;
        return got;
      case XmlScanner::Step::end:
        FUZZ_CHECK(names.empty());
        return got;
    }
  }
}

}  // namespace

FUZZ(input) {
  if (!is_valid_utf8(input)) return;  // the stream before it sees to that
  fuzz::Draw draw(input);
  for (const bool with_text : {false, true}) {
    const Got whole = read(input, input.size(), with_text);
    FUZZ_CHECK(read(input, 1, with_text) == whole, whole.fault);
    FUZZ_CHECK(read(input, 1 + draw.below(64), with_text) == whole, whole.fault);
  }
}

}  // namespace tiebeam
