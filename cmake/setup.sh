# SPDX-License-Identifier: Apache-2.0
# What ./provsim and ./run-tests share: install what is missing, configure and build. Sourced by bash; speaks on stderr
# only and never reads stdin, because both belong to the program that is run afterwards.
#
#   provsim_root        the checkout, absolute (set here)
#   provsim_install GROUP...      Debian packages; groups: build targets bench clang.   2 if they cannot be had
#   provsim_build PRESET [TARGET...]   into build/PRESET.                         5 if it does not build
#   provsim_lock / provsim_unlock      one set-up or build at a time in this checkout

provsim_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

provsim_say() { printf 'provsim: %s\n' "$*" >&2; }

# The end of a log, for a person who has to find out what went wrong.
provsim_show_log() {
    { echo; tail -n 40 "$1" | sed 's/^/    /'; echo; } >&2
    provsim_say "the whole log is $1"
}

# The packages of a group, one a line. Debian 12's libboost-dev is 1.74, too old; there 1.81 has a name of its own.
provsim_packages() {
    case $1 in
    build)
        printf '%s\n' g++ cmake ninja-build ccache pkg-config libfmt-dev libsimdjson-dev libutf8proc-dev libxxhash-dev \
            libpcre2-dev nlohmann-json3-dev libfyaml-dev libssl-dev libsqlitecpp-dev libsqlite3-dev libzstd-dev libcli11-dev catch2 \
            libvalijson-dev
        if grep -q '^VERSION_CODENAME=bookworm' /etc/os-release 2>/dev/null
        then echo libboost1.81-dev
        else echo libboost-dev
        fi ;;
    targets)   # Whoever has Node.js from elsewhere keeps it.
        command -v node >/dev/null || echo nodejs
        command -v npm >/dev/null || echo npm ;;
    bench)
        printf '%s\n' nginx-light wrk openssl ;;
    clang)
        printf '%s\n' clang libclang-rt-dev ;;
    esac
}

# Those of the named packages that are not installed.
provsim_missing() {
    local package
    for package; do
        [ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" = 'install ok installed' ] || echo "$package"
    done
}

provsim_install() {
    local group packages stamp missing log=$provsim_root/build/install.log
    packages=$(for group; do provsim_packages "$group"; done)
    # A file named after the list and the system remembers that everything was there, so that the next call asks nobody.
    stamp=$provsim_root/build/.installed-$({ echo "$packages"; cat /etc/os-release; } 2>/dev/null | cksum | tr -d ' ')
    [ ! -e "$stamp" ] || return 0
    mkdir -p "$provsim_root/build" || return 2

    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        provsim_say "this system has no apt-get; building with what is here. Debian calls what is needed:" $packages
        return 0
    fi
    missing=$(provsim_missing $packages)
    if [ -n "$missing" ]; then
        local as_root=
        if [ "$(id -u)" != 0 ]; then
            as_root=sudo
            # Without a terminal sudo could only ask and wait for ever.
            if ! command -v sudo >/dev/null || { [ ! -t 2 ] && ! sudo -n true 2>/dev/null; }; then
                provsim_say "packages are missing and may only be installed by root. Run this once, then call again:"
                printf '\n    apt-get update && apt-get install -y --no-install-recommends %s\n\n' "$(echo $missing)" >&2
                return 2
            fi
        fi
        provsim_say "installing" $(echo "$missing" | wc -l) "packages with apt-get (once):" $missing
        local apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300"
        if ! { $apt update && $apt install -y --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
            provsim_say "apt-get failed"
            provsim_show_log "$log"
            return 2
        fi
    fi
    : >"$stamp"
}

# Ninja's "[12/80] ..." lines as progress: in place on a terminal, else a line every 20 seconds. Everything goes to the log.
provsim_progress() {
    local log=$1 line shown=-20 written=
    : >"$log"
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (Building|Linking|Generating) ]] || continue
        if [ -t 2 ]; then
            printf '\rprovsim: building %s of %s ' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
            written=yes
        elif [ $((SECONDS - shown)) -ge 20 ]; then
            provsim_say "building ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
            shown=$SECONDS
        fi
    done
    [ -z "$written" ] || printf '\r\033[K' >&2
}

provsim_build() {
    local preset=$1 dir=$provsim_root/build/$1 log
    shift
    # A checkout that was moved or copied holds a configuration for another place.
    if [ -e "$dir/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$provsim_root" "$dir/CMakeCache.txt"; then
        rm -rf "$dir"
    fi
    mkdir -p "$dir" || return 5
    if [ ! -e "$dir/build.ninja" ]; then
        log=$dir/configure.log
        provsim_say "configuring $preset"
        if ! (cd "$provsim_root" && cmake --preset "$preset") >"$log" 2>&1 </dev/null; then
            provsim_say "the configuration failed"
            provsim_show_log "$log"
            return 5
        fi
    fi
    log=$dir/build.log
    ninja -C "$dir" -j "$(nproc)" "$@" 2>&1 </dev/null | provsim_progress "$log"
    if [ "${PIPESTATUS[0]}" != 0 ]; then
        provsim_say "the build failed"
        provsim_show_log "$log"
        return 5
    fi
}

provsim_lock() {
    mkdir -p "$provsim_root/build" && exec 9>"$provsim_root/build/.lock" || return 2
    command -v flock >/dev/null || return 0
    flock -n 9 || { provsim_say "waiting for another build in this checkout"; flock 9; }
}
provsim_unlock() { exec 9>&-; }   # before the program starts: it must not keep others from building
