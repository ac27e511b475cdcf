#include "store/packed_column.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <vector>

#include "model/event_table.h"

namespace tiebeam::store {
namespace {

constexpr unsigned kDelta = 1, kHasMissing = 2;  // flags of a column
constexpr unsigned kMostBits = 56;  // a value of so many bits is in one read of eight bytes
constexpr unsigned kWhole = 64;     // values of eight bytes each
// Instants are mostly whole minutes, seconds or milliseconds. In microseconds.
constexpr std::int64_t kMinute = 60'000'000, kSecond = 1'000'000, kMilli = 1'000;

using Block = std::array<std::uint64_t, kPackRows>;

unsigned bits_for(std::uint64_t range) {
  const auto bits = static_cast<unsigned>(std::bit_width(range));
  return bits > kMostBits ? kWhole : bits;
}

// Least and greatest of some, as signed numbers.
struct Range {
  std::int64_t least = 0;
  std::uint64_t width = 0;
};
Range range_of(std::span<const std::uint64_t> values) {
  auto least = static_cast<std::int64_t>(values[0]), most = least;
  for (const std::uint64_t value : values) {
    least = std::min(least, static_cast<std::int64_t>(value));
    most = std::max(most, static_cast<std::int64_t>(value));
  }
  return {least, static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least)};
}

void put_bits(std::string& out, std::span<const std::uint64_t> values, std::uint64_t base,
              unsigned bits) {
  if (bits == 0) return;
  std::array<char, (kPackRows + 1) * sizeof(std::uint64_t)> packed;
  std::size_t bytes = 0;
  std::uint64_t pending = 0;
  unsigned held = 0;
  for (const std::uint64_t value : values) {
    const std::uint64_t offset = value - base;
    pending |= offset << held;
    held += bits;
    if (held < 64) continue;
    std::memcpy(packed.data() + bytes, &pending, sizeof pending);
    bytes += sizeof pending;
    held -= 64;
    pending = held == 0 ? 0 : offset >> (bits - held);
  }
  std::memcpy(packed.data() + bytes, &pending, sizeof pending);
  out.append(packed.data(), bytes + (held + 7) / 8);
}

void put_block(std::string& out, std::span<const std::uint64_t> values) {
  const Range range = range_of(values);
  const unsigned bits = bits_for(range.width);
  put_varint(out, zigzag(range.least));
  out.push_back(static_cast<char>(bits));
  put_bits(out, values, static_cast<std::uint64_t>(range.least), bits);
}

// The greatest unit that every value is a multiple of; 1 where they are all one value.
std::int64_t unit_of(std::span<const std::int64_t> values) {
  const auto are_multiples = [&]<std::int64_t Unit>() {
    return std::ranges::all_of(values, [](std::int64_t value) { return value % Unit == 0; });
  };
  if (std::ranges::all_of(values, [&](std::int64_t value) { return value == values[0]; })) return 1;
  if (are_multiples.operator()<kMinute>()) return kMinute;
  if (are_multiples.operator()<kSecond>()) return kSecond;
  if (are_multiples.operator()<kMilli>()) return kMilli;
  return 1;
}

template <std::int64_t Unit>
void divide(std::span<const std::int64_t> values, Block& out) {
  for (std::size_t i = 0; i < values.size(); ++i)
    out[i] = static_cast<std::uint64_t>(values[i] / Unit);
}

// One block of a column in units, plain and as differences to the value before.
struct BlockValues {
  Block plain, steps;
  std::uint64_t before = 0;  // last value of the block before this one
  void take(std::span<const std::int64_t> values, std::int64_t unit) {
    unit == kMinute   ? divide<kMinute>(values, plain)
    : unit == kSecond ? divide<kSecond>(values, plain)
    : unit == kMilli  ? divide<kMilli>(values, plain)
                      : divide<1>(values, plain);
    steps[0] = plain[0] - before;
    for (std::size_t i = 1; i < values.size(); ++i) steps[i] = plain[i] - plain[i - 1];
    before = plain[values.size() - 1];
  }
};

// Calls take(block, rows) for each block.
template <class F>
void for_each_block(std::span<const std::int64_t> values, std::int64_t unit, std::uint64_t before,
                    F take) {
  BlockValues block;
  block.before = before;
  for (std::size_t first = 0; first < values.size(); first += kPackRows) {
    const auto some = values.subspan(first, std::min(kPackRows, values.size() - first));
    block.take(some, unit);
    take(block, some.size());
  }
}

// Whether differences take fewer bits than the values themselves.
bool is_smaller_by_steps(std::span<const std::int64_t> values, std::int64_t unit,
                         std::uint64_t before) {
  std::uint64_t plain = 0, steps = 0;
  for_each_block(values, unit, before, [&](const BlockValues& block, std::size_t rows) {
    plain += rows * bits_for(range_of(std::span(block.plain).first(rows)).width);
    steps += rows * bits_for(range_of(std::span(block.steps).first(rows)).width);
  });
  return steps < plain;
}

// Missing values repeat the one before, so that they cost nothing; which they are is in the bitmap.
std::string take_missing(std::vector<std::int64_t>& values) {
  std::string marks((values.size() + 7) / 8, '\0');
  const auto there = std::ranges::find_if(values, [](std::int64_t v) { return v != kMissing; });
  std::int64_t before = there == values.end() ? 0 : *there;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != kMissing) {
      before = values[i];
      continue;
    }
    marks[i / 8] = static_cast<char>(static_cast<unsigned char>(marks[i / 8]) | (1U << (i % 8)));
    values[i] = before;
  }
  return marks;
}

}  // namespace

