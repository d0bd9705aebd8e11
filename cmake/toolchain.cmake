# SPDX-License-Identifier: Apache-2.0
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

option(PROVSIM_WERROR   "warnings are errors" OFF)
option(PROVSIM_BENCH    "build bench/" OFF)
set(PROVSIM_SANITIZE "" CACHE STRING "address;undefined, thread, fuzzer-no-link;address, or nothing")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Flags every target of ours gets, and no third-party one.
add_library(provsim_flags INTERFACE)
target_compile_options(provsim_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
if(PROVSIM_WERROR)
  target_compile_options(provsim_flags INTERFACE -Werror)
endif()
if(PROVSIM_SANITIZE)
  string(REPLACE ";" "," _sanitizers "${PROVSIM_SANITIZE}")
  add_compile_options(-fsanitize=${_sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${_sanitizers})
endif()
