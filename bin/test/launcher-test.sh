#!/usr/bin/env bash
# Tests bin/spangraph on a copy of the scripts with stand-ins for the JDKs and for Maven, so that it takes seconds and
# shows what would be run. Ends with a line "N passed, N failed" and fails when any did.
set -u

home=$(cd "$(dirname "$0")/../.." && pwd -P)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/spangraph launcher.XXXXXX") # the blank in the name is part of the test
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

tree=$scratch/tree
lib=$tree/graph-server/target/spangraph/lib

# A fresh copy of the scripts, one module with a source, no JDK anywhere but in $scratch/jdks, and Maven on the PATH.
set_up() {
    rm -rf "$tree" "$scratch/jdks" "$scratch/path" "$scratch/elsewhere" "$scratch/mvn.log"
    mkdir -p "$tree/graph-server/src/main/java" "$tree/bench/src/main/java" "$scratch/jdks" "$scratch/path" "$scratch/elsewhere"
    cp -R "$home/bin" "$tree/bin"
    : >"$tree/pom.xml"
    : >"$tree/graph-server/pom.xml"
    : >"$tree/bench/pom.xml"
    printf 'class Main {}\n' >"$tree/graph-server/src/main/java/Main.java"
    local tool
    for tool in bash sh cat dirname find grep head mkdir mktemp mv readlink rm sed sleep env touch; do
        ln -s "$(command -v "$tool")" "$scratch/path/$tool"
    done
    add_maven 'mkdir -p "$lib" && : >"$lib/spangraph.jar"'
}

# A stand-in for the JDK $1 of version $2; its java prints its arguments one to a line, the first line its own name.
add_jdk() {
    mkdir -p "$scratch/jdks/$1/bin"
    printf 'IMPLEMENTOR="Test"\nJAVA_VERSION="%s"\n' "$2" >"$scratch/jdks/$1/release"
    printf '#!/bin/sh\necho "jdk %s"\nfor a in "$@"; do echo "arg $a"; done\n' "$1" >"$scratch/jdks/$1/bin/java"
    printf '#!/bin/sh\n' >"$scratch/jdks/$1/bin/javac"
    chmod +x "$scratch/jdks/$1/bin/java" "$scratch/jdks/$1/bin/javac"
}

# A stand-in for Maven that notes its arguments and then does $1.
add_maven() {
    {
        printf '#!/bin/sh\nlib="%s"\n' "$lib"
        printf 'echo "JAVA_HOME=$JAVA_HOME $*" >>"%s/mvn.log"\n' "$scratch"
        printf 'echo "chatter of maven"\n%s\n' "$1"
    } >"$scratch/path/mvn"
    chmod +x "$scratch/path/mvn"
}

# Runs the command given, in a clean environment; what it said is in $out, $err and $status.
run() {
    env -i HOME="$scratch/home" PATH="$scratch/path" SPANGRAPH_JDK_FOLDERS="$scratch/jdks" "$@" \
        >"$scratch/out" 2>"$scratch/err"
    status=$?
    out=$(cat "$scratch/out")
    err=$(cat "$scratch/err")
}

check() { # description, then a command that must succeed
    local what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'FAILED: %s\n  status: %s\n  stdout: %s\n  stderr: %s\n' "$what" "$status" "$out" "$err"
    fi
}

equals() { [ "$1" = "$2" ]; }
contains() { case $1 in *"$2"*) ;; *) return 1 ;; esac; }
lacks() { ! contains "$1" "$2"; }
builds() { grep -c . "$scratch/mvn.log" 2>/dev/null || true; }

set_up
run "$tree/bin/spangraph" --version
check 'no JDK: exit code 3' equals "$status" 3
check 'no JDK: one sentence' equals "$err" \
    'spangraph: No JDK of version 21 or newer was found; install one or set SPANGRAPH_JAVA_HOME.'
check 'no JDK: nothing is built' equals "$(builds)" ''

set_up
add_jdk old 17.0.15
add_jdk ancient 1.8.0_402
add_jdk newest 26.0.1
add_jdk lts 25.0.3
add_jdk older-lts 21.0.9
run "$tree/bin/spangraph" query 'MATCH (n) RETURN  *' --format json
check 'the newest long-term release is taken' contains "$out" 'jdk lts'
check 'arguments arrive as they were given' contains "$out" $'arg query\narg MATCH (n) RETURN  *\narg --format\narg json'
check 'the jar is started' contains "$out" "arg -jar"$'\n'"arg $lib/spangraph.jar"
check 'a short command writes no archive of classes' lacks "$out" 'AutoCreateSharedArchive'
check 'the program is told where it lives' contains "$out" "arg -Dspangraph.home=$tree"
check 'the first use builds' contains "$(cat "$scratch/mvn.log")" \
    "JAVA_HOME=$scratch/jdks/lts -B -ntp -f $tree/pom.xml -Dquick -Dassemble -pl graph-server -am package"
