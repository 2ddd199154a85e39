#!/usr/bin/env bash
# Builds the images cloudsweep/{coordinator,worker,cli,storage-emulator}. Usage: deploy/docker/build.sh [TAG, default dev]
set -euo pipefail
cd "$(dirname "$0")/../.."
tag=${1:-dev}
export DOCKER_BUILDKIT=1
for target in coordinator worker cli storage-emulator; do
  docker build --file deploy/docker/Dockerfile --target "$target" --tag "cloudsweep/$target:$tag" .
done
