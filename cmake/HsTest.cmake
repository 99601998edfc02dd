# hs_test(NAME SOURCES file… [LINK target…] [LABELS label…]): one GoogleTest binary, one ctest.
#
# One ctest a binary, not one a case: starting a process per case and asking each binary for its
# cases costs more than the cases do. To run one case: build/dev/bin/NAME --gtest_filter=…
find_package(GTest REQUIRED)
find_package(rapidcheck QUIET)

if(HS_PCH)
  # GoogleTest costs two seconds a file to read; it is read once for all test binaries.
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/test_pch_anchor.cc" CONTENT "\n")
  add_library(hs_test_pch OBJECT "${CMAKE_BINARY_DIR}/test_pch_anchor.cc")
  target_link_libraries(hs_test_pch PRIVATE hs_flags GTest::gmock)
  target_precompile_headers(hs_test_pch PRIVATE "${CMAKE_SOURCE_DIR}/cmake/test_pch.h")
endif()

# What every test finds in its environment: the root of the project and the program itself.
function(hs_test_environment name)
  set(environment "HS_SOURCE_DIR=${CMAKE_SOURCE_DIR}" "HS_BUILD_DIR=${CMAKE_BINARY_DIR}"
      "HS_PROGRAM=${CMAKE_BINARY_DIR}/homestretch")
  # Under a sanitizer the large tests take ten times as long.
  set(timeout 600)
  if(HS_SANITIZE)
    set(timeout 2400)
  endif()
  set_tests_properties(${name} PROPERTIES ENVIRONMENT "${environment}" TIMEOUT ${timeout})
endfunction()

function(hs_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;LABELS")
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests")
  target_link_libraries(${name} PRIVATE hs_flags ${arg_LINK} hs_test_support GTest::gmock_main)
  if(TARGET rapidcheck)
    target_link_libraries(${name} PRIVATE rapidcheck)
    target_compile_definitions(${name} PRIVATE HS_HAS_RAPIDCHECK=1)
  endif()
  if(HS_PCH)
    target_precompile_headers(${name} REUSE_FROM hs_test_pch)
  endif()
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1 WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  hs_test_environment(${name})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
endfunction()
