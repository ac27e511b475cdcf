#include "ingest/zip_archive.h"

#include <zip.h>

#include "ingest/workbook_test_support.h"

namespace tiebeam::ingest {

std::string zipped(const ZipEntries& entries) {
  zip_error_t why;
  zip_error_init(&why);
  zip_source_t* to = zip_source_buffer_create(nullptr, 0, 0, &why);
  zip_source_keep(to);
  zip_t* zip = zip_open_from_source(to, ZIP_TRUNCATE, &why);
  for (const auto& [name, text] : entries)
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0), 0);
  EXPECT_EQ(zip_close(zip), 0);
  std::string out;
  EXPECT_EQ(zip_source_open(to), 0);
  char block[4096];
  for (zip_int64_t got = 0; (got = zip_source_read(to, block, sizeof block)) > 0;)
    out.append(block, static_cast<std::size_t>(got));
  zip_source_close(to);
  zip_source_free(to);
  return out;
}

namespace {

Result<std::string> read_entry(ZipArchive& archive, const std::string& name) {
  TB_TRY(ByteSource source, archive.entry(name));
  std::string out;
  for (char block[1000];;) {
    TB_TRY(const std::size_t got, source.read(block));
    if (got == 0) return out;
    out.append(block, got);
  }
}

TEST(ZipArchive, GivesEntriesByName) {
  auto archive =
      ZipArchive::open("x.zip", zipped({{"a/b", "one"}, {"c", std::string(5000, 'x')}}), {});
  ASSERT_TRUE(archive) << archive.error().message;
  EXPECT_EQ(archive->names(), (std::vector<std::string>{"a/b", "c"}));
  EXPECT_TRUE(archive->has("c"));
  EXPECT_EQ(read_entry(*archive, "a/b"), "one");
  EXPECT_EQ(read_entry(*archive, "c"), std::string(5000, 'x'));
  EXPECT_EQ(read_entry(*archive, "d").error().code, "ingest.workbook_damaged");
}

TEST(ZipArchive, LimitsWhatItUnpacksTo) {
  const std::string bytes = zipped({{"a", std::string(100'000, 'x')}});
  auto few = ZipArchive::open("x.zip", bytes, {.unpacked_bytes = 50'000});
  EXPECT_EQ(read_entry(*few, "a").error().code, "ingest.workbook_too_large");
  auto dense = ZipArchive::open("x.zip", bytes, {.ratio = 100, .ratio_from = 10'000});
  EXPECT_EQ(read_entry(*dense, "a").error().code, "ingest.workbook_too_large");
  EXPECT_EQ(ZipArchive::open("x.zip", zipped({{"a", ""}, {"b", ""}}), {.entries = 1}).error().code,
            "ingest.workbook_too_large");
}

TEST(ZipArchive, DamageIsToldWhereverItIs) {
  std::string text;
  for (int i = 0; i < 4000; ++i) text += std::to_string(i * 7919 % 1000);
  const std::string bytes = zipped({{"a", text}});
  for (const std::size_t cut : {std::size_t{1}, bytes.size() / 2, bytes.size() - 30})
    EXPECT_EQ(ZipArchive::open("x.zip", bytes.substr(0, bytes.size() - cut), {}).error().code,
              "ingest.workbook_damaged");
  std::string broken = bytes;
  broken[bytes.size() / 3] = static_cast<char>(broken[bytes.size() / 3] ^ 0x55);
  auto archive = ZipArchive::open("x.zip", broken, {});
  ASSERT_TRUE(archive);
  EXPECT_EQ(read_entry(*archive, "a").error().code, "ingest.workbook_damaged") << "its checksum";
}

}  // namespace
}  // namespace tiebeam::ingest
