import type { RuleTable } from "../table/program.ts";

const NAMES =
  "unalias : true false [ [[ test echo printf ls ll dir vdir cat tac head tail less more wc grep egrep fgrep zgrep " +
  "rg ag ack uniq cut tr paste join comm diff cmp sdiff colordiff delta nl od xxd hexdump strings file " +
  "stat du df free uptime uname arch date cal whoami id groups who w last lastlog users tty hostnamectl pwd " +
  "which whereis type basename dirname realpath readlink seq yes sleep wait jobs fg bg bc expr factor md5sum " +
  "sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5 cksum b2sum sum base64 base32 rev fold fmt " +
  "column pr expand unexpand tsort shuf numfmt locate mlocate plocate tree ncdu lsof ps top htop btop atop " +
  "iotop iftop vmstat iostat mpstat pidstat sar dmesg lscpu lsblk lsmem lspci lsusb lshw lsmod lsns blkid " +
  "findmnt getconf getent locale localectl printenv nproc clear jq xmllint xmlstarlet csvcut csvlook " +
  "csvstat mlr pgrep pidof pstree info apropos whatis help tldr cheat shellcheck hadolint yamllint " +
  "jsonlint exit return break continue shift getopts let umask set shopt bind complete compgen compopt hash " +
  "times ulimit caller enable nm objdump readelf ldd size pahole addr2line c++filt cloc tokei scc figlet " +
  "cowsay lolcat fortune banner bat batcat exa eza lsd glow fzf sk pv zcat bzcat xzcat zless zdiff iconv " +
  "uuidgen mktemp tempfile dig nslookup host whois ping ping6 traceroute tracepath mtr ss netstat getfacl " +
  "lsattr getfattr pmap procs duf dust gdu vnstat inxi neofetch fastfetch screenfetch sw_vers " +
  "system_profiler ioreg mdfind mdls pbpaste acpi sensors upower nvidia-smi glxinfo xdpyinfo xev fc-list " +
  "tee sponge include exclude section espeak say dumpe2fs xfs_info hyperfine zipinfo diffstat interdiff msgfmt tic infocmp dirs ansible-doc ansible-lint ansible-inventory";

/** Signals that let a program go on. */
const RELOADS =
  "-0|-HUP|-SIGHUP|-USR1|-USR2|-SIGUSR1|-SIGUSR2|-WINCH|-CONT|-SIGCONT|-10|-12|-18|-s=HUP|-s=SIGHUP|-s=USR1|-s=USR2|-s=CONT|-s=0|--signal=HUP|--signal=SIGHUP|--signal=USR1|--signal=USR2|--signal=CONT|--signal=0";

/** Parts of the names of services that more than one person or program needs. */
const NEEDED =
  "systemd launchd sshd dropbear dockerd containerd kubelet kube- etcd sql postgres mariadb mongo redis valkey memcached elasticsearch opensearch cassandra kafka zookeeper rabbitmq beam influxd prometheus grafana loki nginx apache httpd haproxy traefik caddy envoy varnish lighttpd php-fpm gunicorn uwsgi uvicorn puma unicorn sidekiq celery tomcat catalina jboss wildfly java named unbound dnsmasq dovecot postfix exim sendmail cron rsyslog syslog-ng auditd dbus NetworkManager wpa_supplicant dhclient dhcpcd firewalld fail2ban Xorg Xwayland gnome-shell gdm sddm lightdm kwin plasmashell WindowServer loginwindow libvirtd qemu kvm VBox vmware smbd nmbd nfsd slapd samba vault consul nomad minio openvpn tailscaled charon chronyd ntpd udevd polkitd asterisk freeswitch oracle ora_ tnslsnr db2 clickhouse couchdb neo4j solr jenkins gitlab gitea teamcity supervisord monit zabbix nagios squid bird frr ceph gluster drbd multipathd iscsid".split(
    " ",
  );

