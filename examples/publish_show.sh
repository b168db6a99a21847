#!/bin/sh
# Make, check and publish a folder of recordings: publish_show.sh RECORDINGS SITE ADDRESS
# Only when every episode keeps the rules of the platforms are feed and site written; else it exits with 7.
# Needs jq.
set -eu
recordings=$1 site=$2 address=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# 1. make: what is up to date costs nothing; progress goes into a file, one JSON object a line
chaitime batch "$recordings" --json --jobs 1 > "$work/events.jsonl"
jq -r 'select(.event == "ended") | .folder' "$work/events.jsonl" | sort -u > "$work/folders"

# 2. check: a line for each rule that is broken
while IFS= read -r folder; do
    chaitime check "$folder" --json || test $? -eq 7
done < "$work/folders" |
    jq -r '.episode as $episode | .findings[] | select(.level == "fail") | "\($episode): \(.rule): \(.text) – \(.fix)"' |
    tee "$work/broken"
test ! -s "$work/broken" || exit 7

# 3. publish: feed.xml and the site, from the folder the episodes lie in
chaitime feed "$(dirname "$(head -n 1 "$work/folders")")" --out "$site" --base-url "$address" --json | jq -r .feed
