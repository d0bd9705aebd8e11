#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts a third-party target on a free loopback port, empty, and runs a command that finds it in its environment:
# PROVSIM_TARGET_NAME, PROVSIM_TARGET_URL, PROVSIM_TOKEN_FILE.
# usage: run.sh TARGET COMMAND...     TARGET is a folder beside this file
# Exit code: the command's; 3 if the target does not start; 77 if there is no Node.js to run it.
set -u
command -v node >/dev/null || exit 77
here=$(cd "$(dirname "$0")" && pwd)
target=$1
shift
work=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
echo rehearsal-token >"$work/token"
sh "$here/$target/start.sh" "$port" rehearsal-token >"$work/log" 2>&1 </dev/null &
server=$!

# The target prints its address when it listens. Its first start installs its packages, which takes a while.
url=
for _ in $(seq 600); do
    url=$(grep -m 1 -o '^http://[^ ]*' "$work/log") && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.5
done
if [ -z "$url" ]; then
    echo "$target did not start:"
    tail -n 30 "$work/log"
    exit 3
fi
status=0
PROVSIM_TARGET_NAME=$target PROVSIM_TARGET_URL=$url PROVSIM_TOKEN_FILE=$work/token "$@" </dev/null || status=$?
[ "$status" = 0 ] || tail -n 30 "$work/log"
exit "$status"
