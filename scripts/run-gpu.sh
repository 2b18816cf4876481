#!/bin/sh
# Unpacks what scripts/pack-gpu.mjs packed and tries the GPU of this machine: doctor, check-gpu.mjs, the benchmark, and,
# where there is nvcc, the CUDA yardsticks. Exit code 0 if doctor and check pass. Needs tar, and xz, python3 or gzip.
#
#   sh run-gpu.sh [--into DIR] [--check-only] [--allow-software] [--adapter NAME]
#                 [--full] [--json FILE] [--peak-tflops P] [--peak-gbs B]
#
# --into DIR unpacks there and leaves it; otherwise it is a temporary folder. The others are those of bench/gpu.mjs.
# VK_DRIVER_FILES, if set, names the Vulkan driver's JSON file.
set -u

here=$(cd "$(dirname "$0")" && pwd)
began_in=$(pwd)
into=
check_only=no
check_options=
bench_options=
json=
adapter=
while [ $# -gt 0 ]; do
  case $1 in
    --into) into=$2; shift ;;
    --check-only) check_only=yes ;;
    --allow-software) check_options=$1 ;;
    --adapter) adapter=$2; shift ;;
    --json) json=$2; shift ;;
    --full) bench_options="$bench_options $1" ;;
    --peak-tflops | --peak-gbs) bench_options="$bench_options $1 $2"; shift ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
  shift
done
case $json in '' | /*) ;; *) json=$began_in/$json ;; esac

if [ -z "$into" ]; then
  into=$(mktemp -d) || exit 1
  trap 'rm -rf "$into"' EXIT
  trap 'exit 130' INT TERM
fi
mkdir -p "$into" && cd "$into" || exit 1

if [ -f "$here/alignode-gpu.tar.gz" ]; then
  gzip -dc "$here/alignode-gpu.tar.gz" | tar -xf -
elif command -v xz >/dev/null; then
  xz -dc "$here/alignode-gpu.tar.xz" | tar -xf -
else
  python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), sys.stdout.buffer)' \
    "$here/alignode-gpu.tar.xz" | tar -xf -
fi
[ -x bin/node ] && [ -f package/package.json ] || { echo 'the archive could not be unpacked' >&2; exit 1; }

# Libraries that were brought along stand in for those that this machine lacks, and for no others.
PATH=$PATH:/usr/sbin:/sbin
mkdir -p missing
known=$(ldconfig -p 2>/dev/null)
for library in lib/*; do
  case $known in
    *"${library##*/} "*) ;;
    *) ln -sf "../$library" missing/ ;;
  esac
done
LD_LIBRARY_PATH="$(pwd)/missing${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
# Where some containers have the driver.
[ -d /usr/local/nvidia/lib64 ] && LD_LIBRARY_PATH=$LD_LIBRARY_PATH:/usr/local/nvidia/lib64
export LD_LIBRARY_PATH

if [ -z "${VK_DRIVER_FILES:-}" ] && [ -z "${VK_ICD_FILENAMES:-}" ]; then
  for file in /usr/share/vulkan/icd.d/nvidia_icd*.json /etc/vulkan/icd.d/nvidia_icd*.json \
    /usr/local/nvidia/share/vulkan/icd.d/nvidia_icd*.json; do
    [ -f "$file" ] && { VK_DRIVER_FILES=$file; export VK_DRIVER_FILES; break; }
  done
fi
echo "Vulkan driver: ${VK_DRIVER_FILES:-${VK_ICD_FILENAMES:-as the loader finds it}}; libraries brought along and used: $(ls missing | tr '\n' ' ')"
command -v nvidia-smi >/dev/null && nvidia-smi --query-gpu=name,driver_version,memory.total,power.limit,clocks.max.sm --format=csv,noheader

cd package || exit 1
node=../bin/node
failed=0
echo; echo '== doctor'
"$node" dist/main.js doctor || failed=1
echo; echo '== check'
"$node" scripts/check-gpu.mjs $check_options ${adapter:+--adapter "$adapter"} || failed=1

if [ $check_only = no ]; then
  echo; echo '== benchmark'
  "$node" --expose-gc bench/gpu.mjs $check_options $bench_options ${adapter:+--adapter "$adapter"} ${json:+--json "$json"} ||
    echo 'the benchmark failed'

  nvcc=$(command -v nvcc || echo /usr/local/cuda/bin/nvcc)
  if [ -x "$nvcc" ]; then
    # 9.0 → 90; where the driver is too old to say, whatever nvcc finds.
    arch=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader 2>/dev/null | head -n 1 | tr -d .)
    case $arch in '' | *[!0-9]*) arch=native ;; *) arch=sm_$arch ;; esac
    for name in trained projected; do
      echo; echo "== CUDA: $name"
      { "$nvcc" -O3 -arch=$arch -o ../$name bench/cuda/$name.cu && ../$name; } || echo "the yardstick $name did not run"
    done
  fi
fi

echo
[ $failed = 0 ] && echo 'PASS: doctor and check' || echo 'FAIL: see doctor and check above'
exit $failed
