# shellcheck shell=bash
# What the scripts share: say what is wrong in one sentence, find a JDK, build when sources are newer than the build.
# Works with bash 3.2, which macOS still ships. The caller sets `home` to the root of the source tree.

MINIMUM_JAVA=21

# Ends the script with one sentence. Exit code 3 means: nothing was started, something is missing.
refuse() {
    printf 'spangraph: %s\n' "$1" >&2
    exit 3
}

# Prints the path behind any chain of symbolic links ("readlink -f" is missing on older macOS).
resolve_links() {
    local path=$1 target
    while [ -L "$path" ]; do
        target=$(readlink "$path")
        case $target in
            /*) path=$target ;;
            *) path=$(dirname "$path")/$target ;;
        esac
    done
    printf '%s' "$path"
}

# Prints the feature number (17, 21, ...) of the JDK in $1, or nothing where there is no JDK.
jdk_feature() {
    if ! [ -x "$1/bin/java" ] || ! [ -x "$1/bin/javac" ]; then
        return 0
    fi
    local version=''
    if [ -r "$1/release" ]; then # every JDK since 9 has it, and reading it is faster than starting the JVM
        version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$1/release")
    fi
    if [ -z "$version" ]; then
        version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
    fi
    version=${version#1.}
    printf '%s' "${version%%[!0-9]*}"
}

jdk_fits() {
    local feature
    feature=$(jdk_feature "$1")
    [ -n "$feature" ] && [ "$feature" -ge "$MINIMUM_JAVA" ]
}

# Prints the home of the java command on the PATH, or nothing.
jdk_on_path() {
    local java
    java=$(command -v java) || return 0
    dirname "$(dirname "$(resolve_links "$java")")"
}

# Prints the best JDK in the folders where installers put them: a long-term release first, then the newest.
jdk_in_usual_folders() {
    local folders folder candidate feature rank best='' best_rank=0
    folders=/usr/lib/jvm:/usr/java:/usr/local:/opt:/opt/java:$HOME/.sdkman/candidates/java:$HOME/.jdks
    folders=$folders:$HOME/Library/Java/JavaVirtualMachines:/Library/Java/JavaVirtualMachines
    local IFS=:
    for folder in ${SPANGRAPH_JDK_FOLDERS:-$folders}; do
        for candidate in "$folder"/* "$folder"/*/Contents/Home; do
            feature=$(jdk_feature "$candidate")
            if [ -z "$feature" ] || [ "$feature" -lt "$MINIMUM_JAVA" ]; then
                continue
            fi
            rank=$feature
            if [ $(((feature - 21) % 4)) -eq 0 ]; then # 21, 25, 29, ... are long-term releases
                rank=$((feature + 1000))
            fi
            if [ "$rank" -gt "$best_rank" ]; then
                best=$candidate
                best_rank=$rank
            fi
        done
    done
    printf '%s' "$best"
}

# Sets `jdk` to the JDK to use: SPANGRAPH_JAVA_HOME, else JAVA_HOME, else java on the PATH, else the usual folders.
find_jdk() {
    jdk=${SPANGRAPH_JAVA_HOME:-}
    if [ -n "$jdk" ]; then # an explicit wish is obeyed or refused, never passed over
        jdk_fits "$jdk" || refuse "SPANGRAPH_JAVA_HOME is $jdk, which is not a JDK of version $MINIMUM_JAVA or newer."
        return
    fi
    for jdk in "${JAVA_HOME:-}" "$(jdk_on_path)"; do
        if [ -n "$jdk" ] && jdk_fits "$jdk"; then
            return
        fi
    done
    jdk=$(jdk_in_usual_folders)
    [ -n "$jdk" ] || refuse "No JDK of version $MINIMUM_JAVA or newer was found; install one or set SPANGRAPH_JAVA_HOME."
}

# True when the jar in folder $2 is missing or anything it is built from has changed since. $1: the module.
is_stale() {
    local built=$2/.built folder
    [ -e "$built" ] || return 0
    [ -z "$(find "$home/pom.xml" -newer "$built")" ] || return 0
    for folder in "$home"/*/; do
        folder=${folder%/}
        if [ "${folder##*/}" = bench ] && [ "$1" != bench ]; then
            continue
        fi
        if [ -e "$folder/pom.xml" ] && [ -n "$(find "$folder/pom.xml" -newer "$built")" ]; then
            return 0
        fi
        # Folders count too: theirs is the only time stamp that changes when a file is deleted.
        if [ -d "$folder/src/main" ] && [ -n "$(find "$folder/src/main" -newer "$built" -print -quit)" ]; then
            return 0
        fi
    done
    return 1
}

