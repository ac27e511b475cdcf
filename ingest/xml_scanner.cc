#include "ingest/xml_scanner.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace tiebeam::ingest {
namespace {
constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kBlanks = " \t\r\n";
constexpr const char* kXmlHint = "export the log again, or check it with xmllint --noout";
constexpr const char* kEndHint = "fetch or export the file again: the end is missing";

std::string_view without_prefix(std::string_view name) { return name.substr(name.find(':') + 1); }

// Reads a name from the front of `text`.
std::string_view take_name(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_of(" \t\r\n=/>\"'<&"), text.size());
  const std::string_view name = text.substr(0, end);
  text.remove_prefix(end);
  return name;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
}

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&](std::uint32_t bits) {
    out += static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6)), put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12)), put(0x80 | ((point >> 6) & 0x3F)), put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18)), put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F)), put(0x80 | (point & 0x3F));
  }
}

// The character that "#65" or "#x41" stands for; nothing when it is none that text may hold.
std::optional<std::uint32_t> character_of(std::string_view number) {
  number.remove_prefix(1);
  const bool is_hex = number.starts_with('x');
  if (is_hex) number.remove_prefix(1);
  std::uint32_t point = 0;
  const auto [end, fault] =
      std::from_chars(number.data(), number.data() + number.size(), point, is_hex ? 16 : 10);
  const bool is_whole =
      fault == std::errc{} && end == number.data() + number.size() && !number.empty();
  const bool is_allowed = point != 0 && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
  return is_whole && is_allowed ? std::optional(point) : std::nullopt;
}

std::optional<std::uint32_t> entity_of(std::string_view name) {
  if (name.starts_with('#')) return character_of(name);
  constexpr std::pair<std::string_view, char> known[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"apos", '\''}, {"quot", '"'}};
  for (const auto& [each, c] : known)
    if (name == each) return static_cast<std::uint32_t>(c);
  return std::nullopt;
}
}  // namespace

void XmlScanner::feed(std::string_view text, bool at_end) {
  text_ = text;
  at_end_ = at_end;
  cursor_ = 0;
}

XmlScanner::Step XmlScanner::fail_with(std::string code, std::string what, std::string hint) {
  fault_ = Error{Kind::invalid,
                 std::move(code),
                 fmt::format("line {}: {}", line_, what),
                 {},
                 std::move(hint),
                 {}};
  return Step::fault;
}

bool XmlScanner::broken(std::string what) {
  (void)fail_with("ingest.bad_xml", std::move(what), kXmlHint);
  return false;
}

void XmlScanner::advance_to(std::size_t at) {
  next_line_ +=
      static_cast<std::uint32_t>(std::ranges::count(text_.substr(cursor_, at - cursor_), '\n'));
  cursor_ = at;
}

// The current markup does not end in the text at hand.
XmlScanner::Step XmlScanner::starved() {
  const bool is_tag = text_.substr(cursor_).starts_with('<');
  if (text_.size() - cursor_ > limits_.tag_bytes)
    return fail_with(
        "ingest.too_large",
        fmt::format("a {} is longer than {} MB", is_tag ? "tag" : "text", limits_.tag_bytes >> 20),
        kXmlHint);
  if (!at_end_) return Step::need_more;
  return fail_with("ingest.truncated", "the file ends inside a tag", kEndHint);
}

XmlScanner::Step XmlScanner::next() {
  if (pop_is_due_) {
    open_.pop_back();
    pop_is_due_ = false;
  }
  if (close_is_due_) {
    close_is_due_ = false;
    pop_is_due_ = true;
    return Step::close;
  }
  for (;;) {
    const std::size_t tag = text_.find('<', cursor_);
    const std::string_view between = text_.substr(cursor_, tag == kNone ? kNone : tag - cursor_);
    const std::size_t text = open_.empty() ? between.find_first_not_of(kBlanks) : kNone;
    if (text != kNone) {
      advance_to(cursor_ + text);
      line_ = next_line_;
      return fail_with("ingest.bad_xml", "text stands outside the document's element", kXmlHint);
    }
    if (limits_.with_text && !open_.empty() && !between.empty()) {
      if (tag == kNone && (!at_end_ || between.size() > limits_.tag_bytes)) return starved();
      return take_text(tag == kNone ? text_.size() : tag);
    }
    advance_to(tag == kNone ? text_.size() : tag);
    line_ = next_line_;
    if (tag != kNone) {
      const Step step = read_markup();
      if (step != Step::end) return step;
      continue;  // a comment or the like
    }
    if (!at_end_) return Step::need_more;
    if (!open_.empty())
      return fail_with("ingest.truncated",
                       fmt::format("the file ends inside <{}>", shown(open_.back())), kEndHint);
    if (!had_root_)
      return fail_with("ingest.truncated", "the file ends before its first element", kEndHint);
    return Step::end;
  }
}

// The text up to `end`.
XmlScanner::Step XmlScanner::take_text(std::size_t end) {
  line_ = next_line_;
  piece_ = text_.substr(cursor_, end - cursor_);
  scratch_.clear();
  scratch_.reserve(piece_.size());
  if (!decode(piece_, false)) return Step::fault;
  advance_to(end);
  return Step::text;
}

XmlScanner::Step XmlScanner::take_cdata() {
  constexpr std::size_t kOpening = 9, kClosing = 3;
  const std::size_t from = cursor_;
  const Step step = *skip_past(cursor_ + kOpening, "]]>");
  if (step != Step::end || !limits_.with_text || open_.empty()) return step;
  piece_ = text_.substr(from + kOpening, cursor_ - from - kOpening - kClosing);
  return piece_.empty() ? Step::end : Step::text;
}

