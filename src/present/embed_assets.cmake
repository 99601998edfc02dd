# Writes a .cc that holds asset files as bytes: cmake -D OUT=file.cc -D FILES=a;b -P embed_assets.cmake
# A file NAME.EXT becomes `std::string_view NAME_EXT()` in hs::present. Bytes, not string literals,
# since assets are UTF-8 and longer than the longest literal a compiler must take.
set(text "// Made by embed_assets.cmake; do not edit.\n#include \"present/page_assets.h\"\n\n")
string(APPEND text "namespace hs::present {\n")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  string(REPLACE "." "_" name "${name}")
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND text "namespace {\nconstexpr char k_${name}[] = {${bytes}};\n}  // namespace\n")
  string(APPEND text "std::string_view ${name}() { return {k_${name}, sizeof(k_${name})}; }\n")
endforeach()
string(APPEND text "}  // namespace hs::present\n")
file(WRITE "${OUT}" "${text}")
