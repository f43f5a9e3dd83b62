#!/usr/bin/env bash
# Says how the action comes by the program, and refuses what would leave that open.
# The release and its checksum stand in the workflow, so that its reviewers decide
# what runs: a checksum beside the download would prove nothing.
set -euo pipefail

fail() {
  echo "panther-preflight: $1" >&2
  echo "exit-code=2" >>"$GITHUB_OUTPUT"
  exit 2
}
case "$INPUT_BUILD" in
  true | false) ;;
  *) fail "the input build must be true or false" ;;
esac
if [ "$INPUT_BUILD" = true ]; then
  echo "kind=build" >>"$GITHUB_OUTPUT"
  exit
fi
if ! [[ "$INPUT_VERSION" =~ ^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  fail "the input version must be a release such as v1.2.3, or build must be true"
fi
if ! [[ "$INPUT_SHA256" =~ ^[0-9a-f]{64}$ ]]; then
  fail "the input sha256 must be the one that checksums.txt of the release has for this runner's zip, or build must be true"
fi
{
  echo "kind=release"
  echo "cache-key=panther-preflight-$INPUT_VERSION-$INPUT_SHA256"
} >>"$GITHUB_OUTPUT"
