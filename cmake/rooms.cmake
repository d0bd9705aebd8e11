# SPDX-License-Identifier: Apache-2.0
# provsim_room(NAME dir... ROOMS rooms it may enter THIRD third-party groups)
#
# A room is a static library made of every .cpp directly in its folders and in folders below
# them that are not rooms of their own. Rooms are linked PUBLIC so that entering `engine`
# also opens `connectors` and `model`, as the graph is drawn; third-party groups stay
# private to the room, except where its headers need them (cmake/dependencies.cmake says which).
set_property(GLOBAL PROPERTY PROVSIM_ROOM_LIST "")

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

function(provsim_room name)
  cmake_parse_arguments(ARG "" "" "ROOMS;THIRD" ${ARGN})
  _provsim_sources(sources ${ARG_UNPARSED_ARGUMENTS})
  if(NOT sources)
    add_library(provsim_${name} INTERFACE)
    _provsim_link(provsim_${name} INTERFACE ROOMS ${ARG_ROOMS} THIRD ${ARG_THIRD})
    return()
  endif()
  add_library(provsim_${name} STATIC ${sources})
  _provsim_link(provsim_${name} PUBLIC ROOMS ${ARG_ROOMS} THIRD ${ARG_THIRD})
  target_link_libraries(provsim_${name} PRIVATE provsim_flags)
endfunction()

function(provsim_program name)
  cmake_parse_arguments(ARG "" "" "ROOMS;THIRD" ${ARGN})
  _provsim_sources(sources ${ARG_UNPARSED_ARGUMENTS})
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  _provsim_link(${name} PRIVATE ROOMS ${ARG_ROOMS} THIRD ${ARG_THIRD})
  target_link_libraries(${name} PRIVATE provsim_flags)
endfunction()
