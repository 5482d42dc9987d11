# One static library per room, each linked to the rooms below it; the binary; the rules compiled into it.

set(rooms base source syntax rule match lineage fix output app)

file(GLOB_RECURSE rule_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/rules/*.yaml)
set(embedded_rules ${PROJECT_BINARY_DIR}/generated/embedded_rules.cpp)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
# The list of files is an input too: a rule that is removed must disappear from the binary.
set(rule_list ${PROJECT_BINARY_DIR}/generated/rule_files.txt)
string(REPLACE ";" "\n" rule_lines "${rule_files}")
file(CONFIGURE OUTPUT ${rule_list} CONTENT "${rule_lines}\n" @ONLY)
add_custom_command(
  OUTPUT ${embedded_rules}
  COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/embed ${PROJECT_SOURCE_DIR}/rules ${embedded_rules}
  DEPENDS ${rule_files} ${rule_list} ${PROJECT_SOURCE_DIR}/scripts/embed
  COMMENT "Embedding the rules")

file(GLOB page_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/output/html/page.*)
set(embedded_page ${PROJECT_BINARY_DIR}/generated/embedded_page.cpp)
add_custom_command(
  OUTPUT ${embedded_page}
  COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/scripts/embed --page ${PROJECT_SOURCE_DIR}/src/output/html ${embedded_page}
  DEPENDS ${page_files} ${PROJECT_SOURCE_DIR}/scripts/embed
  COMMENT "Embedding the report's page")

set(rooms_below)
foreach(room IN LISTS rooms)
  file(GLOB_RECURSE room_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.cpp)
  list(REMOVE_ITEM room_files ${PROJECT_SOURCE_DIR}/src/app/main.cpp)
  if(room STREQUAL "rule")
    # The rules are parsed by the build, with the reader that the binary has.
    add_executable(keyless_pack ${PROJECT_SOURCE_DIR}/scripts/pack_rules.cpp)
    target_link_libraries(keyless_pack PRIVATE keyless_own_code keyless_base)
    set(packed_rules ${PROJECT_BINARY_DIR}/generated/packed_rules.cpp)
    add_custom_command(
      OUTPUT ${packed_rules}
      COMMAND keyless_pack ${packed_rules} ${PROJECT_SOURCE_DIR}/rules ${rule_files}
      DEPENDS ${rule_files} ${rule_list} keyless_pack
      COMMENT "Packing the rules")
    list(APPEND room_files ${embedded_rules} ${packed_rules})
  elseif(room STREQUAL "output")
    list(APPEND room_files ${embedded_page})
  endif()
  set(room_target keyless_${room})
  if(room_files)
    add_library(${room_target} STATIC ${room_files})
    target_link_libraries(${room_target} PRIVATE keyless_own_code PUBLIC keyless_libraries ${rooms_below})
  else()
    add_library(${room_target} INTERFACE)
    target_link_libraries(${room_target} INTERFACE keyless_libraries ${rooms_below})
  endif()
  list(PREPEND rooms_below ${room_target})
endforeach()

add_executable(keyless ${PROJECT_SOURCE_DIR}/src/app/main.cpp)
target_link_libraries(keyless PRIVATE keyless_own_code keyless_app keyless_linking)
set_target_properties(keyless PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

# Single parts of a scan, for scripts/bench; built only when it asks.
add_executable(keyless_measure EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/bench/measure.cpp)
target_link_libraries(keyless_measure PRIVATE keyless_own_code keyless_app keyless_linking)
set_target_properties(keyless_measure PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
