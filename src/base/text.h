// ASCII text handling that the standard library lacks: case, trimming, splitting, squashing.
// Works on bytes; anything outside ASCII passes through unchanged. No function fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keyless {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_alpha(char c) {
  return is_upper(c) || is_lower(c);
}
constexpr bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}
constexpr bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr char lower(char c) {
  return is_upper(c) ? static_cast<char>(c + 32) : c;
}

std::string to_lower(std::string_view text);
std::string_view trim(std::string_view text);

// Lower case, letters and digits only: AZURE_OPENAI_API_KEY and AzureOpenAI:ApiKey are one name.
std::string squash(std::string_view name);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
// Every `what` becomes `with`; what is put in is not searched again. `what` is not empty.
std::string replaced(std::string text, std::string_view what, std::string_view with);
bool contains_ignoring_case(std::string_view text, std::string_view part);

// `*` stands for any run of characters, dots and slashes included; linear in text for each star.
bool wildcard_matches(std::string_view pattern, std::string_view text);

// The part after the last `separator`, or the whole.
std::string_view after_last(std::string_view text, char separator);
// The part before the last `separator`, or nothing.
std::string_view before_last(std::string_view text, char separator);

}  // namespace keyless
