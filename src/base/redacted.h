// Redacted: a captured secret that answers questions and can never be printed.
// Its bytes stay inside this class: there is no conversion, no stream operator, no accessor.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace keyless {

class Redacted {
 public:
  Redacted() = default;
  explicit Redacted(std::string_view secret) : bytes_(secret) {}

  [[nodiscard]] size_t length() const { return bytes_.size(); }
  [[nodiscard]] bool equals(const Redacted& other) const { return bytes_ == other.bytes_; }
  [[nodiscard]] bool is_placeholder() const;
  [[nodiscard]] bool looks_like_key() const;
  // This secret continued by another: literals split in two are judged as one.
  [[nodiscard]] Redacted followed_by(const Redacted& other) const {
    return Redacted(bytes_ + other.bytes_);
  }
  // 84 characters with the service's signature; checksum per the catalogue, infrastructure 7.1.
  [[nodiscard]] bool is_identifiable_key() const;
  [[nodiscard]] bool has_valid_checksum() const;
  // 32 lower-case hex digits: the older key form, a key only with other evidence.
  [[nodiscard]] bool is_hex_key() const;

  template <class Stream>
  friend Stream& operator<<(Stream&, const Redacted&) = delete;

 private:
  std::string bytes_;
};

// True for text that stands where a key will be put: `<your key>`, `xxxx`, `changeme`, `${X}`, ...
bool is_placeholder(std::string_view text);

// True when a run of 20 or more letters and digits mixes both and is no placeholder, UUID or
// UPPER_SNAKE name. Such text is never kept as a std::string outside this room.
bool looks_like_key(std::string_view text);

// `text` with every run for which looks_like_key holds replaced by '*' of the same length.
std::string mask_keys(std::string_view text);

}  // namespace keyless
