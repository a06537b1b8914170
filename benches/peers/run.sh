#!/usr/bin/env bash
# prospect beside other programs, in one run on one machine. Prints Markdown:
# medians of whole processes, and ratios, also where we lose.
#
#   apt-get install taskwarrior fzf hyperfine
#   pip install choix scikit-criteria pymcdm      # for the last part
#   benches/peers/run.sh
#
# PYTHON names the interpreter that has the packages (python3 if absent).
# What is missing is said and left out. Takes about four minutes, without
# building. A busy machine gives other ratios.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}

cargo build --release --locked --quiet
bench=$(cargo bench --locked --bench peers --no-run --message-format=json 2>/dev/null |
  sed -n 's/.*"executable":"\([^"]*\/peers-[^"]*\)".*/\1/p' | tail -1)
prospect=$PWD/target/release/prospect
here=$PWD/benches/peers
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work XDG_STATE_HOME=$work/state XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config
unset PROSPECT_WORKSPACE

has() { command -v "$1" >/dev/null || { echo "_$1 is not installed: its rows are left out_" >&2; false; }; }
has hyperfine || exit 1

# median PREPARE COMMAND: milliseconds of the whole process.
median() {
  local prepare=() runs=${RUNS:-15}
  [ -z "$1" ] || prepare=(--prepare "$1")
  hyperfine --shell=none --warmup 2 --runs "$runs" \
    --export-csv median.csv "${prepare[@]}" "$2" >/dev/null 2>hyperfine.err ||
    { cat hyperfine.err >&2; echo "failed: $2" >&2; exit 1; }
  awk -F, 'NR == 2 { printf "%.1f", $(NF - 4) * 1000 }' median.csv
}

# row WHAT OURS NAME THEIRS
row() {
  awk -v what="$1" -v ours="$2" -v name="$3" -v theirs="$4" \
    'BEGIN { printf "| %s | %.1f ms | %s | %.1f ms | %.2f |\n", what, ours, name, theirs, ours / theirs }'
}

printf '| what | prospect | beside | its time | ratio |\n|---|---|---|---|---|\n'
for count in 2000 10000; do
  mkdir -p "ideas-$count" "task-$count"
  "$bench" ideas "$count" >"ideas-$count/ideas.toml"
  ours="$prospect rank $work/ideas-$count"
  listed=$(median "" "$ours")
  row "rank $count ideas, beside parsing the file" "$listed" "toml crate, bare" \
    "$(median "" "$bench parse $work/ideas-$count/ideas.toml")"
  set_to() { echo "$prospect --workspace $work/ideas-$count set idea-77 ratings.headroom=$1"; }
  changed=$(median "$(set_to 3)" "$(set_to 7)")
  if has task; then
    printf 'data.location=%s\nconfirmation=off\nverbose=nothing\nhooks=off\ngc=off\n' \
      "$work/task-$count" >"taskrc-$count"
    "$bench" tasks "$count" >tasks.json
    task="task rc:$work/taskrc-$count"
    $task import tasks.json >/dev/null 2>&1
    row "list $count" "$listed" "taskwarrior list" "$(RUNS=7 median "" "$task list")"
    row "change one of $count" "$changed" "taskwarrior modify" \
      "$(RUNS=7 median "$task 77 modify priority:L" "$task 77 modify priority:H")"
  fi
done

"$bench" titles 100000 >titles
if has fzf; then
  for query in sparse "tokens drift" "folding memory audit"; do
    row "find \`$query\` in 100000 titles" "$(median "" "$bench find '$query' $work/titles")" \
      "fzf --filter" "$(median "" "sh -c \"exec fzf --filter '$query' <$work/titles\"")"
  done
fi

for script in bradley_terry aggregation; do
  if [ -f "$here/$script.py" ]; then
    printf '\n'
    "$python" "$here/$script.py" "$prospect" "$bench" ||
      echo "_benches/peers/$script.py did not run: pip install choix scikit-criteria pymcdm_"
  fi
done
