// JsonText: writes JSON as it is told, key by key; members keep the order of the calls.
// Promises well-formed UTF-8 JSON when begin and end calls pair up; invalid bytes become U+FFFD.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyless {

class JsonText {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool yes) { scalar(yes ? "true" : "false"); }
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  void value(Number number) {
    scalar(std::to_string(number));
  }
  void null() { scalar("null"); }

  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }
  void member(std::string_view name, const std::vector<std::string>& texts);

  // Puts the next array or object on one line; for pairs and other small things.
  void compact_next() { compact_next_ = true; }

  // The document with a final newline; the writer is empty afterwards.
  std::string take();

 private:
  struct Level {
    bool compact = false;
    bool empty = true;
  };
  void open(char bracket);
  void close(char bracket);
  void scalar(std::string_view text);
  void before_value();

  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
  bool compact_next_ = false;
};

// `text` as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

}  // namespace keyless
