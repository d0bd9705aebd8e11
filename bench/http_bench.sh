#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A client beside wrk: the same requests to the same nginx with one worker, in turns, medians at the end.
#   bench/http_bench.sh PATH/TO/bench_http_client|bench_http_pipeline [http|https] [ROUNDS=5] [CONNECTIONS=32] [REQUESTS=200000]
# Needs nginx and wrk. Prints requests per second and processor time per request of each.
set -euo pipefail
bench=$(realpath "$1"); scheme=${2:-http}; rounds=${3:-5}; connections=${4:-32}; requests=${5:-200000}
here=$(cd "$(dirname "$0")" && pwd)
port=${PORT:-18493}
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait 2>/dev/null || true; rm -rf "$dir"' EXIT

ssl= certificate= ca=()
if [ "$scheme" = https ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$dir/key.pem" -out "$dir/cert.pem" \
    -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 2>/dev/null
  ssl=ssl certificate="ssl_certificate cert.pem; ssl_certificate_key key.pem;" ca=("$dir/cert.pem")
fi
sed -e "s|@PORT@|$port|g" -e "s|@SSL@|$ssl|" -e "s|@CERTIFICATE@|$certificate|" "$here/nginx.conf.in" > "$dir/nginx.conf"
nginx -p "$dir" -c nginx.conf > "$dir/out" 2>&1 &
server=$!
url=$scheme://127.0.0.1:$port/scim/v2
for _ in $(seq 50); do (: > "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done

# The same request that the transport sends.
"$bench" --lua > "$dir/post.lua"

# "REQUESTS_PER_SECOND MICROSECONDS", from wrk's count and its user and system time.
run_wrk() {
  local TIMEFORMAT='%U %S'
  { time wrk -t1 -c"$connections" -d3s -s "$dir/post.lua" "$url/Users" > "$dir/wrk"; } 2> "$dir/time"
  awk -v times="$(cat "$dir/time")" '/requests in/ {n=$1} /Requests\/sec/ {rate=$2} END {split(times,t," "); printf "%d %.2f\n", rate, (t[1]+t[2])*1e6/n}' "$dir/wrk"
}
run_bench() { "$bench" "$url" "$requests" "$connections" "${ca[@]}" | awk '!/^#/ {print $1, $3} /^#/ {print > "/dev/stderr"}'; }
median() { sort -n -k"$1" "$2" | awk -v k="$1" '{v[NR]=$k} END {print v[int((NR+1)/2)]}'; }

for _ in $(seq "$rounds"); do
  run_wrk >> "$dir/wrk.all"; run_bench >> "$dir/bench.all"
  echo "wrk $(tail -1 "$dir/wrk.all")   provsim $(tail -1 "$dir/bench.all")   (requests/s, us processor time)"
done
echo "medians, $scheme, $connections connections: wrk $(median 1 "$dir/wrk.all") requests/s, $(median 2 "$dir/wrk.all") us;" \
     "provsim $(median 1 "$dir/bench.all") requests/s, $(median 2 "$dir/bench.all") us;" \
     "ratio $(awk -v a="$(median 1 "$dir/bench.all")" -v b="$(median 1 "$dir/wrk.all")" 'BEGIN {printf "%.2f", a/b}')"
