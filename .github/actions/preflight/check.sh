#!/usr/bin/env bash
# Runs the check with the inputs of the action, which arrive in INPUT_*, and
# leaves the exit code and the place of the SARIF file as outputs. It ends with
# 0 itself, so that the report is uploaded before the verdict fails the job.
set -euo pipefail

# A switch is true or false. Whatever else is meant by it, guessing could turn a
# gate off; its value is not repeated, for it could be a command to the runner.
switch() {
  case "$2" in
    true | false) ;;
    *)
      echo "panther-preflight: the input $1 must be true or false" >&2
      echo "exit-code=2" >>"$GITHUB_OUTPUT"
      exit 2
      ;;
  esac
}
switch offline "$INPUT_OFFLINE"
switch allow-unknown "$INPUT_ALLOW_UNKNOWN"
switch upload-sarif "$INPUT_UPLOAD_SARIF"

sarif="$RUNNER_TEMP/panther-preflight.sarif"
rm -f "$sarif"
arguments=(check --format github --format "sarif=$sarif")

flag() {
  if [ -n "$2" ]; then
    arguments+=("$1=$2")
  fi
}
flag --template "$INPUT_TEMPLATE"
flag --parameters "$INPUT_PARAMETERS"
flag --stack-name "$INPUT_STACK_NAME"
flag --release "$INPUT_RELEASE"
flag --from "$INPUT_FROM"
flag --region "$INPUT_REGION"
flag --config "$INPUT_CONFIG"
flag --fail-on "$INPUT_FAIL_ON"
if [ "$INPUT_OFFLINE" = true ]; then
  arguments+=(--offline)
fi
if [ "$INPUT_ALLOW_UNKNOWN" = true ]; then
  arguments+=(--allow-unknown)
fi
while IFS= read -r line || [ -n "$line" ]; do
  if [ -n "$line" ]; then
    arguments+=("$line")
  fi
done <<<"$INPUT_ARGUMENTS"

code=0
"$RUNNER_TEMP/panther-preflight/panther-preflight" "${arguments[@]}" || code=$?
if [ ! -f "$sarif" ]; then
  sarif=""
fi
{
  echo "exit-code=$code"
  echo "sarif-file=$sarif"
} >>"$GITHUB_OUTPUT"
