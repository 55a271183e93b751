#!/usr/bin/env bash
# One step of the GitHub Action: action.sh lint|check|contract|verify|publish. What it works on comes
# in variables, since a shell script with inputs written into it would run what they hold.
set -euo pipefail

step=$1
line=()

# Adds an option with its value, unless the value is empty.
option() { if [ -n "$2" ]; then line+=("$1" "$2"); fi; }

# The sources, one a line.
sources() {
  local source
  while IFS= read -r source; do
    if [ -n "$source" ]; then line+=("$source"); fi
  done <<<"${SOURCES:-}"
}

# An input that is left empty leaves what the job's environment has.
broker() {
  if [ -n "${BROKER_BASE_URL:-}" ]; then export PACT_BROKER_BASE_URL=$BROKER_BASE_URL; fi
  if [ -n "${BROKER_USERNAME:-}" ]; then export PACT_BROKER_USERNAME=$BROKER_USERNAME; fi
  if [ -n "${BROKER_PASSWORD:-}" ]; then export PACT_BROKER_PASSWORD=$BROKER_PASSWORD; fi
  if [ -n "${BROKER_TOKEN:-}" ]; then export PACT_BROKER_TOKEN=$BROKER_TOKEN; fi
}

version() {
  option --app-version "${APP_VERSION:-}"
  option --branch "${BRANCH:-}"
}

case $step in
  lint)
    line=(lint --format github)
    sources
    ;;
  check)
    line=(check)
    sources
    ;;
  contract)
    line=(contract --consumer "$CONSUMER" --provider "$PROVIDER" --out "$CONTRACTS/")
    sources
    ;;
  verify)
    broker
    line=(verify --provider-base-url "$PROVIDER_BASE_URL" --format github)
    option --states "$STATES"
    if [ -n "${PACT_BROKER_BASE_URL:-}" ]; then
      option --broker-base-url "$PACT_BROKER_BASE_URL"
      option --provider "$PROVIDER"
      if [ "$PUBLISH" = true ]; then
        line+=(--publish)
        version
      fi
    else
      line+=(--contract "$CONTRACTS")
    fi
    ;;
  publish)
    broker
    line=(publish "$CONTRACTS")
    version
    ;;
  *)
    echo "::error::There is no step $step"
    exit 2
    ;;
esac

npx --yes "$STANDIN_PACKAGE" "${line[@]}"

if [ "$step" = contract ] && [ "$DRIFT" = true ] && [ -n "$(git status --porcelain -- "$CONTRACTS")" ]; then
  git --no-pager diff -- "$CONTRACTS"
  echo "::error::$CONTRACTS is not what the docs say any more. Commit what standin ${line[*]} writes."
  exit 1
fi
