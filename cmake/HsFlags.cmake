# The flags of every target of ours, as one interface library.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# Level-1 debug information has lines and functions, enough for a backtrace, and links much faster.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

add_library(hs_flags INTERFACE)
target_include_directories(hs_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
target_compile_options(hs_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Wimplicit-fallthrough -Wswitch-enum
  # Law 1: results are equal on every build, so no fused multiply-add anywhere.
  -ffp-contract=off
  # __FILE__ is the path from the root of the project, on every machine.
  "-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=")
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # Pedantic clang objects to the variadic macros of gtest's parametrised tests.
  target_compile_options(hs_flags INTERFACE -Wno-gnu-zero-variadic-macro-arguments)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND HS_PCH)
  # Without this, ccache cannot tell which precompiled header a file used.
  target_compile_options(hs_flags INTERFACE -fpch-preprocess)
endif()
if(HS_WERROR)
  target_compile_options(hs_flags INTERFACE -Werror)
endif()

if(HS_SANITIZE)
  add_compile_options(-fsanitize=${HS_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HS_SANITIZE})
endif()
if(HS_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "HS_FUZZ needs clang: use the preset `fuzz`")
  endif()
  # The libraries are instrumented; only the fuzz targets themselves link libFuzzer's main.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(HS_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
