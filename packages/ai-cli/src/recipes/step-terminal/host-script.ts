/** The named pipes between the program and the host, in the run's folder: what the host is told, and what it tells. */
export const HOST_PIPES = ["host-told", "host-tells"] as const;

/** Behind the number of a job: the file in the run's folder that has what it runs. */
export const JOB = ".job";

/**
 * What leads the session in the pseudo-terminal of a run: a shell with job control, because only jobs of such a shell
 * can be stopped by Ctrl-Z. Its arguments: the run's folder, and the terminal's modes, for `stty`.
 *
 * It is told, one word a line:
 * - `run NUMBER`: run that job of the folder in the foreground
 * - `go`: let the job that has stopped go on in the foreground
 * - `tidy`: put the terminal's modes back
 * - `forget`: read away what has been typed
 * - `leave`: let go of the terminal, but stay the leader, without whom what runs on would lose it
 *
 * It tells `ready`; `started` when keys reach the job; the ids of jobs that have stopped and `back CODE` when the job
 * has ended or stopped; and `left`.
 *
 * - Korn shells and zsh do not give the terminal to jobs of a script.
 * - Between the shell and the job is a subshell, because bash ends its loops when SIGINT has ended a job in them. It ends them
 *   as well when a job has stopped, so there is another loop behind each.
 * - Standard error stays the terminal: bash gives its jobs what that is.
 */
export const HOST_SCRIPT = `
[ -z "$KSH_VERSION$ZSH_VERSION" ] || exit
exec 3>"$1/${HOST_PIPES[1]}" 4<"$1/${HOST_PIPES[0]}"
trap '' INT QUIT TERM
set -m
stty "$2"
back() {
  jobs -p >&3
  echo "back $code" >&3
  job=
}
serve() {
  while read -r word number <&4; do
    case $word in
    run)
      job=$word
      (
        trap : HUP INT QUIT TERM
        exec 5>&2 2>/dev/null
        (
          trap - HUP INT QUIT TERM
          echo started >&3
          exec 2>&5 3>&- 4<&- 5>&-
          . "$1/$number${JOB}"
        )
        exit $?
      )
      code=$?
      back
      ;;
    go)
      job=$word
      echo started >&3
      fg >/dev/null
      code=$?
      back
      ;;
    tidy) stty "$2" ;;
    forget)
      stty -icanon -echo min 0 time 0
      cat >/dev/null
      stty "$2"
      ;;
    leave)
      trap - INT QUIT TERM
      exec sh -c 'echo left >&3; exec sleep 2147483647 3>&-' </dev/null >/dev/null 2>&1 4<&-
      ;;
    esac
  done
  code=$?
  [ -n "$job" ] || exit
  back
  serve "$@"
}
echo ready >&3
serve "$@"
`;
