// CSV as RFC 4180 has it: commas, fields in double quotes with doubled quotes, line ends in quotes.
// Promises never to fail and a bound on a row: what is no row is counted, and reading goes on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyless {

class CsvReader {
 public:
  // `text` must outlive the reader; `longest`: bytes of a row.
  CsvReader(std::string_view text, size_t longest) : text_(text), longest_(longest) {}

  enum class Row : uint8_t { row, broken, end };
  // The next row that is not blank. Broken: a quote that nobody closes, text behind a closing quote,
  // or too long a row; the line after the one where it began is read next.
  Row next(std::vector<std::string>& fields);
  // 1-based, where the row returned last begins.
  [[nodiscard]] uint32_t line() const { return row_line_; }

 private:
  bool field(std::string& into);
  [[nodiscard]] bool at_line_end() const;
  void take_line_end();

  std::string_view text_;
  size_t longest_;
  size_t at_ = 0;
  size_t row_begin_ = 0;
  uint32_t line_ = 1;
  uint32_t row_line_ = 1;
};

}  // namespace keyless
