# SPDX-License-Identifier: Apache-2.0
# The program itself as it is used: every bundled scenario is played twice against the sandbox, and those of
# scenarios/targets against each third-party target of tests/targets too (labels "target", and "long" for minutes).
file(GLOB_RECURSE scenarios CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}/scenarios ${PROJECT_SOURCE_DIR}/scenarios/*.provsim.yaml)
file(GLOB targets CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/targets ${CMAKE_CURRENT_SOURCE_DIR}/targets/*/start.sh)

foreach(scenario IN LISTS scenarios)
  string(REGEX REPLACE "\\.provsim\\.yaml$" "" name ${scenario})
  string(REPLACE "/" "-" flat ${name})
  add_test(NAME scenario/${name}
    COMMAND provsim run ${PROJECT_SOURCE_DIR}/scenarios/${scenario} --twice --record summary --out ${CMAKE_CURRENT_BINARY_DIR}/${flat}.provsim)
  set_tests_properties(scenario/${name} PROPERTIES TIMEOUT 300)

  if(NOT scenario MATCHES "^targets/")
    continue()
  endif()
  foreach(start IN LISTS targets)
    get_filename_component(target ${start} DIRECTORY)
    set(test target/${target}/${name})
    add_test(NAME ${test} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/targets/run.sh ${target} $<TARGET_FILE:test_targets> "[.converge]")
    # 77: no Node.js here. A target's first start installs its packages, which two tests must not do at once.
    set_tests_properties(${test} PROPERTIES LABELS target TIMEOUT 1500 SKIP_RETURN_CODE 77 RESOURCE_LOCK ${target}
      ENVIRONMENT "PROVSIM_SCENARIO=${PROJECT_SOURCE_DIR}/scenarios/${scenario}")
    if(scenario MATCHES "thousand")
      set_tests_properties(${test} PROPERTIES LABELS "target;long")
    endif()
  endforeach()
endforeach()

# The others than Entra, with two hundred users.
foreach(start IN LISTS targets)
  get_filename_component(target ${start} DIRECTORY)
  foreach(provider okta jumpcloud generic)
    set(test target/${target}/two-hundred-${provider})
    add_test(NAME ${test} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/targets/run.sh ${target} $<TARGET_FILE:test_targets> "[.converge]")
    set_tests_properties(${test} PROPERTIES LABELS target TIMEOUT 600 SKIP_RETURN_CODE 77 RESOURCE_LOCK ${target}
      ENVIRONMENT "PROVSIM_PROVIDER=${provider};PROVSIM_SCENARIO=${PROJECT_SOURCE_DIR}/scenarios/targets/two-hundred-users.provsim.yaml")
  endforeach()
endforeach()

# What a target that nobody here wrote makes of one story, from each provider and each template of Okta's applications.
foreach(start IN LISTS targets)
  get_filename_component(target ${start} DIRECTORY)
  foreach(teller entra okta okta-oin okta-oin_put_override jumpcloud generic)
    string(REGEX MATCH "^[a-z]+" provider ${teller})
    set(template)
    if(teller MATCHES "^okta-(.*)")
      set(template ${CMAKE_MATCH_1})
    endif()
    set(test target/${target}/story-${teller})
    add_test(NAME ${test} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/targets/run.sh ${target} $<TARGET_FILE:test_targets> "[.story]")
    set_tests_properties(${test} PROPERTIES LABELS target TIMEOUT 600 SKIP_RETURN_CODE 77 RESOURCE_LOCK ${target}
      ENVIRONMENT "PROVSIM_PROVIDER=${provider};PROVSIM_TEMPLATE=${template};PROVSIM_SCENARIO=${PROJECT_SOURCE_DIR}/scenarios/stories/joiner-mover-leaver.provsim.yaml")
  endforeach()
endforeach()

foreach(provider entra okta jumpcloud generic)
  add_test(NAME any-story/${provider} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/any_provider.sh $<TARGET_FILE:provsim> ${PROJECT_SOURCE_DIR}/scenarios ${provider})
  set_tests_properties(any-story/${provider} PROPERTIES TIMEOUT 300)
endforeach()
