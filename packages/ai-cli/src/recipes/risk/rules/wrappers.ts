import type { RuleTable } from "../table/program.ts";

/** Programs that run another one. */
export const WRAPPERS: RuleTable = {
  "sudo doas pkexec dzdo gosu su-exec run0": {
    values: "-u --user -g --group -h --host -p --prompt -C -r --role -t --type -T -D --chdir -R --chroot -U",
    wraps: [
      {
        values: "-u --user -g --group -h --host -p --prompt -C -r --role -t --type -T -D --chdir -R --chroot -U",
        assignments: true,
      },
    ],
    input: "shell",
    inputAlways: true,
    rows: [["-e|--edit", "medium", "changes a file with the rights of another user"]],
    otherwise: ["medium", "asks for the rights of another user"],
  },
  su: {
    inputAlways: true,
    values: "-c --command -s --shell -g -G",
    carries: [{ language: "shell", options: "-c --command" }],
    input: "shell",
    otherwise: ["medium", "asks for the rights of another user"],
  },
  runuser: {
    values: "-c --command -s -u -g",
    carries: [{ language: "shell", options: "-c --command" }],
    wraps: [{ values: "-u -g -c --command -s", after: "--" }],
    otherwise: ["medium", "asks for the rights of another user"],
  },
  "sg newgrp": {
    carries: [
      { language: "shell", options: "-c" },
      { language: "shell", operand: 1 },
    ],
    values: "-c",
    otherwise: ["medium", "asks for the rights of another group"],
  },
  env: {
    values: "-u --unset -C --chdir -S --split-string",
    carries: [{ language: "shell", options: "-S --split-string" }],
    wraps: [{ values: "-u --unset -C --chdir -S --split-string", assignments: true }],
  },
  RUN: { wraps: [{}] },
  "builtin nohup setsid disown noglob nocorrect busybox toybox": { wraps: [{}] },
  "exec coproc caffeinate fakeroot unbuffer torsocks proxychains proxychains4 tsocks firejail bwrap dbus-run-session dbus-launch xvfb-run catchsegv aoss padsp eatmydata cpulimit chronic rr heaptrack linux32 linux64 i386 systemd-inhibit retry dotenv dotenvx with-contenv s6-setuidgid setpriv dumb-init tini catatonit chpst softlimit setuidgid time.exe gtime ifne mispipe lckdo":
    {
      values: "-a -e -o -p -s -t -u -g -n -f -P",
      wraps: [{ values: "-a -e -o -p -s -t -u -g -n -f -P --bind --ro-bind --reuid --regid" }],
    },
  "strace ltrace perf-trace": {
    values: "-e -o -p -s -u -E -P -a -I -O -S -b -X -l -n",
    wraps: [{ values: "-e -o -p -s -u -E -P -a -I -O -S -b -X -l -n" }],
  },
  command: { wraps: [{}], rows: [["-v|-V", "none"]] },
  "nice ionice": {
    values: "-n --adjustment -c --class -p --pid",
    wraps: [{ values: "-n --adjustment -c --class" }],
  },
  "chrt taskset": { wraps: [{ skip: 1, values: "-T -P -D" }] },
  "ld-linux-x86-64.so.2 ld-linux-aarch64.so.1 ld-linux.so.2 ld-musl-x86_64.so.1 ld-musl-aarch64.so.1": {
    wraps: [{ values: "--library-path --preload --argv0 --audit" }],
  },
  numactl: { wraps: [{ values: "-N -m -C" }] },
  stdbuf: { wraps: [{ values: "-i -o -e --input --output --error" }] },
  "timeout gtimeout": {
    values: "-s --signal -k --kill-after",
    wraps: [{ skip: 1, values: "-s --signal -k --kill-after" }],
  },
  time: { values: "-f -o --format --output", wraps: [{ values: "-f -o --format --output" }] },
  xargs: {
    values: "-n -P -L -I -d -s -E -a --max-args --max-procs --delimiter --arg-file --max-lines",
    wraps: [
      { values: "-n -P -L -I -d -s -E -a --max-args --max-procs --delimiter --arg-file --max-lines", names: true },
    ],
  },
  parallel: {
    values:
      "-j --jobs -I --colsep -C --delay --timeout --joblog --tmpdir -a --arg-file -S --sshlogin --results -n -N -L --retries --load --memfree --halt -d --delimiter",
    wraps: [
      {
        values:
          "-j --jobs -I --colsep -C --delay --timeout --joblog --tmpdir -a --arg-file -S --sshlogin --results -n -N -L --retries --load --memfree --halt -d --delimiter",
        text: true,
        names: true,
      },
    ],
    input: "shell",
  },
  watch: { values: "-n --interval", wraps: [{ values: "-n --interval -q", text: true }] },
  entr: { wraps: [{}] },
  "nodemon watchexec chokidar": {
    values: "-x --exec -w --watch -e --ext -c",
    carries: [{ language: "shell", options: "-x --exec -c" }],
    wraps: [{ values: "-w --watch -e --exts -i --ignore -x --exec", after: "--" }],
    otherwise: ["medium", "runs a program again and again"],
  },
  ssh: {
    inputAlways: true,
    values: "-i -p -l -o -F -J -L -R -D -W -b -c -E -e -I -m -O -Q -S -w -B",
    wraps: [{ skip: 1, values: "-i -p -l -o -F -J -L -R -D -W -b -c -E -e -I -m -O -Q -S -w -B", text: true }],
    carries: [{ language: "setting", options: "-o" }],
    input: "shell",
    otherwise: ["medium", "works on another machine"],
  },
  "mosh autossh": {
    wraps: [{ skip: 1, values: "-p --ssh -M -i -o -L -R", text: true }],
    otherwise: ["medium", "works on another machine"],
  },
  sshpass: { values: "-p -f", wraps: [{ values: "-p -f" }] },
  "pssh parallel-ssh pdsh dsh clush": {
    values: "-h -H -l -p -w -g -x -t -m",
    wraps: [{ values: "-h -H -l -p -w -g -x -t -m", text: true }],
    otherwise: ["medium", "works on other machines"],
  },
  "chroot arch-chroot schroot": {
    values: "--userspec --groups -c -u",
    wraps: [{ skip: 1, values: "--userspec --groups -c -u" }],
    input: "shell",
    inputAlways: true,
    otherwise: ["medium", "asks for the rights of another user"],
  },
  "unshare systemd-nspawn": {
    values: "-D -M",
    wraps: [{ values: "-D -M -R -S --directory --machine" }],
    otherwise: ["medium", "runs something in a world of its own"],
  },
  nsenter: {
    values: "-t --target",
    wraps: [{ values: "-t --target -S -G" }],
    otherwise: ["medium", "reaches into another program's world"],
  },
  "systemd-run": {
    values: "-u --unit -p --property -E --setenv -M -H --on-calendar --on-active --uid --gid --slice",
    wraps: [{ values: "-u --unit -p --property -E --setenv -M -H --on-calendar --on-active --uid --gid --slice" }],
    otherwise: ["medium", "starts a service"],
  },
  "systemd-cat": { wraps: [{ values: "-t -p" }] },
  flock: {
    values: "-w -E -c --command --timeout",
    carries: [{ language: "shell", options: "-c --command" }],
    wraps: [
      { after: "-c", text: true },
      { after: "--command", text: true },
      { skip: 1, values: "-w -E --timeout" },
    ],
  },
  script: {
    values: "-c --command -t -I -O -B",
    carries: [{ language: "shell", options: "-c --command" }],
    otherwise: ["low", "records a terminal"],
  },
  screen: {
    values: "-S -c -e -h -p -s -t -T -X -r -d -D -x",
    wraps: [
      { path: "stuff", text: true },
      { after: "stuff", text: true },
      { after: "exec" },
      { values: "-S -c -e -h -p -s -t -T" },
    ],
    rows: [
      ["-X=quit|-X=kill|-wipe", "medium", "ends a session"],
      ["-ls|-list|-X=hardcopy", "none"],
    ],
    wordOptions: true,
    otherwise: ["low", "starts a terminal"],
  },
  "tmux zellij byobu": {
    values: "-t -s -n -S -c -L -f",
    wraps: [
      {
        path: "new-session|new|new-window|neww|split-window|splitw|run-shell|run|respawn-pane|respawn-window|pipe-pane|send-keys|send|if-shell|display-popup|popup|action",
        values: "-t -s -n -S -c -F -e -x -y -p",
        text: true,
      },
    ],
    rows: [
      ["kill-server", "high", "ends all sessions"],
      ["kill-*", "medium", "ends a session"],
      ["ls|list-*|show-*|has-session|capture-pane|display-message", "none"],
    ],
    otherwise: ["low", "starts a terminal"],
  },
  "gnome-terminal xterm konsole alacritty kitty urxvt wezterm": {
    wraps: [{ after: "--" }, { after: "-e" }, { after: "-x" }],
    otherwise: ["low", "starts a terminal"],
  },
  "direnv aws-vault op doppler chamber infisical sops envchain envconsul teller": {
    wraps: [
      { path: "exec", skip: 1, values: "--" },
      { path: "run|exec-env", after: "--" },
      { path: "exec", after: "--" },
    ],
    otherwise: ["medium", "handles secrets"],
  },
  "devcontainer nix-shell devbox toolbox distrobox proot-distro flatpak-spawn": {
    values: "--run --command -p -c",
    carries: [{ language: "shell", options: "--run --command -c" }],
    wraps: [{ path: "run|enter|exec", after: "--" }],
    otherwise: ["medium", "starts a shell with other programs"],
  },
  "cross-env env-cmd": { wraps: [{ values: "-f -e", assignments: true }] },
  "concurrently npm-run-all run-s run-p": {
    carries: [
      { language: "shell", operand: 0 },
      { language: "shell", operand: 1 },
      { language: "shell", operand: 2 },
    ],
    otherwise: ["low", "runs scripts of the project"],
  },
  crond: { otherwise: ["medium", "runs planned commands"] },
  "git-sh-setup": {},
};