# Lets one build at a time touch the tree; a lock whose owner is gone is taken over.
lock_build() {
    local owner waited=''
    until mkdir "$build_lock" 2>/dev/null; do
        owner=$(cat "$build_lock/pid" 2>/dev/null || true)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf "$build_lock"
            continue
        fi
        if [ -z "$waited" ]; then
            waited=yes
            printf 'Waiting for another build of Spangraph (process %s) to end ...\n' "${owner:-unknown}" >&2
        fi
        sleep 1
    done
    printf '%s' $$ >"$build_lock/pid"
    trap 'rm -rf "$build_lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# Builds module $1, whose jars go to folder $2, unless that folder is up to date. Prints nothing on stdout.
build_if_stale() {
    is_stale "$1" "$2" || return 0
    local log=$home/target/build.log duration='about half a minute'
    command -v mvn >/dev/null 2>&1 || refuse "Spangraph must be built first, and Maven (mvn, 3.8.6 or newer) is not on the PATH."
    if ! mkdir -p "$home/target" "$2" 2>/dev/null || ! [ -w "$home/target" ] || ! [ -w "$2" ]; then
        refuse "Spangraph must be built first, and there is no write access to $home."
    fi
    build_lock=$home/target/build.lock
    lock_build
    if is_stale "$1" "$2"; then # another process may have built it while this one waited
        [ -e "$2/.built" ] || duration='some minutes the first time, while libraries are downloaded'
        printf 'Building Spangraph from source (%s) ...\n' "$duration" >&2
        : >"$2/.building" # dated before the build, so that a change made meanwhile counts as newer
        if ! JAVA_HOME=$jdk mvn -B -ntp -f "$home/pom.xml" -Dquick -Dassemble -pl "$1" -am package >"$log" 2>&1 </dev/null; then
            refuse "The build failed with \"$(first_error "$log")\"; all of it is in $log."
        fi
        rm -f "$2"/*.jsa # it was made of other jars, and the JVM would pass over it for ever without making a new one
        mv "$2/.building" "$2/.built"
    fi
    rm -rf "$build_lock"
    trap - EXIT INT TERM
}

first_error() {
    sed -n 's/^\[ERROR\] *\([^ ].*\)$/\1/p' "$1" | grep -v -e '^COMPILATION ERROR' | head -n 1
}

# Replaces this process by the Java program in jar $1. The jar's manifest allows native access and lists the class path.
run_jar() {
    local jar=$1
    shift
    set -- -jar "$jar" "$@"
    # An archive of loaded classes halves the time to start. A server writes it when it ends, because what a short command
    # loads is too little; the JVM checks that it fits and passes over one that does not.
    if [ -w "${jar%/*}" ]; then
        set -- "-XX:SharedArchiveFile=${jar%.jar}.jsa" "$@"
        case ${4:-} in
            demo | serve) set -- -XX:+AutoCreateSharedArchive "$@" ;;
        esac
    fi
    # Java cannot tell stdout and stderr apart when it asks whether somebody watches.
    local terminal=''
    [ ! -t 1 ] || terminal=stdout
    [ ! -t 2 ] || terminal="$terminal stderr"
    # Parquet and others still use memory access that newer JVMs warn of, on stderr, where it would look like a fault.
    if [ "$(jdk_feature "$jdk")" -ge 23 ]; then
        set -- --sun-misc-unsafe-memory-access=allow "$@"
    fi
    local IFS=$' \t\n'
    set -f # options are split at blanks, and never expanded as file names
    # The JVM's own log would go to stdout, where answers go; SPANGRAPH_JAVA_OPTS can turn it on again.
    # shellcheck disable=SC2086
    exec "$jdk/bin/java" -Xlog:disable -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 "-Dspangraph.home=$home" \
        "-Dspangraph.terminal=$terminal" ${SPANGRAPH_JAVA_OPTS:-} "$@"
}
