#!/usr/bin/env bash
# Starts the product as a newcomer does, bin/spangraph demo, asks it a few things and ends it, twice on the same lake.
# Ends with a line "N passed, N failed" and fails when any did.
set -u

home=$(cd "$(dirname "$0")/../.." && pwd -P)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/spangraph product.XXXXXX") # the blank in the name is part of the test
server=''
passed=0
failed=0

clean_up() {
    [ -z "$server" ] || kill -KILL "$server" 2>/dev/null
    rm -rf "$scratch"
}
trap clean_up EXIT

# Runs bin/spangraph; what it said is in $out, $err and $status.
run() {
    "$home/bin/spangraph" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
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
differs() { [ "$1" != "$2" ]; }
contains() { case $1 in *"$2"*) ;; *) return 1 ;; esac; }
lacks() { ! contains "$1" "$2"; }
matches() { printf '%s\n' "$1" | grep -Eq "$2"; }

# Starts the demo and waits for its ready line, whose address goes to $uri; gives up when it ends or after 5 minutes.
start_demo() {
    "$home/bin/spangraph" demo --http-port 0 --bolt-port 0 --data "$scratch/lake" >"$scratch/demo.out" 2>"$scratch/demo.err" </dev/null &
    server=$!
    local left=300
    uri=''
    while [ -z "$uri" ] && [ "$left" -gt 0 ] && kill -0 "$server" 2>/dev/null; do
        sleep 1
        left=$((left - 1))
        uri=$(sed -n 's/^Spangraph is ready: \(http:[^ ]*\).*$/\1/p' "$scratch/demo.out")
    done
    status=0
    out=$(cat "$scratch/demo.out")
    err=$(cat "$scratch/demo.err")
}

# Asks the demo to end as an operator's tools do, and waits until it has.
stop_demo() {
    kill -TERM "$server"
    wait "$server"
    status=$?
    server=''
}

run --version # builds, if nothing has yet
run --version
check 'the version is told' matches "$status $out" '^0 .*[0-9]+\.[0-9]+\.[0-9]+'
check 'nothing is said beside it' equals "$err" ''

run --help
for command in demo serve query validate lake; do
    check "the help names $command" contains "$out" "$command"
done

run serf
check 'an unknown command is refused' differs "$status" 0
check 'an unknown command is named' contains "$err" 'serf'
check 'an unknown command shows no stack trace' lacks "$err" 'at io.spangraph'

for old in "${JAVA_HOME:-/nonexistent}" /usr/lib/jvm/*; do
    if grep -q '^JAVA_VERSION="17' "$old/release" 2>/dev/null; then
        "$old/bin/java" -jar "$home/graph-server/target/spangraph/lib/spangraph.jar" --version >"$scratch/out" 2>"$scratch/err"
        status=$?
        out=$(cat "$scratch/out")
        err=$(cat "$scratch/err")
        check 'an older Java is told what is needed' matches "$status $err" '^3 Spangraph needs Java 21 or newer and this is Java 17'
        break
    fi
done

start_demo
check 'the demo gets ready on a fresh folder' matches "$uri" '^http://127\.0\.0\.1:[0-9]+$'
check 'the ready line is the last one' matches "$(tail -n 1 "$scratch/demo.out")" '^Spangraph is ready: '
if [ -n "$uri" ]; then
    run query 'MATCH (t:Tenant) RETURN count(t) AS tenants' --uri "$uri" --format csv
    check 'the demo has three tenants' equals "$status $out" $'0 tenants\n3'
    run query 'MATCH (s:Spam) RETURN s' --uri "$uri"
    check 'an unknown label is explained' contains "$err$out" "Did you mean 'Span'?"
    stop_demo
    check 'the demo ends when asked to' matches "$status" '^(0|143)$'

    start_demo
    check 'the demo gets ready on its old folder' matches "$uri" '^http://127\.0\.0\.1:[0-9]+$'
    if [ -n "$uri" ]; then
        run query 'MATCH (t:Tenant) RETURN count(t) AS tenants' --uri "$uri" --format csv
        check 'the lake is still there' equals "$status $out" $'0 tenants\n3'
        stop_demo
    fi
fi

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
