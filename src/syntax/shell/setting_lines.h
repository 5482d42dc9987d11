// SettingLines: `NAME=value` lines that a script prints, or that a here-document holds, as
// settings. Remembers `NAME<<EOF` until the value's line comes; each setting is one line of the
// file.
#pragma once

#include "syntax/shell/script.h"
#include "syntax/shell/words.h"

namespace keyless {

class SettingLines {
 public:
  // `destination`: what is written, as Element::member.
  SettingLines(Builder& builder, const MappedText& text, const ScriptOptions& options,
               std::string destination)
      : b_(builder), t_(text), options_(options), destination_(std::move(destination)) {}

  // Every line of the atoms.
  void read(const Atoms& atoms);

  // A setting for each pipeline secret in the atoms that no name goes with.
  void leaked(const Atoms& atoms);

  void add(std::string name, Span name_span, Span span, ValueId value, Extent extent);

 private:
  void line(const Atoms& atoms, size_t first, size_t last);
  bool named_by_colon(const Atoms& atoms, size_t first, size_t last);

  Builder& b_;
  const MappedText& t_;
  const ScriptOptions& options_;
  std::string destination_;
};

}  // namespace keyless
