# SPDX-License-Identifier: Apache-2.0
# provsim_room(NAME dir... ROOMS rooms it may enter THIRD third-party groups)
#
# A room is a static library made of every .cpp in its folders and below. Rooms are linked PUBLIC so that entering
# `engine` also opens `connectors` and `model`, as the graph is drawn. A room without a source yet is an interface library.

function(_provsim_sources out)
  set(found "")
  foreach(dir IN LISTS ARGN)
    file(GLOB_RECURSE here CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.cpp)
    list(APPEND found ${here})
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

function(_provsim_link target visibility)
  cmake_parse_arguments(ARG "" "" "ROOMS;THIRD" ${ARGN})
  foreach(room IN LISTS ARG_ROOMS)
    target_link_libraries(${target} ${visibility} provsim_${room})
  endforeach()
  foreach(group IN LISTS ARG_THIRD)
    target_link_libraries(${target} ${visibility} third_${group})
  endforeach()
  target_include_directories(${target} ${visibility} ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/simulator)
endfunction()

# Headers that cost more to read than the rest of a source file. Only rooms with enough files to gain are named
# (cmake/precompiled.cmake has the measurement).
function(provsim_precompile target)
  if(PROVSIM_PCH)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

function(_provsim_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;ROOMS;THIRD;PRECOMPILE" ${ARGN})
  if(NOT ARG_SOURCES)
    add_library(provsim_${name} INTERFACE)
    _provsim_link(provsim_${name} INTERFACE ROOMS ${ARG_ROOMS} THIRD ${ARG_THIRD})
    return()
  endif()
  add_library(provsim_${name} STATIC ${ARG_SOURCES})
  _provsim_link(provsim_${name} PUBLIC ROOMS ${ARG_ROOMS} THIRD ${ARG_THIRD})
  target_link_libraries(provsim_${name} PRIVATE provsim_flags)
  if(ARG_PRECOMPILE)
    provsim_precompile(provsim_${name} ${ARG_PRECOMPILE})
  endif()
endfunction()

function(provsim_room name)
  cmake_parse_arguments(ARG "" "" "ROOMS;THIRD;PRECOMPILE" ${ARGN})
  _provsim_sources(sources ${ARG_UNPARSED_ARGUMENTS})
  _provsim_library(${name} SOURCES ${sources} ROOMS ${ARG_ROOMS} THIRD ${ARG_THIRD} PRECOMPILE ${ARG_PRECOMPILE})
endfunction()

# provsim_program(NAME dir... ROOMS ... THIRD ...): everything but main.cpp as the room `app`, so that tests can link it,
# and the program NAME made of main.cpp and that room.
function(provsim_program name)
  cmake_parse_arguments(ARG "" "" "ROOMS;THIRD;PRECOMPILE" ${ARGN})
  _provsim_sources(sources ${ARG_UNPARSED_ARGUMENTS})
  set(main ${sources})
  list(FILTER main INCLUDE REGEX "/main\\.cpp$")
  list(REMOVE_ITEM sources ${main})
  _provsim_library(app SOURCES ${sources} ROOMS ${ARG_ROOMS} THIRD ${ARG_THIRD} PRECOMPILE ${ARG_PRECOMPILE})
  if(sources)
    target_compile_definitions(provsim_app PUBLIC PROVSIM_VERSION="${PROJECT_VERSION}")
  endif()
  if(main)
    add_executable(${name} ${main})
    target_link_libraries(${name} PRIVATE provsim_app provsim_flags)
  endif()
endfunction()
