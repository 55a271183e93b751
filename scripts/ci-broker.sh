#!/usr/bin/env bash
# Installs the Pact Broker that the integration tests use. A second run finds all of it and is quick.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

packages=()
command -v ruby >/dev/null || packages+=(ruby)
command -v bundle >/dev/null || packages+=(bundler)
command -v cc >/dev/null && command -v make >/dev/null || packages+=(build-essential)
for package in ruby-dev libsqlite3-dev libyaml-dev; do
  dpkg --status "$package" >/dev/null 2>&1 || packages+=("$package")
done
if [ "${#packages[@]}" -gt 0 ] && ! node scripts/pact-broker.js --check; then
  sudo=
  [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
  $sudo apt-get -qq update || exit 1
  $sudo apt-get -qq install --yes --no-install-recommends "${packages[@]}" || exit 1
fi
exec node scripts/pact-broker.js --install
