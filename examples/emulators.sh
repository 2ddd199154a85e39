#!/usr/bin/env bash
# The sweep of examples/digits.yaml over Google's Pub/Sub emulator and our Cloud Storage emulator: a Coordinator and three Workers
# as processes of their own. Needs the .NET SDK, and gcloud with its Pub/Sub emulator and Java.
# Usage: examples/emulators.sh [FOLDER FOR THE RESULTS]
set -euo pipefail
cd "$(dirname "$0")/.."
results=$(realpath -m "${1:-digits-from-a-bucket}")
work=$(mktemp -d)
started=()

finish() {
  # Workers first: they give their jobs back. Nothing else is ended than what was started here.
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    kill "${started[i]}" 2> /dev/null && wait "${started[i]}" 2> /dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT

start() { "$@" > "$work/$((${#started[@]} + 1)).log" 2>&1 & started+=($!); log="$work/${#started[@]}.log"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
cloudsweep() { dotnet Cli/bin/Release/net10.0/cloudsweep.dll "$@"; }

wait_for() { # TEXT LOG
  for _ in $(seq 300); do
    grep -q "$1" "$2" && return
    kill -0 "${started[-1]}" 2> /dev/null || break
    sleep 0.2
  done
  echo "error: '$1' was not said:" >&2
  cat "$2" >&2
  exit 1
}

for project in Cli tests/StorageEmulator; do dotnet build "$project" -c Release -v quiet; done

jar=$(ls "$(dirname "$(readlink -f "$(command -v gcloud)")")"/../platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar | tail -n 1)
port=$(free_port)
start java -jar "$jar" --host=127.0.0.1 --port="$port"
wait_for "Server started" "$log"
export PUBSUB_EMULATOR_HOST=127.0.0.1:$port GOOGLE_CLOUD_PROJECT=cloudsweep-local

mkdir -p "$work/buckets/training-data" "$work/buckets/checkpoints"
cp -r examples/data/digits "$work/buckets/training-data/"
start dotnet tests/StorageEmulator/bin/Release/net10.0/CloudSweep.StorageEmulator.dll --urls http://127.0.0.1:0 --data "$work/buckets"
wait_for "listening on" "$log"
STORAGE_EMULATOR_HOST=$(sed -n 's/^listening on //p' "$log")
export STORAGE_EMULATOR_HOST

CLOUDSWEEP_COORDINATOR=http://127.0.0.1:$(free_port)
export CLOUDSWEEP_COORDINATOR
both="--PubSub:Topic=cloudsweep-jobs --PubSub:Subscription=cloudsweep-workers --Checkpoints:Location=gs://checkpoints/digits"
start dotnet Cli/bin/Release/net10.0/cloudsweep.dll coordinator $both --Listen="$CLOUDSWEEP_COORDINATOR" --Storage:Directory="$work/store" --Packing:ExpectedSlots=3
wait_for "Application started" "$log"
cloudsweep doctor --fix $both --Data:AllowedBuckets:0=training-data
for worker in 1 2 3; do
  start dotnet Cli/bin/Release/net10.0/cloudsweep.dll worker $both --Worker:Coordinator="$CLOUDSWEEP_COORDINATOR" --Worker:Threads=1 \
    --Data:AllowedBuckets:0=training-data --Data:CacheDirectory="$work/cache-$worker"
done

sed 's#data/digits/part#gs://training-data/digits/part#' examples/digits.yaml > "$work/digits.yaml"
cloudsweep submit "$work/digits.yaml" --watch
cloudsweep export latest --out "$results"