check 'the first build says that it may take long' contains "$err" 'Building Spangraph from source (some minutes the first time'
check 'what Maven says stays out of the answer' lacks "$out$err" 'chatter'

run "$tree/bin/spangraph" --version
check 'the second use builds nothing' equals "$(builds)" 1
check 'the second use says nothing' equals "$err" ''

run "$tree/bin/spangraph" serve --config some.yaml
check 'a server writes the archive of classes' contains "$out" 'arg -XX:+AutoCreateSharedArchive'

mkdir "$tree/bench/src/main/java/new"
run "$tree/bin/spangraph" --version
check 'a change of the benchmarks builds nothing' equals "$(builds)" 1

touch -t 203001010000 "$tree/graph-server/src/main/java/Main.java"
run "$tree/bin/spangraph" --version
check 'a changed source builds again' equals "$(builds)" 2
check 'a later build takes less long' contains "$err" 'Building Spangraph from source (about half a minute) ...'

cd "$scratch/elsewhere" || exit 1
ln -s "$tree/bin/spangraph" link
ln -s link second-link
run ./second-link --version
check 'a link from another folder starts it' contains "$out" "arg -Dspangraph.home=$tree"
cd "$home" || exit 1

run SPANGRAPH_JAVA_OPTS='-Xmx8g -Dpattern=*' "$tree/bin/spangraph" --version
check 'options for the JVM are split and passed on' contains "$out" $'arg -Xmx8g\narg -Dpattern=*\n'

run SPANGRAPH_JAVA_HOME="$scratch/jdks/older-lts" JAVA_HOME="$scratch/jdks/newest" "$tree/bin/spangraph" --version
check 'SPANGRAPH_JAVA_HOME comes first' contains "$out" 'jdk older-lts'
run JAVA_HOME="$scratch/jdks/newest" "$tree/bin/spangraph" --version
check 'JAVA_HOME comes second' contains "$out" 'jdk newest'
run JAVA_HOME="$scratch/jdks/old" "$tree/bin/spangraph" --version
check 'a JAVA_HOME that is too old is passed over' contains "$out" 'jdk lts'
ln -s "$scratch/jdks/newest/bin/java" "$scratch/path/java"
run "$tree/bin/spangraph" --version
check 'java on the PATH comes third' contains "$out" 'jdk newest'
run SPANGRAPH_JAVA_HOME="$scratch/jdks/old" "$tree/bin/spangraph" --version
check 'a SPANGRAPH_JAVA_HOME that is too old is refused' equals "$status $err" \
    "3 spangraph: SPANGRAPH_JAVA_HOME is $scratch/jdks/old, which is not a JDK of version 21 or newer."

set_up
add_jdk lts 25.0.3
rm "$scratch/path/mvn"
run "$tree/bin/spangraph" --version
check 'no Maven: one sentence' equals "$status $err" \
    '3 spangraph: Spangraph must be built first, and Maven (mvn, 3.8.6 or newer) is not on the PATH.'

set_up
add_jdk lts 25.0.3
: >"$tree/target" # a file where the folder should go fails for root too, which no file mode does
run "$tree/bin/spangraph" --version
check 'no write access: one sentence' equals "$status $err" \
    "3 spangraph: Spangraph must be built first, and there is no write access to $tree."

set_up
add_jdk lts 25.0.3
add_maven 'echo "[ERROR] Some file.java:[1,2] cannot find symbol"; exit 1'
run "$tree/bin/spangraph" --version
check 'a failed build: what and where' equals "$status ${err#*...?}" \
    "3 spangraph: The build failed with \"Some file.java:[1,2] cannot find symbol\"; all of it is in $tree/target/build.log."
run "$tree/bin/spangraph" --version
check 'a failed build is tried again' equals "$(builds)" 2
check 'a failed build leaves no lock' test ! -e "$tree/target/build.lock"

set_up
add_jdk lts 25.0.3
mkdir -p "$tree/target/build.lock"
(exit 0) &
gone=$!
wait "$gone"
printf '%s' "$gone" >"$tree/target/build.lock/pid"
run "$tree/bin/spangraph" --version
check 'the lock of a build that died is taken over' equals "$status $(builds)" '0 1'

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