/** Programs that read, print, or make what nobody would miss. */
export const READING: RuleTable = {
  "inotifywait inotifywatch fswatch fatrace opensnoop execsnoop": {},
  [NAMES]: {},
  sort: {
    values: "-o --output -k --key -t --field-separator -S --buffer-size -T --temporary-directory",
    rows: [
      ["-o=<vital,device>", "critical", "writes over what the machine needs"],
      ["--output=<vital,device>", "critical", "writes over what the machine needs"],
      ["-o=<system,settings>", "high", "writes over a file of the system or the home"],
      ["--output=<system,settings>", "high", "writes over a file of the system or the home"],
      ["-o|--output", "low", "writes to a file"],
    ],
  },
  man: { values: "-P --pager -M -m -S -s -L -e -r -C", carries: [{ language: "shell", options: "-P --pager" }] },
  hostname: { rows: [["<some>", "medium", "changes the machine's name"]] },
  yq: {
    rows: [
      ["-i|--inplace <vital,configuration>", "high", "changes a file of the system"],
      ["-i|--inplace", "low", "changes a file"],
    ],
  },
  "awk gawk mawk nawk": {
    values: "-F -v -f --file --field-separator -i --include",
    rows: [
      [
        "-i=inplace|--include=inplace <vital,configuration,software,settings>",
        "high",
        "changes a file of the system or the home",
      ],
      ["0|{} -i=inplace|--include=inplace", "high", "empties files"],
      ["-i=inplace|--include=inplace", "low", "changes files in place"],
    ],
    carries: [{ language: "awk", operand: 0 }],
  },
  history: { rows: [["-c|-d|-w", "high", "deletes the record of commands"]] },
  "tput stty reset": {},
  arp: { rows: [["-d|-s", "medium", "changes the network's settings"]] },
  "xclip xsel pbcopy wl-copy": { otherwise: ["low", "changes the clipboard"] },
  logger: { otherwise: ["low", "writes to the system's log"] },
  kill: {
    wordOptions: true,
    values: "-s -n --signal",
    rows: [
      ["-l|-L|--list|-0", "none"],
      [RELOADS, "medium", "sends a signal to processes"],
      ["@-1", "critical", "ends every process there is"],
      ["-1|--1 <none>", "critical", "ends every process there is"],
      ["-9|-KILL|-SIGKILL|-s|-TERM|-15 -1", "critical", "ends every process there is"],
      ["@1", "critical", "ends the process that all others hang on"],
      ["@0", "high", "ends all processes of this session"],
      [
        "@$(ps,-e*pid=)|$(ps,-A*pid=)|$(ps,ax*pid=)|$(ps,aux)|$(ps,-ef)|$(ps,-e)|$(ps,-A)|$(ps,ax)",
        "high",
        "ends all processes",
      ],
      [
        `@${NEEDED.map((name) => `$(p*${name}*`).join("|")}`,
        "high",
        "ends a service that the machine or its users need",
      ],
      [
        "@$(*/run/*|$(*/postmaster.pid*|$(*/var/lib/*|$(p*-u*|$(p*-U*|$(lsof*:22*|$(lsof*:53*|$(lsof*:80)|$(lsof*:443*|$(lsof*:3306*|$(lsof*:5432*|$(lsof*:6379*|$(lsof*:27017*|$(fuser*/tcp*",
        "high",
        "ends a service that runs for the whole machine",
      ],
    ],
    otherwise: ["medium", "ends processes"],
  },
  "pkill killall": {
    wordOptions: true,
    values: "-u -U -g -P -t -s --signal -user -uid",
    rows: [
      ["-l|--list", "none"],
      [RELOADS, "medium", "sends a signal to processes"],
      ["-u|-U|--user|--euid|-t|-G|-g|-s=SESSION|--group|--ns", "high", "ends all processes of a user"],
      [`@${NEEDED.map((name) => `*${name}*`).join("|")}`, "high", "ends a service that the machine or its users need"],
      ["@.|.*|^|*bash|*zsh|sh|tmux*|screen", "high", "ends all processes, or all terminals"],
      ["-F|--pidfile", "high", "ends a service that runs for the whole machine"],
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
    inputAlways: true,
    rows: [
      ["-l", "none"],
      ["-d|-r", "high", "deletes planned commands"],
    ],
    otherwise: ["medium", "plans a command for later"],
  },
  incrontab: {
    input: "crontab",
    rows: [
      ["-r|--remove", "high", "deletes all planned commands of a user"],
      ["-l|--list", "none"],
      ["@-", "medium", "replaces planned commands"],
      ["<some>", "high", "replaces all planned commands of a user"],
    ],
    otherwise: ["medium", "changes planned commands"],
  },
  atrm: { otherwise: ["high", "deletes planned commands"] },
};