void pack_integers(std::string& out, std::span<const std::int64_t> values) {
  std::vector<std::int64_t> filled;
  std::string marks;
  if (std::ranges::find(values, kMissing) != values.end()) {
    filled.assign(values.begin(), values.end());
    marks = take_missing(filled);
    values = filled;
  }
  const std::int64_t unit = unit_of(values);
  const auto start = static_cast<std::uint64_t>(values.empty() ? 0 : values[0] / unit);
  const bool is_delta = is_smaller_by_steps(values, unit, start);
  put_varint(out, static_cast<std::uint64_t>(unit));
  out.push_back(static_cast<char>((is_delta ? kDelta : 0U) | (marks.empty() ? 0U : kHasMissing)));
  if (is_delta) put_varint(out, zigzag(static_cast<std::int64_t>(start)));
  out += marks;
  for_each_block(values, unit, start, [&](const BlockValues& block, std::size_t rows) {
    put_block(out, std::span(is_delta ? block.steps : block.plain).first(rows));
  });
}

IntegerReader::IntegerReader(std::string_view data, std::size_t rows) : reader_(data), left_(rows) {
  unit_ = reader_.varint();
  const std::string_view flags = reader_.take(1);
  const unsigned set = flags.empty() ? 0U : static_cast<unsigned char>(flags[0]);
  is_delta_ = (set & kDelta) != 0;
  if (is_delta_) before_ = static_cast<std::uint64_t>(unzigzag(reader_.varint()));
  if ((set & kHasMissing) != 0) marks_ = reader_.take((rows + 7) / 8);
}

void IntegerReader::unpack(std::size_t rows) {
  const auto base = static_cast<std::uint64_t>(unzigzag(reader_.varint()));
  const std::string_view width = reader_.take(1);
  const unsigned bits = width.empty() ? 0U : static_cast<unsigned char>(width[0]);
  if (bits > kMostBits && bits != kWhole) return reader_.fail();
  const std::string_view bytes = reader_.take((rows * bits + 7) / 8);
  if (!reader_.is_good()) return;
  std::array<char, (kPackRows + 1) * sizeof(std::uint64_t)> packed;
  if (!bytes.empty()) std::memcpy(packed.data(), bytes.data(), bytes.size());
  const std::uint64_t mask = bits == kWhole ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t at = i * bits;
    std::uint64_t held = 0;
    std::memcpy(&held, packed.data() + at / 8, sizeof held);
    values_[i] = static_cast<std::int64_t>(((held >> (at % 8)) & mask) + base);
  }
}

std::span<const std::int64_t> IntegerReader::next() {
  const std::size_t rows = std::min(left_, kPackRows);
  if (rows == 0 || !reader_.is_good()) return {};
  unpack(rows);
  if (!reader_.is_good()) return {};
  if (is_delta_) {
    for (std::size_t i = 0; i < rows; ++i)
      values_[i] = static_cast<std::int64_t>(before_ += static_cast<std::uint64_t>(values_[i]));
  }
  if (unit_ != 1) {
    for (std::size_t i = 0; i < rows; ++i)
      values_[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(values_[i]) * unit_);
  }
  for (std::size_t i = 0; i < rows && !marks_.empty(); ++i) {
    const std::size_t row = done_ + i;
    const auto mark = static_cast<unsigned char>(marks_[row / 8]);
    if ((mark >> (row % 8) & 1U) != 0) values_[i] = kMissing;
  }
  left_ -= rows;
  done_ += rows;
  return std::span(values_).first(rows);
}

}  // namespace tiebeam::store
