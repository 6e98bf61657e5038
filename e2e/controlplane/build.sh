#!/bin/sh
# Builds the control plane (etcd, Kubernetes and kubectl in one binary) to DEST, unless DEST is newer than its sources.
# The first build compiles all of Kubernetes: several minutes; later ones take seconds, thanks to Go's build cache.
set -eu
dest=${1:?usage: build.sh DEST}
case $dest in /*) ;; *) dest=$PWD/$dest ;; esac
cd "$(dirname "$0")"
say() { echo "controlplane: $*" >&2; }

newer=
for source in main.go go.mod go.sum build.sh; do
    if [ ! -x "$dest" ] || [ -n "$(find "$source" -newer "$dest")" ]; then newer=$source; break; fi
done
if [ -z "$newer" ]; then say "$dest is up to date"; exit 0; fi

if ! command -v go >/dev/null 2>&1; then
    say "no Go toolchain found. Install Go 1.26 or newer and run this again,"
    say "or name a cluster in PAGECACHE_KUBECONFIG, or a folder with the binaries in KUBE_API_TEST_DIR."
    exit 3
fi
GOTOOLCHAIN=local CGO_ENABLED=0 GOFLAGS=-mod=readonly
export GOTOOLCHAIN CGO_ENABLED GOFLAGS
installed=$(go env GOVERSION | sed 's/^go//; s/[^0-9.].*//')
major=${installed%%.*} minor=${installed#*.} minor=${minor%%.*}
if [ "$major" -lt 1 ] || { [ "$major" -eq 1 ] && [ "$minor" -lt 26 ]; }; then
    say "Go $installed is too old: Kubernetes needs Go 1.26 or newer."
    exit 3
fi

version=$(awk '$1 == "k8s.io/kubernetes" { print $2; exit }' go.mod)
minor=${version#v*.}
stamp="-X k8s.io/component-base/version.gitVersion=$version -X k8s.io/component-base/version.gitMajor=1"
stamp="$stamp -X k8s.io/component-base/version.gitMinor=${minor%%.*} -X k8s.io/component-base/version.gitTreeState=clean"

say "building Kubernetes $version with Go $installed (first time: 6 to 9 minutes on two cores)"
started=$(date +%s)
mkdir -p "$(dirname "$dest")"
building=$dest.building.$$
go build -trimpath -ldflags "-s -w $stamp" -o "$building" . &
compiling=$!
trap 'kill "$compiling" 2>/dev/null || :; rm -f "$building"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
while kill -0 "$compiling" 2>/dev/null; do
    sleep 1
    elapsed=$(( $(date +%s) - started ))
    if [ $(( elapsed / 30 )) -gt "${told:-0}" ]; then told=$(( elapsed / 30 )); say "still building, $elapsed s"; fi
done
wait "$compiling" || { say "the build failed; see Go's messages above"; exit 1; }
mv "$building" "$dest"
say "built $dest in $(( $(date +%s) - started )) s"
