// The options of all commands, one row each; parser and help are made of this table.
// An id is a bit, so that a command says with one number which options it takes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace keyless {

using OptionSet = uint32_t;

struct OptionRow {
  OptionSet id = 0;        // one bit
  std::string_view name;   // without the dashes
  std::string_view value;  // what it takes, for the help; "" for a flag
  std::string_view doc;
};

namespace option {
inline constexpr OptionSet format = 1U << 0U;
inline constexpr OptionSet output = 1U << 1U;
inline constexpr OptionSet config = 1U << 2U;
inline constexpr OptionSet fail_on = 1U << 3U;
inline constexpr OptionSet baseline = 1U << 4U;
inline constexpr OptionSet leads = 1U << 5U;
inline constexpr OptionSet min_coverage = 1U << 6U;
inline constexpr OptionSet threads = 1U << 7U;
inline constexpr OptionSet no_prefilter = 1U << 8U;
inline constexpr OptionSet root_id = 1U << 9U;
inline constexpr OptionSet why = 1U << 10U;
inline constexpr OptionSet anchors = 1U << 11U;
inline constexpr OptionSet config_schema = 1U << 12U;
inline constexpr OptionSet quiet = 1U << 13U;
inline constexpr OptionSet verbose = 1U << 14U;
inline constexpr OptionSet color = 1U << 15U;
inline constexpr OptionSet no_progress = 1U << 16U;
}  // namespace option

std::span<const OptionRow> option_rows();

}  // namespace keyless
