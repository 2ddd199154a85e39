#!/usr/bin/env bash
# The sweep of examples/digits.yaml in containers: deploy/compose.yaml is brought up on free ports, the sweep is submitted and followed,
# its results are fetched, and everything is taken down again. Needs Docker with 'docker compose' or docker-compose.
# Images are those of the tag CLOUDSWEEP_IMAGE_TAG (default dev); missing ones are built.
# Usage: examples/compose.sh [FOLDER FOR THE RESULTS]
set -euo pipefail
cd "$(dirname "$0")/.."
results=$(realpath -m "${1:-digits-from-containers}")
project=cloudsweep-$$

# Port 0 is any free one.
export CLOUDSWEEP_PORT=0 CLOUDSWEEP_PUBSUB_PORT=0 CLOUDSWEEP_STORAGE_PORT=0 DOCKER_BUILDKIT=1 COMPOSE_DOCKER_CLI_BUILD=1
if docker compose version > /dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
compose+=(--project-name "$project" --file deploy/compose.yaml)

finish() {
  local code=$?
  [ "$code" = 0 ] || "${compose[@]}" logs --no-color --tail=50 >&2 || true
  docker rm --force --volumes "$project-export" > /dev/null 2>&1 || true
  "${compose[@]}" down --volumes --remove-orphans --timeout 15
  exit "$code"
}
trap finish EXIT

"${compose[@]}" up --detach
"${compose[@]}" ps
"${compose[@]}" run --rm -T cli submit bucket/digits.yaml --watch < /dev/null

# The container's user can't write to a folder of this machine's user, so the files are copied out.
"${compose[@]}" run -T --name "$project-export" cli export latest --out /work/results < /dev/null
mkdir -p "$results"
docker cp "$project-export:/work/results/." "$results"
