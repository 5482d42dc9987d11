# The libraries that come from Debian packages, linked statically where an archive exists.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED re2)
pkg_check_modules(SODIUM REQUIRED libsodium)

function(keyless_require_header header package)
  string(MAKE_C_IDENTIFIER "KEYLESS_HEADER_${header}" variable)
  find_path(${variable} ${header})
  if(NOT ${variable})
    message(FATAL_ERROR "${header} is missing: install the Debian package ${package}, or run scripts/keyless, which does")
  endif()
endfunction()
keyless_require_header(tl/expected.hpp libexpected-dev)
keyless_require_header(nlohmann/json.hpp nlohmann-json3-dev)
keyless_require_header(fmt/format-inl.h libfmt-dev)
keyless_require_header(yaml-cpp/yaml.h libyaml-cpp-dev)
keyless_require_header(CLI/CLI.hpp libcli11-dev)
keyless_require_header(pugixml.hpp libpugixml-dev)
keyless_require_header(sqlite3.h libsqlite3-dev)

# Debian has fmt only as a shared object, which would bring the shared libstdc++ along: compile it once ourselves.
add_library(keyless_fmt STATIC ${PROJECT_SOURCE_DIR}/scripts/deps/fmt_library.cpp)
target_link_libraries(keyless_fmt PRIVATE keyless_all_code)
target_compile_options(keyless_fmt PRIVATE -w)

function(keyless_find_library variable name)
  if(KEYLESS_STATIC)
    find_library(KEYLESS_LIB_${name} NAMES lib${name}.a ${name} REQUIRED)
  else()
    find_library(KEYLESS_LIB_SHARED_${name} NAMES ${name} REQUIRED)
    set(KEYLESS_LIB_${name} ${KEYLESS_LIB_SHARED_${name}})
  endif()
  set(${variable} ${KEYLESS_LIB_${name}} PARENT_SCOPE)
endfunction()

keyless_find_library(re2_library re2)
keyless_find_library(yaml_library yaml-cpp)
keyless_find_library(sodium_library sodium)
keyless_find_library(pugixml_library pugixml)
keyless_find_library(sqlite_library sqlite3)

# Newer RE2 (Ubuntu 24.04) needs abseil; pkg-config knows the list, Debian 12's RE2 has none.
set(re2_more ${RE2_STATIC_LIBRARIES})
list(FILTER re2_more INCLUDE REGEX "^absl_")

add_library(keyless_libraries INTERFACE)
target_link_libraries(keyless_libraries INTERFACE
  keyless_grammars keyless_fmt ${re2_library} ${re2_more} ${yaml_library} ${sodium_library} ${pugixml_library}
  ${sqlite_library} Threads::Threads)

add_library(keyless_linking INTERFACE)
# The cache knows by it which program wrote a row.
target_link_options(keyless_linking INTERFACE -Wl,--build-id=sha1)
target_link_libraries(keyless_linking INTERFACE keyless_all_code)
if(KEYLESS_STATIC)
  target_link_options(keyless_linking INTERFACE -static-pie)
endif()
