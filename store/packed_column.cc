#include "store/packed_column.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
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
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  std::int64_t most = std::numeric_limits<std::int64_t>::min();
  void take(std::int64_t value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  [[nodiscard]] unsigned bits() const {
    return bits_for(static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least));
  }
};
// Of one block: of its values, and of their differences to the value before.
struct Ranges {
  Range plain, steps;
};

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

void put_block(std::string& out, std::span<const std::uint64_t> values, const Range& range) {
  put_varint(out, zigzag(range.least));
  out.push_back(static_cast<char>(range.bits()));
  put_bits(out, values, static_cast<std::uint64_t>(range.least), range.bits());
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
void divide(std::span<std::int64_t> values) {
  for (std::int64_t& value : values) value /= Unit;
}
void divide(std::span<std::int64_t> values, std::int64_t unit) {
  if (unit == kMinute) divide<kMinute>(values);
  if (unit == kSecond) divide<kSecond>(values);
  if (unit == kMilli) divide<kMilli>(values);
}

std::uint64_t step(std::int64_t before, std::int64_t value) {
  return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(before);
}

// Calls take(first, rows) for each block.
template <class F>
void for_each_block(std::size_t rows, F take) {
  for (std::size_t first = 0; first < rows; first += kPackRows)
    take(first, std::min(kPackRows, rows - first));
}

// Of each block. The first value has no step.
std::vector<Ranges> ranges_of(std::span<const std::int64_t> values) {
  std::vector<Ranges> out;
  for_each_block(values.size(), [&](std::size_t first, std::size_t rows) {
    Ranges ranges;
    ranges.plain.take(values[first]);
    ranges.steps.take(
        first == 0 ? 0 : static_cast<std::int64_t>(step(values[first - 1], values[first])));
    for (std::size_t row = first + 1; row < first + rows; ++row) {
      ranges.plain.take(values[row]);
      ranges.steps.take(static_cast<std::int64_t>(step(values[row - 1], values[row])));
    }
    out.push_back(ranges);
  });
  return out;
}

// Whether differences take fewer bits than the values themselves.
bool is_smaller_by_steps(std::span<const Ranges> blocks, std::size_t rows) {
  std::uint64_t plain = 0, steps = 0;
  for_each_block(rows, [&](std::size_t first, std::size_t count) {
    plain += count * blocks[first / kPackRows].plain.bits();
    steps += count * blocks[first / kPackRows].steps.bits();
  });
  return steps < plain;
}

// Missing values repeat the one before, so that they cost nothing; which they are is in the bitmap,
// which is empty when none is missing.
std::string take_missing(std::vector<std::int64_t>& values) {
  if (std::ranges::find(values, kMissing) == values.end()) return {};
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

void pack_integers(std::string& out, std::vector<std::int64_t> values) {
  const std::string marks = take_missing(values);
  const std::int64_t unit = unit_of(values);
  divide(values, unit);
  const std::vector<Ranges> blocks = ranges_of(values);
  const bool is_delta = is_smaller_by_steps(blocks, values.size());
  put_varint(out, static_cast<std::uint64_t>(unit));
  out.push_back(static_cast<char>((is_delta ? kDelta : 0U) | (marks.empty() ? 0U : kHasMissing)));
  if (is_delta) put_varint(out, zigzag(values[0]));
  out += marks;
  std::int64_t before = values.empty() ? 0 : values[0];
  for_each_block(values.size(), [&](std::size_t first, std::size_t rows) {
    const auto some = std::span(values).subspan(first, rows);
    Block block;
    for (std::size_t i = 0; i < rows; ++i) {
      block[i] = is_delta ? step(before, some[i]) : static_cast<std::uint64_t>(some[i]);
      before = some[i];
    }
    const Ranges& ranges = blocks[first / kPackRows];
    put_block(out, std::span(block).first(rows), is_delta ? ranges.steps : ranges.plain);
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
