#include "ingest/byte_source.h"

#include "base/hash.h"
#include "ingest/test_support.h"

#include <zlib.h>

namespace tiebeam::ingest {

std::string gzipped(std::string_view text) {
  z_stream z{};
  EXPECT_EQ(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&z, text.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

namespace {

struct Got {
  std::string text, raw, code, sha;
  bool has_garbage = false;
};

Got read_bytes(const std::string& content, std::size_t block = 1 << 20, UnpackLimits limits = {}) {
  const TestFile file(content, "a.gz");
  Got got;
  auto source = ByteSource::open(file.path(), block, limits,
                                 {[&](std::string_view bytes) -> Result<void> {
                                    got.raw += bytes;
                                    return {};
                                  },
                                  {}});
  if (!source) return got.code = source.error().code, got;
  std::vector<char> buffer(block);
  for (;;) {
    const auto bytes = source->read(buffer);
    if (!bytes) return got.code = bytes.error().code, got.text = bytes.error().message, got;
    if (*bytes == 0) break;
    got.text.append(buffer.data(), *bytes);
  }
  got.sha = source->sha256();
  got.has_garbage = source->has_trailing_garbage();
  return got;
}

TEST(ByteSource, GivesTheSameTextPlainAndPackedInAnyBlocks) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "line " + std::to_string(i * 7919) + "\n";
  const std::string two_members = gzipped(text.substr(0, 1000)) + gzipped(text.substr(1000));
  for (const std::string& content :
       {text, gzipped(text), two_members, gzipped("") + gzipped(text) + gzipped(""),
        gzipped(text.substr(0, 1000)) + std::string(512, '\0') + gzipped(text.substr(1000)) +
            std::string(7, '\0')})
    for (const std::size_t block : {1u, 3u, 100u, 4096u, 1u << 20}) {
      const Got got = read_bytes(content, block);
      EXPECT_EQ(got.code, "");
      EXPECT_EQ(got.text, text);
      EXPECT_EQ(got.raw, content) << "on_raw gets the bytes as given";
      EXPECT_EQ(got.sha, to_hex(sha256(content)));
    }
}

TEST(ByteSource, ATruncatedFileSaysHowMuchWasRead) {
  const std::string whole = gzipped(std::string(100'000, 'x') + "end");
  for (const std::size_t cut : {std::size_t{1}, std::size_t{8}, whole.size() / 2}) {
    const Got got = read_bytes(whole.substr(0, whole.size() - cut));
    EXPECT_EQ(got.code, "ingest.truncated") << cut;
    EXPECT_TRUE(got.text.contains(std::to_string(whole.size() - cut) + " bytes")) << got.text;
  }
  EXPECT_EQ(read_bytes(whole + whole.substr(0, 12)).code, "ingest.truncated")
      << "in the second member";
}

TEST(ByteSource, DamageAndGarbageAreTold) {
  std::string whole = gzipped("some text that is long enough to be packed, some text, some text");
  EXPECT_TRUE(read_bytes(whole + "garbage").has_garbage);
  EXPECT_FALSE(read_bytes(whole + std::string(512, '\0')).has_garbage) << "padding of a tape";
  whole[whole.size() - 5] ^= 1;
  EXPECT_EQ(read_bytes(whole).code, "ingest.damaged") << "checksum";
}

TEST(ByteSource, ABombIsRefusedBeforeItGrows) {
  const std::string bomb = gzipped(std::string(20 << 20, '\0'));
  EXPECT_EQ(read_bytes(bomb, 1 << 16, {.bytes = 1 << 20}).code, "ingest.too_large");
  EXPECT_EQ(read_bytes(bomb, 1 << 16, {.ratio = 100, .ratio_from = 1 << 20}).code,
            "ingest.too_large");
  EXPECT_EQ(read_bytes(bomb, 1 << 16).code, "") << "20 MB are no bomb yet";
}

TEST(ByteSource, AFileThatCannotBeReadIsNamed) {
  const auto missing = ByteSource::open("/nowhere/at all.csv", 1024, {}, {});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, "ingest.unreadable");
  EXPECT_EQ(missing.error().kind, Kind::not_found);
  EXPECT_TRUE(missing.error().message.contains("/nowhere/at all.csv"));
  EXPECT_EQ(ByteSource::open("/tmp", 1024, {}, {}).error().code, "ingest.unreadable");
}

TEST(ByteSource, AnErrorOfTheHookStopsTheReading) {
  const TestFile file(std::string(5000, 'x'));
  auto source = ByteSource::open(file.path(), 1000, {},
                                 {[](std::string_view) -> Result<void> {
                                    return fail(Kind::unavailable, "store.full", "full");
                                  },
                                  {}});
  EXPECT_EQ(source ? "" : source.error().code, "store.full");
}

TEST(ByteSource, TellsProgressUpToTheWholeFile) {
  const TestFile file(std::string(3 << 20, 'x'));
  std::vector<std::pair<std::int64_t, std::int64_t>> told;
  auto source = ByteSource::open(
      file.path(), 1 << 18, {},
      {{}, [&](std::int64_t done, std::int64_t total) { told.emplace_back(done, total); }});
  ASSERT_TRUE(source.has_value());
  std::vector<char> buffer(1 << 18);
  while (source->read(buffer).value_or(0) > 0) {
  }
  ASSERT_GE(told.size(), 3u);
  EXPECT_LE(told.size(), 5u);
  EXPECT_EQ(told.back(), (std::pair<std::int64_t, std::int64_t>(3 << 20, 3 << 20)));
}
}  // namespace
}  // namespace tiebeam::ingest
