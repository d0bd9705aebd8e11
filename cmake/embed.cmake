# SPDX-License-Identifier: Apache-2.0
# provsim_embed(TARGET FILE SYMBOL HEADER): FILE's text as the string_view SYMBOL that HEADER declares.
function(provsim_embed target file symbol header)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
  file(READ ${PROJECT_SOURCE_DIR}/${file} text)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/embedded/${symbol}.cpp @ONLY CONTENT
"// From @file@, by cmake/embed.cmake.
#include \"@header@\"

const std::string_view provsim::@symbol@ = R\"embedded(@text@)embedded\";
")
  target_sources(${target} PRIVATE ${PROJECT_BINARY_DIR}/embedded/${symbol}.cpp)
endfunction()
