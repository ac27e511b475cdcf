#include "ingest/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "ingest/xml_part.h"

namespace tiebeam::ingest {
namespace {
using Step = XmlScanner::Step;
constexpr std::string_view kContentTypes = "[Content_Types].xml";
constexpr const char* kSaveAgain = "open it in your spreadsheet program and save it again as .xlsx";

std::unexpected<Error> other_archive(const ZipArchive& archive) {
  const bool is_office = archive.has(kContentTypes);
  const std::string what = archive.has("xl/workbook.bin")     ? "is a binary workbook (.xlsb)"
                           : archive.has("content.xml")       ? "is an OpenDocument file"
                           : archive.has("word/document.xml") ? "is a Word document"
                           : is_office                        ? "is no workbook"
                                                              : "is a zip archive";
  return invalid("ingest.unknown_format", fmt::format("'{}' {}", archive.file(), what),
                 archive.has("xl/workbook.bin") || archive.has("content.xml")
                     ? "save it as .xlsx, or the sheet with the tickets as CSV (UTF-8)"
                     : "unpack it and give the file with the tickets");
}

std::string folder_of(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  return std::string(part.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
}

// A target of a relationship, as the name of an entry: "../x" and "/xl/x" alike.
std::string resolved(std::string_view folder, std::string_view target) {
  const std::string whole = target.starts_with('/') ? std::string(target.substr(1))
                                                    : std::string(folder) + std::string(target);
  std::vector<std::string_view> steps;
  for (const std::string_view step : split_at(whole, '/')) {
    if (step == "..") {
      if (!steps.empty()) steps.pop_back();
    } else if (step != "." && !step.empty()) {
      steps.push_back(step);
    }
  }
  return fmt::format("{}", fmt::join(steps, "/"));
}

struct Relationship {
  std::string type;  // the last word of its address: "worksheet"
  std::string part;
};
// What a part points to, by id. Links to other places are left out: nothing is fetched.
Result<std::map<std::string, Relationship, std::less<>>> relationships(ZipArchive& archive,
                                                                       const std::string& part) {
  std::map<std::string, Relationship, std::less<>> out;
  const std::string folder = folder_of(part);
  const std::string name = folder + "_rels/" + part.substr(folder.size()) + ".rels";
  if (!archive.has(name)) return out;
  TB_TRY(XmlPart xml, XmlPart::open(archive, name));
  for (;;) {
    TB_TRY(const Step step, xml.next());
    if (step == Step::end) return out;
    if (step != Step::open || xml.name() != "Relationship") continue;
    if (xml.attribute("TargetMode") == "External") continue;
    const std::string_view type = xml.attribute("Type");
    out.emplace(std::string(xml.attribute("Id")),
                Relationship{std::string(type.substr(type.rfind('/') + 1)),
                             resolved(folder, xml.attribute("Target"))});
  }
}

int number_of(std::string_view text, int otherwise) {
  int out = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}
}  // namespace

struct Workbook::Parts {
  std::string workbook = "xl/workbook.xml";
  std::map<std::string, Relationship, std::less<>> by_id;
  [[nodiscard]] std::string of_type(std::string_view type) const {
    for (const auto& [id, each] : by_id)
      if (each.type == type) return each.part;
    return {};
  }
};

bool is_zip(std::string_view head) { return head.starts_with("PK\x03\x04"); }
bool is_ole(std::string_view head) { return head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"); }

Workbook::Workbook(ZipArchive archive, const WorkbookLimits& limits)
    : archive_(std::make_unique<ZipArchive>(std::move(archive))), limits_(limits) {}

Result<Workbook> Workbook::open(std::string file, std::string bytes, const WorkbookLimits& limits) {
  TB_TRY(ZipArchive archive, ZipArchive::open(std::move(file), std::move(bytes), limits.archive));
  Workbook out(std::move(archive), limits);
  Parts parts;
  TB_TRY(const auto roots, relationships(*out.archive_, ""));
  for (const auto& [id, each] : roots)
    if (each.type == "officeDocument") parts.workbook = each.part;
  const bool is_workbook = out.archive_->has(kContentTypes) && out.archive_->has(parts.workbook) &&
                           !parts.workbook.starts_with("word/") && parts.workbook.ends_with(".xml");
  if (!is_workbook) return other_archive(*out.archive_);
  TB_TRY(parts.by_id, relationships(*out.archive_, parts.workbook));
  out.has_macros_ = std::ranges::any_of(out.archive_->names(), [](const std::string& name) {
    return to_lower_ascii(name).ends_with("vbaproject.bin");
  });
  TB_DO(out.read_workbook(parts));
  if (const std::string part = parts.of_type("styles"); !part.empty()) TB_DO(out.read_styles(part));
  if (const std::string part = parts.of_type("sharedStrings"); !part.empty())
    TB_DO(out.read_shared(part));
  return out;
}

Result<void> Workbook::read_workbook(const Parts& parts) {
  TB_TRY(XmlPart xml, XmlPart::open(*archive_, parts.workbook));
  for (;;) {
    TB_TRY(const Step step, xml.next());
    if (step == Step::end) break;
    if (step != Step::open) continue;
    if (xml.name() == "workbookPr") {
      const std::string_view said = xml.attribute("date1904");
      since_1904_ = said == "1" || said == "true";
    } else if (xml.name() == "sheet") {
      const auto target = parts.by_id.find(xml.attribute("r:id"));
      if (target == parts.by_id.end() || target->second.type != "worksheet") continue;
      const std::string_view state = xml.attribute("state");
      sheets_.push_back({std::string(xml.attribute("name")), target->second.part,
                         !state.empty() && state != "visible"});
      if (sheets_.size() > limits_.sheets)
        return invalid("ingest.workbook_too_large",
                       fmt::format("'{}' has more than {} sheets", file(), limits_.sheets),
                       "save the sheet with the tickets as a workbook of its own");
    }
  }
  if (sheets_.empty())
    return invalid("ingest.workbook_no_sheet", fmt::format("'{}' has no sheet of cells", file()),
                   kSaveAgain);
  return {};
}

// <si> holds <t>, or runs <r><t>; what stands in <rPh> is how to say it.
Result<void> Workbook::read_shared(const std::string& part) {
  TB_TRY(XmlPart xml, XmlPart::open(*archive_, part));
  bool in_text = false, in_reading = false;
  for (;;) {
    TB_TRY(const Step step, xml.next());
    if (step == Step::end) return {};
    if (step == Step::text) {
      if (in_text && !in_reading) append_cell_text(shared_, xml.text());
      continue;
    }
    const bool opens = step == Step::open;
    if (xml.name() == "t") in_text = opens;
    if (xml.name() == "rPh") in_reading = opens;
    if (xml.name() == "si" && !opens)
      shared_ends_.push_back(static_cast<std::uint32_t>(shared_.size()));
    if (xml.unpacked() > limits_.shared_bytes)
      return invalid("ingest.workbook_too_large",
                     fmt::format("'{}' holds more than {} MB of different texts", file(),
                                 limits_.shared_bytes >> 20),
                     "save the sheet with the tickets as CSV (UTF-8), without long descriptions");
  }
}

Result<void> Workbook::read_styles(const std::string& part) {
  TB_TRY(XmlPart xml, XmlPart::open(*archive_, part));
  std::map<int, NumberFormat> custom;
  bool in_cell_styles = false;
  for (;;) {
    TB_TRY(const Step step, xml.next());
    if (step == Step::end) return {};
    if (xml.name() == "cellXfs" && step != Step::text) in_cell_styles = step == Step::open;
    if (step != Step::open) continue;
    const int id = number_of(xml.attribute("numFmtId"), 0);
    if (xml.name() == "numFmt") custom[id] = format_of_code(xml.attribute("formatCode"));
    if (xml.name() != "xf" || !in_cell_styles) continue;
    const auto own = custom.find(id);
    formats_.push_back(own != custom.end() ? own->second : builtin_format(id));
  }
}

// Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring).
void append_cell_text(std::string& out, std::string_view text) {
  constexpr std::size_t kEscape = 7;  // _x000D_
  const std::size_t from = out.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned point = 0;
    const std::string_view ahead = text.substr(i, kEscape);
    const bool is_escape =
        text[i] == '_' && ahead.size() == kEscape && ahead[1] == 'x' && ahead[6] == '_' &&
        std::from_chars(ahead.data() + 2, ahead.data() + 6, point, 16).ptr == ahead.data() + 6;
    const bool is_plain = is_escape && point > 0 && point < 0x80;
    char c = is_plain ? static_cast<char>(point) : text[i];
    if (is_plain) i += kEscape - 1;
    if (c == '\n' && out.size() > from && out.back() == '\r') out.pop_back();
    out += c;
  }
  std::replace(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), '\r', '\n');
}

}  // namespace tiebeam::ingest