// Past `end`, searched from `from`: Step::end when it is found.
std::optional<XmlScanner::Step> XmlScanner::skip_past(std::size_t from, std::string_view end) {
  const std::size_t at = from <= text_.size() ? text_.find(end, from) : kNone;
  if (at == kNone) return starved();
  advance_to(at + end.size());
  return Step::end;
}

// Position of the '>' that ends the tag at the cursor; one in quotes does not.
std::size_t XmlScanner::tag_end() const {
  for (std::size_t at = cursor_ + 1; at < text_.size(); ++at) {
    at = text_.find_first_of(">\"'", at);
    if (at == kNone || text_[at] == '>') return at;
    at = text_.find(text_[at], at + 1);
    if (at == kNone) return at;
  }
  return kNone;
}

// Step::end: nothing to tell of, go on.
XmlScanner::Step XmlScanner::read_markup() {
  const std::string_view ahead = text_.substr(cursor_, 9);
  if (ahead.starts_with("<?")) return *skip_past(cursor_ + 2, "?>");
  if (ahead.starts_with("<!--")) return *skip_past(cursor_ + 4, "-->");
  if (ahead.starts_with("<![CDATA[")) return take_cdata();
  if (ahead.starts_with("<!")) {
    if (ahead.size() < 9 && !at_end_) return Step::need_more;
    return fail_with("ingest.doctype",
                     "a document type declaration stands here: it could expand or fetch anything",
                     "remove the <!DOCTYPE ...> of the file; event logs need none");
  }
  const std::size_t end = tag_end();
  if (end == kNone) return starved();
  if (end - cursor_ > limits_.tag_bytes)
    return fail_with("ingest.too_large",
                     fmt::format("a tag is longer than {} MB", limits_.tag_bytes >> 20), kXmlHint);
  const std::string_view inside = text_.substr(cursor_ + 1, end - cursor_ - 1);
  const Step step = inside.starts_with('/') ? close_tag(inside.substr(1)) : open_tag(inside);
  if (step != Step::fault) advance_to(end + 1);
  return step;
}

XmlScanner::Step XmlScanner::open_tag(std::string_view inside) {
  close_is_due_ = inside.ends_with('/');
  if (close_is_due_) inside.remove_suffix(1);
  const std::string_view full = take_name(inside);
  if (full.empty())
    return fail_with("ingest.bad_xml", "a '<' stands here that starts no tag", kXmlHint);
  if (open_.empty() && had_root_)
    return fail_with("ingest.bad_xml", "a second document starts here", kXmlHint);
  if (open_.size() == limits_.depth)
    return fail_with("ingest.bad_xml",
                     fmt::format("elements are nested deeper than {}", limits_.depth), kXmlHint);
  if (!read_attributes(inside)) return Step::fault;
  had_root_ = true;
  open_.emplace_back(full);
  name_ = without_prefix(full);
  return Step::open;
}

XmlScanner::Step XmlScanner::close_tag(std::string_view inside) {
  const std::string_view full = trim(inside);
  if (open_.empty() || open_.back() != full)
    return fail_with("ingest.bad_xml",
                     fmt::format("</{}> ends {}", shown(full),
                                 open_.empty() ? std::string("nothing")
                                               : fmt::format("<{}>", shown(open_.back()))),
                     kXmlHint);
  name_ = without_prefix(full);
  attributes_.clear();
  pop_is_due_ = true;
  return Step::close;
}

bool XmlScanner::read_attributes(std::string_view inside) {
  attributes_.clear();
  scratch_.clear();
  scratch_.reserve(inside.size());  // decoded values are never longer: views into it stay
  for (skip_blanks(inside); !inside.empty(); skip_blanks(inside)) {
    const std::string_view name = take_name(inside);
    skip_blanks(inside);
    if (name.empty() || !inside.starts_with('=')) return broken("an attribute has no value");
    inside.remove_prefix(1);
    skip_blanks(inside);
    const char quote = inside.empty() ? '\0' : inside.front();
    const std::size_t end = quote == '"' || quote == '\'' ? inside.find(quote, 1) : kNone;
    if (end == kNone) return broken(fmt::format("the value of '{}' is not in quotes", shown(name)));
    std::string_view value = inside.substr(1, end - 1);
    inside.remove_prefix(end + 1);
    if (attribute(name))
      return broken(fmt::format("the attribute '{}' stands twice in a tag", shown(name)));
    if (attributes_.size() == limits_.attributes)
      return broken(fmt::format("a tag has more than {} attributes", limits_.attributes));
    if (!decode(value)) return false;
    attributes_.push_back({name, value});
  }
  return true;
}

// Entities to characters; line breaks of an attribute to blanks.
bool XmlScanner::decode(std::string_view& value, bool is_attribute) {
  if (value.find_first_of(is_attribute ? "&\r\n\t<" : "&") == kNone) return true;
  const std::size_t from = scratch_.size();
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '<') return broken("a '<' stands in a value");
    if (c != '&') {
      scratch_ += is_attribute && (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
      continue;
    }
    const std::size_t end = value.find(';', i);
    const std::string_view name = value.substr(i + 1, end == kNone ? 20 : end - i - 1);
    const auto point = end == kNone ? std::nullopt : entity_of(name);
    if (!point)
      return broken(fmt::format(
          "'&{}' is not a character: only &lt; &gt; &amp; &apos; &quot; and numbers are",
          shown(name, 30)));
    append_utf8(scratch_, *point);
    i = end;
  }
  value = std::string_view(scratch_).substr(from);
  return true;
}

std::optional<std::string_view> XmlScanner::attribute(std::string_view name) const {
  for (const Attribute& each : attributes_)
    if (each.name == name) return each.value;
  return std::nullopt;
}

}  // namespace tiebeam::ingest
