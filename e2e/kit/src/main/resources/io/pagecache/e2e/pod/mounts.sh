#!/bin/sh
# mounts.sh LAYERS ROOT (SOURCE TARGET ro|rw)... -- COMMAND...
# Runs COMMAND with each SOURCE mounted on its TARGET. Called in a mount namespace of its own, so nobody else sees the mounts.
# With a ROOT other than / COMMAND sees only what is below it, cannot change it, and has the TARGETs there.
# Where a TARGET does not exist, its top-level folder gets a private copy-on-write layer below LAYERS, in which it is made.
set -eu
layers=$1
root=${2%/}
shift 2

layer() {
    top=/$(echo "$1" | cut -d/ -f2)
    case $layers/ in "$top"/*) return 0 ;; esac # the layers themselves live there: make the mount point in the open
    name=$(echo "$top" | tr / _)
    [ -d "$top" ] || mkdir "$top"
    [ ! -d "$layers/$name" ] || return 0
    mkdir -p "$layers/$name/upper" "$layers/$name/work"
    mount -t overlay overlay -o "lowerdir=$top,upperdir=$layers/$name/upper,workdir=$layers/$name/work" "$top" || :
}

place() {
    target=$(realpath -m "$root$2")
    case $layers/ in "$target"/*) return 0 ;; esac # would hide our own files (an emptyDir on /tmp): left to the machine's
    if [ ! -e "$target" ]; then
        if [ -d "$1" ]; then
            mkdir -p "$target"
        else
            mkdir -p "$(dirname "$target")"
            : >"$target"
        fi
    fi
    mount --bind "$1" "$target"
    [ "$3" = rw ] || mount -o remount,ro,bind "$target"
}

# Layers first: one laid over a folder would hide what was mounted in it before.
prepare() {
    while [ "$1" != -- ]; do
        target=$(realpath -m "$2")
        [ -e "$target" ] || layer "$target"
        shift 3
    done
}

own_root() {
    mount --bind "$root" "$root"
    for system in proc dev sys; do
        mkdir -p "$root/$system"
        mount --rbind "/$system" "$root/$system"
    done
}
if [ -n "$root" ]; then own_root; else prepare "$@"; fi

while [ "$1" != -- ]; do
    place "$1" "$2" "$3"
    shift 3
done
shift
if [ -n "$root" ]; then
    mount -o remount,ro,bind "$root"
    exec chroot "$root" "$@"
fi
exec "$@"
