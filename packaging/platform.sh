#!/usr/bin/env bash
# Sets name to that of the zip for this machine, and suffix to that of programs.
case "$(uname -s)" in
  Linux) os=linux suffix='' ;;
  Darwin) os=darwin suffix='' ;;
  MINGW* | MSYS* | CYGWIN*) os=windows suffix=.exe ;;
  *) echo "panther-preflight: there is no release for $(uname -s)" >&2 && exit 2 ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) arch=amd64 ;;
  arm64 | aarch64) arch=arm64 ;;
  armv6l | armv7l) arch=arm ;;
  *) echo "panther-preflight: there is no release for $(uname -m)" >&2 && exit 2 ;;
esac
name=panther-preflight-$os-$arch
