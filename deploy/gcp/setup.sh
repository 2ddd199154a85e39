#!/usr/bin/env bash
# Makes what CloudSweep needs of a Google Cloud project: topic, subscription, buckets, service accounts, and for each account the
# narrowest predefined roles on single resources, none on the project. Needs gcloud, logged in as someone who may do that.
#
# Repeating it is safe: what is there stays as it is, what is missing is made. It takes nothing away.
set -euo pipefail
((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) || { echo "error: bash 4.4 or later is needed; this is $BASH_VERSION." >&2; exit 2; }

usage() {
  cat << 'EOF'
Usage: deploy/gcp/setup.sh --project ID --region REGION --data-bucket NAME --checkpoints-bucket NAME [option…]

  --project ID               project of everything below
  --region REGION            of buckets that are made, and of the images' registry, e.g. europe-west1
  --data-bucket NAME         training data, without gs://; may be repeated
  --checkpoints-bucket NAME  checkpoints and models, and nothing else, without gs://
  --submitter MEMBER         who runs `cloudsweep submit`, e.g. user:alice@example.com; may be repeated
  --topic ID                 default: cloudsweep-jobs
  --subscription ID          default: cloudsweep-workers
  --namespace NAME           of the Kubernetes service accounts coordinator and worker; default: cloudsweep
  --dry-run                  print the commands that would make all of it, and run none
  --help
EOF
}

project= region= checkpoints= topic=cloudsweep-jobs subscription=cloudsweep-workers namespace=cloudsweep dry_run=
data=() submitters=() mistakes=()

mistake() { mistakes+=("$1"); }

while (($#)); do
  case $1 in
    --help) usage; exit 0 ;;
    --dry-run) dry_run=1; shift; continue ;;
    --project | --region | --data-bucket | --checkpoints-bucket | --submitter | --topic | --subscription | --namespace)
      if (($# < 2)) || [[ $2 == --* ]]; then
        mistake "$1 needs a value."
        shift
        continue
      fi
      case $1 in
        --project) project=$2 ;;
        --region) region=$2 ;;
        --data-bucket) data+=("$2") ;;
        --checkpoints-bucket) checkpoints=$2 ;;
        --submitter) submitters+=("$2") ;;
        --topic) topic=$2 ;;
        --subscription) subscription=$2 ;;
        --namespace) namespace=$2 ;;
      esac
      shift 2
      ;;
    *) mistake "'$1' is no option."; shift ;;
  esac
done

# NAME VALUE PATTERN RULE
check() { [[ $2 =~ ^($3)$ ]] || mistake "$1 ('$2') must be $4."; }

