#!/usr/bin/env bash
# A race against Stan on one thread of this machine: microseconds per gradient of both, side by side in one run.
# bench/peers/race.sh FOLDER_OF_POSTERIORDB [FOLDER_OF_COMPILED_PROGRAMS]
# Needs R with rstan and jsonlite: apt-get install r-cran-rstan r-cran-bh r-cran-rcppeigen r-cran-jsonlite g++ make. Stan's programs take
# a minute each to compile at first; the folder keeps them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
posteriors=$(realpath "$1") built=$(realpath -m "${2:-artifacts/peers}")
mkdir -p "$built"
stan=$built/stan.tsv pyrite=$built/pyrite.txt
rm -f "$stan"
Rscript bench/peers/race.R "$posteriors" "$built" -
bench="artifacts/bin/Pyrite.Benchmarks/release/Pyrite.Benchmarks.dll"
[ -f "$bench" ] || dotnet build -c Release bench/Pyrite.Benchmarks

# In turns: one model of Stan's, the same of Pyrite's.
: > "$pyrite"
for name in eight_schools_noncentered kidscore_interaction blr arK low_dim_gauss_mix hmm_example gp_regr lotka_volterra wells_dist100ars_model \
  GLM_Poisson_model rats_model M0_model; do
  Rscript bench/peers/race.R "$posteriors" "$built" "$stan" "$name"
  PYRITE_POSTERIORDB=$posteriors dotnet "$bench" posteriors --only "$name" | grep "^${name}_us_per_gradient" | tee -a "$pyrite"
done
Rscript bench/peers/race.R "$posteriors" "$built" "$stan" arma garch hmm
dotnet "$bench" recurrences --short | grep -E '^(arma|garch|hmm)(_for)?_us_per_gradient' | tee -a "$pyrite"

printf '\n| model | Stan, µs per gradient | Pyrite, µs per gradient | ratio |\n|---|---|---|---|\n'
while IFS=$'\t' read -r name time; do
  for metric in "$name" "${name}_for"; do
    awk -v metric="${metric}_us_per_gradient" -v name="$metric" -v stan="$time" '$1 == metric { gsub(/,/, "", $2); printf "| %s | %.3g | %.3g | %.1f |\n", name, stan, $2, stan / $2 }' "$pyrite"
  done
done < "$stan"
lscpu | sed -n 's/^Model name: *//p'
