# SPDX-License-Identifier: Apache-2.0
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# -O2, not CMake's -O3: no slower here (bench/run), quicker to build, and with fewer false warnings.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "" FORCE)

option(PROVSIM_WERROR   "warnings are errors" OFF)
option(PROVSIM_BENCH    "build bench/" OFF)
option(PROVSIM_FUZZ    "build tests/fuzz (clang)" OFF)
option(PROVSIM_PCH     "precompile the headers that cost most" ON)
set(PROVSIM_SANITIZE "" CACHE STRING "address;undefined, thread, fuzzer-no-link;address, or nothing")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without these, ccache leaves every file alone that uses a precompiled header (ccache's manual, "Precompiled headers").
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  if(PROVSIM_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-fpch-preprocess)
  endif()
endif()

# Flags every target of ours gets, and no third-party one.
add_library(provsim_flags INTERFACE)
target_compile_options(provsim_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
if(PROVSIM_WERROR)
  target_compile_options(provsim_flags INTERFACE -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # The optimiser's guesses about what is inside a std::variant or a std::string differ from version to version and are
    # often wrong (g++ 14 on connectors/entra/references.cpp). They are shown; the sanitizers decide.
    target_compile_options(provsim_flags INTERFACE
      -Wno-error=maybe-uninitialized -Wno-error=array-bounds -Wno-error=stringop-overflow -Wno-error=stringop-overread
      -Wno-error=restrict)
  endif()
endif()
if(PROVSIM_SANITIZE)
  string(REPLACE ";" "," _sanitizers "${PROVSIM_SANITIZE}")
  add_compile_options(-fsanitize=${_sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${_sanitizers})
  if(_sanitizers STREQUAL thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-Wno-tsan)   # Asio has fences, which the sanitizer does not see; its queue is locked besides
  endif()
endif()
