# SPDX-License-Identifier: Apache-2.0
# Every header compiles alone, and twice: one generated source file a header, compiled and never linked.
# A header added later is seen at once (CONFIGURE_DEPENDS); the compiler names the header that breaks the rule.
set(sources "")
foreach(folder model connectors simulator)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/${folder}/*.h)
  foreach(header IN LISTS headers)
    string(MAKE_C_IDENTIFIER ${header} name)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/header_selftest/${name}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "#include \"${header}\"\n#include \"${header}\"\n")
    list(APPEND sources ${source})
  endforeach()
endforeach()
if(sources)
  add_library(header_selftest OBJECT ${sources})
  # Only the front end's verdict is wanted: no optimisation, no debug information, no sanitizer.
  target_compile_options(header_selftest PRIVATE -O0 -g0 -fno-sanitize=all)
  target_link_libraries(header_selftest PRIVATE provsim_app provsim_flags)
endif()
