# The tree-sitter core and grammars, compiled from the pinned sources that scripts/deps/fetch unpacks.

set(node_modules ${PROJECT_SOURCE_DIR}/scripts/deps/node_modules)
set(core_source ${node_modules}/tree-sitter/vendor/tree-sitter/lib)
set(core_copy ${PROJECT_BINARY_DIR}/tree-sitter-core)

if(NOT EXISTS ${core_source}/src/lib.c)
  message(FATAL_ERROR "the grammars are missing: run scripts/deps/fetch, or scripts/keyless, which does")
endif()

# The scanners of two grammars write past the 1024 bytes that the core hands them when blocks nest deeper than about
# 254 levels, which corrupts memory. The core is compiled from a copy with a larger buffer; the grammars keep theirs.
set(small_buffer "#define TREE_SITTER_SERIALIZATION_BUFFER_SIZE 1024")
set(large_buffer "#define TREE_SITTER_SERIALIZATION_BUFFER_SIZE 4096")
file(READ ${core_source}/src/parser.h parser_header)
string(FIND "${parser_header}" "${small_buffer}" buffer_at)
if(buffer_at EQUAL -1)
  message(FATAL_ERROR "src/parser.h of the tree-sitter core has no '${small_buffer}': the buffer mend must be checked again")
endif()
string(REPLACE "${small_buffer}" "${large_buffer}" mended_header "${parser_header}")
file(COPY ${core_source}/src ${core_source}/include DESTINATION ${core_copy} PATTERN parser.h EXCLUDE)
file(CONFIGURE OUTPUT ${core_copy}/src/parser.h CONTENT "${mended_header}" @ONLY)

add_library(keyless_tree_sitter STATIC ${core_copy}/src/lib.c)
target_include_directories(keyless_tree_sitter SYSTEM PUBLIC ${core_copy}/include PRIVATE ${core_copy}/src)
target_compile_definitions(keyless_tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
target_compile_options(keyless_tree_sitter PRIVATE -w -O2)
target_link_libraries(keyless_tree_sitter PRIVATE keyless_all_code)

# An explicit list: some packages carry nested copies of other grammars, so a glob would find too much.
add_library(keyless_grammars STATIC)
target_link_libraries(keyless_grammars PRIVATE keyless_all_code PUBLIC keyless_tree_sitter)
function(keyless_grammar folder)
  set(source ${node_modules}/${folder}/src)
  target_sources(keyless_grammars PRIVATE ${source}/parser.c ${source}/scanner.c)
  # Optimising the tables of parser.c buys nothing at run time.
  set_source_files_properties(${source}/parser.c TARGET_DIRECTORY keyless_grammars PROPERTIES
    COMPILE_OPTIONS "-w;-O1" INCLUDE_DIRECTORIES ${source})
  set_source_files_properties(${source}/scanner.c TARGET_DIRECTORY keyless_grammars PROPERTIES
    COMPILE_OPTIONS "-w;-O2" INCLUDE_DIRECTORIES ${source})
endfunction()
keyless_grammar(tree-sitter-python)
keyless_grammar(tree-sitter-javascript)
keyless_grammar(tree-sitter-typescript/typescript)
keyless_grammar(tree-sitter-typescript/tsx)
keyless_grammar(@tree-sitter-grammars/tree-sitter-hcl)
