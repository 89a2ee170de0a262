import type { RuleTable } from "../table/program.ts";

const STOPS = "stops a service";
const MACHINE = "stops or restarts the machine";

/** Programs for services, the machine's start and its kernel. */
export const SERVICES: RuleTable = {
  systemctl: {
    values: "-H --host -M --machine -t --type -p --property -n --lines -o --output -s --signal -u --unit",
    rows: [
      [
        "poweroff|reboot|halt|kexec|soft-reboot|rescue|emergency|exit|switch-root|isolate|suspend|hibernate|hybrid-sleep",
        "high",
        MACHINE,
      ],
      [
        "mask|disable|stop|kill @ssh*|sshd*|network*|NetworkManager*|systemd-*|dbus*|firewalld*|getty*",
        "high",
        "stops a service that the machine or its users need",
      ],
      ["stop|kill", "high", STOPS],
      ["disable|mask", "high", "keeps a service from starting"],
      ["revert|preset-all|clean|set-default", "high", "throws away settings of services"],
      ["status|show|list-*|is-*|cat|get-default|help|show-environment|log-level", "none"],
      ["<none>", "none"],
      [
        "restart|try-restart|reload|reload-or-restart|start|enable|daemon-reload|daemon-reexec|unmask|edit|reset-failed|set-property|preset|link|set-environment|import-environment|condrestart|force-reload",
        "medium",
        "starts or changes a service",
      ],
    ],
    otherwise: ["medium", "changes services"],
  },
  service: {
    rows: [
      ["* stop|force-stop|zap", "high", STOPS],
      ["* status", "none"],
      ["--status-all", "none"],
    ],
    otherwise: ["medium", "starts or changes a service"],
  },
  "rc-service sv initctl svcadm invoke-rc.d pm2 supervisorctl monit runsvctl s6-svc dinitctl forever": {
    rows: [
      ["delete|kill|unstartup|flush|cleardump", "high", STOPS],
      ["* stop|zap|down|remove", "high", STOPS],
      ["stop|down|force-stop|disable|remove|shutdown|exit|stopall|unmonitor|x|d", "high", STOPS],
      ["-d", "high", STOPS],
      ["status|list|ls|logs|show|monit|info|describe|tail|avail", "none"],
    ],
    otherwise: ["medium", "starts or changes a service"],
  },
  "rc-update update-rc.d chkconfig sysv-rc-conf": {
    rows: [
      ["del|delete", "high", "keeps a service from starting"],
      ["* remove|disable|off", "high", "keeps a service from starting"],
      ["--del|-f|--force", "high", "keeps a service from starting"],
      ["show", "none"],
      ["--list", "none"],
    ],
    otherwise: ["medium", "changes when services start"],
  },
  launchctl: {
    rows: [
      ["unload|remove|bootout|disable|kill|stop|reboot", "high", STOPS],
      ["list|print|blame|hostinfo|version", "none"],
    ],
    otherwise: ["medium", "starts or changes a service"],
  },
  "nginx apachectl apache2ctl httpd haproxy caddy": {
    values: "-s -c -k",
    rows: [
      ["-s=stop|-s=quit|-k=stop|-k=graceful-stop", "high", STOPS],
      ["stop|graceful-stop", "high", STOPS],
      ["-t|-T|-V|-v|-M|-S", "none"],
      ["configtest|validate|status|fullstatus|list-modules|adapt", "none"],
    ],
    otherwise: ["medium", "starts or changes a service"],
  },
  "a2dissite a2dismod": { otherwise: ["medium", "switches off a part of a web server"] },
  "a2ensite a2enmod": { otherwise: ["medium", "switches on a part of a web server"] },
  shutdown: {
    rows: [
      ["-c", "low", "calls off a shutdown"],
      ["--show", "none"],
      ["@/a|/A", "low", "calls off a shutdown"],
      ["-a !<some>", "low", "calls off a shutdown"],
      ["@/?|/i|/I", "none"],
    ],
    otherwise: ["high", MACHINE],
  },
  "reboot halt poweroff telinit pm-suspend pm-hibernate kexec": {
    rows: [["-w|--wtmp-only", "none"]],
    otherwise: ["high", MACHINE],
  },
  init: { rows: [["0|1|6|s|S", "high", MACHINE]], otherwise: ["high", "changes how much of the machine runs"] },
  loginctl: {
    rows: [
      ["terminate-*|kill-*|lock-*", "high", "ends the sessions of a user"],
      ["list-*|show-*|*-status", "none"],
    ],
    otherwise: ["medium", "changes sessions"],
  },
  "timedatectl hostnamectl localectl resolvectl networkctl": {
    rows: [["set-*|revert|flush-caches|reset-statistics|down|delete", "medium", "changes settings of the machine"]],
  },
  machinectl: {
    rows: [
      ["remove|terminate|kill|poweroff|clean", "high", "stops or deletes a machine"],
      ["list|status|show|list-images", "none"],
    ],
    otherwise: ["medium", "changes machines"],
  },
  journalctl: {
    values: "-u --unit -n --lines --since --until -p -o --output -t -b -S -U",
    rows: [
      ["--vacuum-size|--vacuum-time|--vacuum-files", "high", "deletes the system's log"],
      ["--rotate|--flush|--sync|--setup-keys", "medium", "turns the system's log over"],
    ],
  },
  auditctl: {
    rows: [
      ["-D|-e=0", "high", "stops the record of what happens"],
      ["-l|-s", "none"],
    ],
    values: "-e",
    otherwise: ["medium", "changes the record of what happens"],
  },
  coredumpctl: {},
  sysctl: {
    rows: [
      ["-a|-n|--all|-N", "none"],
      [
        "@kernel.randomize_va_space=0|kernel.yama.ptrace_scope=0|kernel.kptr_restrict=0",
        "high",
        "takes protection of the kernel away",
      ],
      ["-w|-p|--write|--load|--system", "medium", "changes how the running system works"],
      ["@*=*", "medium", "changes how the running system works"],
    ],
  },
  "insmod kldload": { otherwise: ["medium", "loads code into the kernel"] },
  "rmmod kldunload kextunload": { otherwise: ["high", "takes a driver out of the kernel"] },
  modprobe: {
    rows: [
      ["-n|--dry-run|--show-depends|-c", "none"],
      ["-r|--remove", "high", "takes a driver out of the kernel"],
    ],
    otherwise: ["medium", "loads code into the kernel"],
  },
  "busctl dbus-send gdbus qdbus qdbus6": {
    rows: [
      [
        "@PowerOff|*.PowerOff|Reboot|*.Reboot|Halt|*.Halt|Hibernate|*.Hibernate|StopUnit|*.StopUnit|KillUnit|*.KillUnit|DisableUnitFiles|*.DisableUnitFiles|Terminate*|*.Terminate*|Delete*|*.Delete*|Remove*|*.Remove*|Format|*.Format",
        "high",
        "stops the machine or a part of it, or deletes something",
      ],
      ["list|tree|introspect|status|monitor|get-property|capture", "none"],
    ],
    otherwise: ["medium", "tells a program something"],
  },
  postconf: {
    rows: [
      ["-e|-X @*0.0.0.0/0*|*restrictions*=*permit", "high", "lets everybody send mail"],
      ["-e|-X|-M|-P", "medium", "changes the mail server's settings"],
    ],
  },
  "depmod mkinitcpio dracut update-initramfs mkinitramfs": {
    rows: [["-d", "high", "deletes what the machine starts with"]],
    otherwise: ["medium", "makes anew what the machine starts with"],
  },
  dkms: {
    rows: [
      ["remove|uninstall", "high", "removes a driver"],
      ["status", "none"],
    ],
    otherwise: ["medium", "builds a driver"],
  },
  flashrom: {
    rows: [
      ["-w|--write|-E|--erase", "critical", "writes over the machine's firmware"],
      ["-r|--read|-L", "none"],
    ],
    otherwise: ["high", "touches the machine's firmware"],
  },
  "fwupdmgr fwupdtool": {
    rows: [["get-*|refresh|security", "none"]],
    otherwise: ["high", "changes the machine's firmware"],
  },
  efibootmgr: {
    values: "-b -n -o -t",
    rows: [
      ["-B|-D|-O|-N|--delete-bootnum", "critical", "changes how the machine starts"],
      ["-o|-n|-c|-A|--create|--bootorder", "high", "changes how the machine starts"],
      ["-b", "high", "changes how the machine starts"],
    ],
  },
  "grub-install grub2-install grub-mkconfig grub2-mkconfig update-grub update-grub2 lilo bootctl grub-set-default grub-editenv grubby refind-install efivar nvram csrutil spctl":
    {
      rows: [
        ["--assess|-a|--status", "none"],
        ["status|list", "none"],
        ["-l|--list|-p|--default-kernel|--info", "none"],
        ["remove|disable|unset|kernel-destroy", "high", "changes how the machine starts, or weakens its protection"],
        [
          "--remove-kernel|-w|--master-disable|-c|-d|--set-default|--write",
          "high",
          "changes how the machine starts, or weakens its protection",
        ],
        ["update|install", "medium", "makes anew how the machine starts"],
        ["-o|--output", "medium", "makes anew how the machine starts"],
      ],
      otherwise: ["high", "changes how the machine starts"],
    },
  "update-grub update-grub2": { otherwise: ["medium", "makes anew how the machine starts"] },
  "setenforce aa-disable aa-teardown": {
    rows: [["1|Enforcing", "medium", "strengthens the system's protection"]],
    otherwise: ["high", "weakens the system's protection"],
  },
  "aa-complain setsebool semanage semodule": {
    rows: [["-l|--list", "none"]],
    otherwise: ["medium", "changes the system's protection"],
  },
  defaults: {
    rows: [
      ["read*|find|domains", "none"],
      ["delete NSGlobalDomain|com.apple.*", "high", "deletes settings"],
      ["delete|rename|delete-all", "high", "deletes settings"],
    ],
    otherwise: ["medium", "changes settings"],
  },
  "gsettings dconf kwriteconfig5 xfconf-query": {
    rows: [
      ["get|list-*|read|dump|range|monitor|describe|list", "none"],
      ["reset-recursively|reset -f", "high", "deletes settings"],
      ["reset-recursively", "high", "deletes settings"],
    ],
    otherwise: ["medium", "changes settings"],
  },
  "pmset systemsetup scutil networksetup softwareupdate profiles dscacheutil": {
    rows: [
      ["-g|-get*|-list*|--list|-l|--get", "none"],
      ["remove", "high", "changes settings of the machine"],
      ["-remove*|-R|-set*off", "high", "changes settings of the machine"],
      ["-set* @off", "high", "switches something of the machine off"],
      ["-flushcache", "low", "forgets names it looked up"],
    ],
    wordOptions: true,
    otherwise: ["medium", "changes settings of the machine"],
  },
  ipcrm: {
    rows: [["-a|--all", "high", "deletes memory that programs share"]],
    otherwise: ["medium", "deletes memory that programs share"],
  },
  "hwclock rtcwake": {
    rows: [
      ["-r|--show", "none"],
      ["-m=off|-m=mem|-m=disk", "high", MACHINE],
    ],
    values: "-m -s",
    otherwise: ["medium", "changes the clock, or lets the machine sleep"],
  },
  "cupsdisable cancel lprm": {
    rows: [
      ["-a|-x|-u", "high", "deletes all print jobs"],
      ["@-", "high", "deletes all print jobs"],
    ],
    otherwise: ["medium", "takes print jobs away"],
  },
  lpadmin: { rows: [["-x", "high", "deletes a printer"]], otherwise: ["medium", "changes printers"] },
  exim: {
    values: "-f -oMr",
    rows: [
      ["-Mrm|-Mg", "high", "deletes mail that waits"],
      ["-bp|-bpc", "none"],
    ],
    wordOptions: true,
    otherwise: ["medium", "sends mail"],
  },
  postsuper: { rows: [["-d", "high", "deletes mail that waits"]], otherwise: ["medium", "changes mail that waits"] },
  "postqueue mailq": {
    rows: [
      ["-p", "none"],
      ["-f", "medium", "sends mail that waits"],
    ],
  },
  "postmap zmprov postalias": {
    rows: [
      ["-d", "high", "deletes entries of a mail server"],
      ["da|deleteAccount|dd|deleteDomain|ddl|deleteDistributionList|d*", "high", "deletes accounts of a mail server"],
      ["-q|-l|-s", "none"],
      ["ga|gaa|get*|sa|gad", "none"],
    ],
    otherwise: ["medium", "changes a mail server"],
  },
  doveadm: {
    rows: [
      ["expunge|mailbox|purge|dict|kick delete|unset", "high", "deletes mail"],
      ["expunge|purge", "high", "deletes mail"],
    ],
    otherwise: ["medium", "changes mail"],
  },
  "zabbix_server nagios certbot acme.sh": {
    rows: [
      ["delete|revoke|unregister", "high", "deletes or revokes certificates"],
      ["--revoke|--remove|--deactivate", "high", "deletes or revokes certificates"],
      ["certificates", "none"],
      ["--list", "none"],
    ],
    otherwise: ["medium", "changes certificates"],
  },
};
