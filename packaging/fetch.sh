#!/usr/bin/env bash
# fetch.sh VERSION SHA256 FOLDER: leaves the program of a release in FOLDER, which
# may have its zip already. Nothing is unpacked before its checksum fits.
set -euo pipefail
version=$1 sha256=$2 folder=$3

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=packaging/platform.sh
. "$here/platform.sh"
zip=$folder/$name.zip

sum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}
mkdir -p "$folder"
if ! [ -f "$zip" ] || [ "$(sum "$zip")" != "$sha256" ]; then
  curl -fsSL --proto '=https' --proto-redir '=https' --retry 3 -o "$zip" \
    "https://github.com/panther-preflight/panther-preflight/releases/download/$version/$name.zip"
fi
actual=$(sum "$zip")
if [ "$actual" != "$sha256" ]; then
  rm -f "$zip"
  echo "panther-preflight: $name.zip of $version has the SHA-256 $actual, but $sha256 was given" >&2
  exit 2
fi
unzip -qo "$zip" -d "$folder"
mv "$folder/$name$suffix" "$folder/panther-preflight$suffix"
