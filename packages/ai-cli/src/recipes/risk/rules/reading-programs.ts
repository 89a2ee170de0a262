import type { RuleTable } from "../table/program.ts";

const NAMES =
  "unalias : true false [ [[ test echo printf ls ll dir vdir cat tac head tail less more wc grep egrep fgrep zgrep " +
  "rg ag ack sort uniq cut tr paste join comm diff cmp sdiff colordiff delta nl od xxd hexdump strings file " +
  "stat du df free uptime uname arch date cal whoami id groups who w last lastlog users tty hostnamectl pwd " +
  "which whereis type basename dirname realpath readlink seq yes sleep wait jobs fg bg bc expr factor md5sum " +
  "sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5 cksum b2sum sum base64 base32 rev fold fmt " +
  "column pr expand unexpand tsort shuf numfmt locate mlocate plocate tree ncdu lsof ps top htop btop atop " +
  "iotop iftop vmstat iostat mpstat pidstat sar dmesg lscpu lsblk lsmem lspci lsusb lshw lsmod lsns blkid " +
  "findmnt getconf getent locale localectl printenv nproc clear jq yq xmllint xmlstarlet csvcut csvlook " +
  "csvstat mlr pgrep pidof pstree man info apropos whatis help tldr cheat shellcheck hadolint yamllint " +
  "jsonlint exit return break continue shift getopts let umask set shopt bind complete compgen compopt hash " +
  "times ulimit caller enable nm objdump readelf ldd size pahole addr2line c++filt cloc tokei scc figlet " +
  "cowsay lolcat fortune banner bat batcat exa eza lsd glow fzf sk pv zcat bzcat xzcat zless zdiff iconv " +
  "uuidgen mktemp tempfile dig nslookup host whois ping ping6 traceroute tracepath mtr ss netstat getfacl " +
  "lsattr getfattr pmap procs duf dust gdu vnstat inxi neofetch fastfetch screenfetch sw_vers " +
  "system_profiler ioreg mdfind mdls pbpaste acpi sensors upower nvidia-smi glxinfo xdpyinfo xev fc-list " +
  "espeak say dumpe2fs xfs_info hyperfine zipinfo diffstat interdiff msgfmt tic infocmp dirs ansible-doc ansible-lint ansible-inventory";

/** Programs that read, print, or make what nobody would miss. */
export const READING: RuleTable = {
  [NAMES]: {},
  hostname: { rows: [["<some>", "medium", "changes the machine's name"]] },
  "awk gawk mawk nawk": { values: "-F -v -f --file --field-separator", carries: [{ language: "script", operand: 0 }] },
  history: { rows: [["-c|-d|-w", "high", "deletes the record of commands"]] },
  "tput stty reset": {},
  arp: { rows: [["-d|-s", "medium", "changes the network's settings"]] },
  "xclip xsel pbcopy wl-copy": { otherwise: ["low", "changes the clipboard"] },
  logger: { otherwise: ["low", "writes to the system's log"] },
  kill: {
    wordOptions: true,
    values: "-s -n --signal",
    rows: [
      ["@-1", "critical", "ends every process there is"],
      ["-1|--1 <none>", "critical", "ends every process there is"],
      ["-9|-KILL|-SIGKILL|-s|-TERM|-15 -1", "critical", "ends every process there is"],
      ["-l|-L|--list|-0", "none"],
      ["@1", "critical", "ends the process that all others hang on"],
      ["@0", "high", "ends all processes of this session"],
    ],
    otherwise: ["medium", "ends processes"],
  },
  "pkill killall": {
    wordOptions: true,
    values: "-u -U -g -P -t -s --signal -user -uid",
    rows: [
      ["-l|--list", "none"],
      ["-u|-U|--user|--euid|-t", "high", "ends all processes of a user"],
      [
        "@init|systemd|sshd|Xorg|gdm|dockerd|*sql*|postgres|mongod|mysqld|redis-server|nginx|apache2|httpd|*",
        "medium",
        "ends processes by name",
      ],
    ],
    otherwise: ["medium", "ends processes by name"],
  },
  killall5: { otherwise: ["critical", "ends every process there is"] },
  fuser: { rows: [["-k|--kill", "high", "ends all processes that use a file"]] },
  skill: { otherwise: ["high", "ends processes"] },
  xkill: { otherwise: ["medium", "ends a program"] },
  renice: { otherwise: ["medium", "changes processes"] },
  crontab: {
    values: "-u",
    input: "crontab",
    rows: [
      ["-r", "high", "deletes all planned commands of a user"],
      ["-l", "none"],
      ["-e", "medium", "changes planned commands"],
      ["@-", "medium", "replaces planned commands"],
      ["<some>", "high", "replaces all planned commands of a user"],
    ],
    otherwise: ["medium", "changes planned commands"],
  },
  "at batch": {
    values: "-f -q",
    input: "shell",
    rows: [
      ["-l", "none"],
      ["-d|-r", "high", "deletes planned commands"],
    ],
    otherwise: ["medium", "plans a command for later"],
  },
  atrm: { otherwise: ["high", "deletes planned commands"] },
};
