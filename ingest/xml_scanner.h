// Tags of an XML document in blocks of any size, and the text between them where it is asked for:
// the subset that data exports need. No document type, no entities but the five predefined ones and
// character numbers.
// Because nothing is declared, nothing can expand or be fetched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace tiebeam::ingest {

struct XmlLimits {
  std::size_t depth = 64;
  std::size_t tag_bytes = std::size_t{16} << 20;
  std::size_t attributes = 256;
  bool with_text = false;  // else text is skipped
};

class XmlScanner {
 public:
  // An empty element gives open, then close.
  // Text of one element may come in several pieces: comments and CDATA sections part it.
  enum class Step : std::uint8_t { open, close, text, need_more, end, fault };

  explicit XmlScanner(XmlLimits limits = {}) : limits_(limits) {}

  // REQUIRES: text starts with the bytes of the last text from consumed() on.
  void feed(std::string_view text, bool at_end);
  // Errors (after Step::fault): ingest.doctype, ingest.bad_xml, ingest.truncated, ingest.too_large.
  [[nodiscard]] Step next();
  [[nodiscard]] const Error& fault() const { return *fault_; }
  [[nodiscard]] std::size_t consumed() const { return cursor_; }

  // Of the current tag, until the next call of next() or feed().
  [[nodiscard]] std::string_view name() const { return name_; }  // without a prefix
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view name) const;
  [[nodiscard]] std::string_view text() const { return piece_; }    // after Step::text, decoded
  [[nodiscard]] std::size_t depth() const { return open_.size(); }  // with the current element
  [[nodiscard]] std::uint32_t line() const { return line_; }        // where the tag starts
  [[nodiscard]] std::uint32_t next_line() const { return next_line_; }

 private:
  struct Attribute {
    std::string_view name, value;
  };
  [[nodiscard]] Step read_markup();
  [[nodiscard]] std::optional<Step> skip_past(std::size_t from, std::string_view end);
  [[nodiscard]] std::size_t tag_end() const;
  [[nodiscard]] Step take_text(std::size_t end);
  [[nodiscard]] Step take_cdata();
  [[nodiscard]] Step open_tag(std::string_view inside);
  [[nodiscard]] Step close_tag(std::string_view inside);
  [[nodiscard]] bool read_attributes(std::string_view inside);
  [[nodiscard]] bool decode(std::string_view& value, bool is_attribute = true);
  void advance_to(std::size_t at);
  [[nodiscard]] Step starved();
  Step fail_with(std::string code, std::string what, std::string hint);
  bool broken(std::string what);

  XmlLimits limits_;
  std::string_view text_;
  bool at_end_ = false;
  bool close_is_due_ = false;  // of an empty element
  bool pop_is_due_ = false;    // the element that was closed last
  bool had_root_ = false;
  std::size_t cursor_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t next_line_ = 1;
  std::string_view name_;
  std::string_view piece_;
  std::vector<Attribute> attributes_;
  std::vector<std::string> open_;  // full names of the open elements
  std::string scratch_;            // decoded values of the current tag
  std::optional<Error> fault_;
};

}  // namespace tiebeam::ingest
