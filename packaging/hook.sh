#!/usr/bin/env bash
# hook.sh VERSION CHECKSUMS [FLAG...]: the pre-commit hook. It checks offline with
# the program of a release, whose checksums.txt the repository keeps as the file
# CHECKSUMS; the program is fetched once.
set -euo pipefail
if [ $# -lt 2 ] || ! [ -f "$2" ]; then
  echo "panther-preflight: the hook's args begin with a release such as v1.2.3 and the file that its checksums.txt is kept in" >&2
  exit 2
fi
version=$1 checksums=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=packaging/platform.sh
. "$here/platform.sh"
sha256=$(awk -v name="$name.zip" '$2 == name {print $1}' "$checksums")
if [ -z "$sha256" ]; then
  echo "panther-preflight: $checksums has no line for $name.zip" >&2
  exit 2
fi
folder=${XDG_CACHE_HOME:-$HOME/.cache}/panther-preflight/$sha256
"$here/fetch.sh" "$version" "$sha256" "$folder"
exec "$folder/panther-preflight" check --offline --format short "$@"
