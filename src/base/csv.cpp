#include "base/csv.h"

#include <algorithm>

namespace keyless {

bool CsvReader::at_line_end() const {
  return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
}

void CsvReader::take_line_end() {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  ++line_;
}

// One field, up to the comma or line end behind it; false when it is none.
bool CsvReader::field(std::string& into) {
  into.clear();
  if (at_ >= text_.size() || text_[at_] != '"') {
    const size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    if (end - row_begin_ > longest_) return false;
    into = text_.substr(at_, end - at_);
    at_ = end;
    return true;
  }
  ++at_;
  while (at_ < text_.size()) {
    if (at_ - row_begin_ > longest_) return false;
    const char c = text_[at_++];
    if (c == '\n') ++line_;
    if (c != '"') {
      into += c;
    } else if (at_ < text_.size() && text_[at_] == '"') {
      into += '"';
      ++at_;
    } else {
      return at_line_end() || text_[at_] == ',';
    }
  }
  return false;
}

CsvReader::Row CsvReader::next(std::vector<std::string>& fields) {
  while (at_ < text_.size() && at_line_end()) take_line_end();
  if (at_ >= text_.size()) return Row::end;
  row_begin_ = at_;
  row_line_ = line_;
  fields.clear();
  while (true) {
    std::string text;
    if (!field(text)) {
      at_ = std::min(text_.find('\n', row_begin_), text_.size());
      line_ = row_line_;
      if (at_ < text_.size()) take_line_end();
      return Row::broken;
    }
    fields.push_back(std::move(text));
    if (at_line_end()) break;
    ++at_;  // the comma
  }
  if (at_ < text_.size()) take_line_end();
  return Row::row;
}

}  // namespace keyless
