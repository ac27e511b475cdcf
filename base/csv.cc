#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tiebeam {
namespace {
constexpr std::size_t kNone = std::string_view::npos;

// Bit i is set when byte i of the 64 at `p` is one of the four.
std::uint64_t marks_of(const char* p, char delimiter, char other_end) {
  std::uint64_t marks = 0;
#if defined(__SSE2__)
  const __m128i comma = _mm_set1_epi8(delimiter), quote = _mm_set1_epi8('"');
  const __m128i feed = _mm_set1_epi8('\n'), other = _mm_set1_epi8(other_end);
  for (int i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * i));
    const __m128i a = _mm_or_si128(_mm_cmpeq_epi8(bytes, comma), _mm_cmpeq_epi8(bytes, quote));
    const __m128i b = _mm_or_si128(_mm_cmpeq_epi8(bytes, feed), _mm_cmpeq_epi8(bytes, other));
    const auto here = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(a, b)));
    marks |= static_cast<std::uint64_t>(here) << (16 * i);
  }
#else
  for (int i = 0; i < 64; ++i) {
    const bool is_mark = p[i] == delimiter || p[i] == '"' || p[i] == '\n' || p[i] == other_end;
    marks |= static_cast<std::uint64_t>(is_mark) << i;
  }
#endif
  return marks;
}
}  // namespace

CsvTokenizer::CsvTokenizer(CsvDialect dialect, CsvLimits limits)
    : dialect_(dialect), limits_(limits), ends_(std::min<std::size_t>(64, limits.columns)) {}

void CsvTokenizer::feed(std::string_view text, bool at_end) {
  text_ = text;
  at_end_ = at_end;
  cursor_ = mark_base_ = 0;
  marks_ = text.empty() ? 0 : marks_at(0);
}

std::uint64_t CsvTokenizer::marks_at(std::size_t offset) const {
  const char other_end = dialect_.cr_ends_line ? '\r' : '\n';
  const std::size_t left = text_.size() - offset;
  if (left >= 64) return marks_of(text_.data() + offset, dialect_.delimiter, other_end);
  char padded[64] = {};
  std::memcpy(padded, text_.data() + offset, left);
  return marks_of(padded, dialect_.delimiter, other_end);
}

std::size_t CsvTokenizer::next_mark() {
  while (marks_ == 0) {
    if (mark_base_ + 64 >= text_.size()) return kNone;
    mark_base_ += 64;
    marks_ = marks_at(mark_base_);
  }
  const std::size_t at = mark_base_ + static_cast<std::size_t>(std::countr_zero(marks_));
  marks_ &= marks_ - 1;
  return at;
}

CsvTokenizer::Step CsvTokenizer::fail_with(const char* code, std::string message,
                                           std::string hint) {
  fault_ = Error{Kind::invalid, code, std::move(message), {}, std::move(hint), {}};
  return Step::fault;
}

bool CsvTokenizer::push_end(std::size_t end) {
  if (fields_ == ends_.size()) {
    if (fields_ >= limits_.columns) return false;
    ends_.resize(std::min(ends_.size() * 2, limits_.columns));
  }
  ends_[fields_++] = end;
  return true;
}

// From the quote that opens a field past the one that closes it.
CsvTokenizer::Quoted CsvTokenizer::skip_quoted(std::size_t opening) {
  quote_line_ = next_line_;
  has_quotes_ = true;
  for (std::size_t at = next_mark(); at != kNone; at = next_mark()) {
    const char c = text_[at];
    if (c == '\n' && dialect_.cr_ends_line && text_[at - 1] == '\r')
      continue;  // CRLF is one line break
    if (ends_line(c)) ++next_line_;
    if (c != '"' || at == opening) continue;
    if (!text_.substr(at + 1).starts_with('"')) return behind_quote(at + 1);
    (void)next_mark();  // a doubled quote is one quote of the text
  }
  return Quoted::open;
}

// Behind a closing quote stands the end of the field: a CR alone is none.
CsvTokenizer::Quoted CsvTokenizer::behind_quote(std::size_t at) const {
  const std::string_view rest = text_.substr(at, 2);
  if (rest.empty() || (rest == "\r" && !dialect_.cr_ends_line))
    return at_end_ ? Quoted::closed : Quoted::open;
  const bool is_end = rest[0] == dialect_.delimiter || ends_line(rest[0]) || rest == "\r\n";
  return is_end ? Quoted::closed : Quoted::broken;
}

CsvTokenizer::Step CsvTokenizer::too_wide() {
  return fail_with("csv.too_wide",
                   fmt::format("line {} has more than {} columns", line_, limits_.columns),
                   "check the delimiter: a table of work items has a few dozen columns");
}

CsvTokenizer::Step CsvTokenizer::too_long() {
  return fail_with("csv.too_long",
                   fmt::format("line {} is longer than {} bytes", line_, limits_.record_bytes),
                   "check that this is a text export and that its lines end with a line break");
}