id='[A-Za-z][A-Za-z0-9._~+%-]{2,254}'
bucket='[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]'
check --project "$project" '[a-z][a-z0-9-]{4,28}[a-z0-9]' "a project's id, as 'gcloud projects list' shows it"
check --region "$region" '[a-z]+-[a-z]+[0-9]+' 'a region, e.g. europe-west1'
check --checkpoints-bucket "$checkpoints" "$bucket" 'the name of a bucket, without gs://'
check --topic "$topic" "$id" 'an id of 3 to 255 letters, digits and - . _ ~ + %, with a letter first'
check --subscription "$subscription" "$id" 'an id of 3 to 255 letters, digits and - . _ ~ + %, with a letter first'
check --namespace "$namespace" '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?' 'the name of a Kubernetes namespace'
((${#data[@]})) || mistake "--data-bucket ('') must be the name of a bucket, without gs://."
for name in "${data[@]}"; do
  check --data-bucket "$name" "$bucket" 'the name of a bucket, without gs://'
  [[ $name != "$checkpoints" ]] || mistake "--data-bucket and --checkpoints-bucket are both '$name': the Coordinator deletes in the one and must not in the other."
done
for member in "${submitters[@]}"; do
  check --submitter "$member" '(user|group|serviceAccount|domain|principal|principalSet):[^ ]+' 'an IAM member, e.g. user:alice@example.com'
done
[[ -n $dry_run ]] || command -v gcloud > /dev/null || mistake 'gcloud is not on PATH: https://cloud.google.com/sdk/docs/install.'

if ((${#mistakes[@]})); then
  printf 'error: %s\n' "${mistakes[@]}" >&2
  usage >&2
  exit 2
fi

coordinator=cloudsweep-coordinator@$project.iam.gserviceaccount.com
worker=cloudsweep-worker@$project.iam.gserviceaccount.com
answer=$(mktemp)
trap 'rm -f "$answer" "$answer.errors"' EXIT

shown() { printf '%q ' gcloud "$@" | sed 's/ $//'; }

stop() {
  printf 'error: this command failed; mend what it says and run the script again, which leaves what is there as it is:\n  %s\n' "$(shown "$@")" >&2
  sed 's/^/  /' "$answer.errors" >&2
  exit 1
}

# Reads. What is not there is status 1; any other refusal ends the script.
find_it() {
  if ! gcloud "$@" > "$answer" 2> "$answer.errors"; then
    grep -qiE 'NOT_FOUND|not found|does not exist|HTTPError 404' "$answer.errors" || stop "$@"
    return 1
  fi
}

# Makes or changes something.
change() {
  printf '+ %s\n' "$(shown "$@")"
  [[ -n $dry_run ]] || gcloud "$@" > "$answer" 2> "$answer.errors" || stop "$@"
}

# make KIND… NAME -- describe's arguments -- create's arguments
make() {
  local what=$1 describe=() create=()
  shift 2
  while [[ $1 != -- ]]; do describe+=("$1"); shift; done
  shift
  create=("$@")
  if [[ -z $dry_run ]] && find_it "${describe[@]}"; then
    printf '= %s\n' "$what"
  else
    change "${create[@]}"
  fi
}

# grant ROLE MEMBER COMMAND… : the command's words before get-iam-policy, `--`, and the resource with its flags
grant() {
  local role=$1 member=$2 group=()
  shift 2
  while [[ $1 != -- ]]; do group+=("$1"); shift; done
  shift
  local policy=("${group[@]}" get-iam-policy "$@" '--flatten=bindings[].members' '--format=value(bindings.role,bindings.members)')
  if [[ -z $dry_run ]]; then
    find_it "${policy[@]}" || stop "${policy[@]}"
    if grep -qxF "$role"$'\t'"$member" "$answer"; then
      printf '= %s has %s on %s\n' "$member" "$role" "$1"
      return
    fi
  fi
  change "${group[@]}" add-iam-policy-binding "$@" --role="$role" --member="$member"
}

# Accounts first: a new one is not known everywhere for some seconds.
for account in coordinator worker; do
  make "service account cloudsweep-$account" -- \
    iam service-accounts describe "cloudsweep-$account@$project.iam.gserviceaccount.com" --project="$project" --format='value(email)' -- \
    iam service-accounts create "cloudsweep-$account" --project="$project" --display-name="CloudSweep ${account^}"
done
make "topic $topic" -- \
  pubsub topics describe "$topic" --project="$project" --format='value(name)' -- \
  pubsub topics create "$topic" --project="$project"
make "subscription $subscription" -- \
  pubsub subscriptions describe "$subscription" --project="$project" --format='value(name)' -- \
  pubsub subscriptions create "$subscription" --project="$project" --topic="$topic" --ack-deadline=60 \
  --message-retention-duration=1h --min-retry-delay=1s --max-retry-delay=30s --expiration-period=never
for name in "${data[@]}"; do
  make "bucket $name" -- \
    storage buckets describe "gs://$name" --format='value(name)' -- \
    storage buckets create "gs://$name" --project="$project" --location="$region" --uniform-bucket-level-access --public-access-prevention
done
# A checkpoint that was replaced is of no use to anyone: no days of keeping what was deleted.
make "bucket $checkpoints" -- \
  storage buckets describe "gs://$checkpoints" --format='value(name)' -- \
  storage buckets create "gs://$checkpoints" --project="$project" --location="$region" --uniform-bucket-level-access --public-access-prevention --soft-delete-duration=0

# Who may do what. Nothing is granted on the project.
grant roles/pubsub.publisher "serviceAccount:$coordinator" pubsub topics -- "$topic" --project="$project"
grant roles/pubsub.subscriber "serviceAccount:$worker" pubsub subscriptions -- "$subscription" --project="$project"
for name in "${data[@]}"; do
  for member in "serviceAccount:$worker" "${submitters[@]}"; do
    grant roles/storage.objectViewer "$member" storage buckets -- "gs://$name"
  done
done
# The Coordinator lists, reads and deletes here: no predefined role has that without writing. Workers write new objects and read
# them; they never list, replace or delete one.
grant roles/storage.objectUser "serviceAccount:$coordinator" storage buckets -- "gs://$checkpoints"
grant roles/storage.objectCreator "serviceAccount:$worker" storage buckets -- "gs://$checkpoints"
grant roles/storage.objectViewer "serviceAccount:$worker" storage buckets -- "gs://$checkpoints"
# Workload Identity: the pods of these Kubernetes service accounts are these Google accounts.
grant roles/iam.workloadIdentityUser "serviceAccount:$project.svc.id.goog[$namespace/coordinator]" iam service-accounts -- "$coordinator" --project="$project"
grant roles/iam.workloadIdentityUser "serviceAccount:$project.svc.id.goog[$namespace/worker]" iam service-accounts -- "$worker" --project="$project"

cat << EOF
Fill in the overlay for GKE (IMAGE_TAG is yours to choose; further data buckets are lines to add):
  sed -i -e s/PROJECT_ID/$project/g -e s/REGION/$region/g -e s/DATA_BUCKET/${data[0]}/g -e s/CHECKPOINTS_BUCKET/$checkpoints/g deploy/kubernetes/overlays/gke/kustomization.yaml
EOF
