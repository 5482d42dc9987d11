// Style: the few colours of text output, or nothing at all.
// Promises that without colour no escape sequence is written.
#pragma once

#include <string>
#include <string_view>

#include "rule/category.h"

namespace keyless {

class Style {
 public:
  explicit Style(bool color) : color_(color) {}

  [[nodiscard]] std::string bold(std::string_view text) const { return in("1", text); }
  [[nodiscard]] std::string faint(std::string_view text) const { return in("2", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return in("31", text); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return in("33", text); }
  [[nodiscard]] std::string cyan(std::string_view text) const { return in("36", text); }
  [[nodiscard]] std::string of(Severity severity, std::string_view text) const {
    return in(severity == Severity::high     ? "1;31"
              : severity == Severity::medium ? "33"
                                             : "36",
              text);
  }

 private:
  [[nodiscard]] std::string in(std::string_view code, std::string_view text) const {
    if (!color_) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }

  bool color_;
};

}  // namespace keyless
