#include "application/text_file.h"

#include <fmt/format.h>

#include "ingest/dialect.h"
#include "ingest/text_stream.h"

namespace tiebeam {

Result<TextFile> read_text_file(const std::string& path, std::size_t limit) {
  constexpr std::size_t kBlock = std::size_t{1} << 18;
  TB_TRY(ingest::ByteSource source, ingest::ByteSource::open(path, kBlock, {}, {}));
  TB_TRY(ingest::TextStream stream, ingest::TextStream::open(std::move(source), kBlock));
  TextFile out;
  out.name = stream.source().name();
  while (true) {
    out.text += stream.text();
    stream.consume(stream.text().size());
    if (out.text.size() > limit) {
      return invalid("file.too_large", fmt::format("'{}' is larger than {} bytes", path, limit));
    }
    if (stream.at_end()) break;
    TB_DO(stream.fill(1));
  }
  const std::string_view sample = std::string_view(out.text).substr(0, ingest::TextStream::kSample);
  const ingest::Dialect dialect = ingest::detect_dialect(sample, sample.size() == out.text.size());
  out.csv = dialect.csv;
  out.skip = dialect.skip;
  return out;
}

}  // namespace tiebeam
