// The committed reference values, read: one entry an id, its numbers by path ("inputs.p05",
// "expected.var95", "inputs.points.0.1"). Only as much JSON as that file needs.
#pragma once

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

namespace tiebeam::quant::reference {

struct Entry {
  std::map<std::string, double> numbers;
  std::map<std::string, std::string> texts;

  [[nodiscard]] double at(const std::string& path) const { return numbers.at(path); }
  [[nodiscard]] double in(const std::string& name) const { return at("inputs." + name); }
  [[nodiscard]] double expected(const std::string& name) const { return at("expected." + name); }
  [[nodiscard]] double tolerance() const { return at("rel_tol"); }
};

class Reader {
 public:
  explicit Reader(const std::string& path) {
    std::ifstream file(path);
    text_.assign(std::istreambuf_iterator<char>(file), {});
  }
  // Whatever stands here, its leaves under `path`.
  void read(const std::string& path, Entry& out) {
    const char c = next();
    if (c == '{' || c == '[') return read_members(path, c == '{', out);
    if (c == '"') {
      out.texts[path] = read_text();
    } else {
      const char* from = text_.c_str() + at_;
      char* end = nullptr;
      const double number = std::strtod(from, &end);
      if (end == from) {  // true, false, null: of no use to us
        while (std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
        return;
      }
      at_ += static_cast<std::size_t>(end - from);
      out.numbers[path] = number;
    }
  }

 private:
  char next() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    if (at_ >= text_.size()) throw std::runtime_error("the reference values end too early");
    return text_[at_];
  }
  void read_members(const std::string& path, bool named, Entry& out) {
    const char close = named ? '}' : ']';
    ++at_;
    for (int index = 0; next() != close; ++index) {
      std::string name = std::to_string(index);
      if (named) {
        name = read_text();
        next();
        ++at_;  // the colon
      }
      std::string below = path;
      if (!below.empty()) below += '.';
      read(below += name, out);
      if (next() == ',') ++at_;
    }
    ++at_;
  }
  std::string read_text() {
    std::string out;
    for (++at_; text_.at(at_) != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
      out += text_.at(at_);
    }
    ++at_;
    return out;
  }

  std::string text_;
  std::size_t at_ = 0;
};

// Every entry by its id.
[[nodiscard]] inline std::map<std::string, Entry> read_all(const std::string& path) {
  Entry file;
  Reader(path).read("", file);
  std::map<std::string, Entry> out;
  const auto copy = [&](const auto& from, auto member) {
    for (const auto& [key, value] : from) {
      if (!key.starts_with("values.")) continue;
      const std::size_t dot = key.find('.', 7);
      const std::string& id = file.texts.at(key.substr(0, dot) + ".id");
      (out[id].*member)[key.substr(dot + 1)] = value;
    }
  };
  copy(file.texts, &Entry::texts);
  copy(file.numbers, &Entry::numbers);
  return out;
}

}  // namespace tiebeam::quant::reference
