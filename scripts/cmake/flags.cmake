# Two interface targets: what our own code is compiled with, and what every object is compiled with.

add_library(keyless_all_code INTERFACE)
add_library(keyless_own_code INTERFACE)
target_link_libraries(keyless_own_code INTERFACE keyless_all_code)
target_compile_options(keyless_own_code INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wpedantic -Werror)
# Bounds checks in the standard containers stay on in the release: the scanned repository is hostile.
target_compile_definitions(keyless_own_code INTERFACE _GLIBCXX_ASSERTIONS KEYLESS_VERSION="${PROJECT_VERSION}")
target_include_directories(keyless_own_code INTERFACE ${PROJECT_SOURCE_DIR}/src)

if(KEYLESS_SANITIZE)
  set(KEYLESS_STATIC OFF)
  target_compile_options(keyless_all_code INTERFACE -fsanitize=address -fno-omit-frame-pointer -g1 -O1)
  target_link_options(keyless_all_code INTERFACE -fsanitize=address,undefined)
  # Only our own code answers for undefined behaviour; the C sources of others are watched for memory errors.
  target_compile_options(keyless_own_code INTERFACE -fsanitize=undefined -fno-sanitize-recover=all
    # g++ 12 reports initialised members of the standard library here once sanitizers are on.
    -Wno-maybe-uninitialized)
endif()

if(KEYLESS_FUZZ)
  set(KEYLESS_STATIC OFF)
  # What the grammars reach counts as new ground too, so that an input which confuses one of them is kept.
  target_compile_options(keyless_all_code INTERFACE
    -fsanitize=address,fuzzer-no-link -fno-omit-frame-pointer -gline-tables-only $<$<COMPILE_LANGUAGE:C>:-O1>)
  target_link_options(keyless_all_code INTERFACE -fsanitize=address,undefined)
  target_compile_options(keyless_own_code INTERFACE -fsanitize=undefined -fno-sanitize-recover=all)
endif()
