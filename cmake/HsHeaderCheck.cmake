# header_check: each header compiled alone, so that none leans on what its users include before it.
# Not part of `all`; `./dev test` builds it.
file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/*.h")
set(header_units)
foreach(header IN LISTS headers)
  file(RELATIVE_PATH name "${CMAKE_SOURCE_DIR}/src" "${header}")
  set(unit "${CMAKE_BINARY_DIR}/header_check/${name}.cc")
  # Included twice: the second must add nothing.
  file(CONFIGURE OUTPUT "${unit}" CONTENT "#include \"${name}\"\n#include \"${name}\"\n" @ONLY)
  list(APPEND header_units "${unit}")
endforeach()
if(header_units)
  add_library(header_check OBJECT EXCLUDE_FROM_ALL ${header_units})
  target_link_libraries(header_check PRIVATE hs_flags)
else()
  add_custom_target(header_check)
endif()
