#!/usr/bin/env bash
# Installs packages of Debian, without starting the services that come with them: tests start their own.
set -uo pipefail

sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo -n)
# Packages ask this program whether their service may be started; 101 says no.
policy=/usr/sbin/policy-rc.d
if ! [ -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee "$policy" >/dev/null || exit 1
  "${sudo[@]}" chmod +x "$policy" || exit 1
  trap '"${sudo[@]}" rm -f "$policy"' EXIT
fi
"${sudo[@]}" apt-get -qq update || exit 1
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends "$@"
