// The options of all commands, one row each; parser and help are made of this table.
// An id is a bit, so that a command says with one number which options it takes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace keyless {

using OptionSet = uint64_t;

struct OptionRow {
  OptionSet id = 0;        // one bit
  std::string_view name;   // without the dashes
  std::string_view value;  // what it takes, for the help; "" for a flag
  std::string_view doc;
  bool repeats = false;           // may be given several times
  std::string_view choices = {};  // all values that it takes, with spaces between; "" is any
};

namespace option {
inline constexpr OptionSet format = OptionSet{1} << 0U;
inline constexpr OptionSet output = OptionSet{1} << 1U;
inline constexpr OptionSet config = OptionSet{1} << 2U;
inline constexpr OptionSet fail_on = OptionSet{1} << 3U;
inline constexpr OptionSet baseline = OptionSet{1} << 4U;
inline constexpr OptionSet leads = OptionSet{1} << 5U;
inline constexpr OptionSet min_coverage = OptionSet{1} << 6U;
inline constexpr OptionSet threads = OptionSet{1} << 7U;
inline constexpr OptionSet no_prefilter = OptionSet{1} << 8U;
inline constexpr OptionSet root_id = OptionSet{1} << 9U;
inline constexpr OptionSet why = OptionSet{1} << 10U;
inline constexpr OptionSet anchors = OptionSet{1} << 11U;
inline constexpr OptionSet config_schema = OptionSet{1} << 12U;
inline constexpr OptionSet quiet = OptionSet{1} << 13U;
inline constexpr OptionSet verbose = OptionSet{1} << 14U;
inline constexpr OptionSet color = OptionSet{1} << 15U;
inline constexpr OptionSet no_progress = OptionSet{1} << 16U;
inline constexpr OptionSet write = OptionSet{1} << 17U;
inline constexpr OptionSet review = OptionSet{1} << 18U;
inline constexpr OptionSet through = OptionSet{1} << 19U;
inline constexpr OptionSet only = OptionSet{1} << 20U;
inline constexpr OptionSet credential = OptionSet{1} << 21U;
inline constexpr OptionSet strategy = OptionSet{1} << 22U;
inline constexpr OptionSet patch_dir = OptionSet{1} << 23U;
inline constexpr OptionSet local_files = OptionSet{1} << 24U;
inline constexpr OptionSet scope = OptionSet{1} << 26U;
inline constexpr OptionSet with_logging = OptionSet{1} << 25U;
inline constexpr OptionSet with_smoke_test = OptionSet{1} << 27U;
inline constexpr OptionSet docs = OptionSet{1} << 35U;
inline constexpr OptionSet allow_dirty = OptionSet{1} << 28U;
inline constexpr OptionSet undo_dir = OptionSet{1} << 29U;
inline constexpr OptionSet consumers = OptionSet{1} << 30U;
inline constexpr OptionSet all_consumers_here = OptionSet{1} << 31U;
inline constexpr OptionSet lock_anyway = OptionSet{1} << 32U;
inline constexpr OptionSet write_evidence = OptionSet{1} << 33U;
inline constexpr OptionSet check = OptionSet{1} << 34U;
inline constexpr OptionSet trend = OptionSet{1} << 50U;
inline constexpr OptionSet date = OptionSet{1} << 51U;
inline constexpr OptionSet evidence = OptionSet{1} << 52U;
inline constexpr OptionSet verify = OptionSet{1} << 53U;
inline constexpr OptionSet logs = OptionSet{1} << 58U;
inline constexpr OptionSet cache = OptionSet{1} << 36U;
inline constexpr OptionSet diff_base = OptionSet{1} << 40U;
inline constexpr OptionSet staged = OptionSet{1} << 41U;
inline constexpr OptionSet sarif_profile = OptionSet{1} << 42U;
}  // namespace option

std::span<const OptionRow> option_rows();

}  // namespace keyless
