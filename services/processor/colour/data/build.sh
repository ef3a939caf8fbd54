#!/bin/sh
# Makes fogra39.icc and gracol2006.icc beside this script, byte for byte the same each time, and checks them.
# Wants: argyll 2.3.1, icc-profiles-free 2.0.1 (Debian 12), sha256sum, printf, dd. About 40 s.
# Argument: another folder of characterisation data than Debian's.
set -eu
cd "$(dirname "$0")"
characterisation=${1:-/usr/share/color/icc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sha256sum --check --quiet <<SUMS
e44e6dfa81633588db98b5613a821d4a936d3d9438d2eb983083c3232df393fa  $characterisation/FOGRA39L.ti3
6f78251a2e632ce937d71eae83f4db6e5b56d259ebb55e895969a109748c2717  $characterisation/TR006.ti3
SUMS

# -ql: A2B of 9 steps an ink, 0.34 dE from the data; -bm: B2A fine enough to separate pictures (-bl errs by 2.2 dE).
# -l300: total ink. -K: black begins at 15 % of the way to black and ends at 90 % of what it could be (medium GCR).
# -s, -t ms: a perceptual table for sRGB that keeps chroma rather than lightness. -nc: the data are named, not carried along.
make_profile() { # characterisation data, file, description, copyright
  cp "$characterisation/$1.ti3" "$work/$2.ti3"
  colprof -ql -bm -l300 -K p 0 .15 .95 .9 1 -s srgb.icc -t ms -nc -D "$3" -C "$4" "$work/$2" >"$work/$2.log"
  # The header's date is the only thing that differs between two runs: 2026-01-01 00:00:00.
  printf '\007\352\000\001\000\001\000\000\000\000\000\000' |
    dd of="$work/$2.icc" bs=1 seek=24 conv=notrunc status=none
  cp "$work/$2.icc" "$2.icc"
  profcheck -k "$characterisation/$1.ti3" "$2.icc" | grep errors
  profcheck "$characterisation/$1.ti3" "$2.icc" | grep errors
  invprofcheck -l300 -k "$2.icc" 2>&1 | grep errors
  sha256sum "$2.icc"
}

make_profile FOGRA39L fogra39 'FOGRA39 coated, 300 % (Printcloud)' \
  'Free to use, copy and embed. Characterisation data: FOGRA39L by Fogra, zlib licence.'
make_profile TR006 gracol2006 'GRACoL2006 coated, 300 % (Printcloud)' \
  'Free to use, copy and embed. Characterisation data: ANSI CGATS/GRACoL TR 006-2007.'
