// Runs a fuzzer on files that are there, without libFuzzer: what was found once stays mended.
//   NAME_fuzz FILE_OR_FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {
namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& place) {
  std::vector<fs::path> out;
  if (fs::is_regular_file(place)) out.push_back(place);
  if (fs::is_directory(place))
    for (const auto& entry : fs::recursive_directory_iterator(place))
      if (entry.is_regular_file()) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

void run(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  std::fprintf(stderr, "%s\n", file.c_str());  // the last one told is the one that failed
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}
}  // namespace

int main(int argc, char** argv) {
  std::size_t files = 0;
  for (int i = 1; i < argc; ++i) {
    for (const fs::path& file : files_in(argv[i])) {
      run(file);
      ++files;
    }
  }
  std::printf("%zu inputs hold\n", files);
  return files == 0 ? 2 : 0;  // a corpus that is not there proves nothing
}
