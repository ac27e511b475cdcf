#include "store/packed_column.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "model/event_table.h"
#include "store/chunk.h"
#include "store/test_catalog.h"

namespace tiebeam::store {
namespace {

using Values = std::vector<std::int64_t>;
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min() + 1,
                       kMost = std::numeric_limits<std::int64_t>::max();

std::string packed(const Values& values) {
  std::string out;
  pack_integers(out, values);
  return out;
}

// Nothing when it cannot be read.
std::optional<Values> unpacked(std::string_view data, std::size_t rows) {
  IntegerReader reader(data, rows);
  Values out;
  for (auto block = reader.next(); !block.empty(); block = reader.next())
    out.insert(out.end(), block.begin(), block.end());
  if (!reader.is_done()) return std::nullopt;
  return out;
}

TEST(PackedColumn, ReadsBackWhatWasWritten) {
  std::mt19937_64 rng(20261122);
  for (int round = 0; round < 400; ++round) {
    Values values(round % 7 == 0 ? 1024 * (rng() % 4) : rng() % 3000);
    const unsigned shift = static_cast<unsigned>(rng() % 64);
    const std::int64_t unit = std::array<std::int64_t, 3>{1, 1'000, 60'000'000}[rng() % 3];
    std::int64_t before = 0;
    for (std::int64_t& value : values) {
      const auto some = static_cast<std::int64_t>(rng() >> shift) / unit;
      value = (round % 2 == 0 ? some : (before = before / 2 + some / 4)) * unit;
      if (round % 3 == 0 && rng() % 5 == 0) value = kMissing;
      if (round % 11 == 0 && rng() % 50 == 0) value = rng() % 2 == 0 ? kLeast : kMost;
    }
    ASSERT_EQ(unpacked(packed(values), values.size()), values) << round;
  }
}

TEST(PackedColumn, TakesFewBits) {
  Values seconds, ids, missing(4096, kMissing);
  std::mt19937_64 rng(1);
  std::int64_t at = 1'700'000'000;
  for (int i = 0; i < 4096; ++i) {
    seconds.push_back((at += static_cast<std::int64_t>(rng() % 60)) * 1'000'000);
    ids.push_back(static_cast<std::int64_t>(rng() % 13));
  }
  EXPECT_LT(packed(seconds).size(), 4096 * 6 / 8 + 80) << "six bits for a step below 64";
  EXPECT_LT(packed(ids).size(), 4096 * 4 / 8 + 80);
  EXPECT_LT(packed(Values(4096, 77)).size(), 40u);
  EXPECT_LT(packed(missing).size(), 4096 / 8 + 40u);
}

TEST(PackedColumn, DamageIsNoticedOrHarmless) {
  std::mt19937_64 rng(3);
  Values values(2000);
  for (std::int64_t& value : values)
    value = rng() % 9 == 0 ? kMissing : static_cast<std::int64_t>(rng() % 100'000);
  const std::string good = packed(values);
  for (std::size_t size = 0; size < good.size(); size += 13)
    EXPECT_FALSE(unpacked(std::string_view(good).substr(0, size), values.size()));
  for (int round = 0; round < 2000; ++round) {
    std::string bad = good;
    bad[rng() % bad.size()] = static_cast<char>(rng());
    (void)unpacked(bad, values.size());
  }
  EXPECT_FALSE(unpacked(good + "x", values.size()));
}

// A chunk as format 1 wrote it: differences as varints behind a bitmap, in one zstd frame.
std::string column_v1(const Values& values) {
  std::string marks((values.size() + 7) / 8, '\0'), out;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == kMissing) {
      marks[i / 8] = static_cast<char>(static_cast<unsigned char>(marks[i / 8]) | (1U << (i % 8)));
      continue;
    }
    put_varint(out,
               zigzag(static_cast<std::int64_t>(static_cast<std::uint64_t>(values[i]) - before)));
    before = static_cast<std::uint64_t>(values[i]);
  }
  return marks + out;
}

void put_v1(std::string& out, std::string_view name, ColumnKind kind, std::string_view data) {
  put_text(out, name);
  put_varint(out, static_cast<std::uint64_t>(kind));
  put_text(out, data);
}

TEST(Chunk, OfFormat1IsStillRead) {
  std::string inside;
  put_varint(inside, 6);
  put_v1(inside, "#line", ColumnKind::integer, column_v1({2, 3, 9}));
  put_v1(inside, "item", ColumnKind::text, column_v1({1, 0, 2}));
  put_v1(inside, "at", ColumnKind::instant, column_v1({5, kMissing, -7}));
  put_v1(inside, "seq", ColumnKind::integer, column_v1({kMissing, 1, 2}));
  put_v1(inside, "blocked", ColumnKind::flag, column_v1({1, 0, 1}));
  const double weights[] = {0.5, -1, 2};
  put_v1(inside, "weight", ColumnKind::number,
         {reinterpret_cast<const char*>(weights), sizeof weights});
  EventTable table(test::visit_type());
  std::vector<std::vector<std::uint32_t>> ids(table.columns.size());
  ids[table.type->index_of("item")] = {0, table.column("item").names.intern("A"),
                                       table.column("item").names.intern("B")};
  ASSERT_TRUE(unpack_columns(compress(inside), 3, ids, table));
  EXPECT_EQ(table.line, (std::vector<std::uint32_t>{2, 3, 9}));
  EXPECT_EQ(table.column("item").narrow, (std::vector<std::uint32_t>{1, 0, 2}));
  EXPECT_EQ(table.column("at").wide, (Values{5, kMissing, -7}));
  EXPECT_EQ(table.column("seq").wide, (Values{kMissing, 1, 2}));
  EXPECT_EQ(table.column("blocked").narrow, (std::vector<std::uint32_t>{1, 0, 1}));
  EXPECT_EQ(table.column("weight").real, (std::vector<double>{0.5, -1, 2}));
  EXPECT_EQ(table.column("guest").narrow, (std::vector<std::uint32_t>{0, 0, 0})) << "not there";
}

}  // namespace
}  // namespace tiebeam::store
