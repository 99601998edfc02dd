# ccache and mold make a rebuild quick; the build works without either.
find_program(HS_CCACHE ccache)
if(HS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The settings travel with the launcher, so that a plain `ninja` has them too: sloppiness lets
  # ccache store precompiled headers, the base directory lets two build folders share objects.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1
      ${HS_CCACHE})
endif()

find_program(HS_MOLD mold)
if(HS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
