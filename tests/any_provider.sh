#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tells every bundled story to a provider that it was not written for. Its expectations may fail there (exit code 1), and so may the
# connection that it breaks (3); it is always read, played to its end and judged.
# usage: any_provider.sh PROVSIM SCENARIOS PROVIDER
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 told=0
for story in $(find "$2" -name '*.provsim.yaml' ! -name 'thousand-*'); do
    "$1" run "$story" --provider "$3" --quiet --record summary --out "$work/run.provsim" >"$work/said" 2>&1 </dev/null
    status=$?
    told=$((told + 1))
    case $status in 0|1|3) continue ;; esac
    failed=$((failed + 1))
    echo "$story, told to $3: exit code $status"
    tail -n 3 "$work/said"
done
echo "$told stories told to $3, $failed not to their end"
[ "$failed" = 0 ] && [ "$told" -gt 100 ]
