# hs_module(NAME [LINK module…] [THIRD target…])
#
# Makes hs_NAME, a static library of every .cc below the calling folder except main.cc and
# *_test.cc, and NAME_test of all *_test.cc. Sources are found by pattern: put a file in the folder
# and build. A module without sources yet is an empty interface library.
#   LINK   the modules it may use, each of a smaller layer number (tools/check_layers.py proves it).
#   THIRD  third-party libraries, private: their headers stay in our .cc files.
function(hs_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINK;THIRD")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "hs_module(${name}): unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(folder "${CMAKE_CURRENT_SOURCE_DIR}")
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/*.cc" "${folder}/*/*.cc")
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  list(REMOVE_ITEM sources "${folder}/main.cc")

  list(TRANSFORM arg_LINK PREPEND "hs_")
  if(sources)
    add_library(hs_${name} STATIC ${sources})
    target_link_libraries(hs_${name} PUBLIC hs_flags ${arg_LINK} PRIVATE ${arg_THIRD})
  else()
    add_library(hs_${name} INTERFACE)
    target_link_libraries(hs_${name} INTERFACE hs_flags ${arg_LINK})
  endif()
  set_property(GLOBAL APPEND PROPERTY HS_MODULES ${name})

  if(HS_TESTS AND tests)
    hs_test(${name}_test SOURCES ${tests} LINK hs_${name} ${arg_THIRD} LABELS unit)
  endif()
endfunction()