// No end of the record in sight: more text may bring it, unless there is none or it is too much.
CsvTokenizer::Step CsvTokenizer::starved(bool in_quotes) {
  const bool is_long = text_.size() - start_ > limits_.record_bytes;
  if (in_quotes && (at_end_ || is_long))
    return fail_with("csv.open_quote",
                     fmt::format("line {}: a quote opens here and is never closed", quote_line_),
                     "close the quote, or write a quote inside a quoted field twice");
  if (is_long) return too_long();
  if (at_end_)
    return start_ == text_.size() ? Step::end : finish_record(text_.size(), text_.size());
  next_line_ = line_;
  return Step::need_more;
}

CsvTokenizer::Step CsvTokenizer::finish_record(std::size_t end, std::size_t resume) {
  if (end > start_ && text_[end - 1] == '\r' && (fields_ == 0 || ends_[fields_ - 1] + 1 < end))
    --end;
  if (!push_end(end)) return too_wide();
  if (resume - start_ > limits_.record_bytes) return too_long();
  cursor_ = resume;
  if (has_quotes_) unquote();
  return Step::record;
}

// The ends of fields that are marked already, up to another mark: what almost every field has.
void CsvTokenizer::take_delimiters() {
  std::uint64_t marks = marks_;
  std::size_t* const ends = ends_.data();
  std::size_t fields = fields_;
  for (const std::size_t most = ends_.size(); marks != 0 && fields < most; marks &= marks - 1) {
    const std::size_t at = mark_base_ + static_cast<std::size_t>(std::countr_zero(marks));
    if (text_[at] != dialect_.delimiter) break;
    ends[fields++] = at;
  }
  marks_ = marks;
  fields_ = fields;
}

CsvTokenizer::Step CsvTokenizer::read_record() {
  for (;;) {
    take_delimiters();
    const std::size_t at = next_mark();
    if (at == kNone) return starved(false);
    const char c = text_[at];
    const std::size_t field_start = fields_ == 0 ? start_ : ends_[fields_ - 1] + 1;
    if (c == dialect_.delimiter) {
      if (!push_end(at)) return too_wide();
    } else if (c != '"') {
      if (c == '\r' || !(after_cr_ && at == start_)) ++next_line_;
      after_cr_ = c == '\r';
      return finish_record(at, at + 1);
    } else if (at == field_start) {
      const Quoted quoted = skip_quoted(at);
      if (quoted == Quoted::open) return starved(true);
      if (quoted == Quoted::broken)
        return fail_with("csv.text_after_quote",
                         fmt::format("line {}: a quote opens here and text follows the closing one",
                                     quote_line_),
                         "write a quote inside a quoted field twice");
    }
  }
}

CsvTokenizer::Step CsvTokenizer::next() {
  for (;;) {
    start_ = cursor_;
    line_ = next_line_;
    fields_ = 0;
    has_quotes_ = false;
    const Step step = read_record();
    const bool is_empty_line = step == Step::record && fields_ == 1 && ends_[0] == start_;
    if (!is_empty_line) return step;
  }
}

// Takes the quotes off. Scratch gets room for the whole record first, so that views into it stay.
void CsvTokenizer::unquote() {
  scratch_.clear();
  scratch_.reserve(cursor_ - start_);
  unquoted_.resize(std::max(unquoted_.size(), fields_));
  for (std::size_t i = 0; i < fields_; ++i) {
    std::string_view text = raw(i);
    if (!text.empty() && text.front() == '"') {
      text = text.substr(1, text.size() - 2);
      if (text.find('"') != kNone) {
        const std::size_t from = scratch_.size();
        for (std::size_t k = 0; k < text.size(); k += text[k] == '"' ? 2 : 1)
          scratch_.push_back(text[k]);
        text = {scratch_.data() + from, scratch_.size() - from};
      }
    }
    unquoted_[i] = text;
  }
}

std::string_view CsvTokenizer::joined(char separator) {
  if (!has_quotes_) {
    const std::size_t bytes = ends_[fields_ - 1] - start_;
    // Whole steps of the loop, where the text has as much: what is too much is not looked at.
    const std::size_t copied = std::min((bytes + 15) / 16 * 16, text_.size() - start_);
    if (joined_.size() < copied) joined_.resize(copied);
    const char* const from = text_.data() + start_;
    const char delimiter = dialect_.delimiter;
    std::transform(from, from + copied, joined_.begin(),
                   [=](char c) { return c == delimiter ? separator : c; });
    return {joined_.data(), bytes};
  }
  joined_.clear();
  for (std::size_t i = 0; i < fields_; ++i) {
    if (i > 0) joined_.push_back(separator);
    joined_.insert(joined_.end(), unquoted_[i].begin(), unquoted_[i].end());
  }
  return {joined_.data(), joined_.size()};
}

bool CsvTokenizer::has_only_blanks() const {
  for (std::size_t i = 0; i < fields_; ++i)
    if (field(i).find_first_not_of(" \t") != kNone) return false;
  return true;
}

}  // namespace tiebeam
