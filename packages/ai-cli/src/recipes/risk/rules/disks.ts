import type { RuleTable } from "../table/program.ts";

/** Programs for disks, partitions, volumes and file systems. */
export const DISKS: RuleTable = {
  "mke2fs mkfs.ext2 mkfs.ext3 mkfs.ext4": {
    values: "-b -E -i -I -L -m -N -O -t -T -U -J -d -e -g -G -r -o -M -C",
    rows: [
      ["-n", "none"],
      ["<last temporary>", "medium", "makes a file system in a file"],
      ["<some>", "critical", "makes a new file system where data may be"],
    ],
  },
  "mkfs.xfs": {
    values: "-b -d -i -l -L -m -n -p -r -s",
    rows: [
      ["-N", "none"],
      ["<last temporary>", "medium", "makes a file system in a file"],
      ["<some>", "critical", "makes a new file system where data may be"],
    ],
  },
  "mkfs newfs mkswap mkdosfs mkntfs mkudffs mkexfatfs mkreiserfs format": {
    rows: [
      ["<last temporary>", "medium", "makes a file system in a file"],
      ["-n|-N !<device>", "medium", "shows what it would do"],
      ["<some>", "critical", "makes a new file system where data may be"],
    ],
    otherwise: ["none"],
  },
  wipefs: {
    values: "-t -o",
    rows: [
      ["-n|--no-act", "none"],
      ["-a|--all|-o|--offset|-f", "critical", "wipes what tells a disk's content"],
      ["<some>", "none"],
    ],
  },
  "gdisk cgdisk": { rows: [["-l", "none"]], otherwise: ["critical", "changes the partitions of a disk"] },
  blockdev: {
    rows: [
      ["--report|--get*", "none"],
      ["--setro|--setrw", "high", "locks or unlocks a disk"],
    ],
    otherwise: ["medium", "changes a disk's settings"],
  },
  "fdisk sfdisk cfdisk": {
    values: "-b -C -H -S -o -t -A",
    rows: [
      ["-l|--list|-s|--list-free|-F|-d|--dump|-J|--json|-V|--verify|-g", "none"],
      ["-n|--no-act", "none"],
    ],
    otherwise: ["critical", "changes the partitions of a disk"],
  },
  sgdisk: {
    rows: [["-p|--print|-i|--info|-v|--verify|-P|--pretend|-L|-b|--backup", "none"]],
    otherwise: ["critical", "changes the partitions of a disk"],
  },
  "parted gparted": {
    values: "-a --align -u",
    rows: [
      ["-l|--list", "none"],
      ["* print|unit|p|align-check", "none"],
      [
        "@mklabel|mktable|rm|mkpart|resizepart|rescue|set|name|disk_set|toggle",
        "critical",
        "changes the partitions of a disk",
      ],
    ],
    otherwise: ["high", "can change the partitions of a disk"],
  },
  partprobe: { otherwise: ["medium", "lets the system read the partitions again"] },
  blkdiscard: { otherwise: ["critical", "throws away all data of a disk"] },
  fstrim: { otherwise: ["medium", "frees unused blocks of a disk"] },
  hdparm: {
    rows: [
      [
        "--security-erase|--security-erase-enhanced|--security-set-pass|--trim-sector-ranges|--write-sector|--repair-sector|--make-bad-sector|--security-disable|--dco-restore",
        "critical",
        "erases a disk",
      ],
      ["-I|-i|-t|-T|-g|-C", "none"],
    ],
    otherwise: ["medium", "changes a disk's settings"],
  },
  nvme: {
    rows: [
      ["format|sanitize|write-zeroes|delete-ns|write-uncor|dsm|create-ns|detach-ns", "critical", "erases a disk"],
      ["list*|id-*|smart-log|get-*|error-log|show-*|version|help", "none"],
      ["fw-*|reset|subsystem-reset|set-feature", "high", "changes a disk's firmware or settings"],
    ],
    otherwise: ["medium", "changes a disk's settings"],
  },
  "sg_format sg_sanitize sg_unmap sg_wr_mode sg_write_same": { otherwise: ["critical", "erases a disk"] },
  badblocks: {
    values: "-b -c -o -t",
    rows: [
      ["-w", "critical", "writes over a disk"],
      ["-n", "medium", "tests a disk by writing"],
    ],
  },
  smartctl: { rows: [["-a|-i|-H|-x|-A|-l", "none"]], otherwise: ["medium", "changes a disk's settings"] },
  lvremove: { rows: [["-t|--test", "none"]], otherwise: ["critical", "deletes a volume with all that is in it"] },
  vgremove: {
    rows: [["-t|--test", "none"]],
    otherwise: ["critical", "deletes a group of volumes with all that is in it"],
  },
  pvremove: { rows: [["-t|--test", "none"]], otherwise: ["critical", "wipes what tells a disk's content"] },
  lvreduce: {
    rows: [["-t|--test", "none"]],
    otherwise: ["critical", "makes a volume smaller than what is in it may be"],
  },
  lvresize: {
    values: "-L -l --size --extents",
    rows: [
      ["-L=-*|--size=-*|-l=-*", "critical", "makes a volume smaller than what is in it may be"],
      ["-L=+*|--size=+*|-l=+*", "medium", "makes a volume larger"],
    ],
    otherwise: ["high", "changes a volume's size"],
  },
  vgreduce: { otherwise: ["high", "takes disks out of a group of volumes"] },
  pvmove: { otherwise: ["high", "moves data between disks"] },
  "lvconvert lvchange vgchange vgcfgrestore vgexport": {
    rows: [
      ["--merge", "high", "takes a volume back to what it was before"],
      ["-a=n|-an", "high", "takes volumes away from the system"],
      ["--uncache|--splitmirrors|--repair", "high", "changes how a volume is stored"],
    ],
    otherwise: ["medium", "changes volumes"],
  },
  lvm: { wraps: [{}] },
  "lvcreate lvextend pvresize": { otherwise: ["medium", "makes or enlarges a volume"] },
  "vgcreate pvcreate vgextend": {
    rows: [
      ["-t|--test", "none"],
      ["-f|-y|--force|--yes", "high", "takes a disk for volumes, whatever is on it"],
    ],
    otherwise: ["high", "takes a disk for volumes"],
  },
  "lvs vgs pvs lvdisplay vgdisplay pvdisplay lvscan vgscan pvscan": {},
  zpool: {
    rows: [
      ["destroy", "critical", "deletes a pool with all that is in it"],
      ["labelclear", "critical", "wipes what tells a disk's content"],
      ["status|list|get|iostat|history|events", "none"],
      ["create -f", "critical", "takes disks for a pool, whatever is on them"],
      ["export", "high", "takes a pool away from the system"],
      ["create|remove|detach|offline|split|replace|clear|attach|add", "high", "changes which disks a pool has"],
      ["scrub|online|trim|resilver|set|upgrade|reguid", "medium", "changes a pool"],
    ],
    otherwise: ["medium", "changes a pool"],
  },
  zfs: {
    rows: [
      ["destroy -n", "none"],
      ["destroy -r|-R|-f", "critical", "deletes file systems with all that is in them"],
      ["destroy", "critical", "deletes a file system with all that is in it"],
      ["rollback", "high", "throws away what changed since a snapshot"],
      ["receive|recv -F", "high", "throws away what changed since a snapshot"],
      ["list|get|diff|holds|userspace|groupspace|version", "none"],
      ["snapshot|snap|create|clone|hold|bookmark", "low", "makes a file system or a snapshot"],
      ["unmount|umount|rename|promote|release|set|inherit|unload-key|change-key", "medium", "changes a file system"],
    ],
    otherwise: ["medium", "makes or sends file systems"],
  },
  btrfs: {
    rows: [
      ["subvolume|sub|su|subvol delete|del", "critical", "deletes a part of a file system with all that is in it"],
      ["device|dev delete|remove|rem", "critical", "takes a disk out of a file system"],
      ["subvolume|filesystem|fi|device|scrub|balance|property|qgroup list|show|usage|df|du|stats|status|get", "none"],
      ["check --repair|--init-csum-tree|--init-extent-tree", "high", "changes a file system's structure"],
      ["rescue|replace", "high", "changes a file system's structure"],
      ["filesystem|fi resize", "high", "changes a file system's size"],
    ],
    otherwise: ["medium", "changes a file system"],
  },
  mdadm: {
    rows: [
      ["--zero-superblock", "critical", "wipes what tells a disk's content"],
      ["-D|--detail|-E|--examine|-Q|--query", "none"],
      ["-S|--stop|--fail|--remove|-f|-r|--set-faulty", "critical", "takes disks out of an array, or stops it"],
      ["-C|--create", "critical", "makes an array of disks, whatever is on them"],
      ["--grow", "high", "changes an array's size"],
    ],
    otherwise: ["high", "changes an array of disks"],
  },
  cryptsetup: {
    rows: [
      ["luksDump|status|isLuks|luksUUID|benchmark", "none"],
      ["luksFormat|reencrypt|luksErase|erase", "critical", "makes what is on a disk unreadable"],
      [
        "luksKillSlot|luksRemoveKey|luksChangeKey|luksHeaderRestore|luksConvertKey|convert|luksDelKey",
        "critical",
        "can lock everybody out of a disk",
      ],
      ["close|luksClose|remove|luksSuspend", "medium", "closes an encrypted disk"],
    ],
    otherwise: ["medium", "opens or changes an encrypted disk"],
  },
  dmsetup: {
    rows: [
      ["remove|remove_all|wipe_table|suspend|clear", "critical", "takes volumes away from the system"],
      ["ls|info|table|status|deps", "none"],
    ],
    otherwise: ["high", "changes volumes"],
  },
  losetup: {
    rows: [
      ["-a|--all|-l|--list|-j", "none"],
      ["-D|--detach-all", "medium", "takes all loop disks away"],
    ],
    otherwise: ["medium", "makes a disk of a file"],
  },
  "fsck e2fsck xfs_repair reiserfsck ntfsfix dosfsck": {
    rows: [
      ["-n|-N", "none"],
      ["-y|-p|-a|-f|-L|--rebuild-tree", "high", "changes a file system's structure"],
    ],
    otherwise: ["medium", "checks a file system, and repairs it"],
  },
  "tune2fs xfs_admin e2label fatlabel ntfslabel swaplabel": {
    rows: [["-l|-L", "medium", "reads or changes a file system's settings"]],
    otherwise: ["high", "changes a file system's settings"],
  },
  "resize2fs xfs_growfs ntfsresize resize_reiserfs": {
    rows: [
      ["-n|--no-action|-i|--info", "none"],
      ["<several>", "high", "changes a file system's size"],
      ["-M|-s|--size", "high", "makes a file system smaller"],
    ],
    otherwise: ["medium", "makes a file system larger"],
  },
  debugfs: {
    rows: [["-w", "critical", "changes a file system by hand"]],
    otherwise: ["medium", "looks into a file system by hand"],
  },
  mount: {
    values: "-t -o --types --options -L -U",
    rows: [
      ["<none>", "none"],
      ["-l", "none"],
      ["-o=*remount*ro*|--options=*remount*ro* <last root,system-folder>", "high", "lets nothing be written any more"],
      ["<last root,system-folder>", "medium", "covers a folder of the system with another"],
    ],
    otherwise: ["medium", "puts a file system in place"],
  },
  "umount unmount": {
    rows: [
      ["-a|--all", "high", "takes all file systems away"],
      ["<root>", "high", "takes the machine's file system away"],
      ["-f|-l|--force|--lazy", "medium", "takes a file system away by force"],
    ],
    otherwise: ["medium", "takes a file system away"],
  },
  swapoff: { rows: [["-a|--all", "high", "takes all swap space away"]], otherwise: ["high", "takes swap space away"] },
  swapon: { rows: [["-s|--show|--summary", "none"]], otherwise: ["medium", "adds swap space"] },
  diskutil: {
    rows: [
      ["list|info|activity|listFilesystems|verifyVolume|verifyDisk", "none"],
      [
        "eraseDisk|eraseVolume|reformat|zeroDisk|randomDisk|secureErase|partitionDisk|erase*|mergePartitions|splitPartition|cs|corestorage",
        "critical",
        "erases a disk",
      ],
      ["apfs|ap|appleRAID|ar delete*|erase*|resize*", "critical", "deletes a volume with all that is in it"],
      ["repair*", "high", "changes a file system's structure"],
    ],
    otherwise: ["medium", "changes disks"],
  },
  hdiutil: { otherwise: ["medium", "makes or opens a disk image"] },
  asr: { otherwise: ["critical", "writes over a disk"] },
  tmutil: {
    rows: [
      ["delete*|deletelocalsnapshots|disable*|thinlocalsnapshots|associatedisk", "critical", "deletes backups"],
      ["list*|status|latestbackup|machinedirectory|compare|destinationinfo", "none"],
    ],
    otherwise: ["medium", "changes backups"],
  },
  bless: { otherwise: ["high", "changes how the machine starts"] },
  "growpart cloud-init": {
    rows: [
      ["clean", "high", "forgets how the machine was set up"],
      ["status|query|analyze|schema", "none"],
    ],
    otherwise: ["medium", "changes how the machine is set up"],
  },
  "dcfldd ddrescue dc3dd": {
    rows: [
      ["of=<device>", "critical", "writes over a disk"],
      ["<last device>", "critical", "writes over a disk"],
      ["-f|--force <device>", "critical", "writes over a disk"],
    ],
    otherwise: ["medium", "copies a disk"],
  },
  multipath: {
    rows: [
      ["-F|-f|-w|-W", "high", "takes disks away from the system"],
      ["-l|-ll|-t|-d", "none"],
    ],
    wordOptions: true,
    otherwise: ["medium", "changes disks"],
  },
  camcontrol: {
    rows: [
      ["format|sanitize|security|fwdownload|cmd", "critical", "erases a disk"],
      ["devlist|identify|inquiry|tur|periphlist|readcap", "none"],
    ],
    otherwise: ["medium", "changes a disk's settings"],
  },
  adb: {
    values: "-s -t -H -P",
    wraps: [{ path: "shell", values: "-s -t -H -P -e", text: true }],
    rows: [
      ["uninstall|disable-verity|sideload|remount|emu", "high", "changes or deletes what is on a device"],
      ["devices|logcat|pull|version|get-state|bugreport|wait-for-device|start-server", "none"],
    ],
    otherwise: ["medium", "changes a device"],
  },
  iscsiadm: {
    values: "-m --mode -o --op -T --targetname -p --portal -r --sid",
    rows: [
      ["-u|--logout|--logoutall|-o=delete|--op=delete", "high", "takes disks of other machines away"],
      ["-P|--print", "none"],
    ],
    otherwise: ["medium", "connects disks of other machines"],
  },
  sysupgrade: {
    rows: [
      ["-T|--test|-l|--list-backup|-b|--create-backup|-h|--help", "none"],
      ["<some>", "high", "writes over the firmware of a device"],
      ["-r|--restore-backup", "high", "writes over the firmware of a device"],
    ],
  },
  mtd: {
    rows: [
      ["write|erase|refresh|fixtrx|resetbc|jffs2write", "high", "writes over the firmware of a device"],
      ["verify|dump", "none"],
    ],
    otherwise: ["medium", "changes the firmware of a device"],
  },
  "fastboot heimdall esptool.py esptool dfu-util avrdude openocd st-flash stm32flash rkdeveloptool odin4 sunxi-fel bossac teensy_loader_cli":
    {
      values: "-s -p -c -P -b -B -U --port --baud --chip -a -i",
      rows: [
        ["-U=*:w:*", "high", "writes over the firmware of a device"],
        ["devices|getvar|print-pit|detect|chip_id|flash_id|read_flash|read_mac|read|ld|list", "none"],
        ["-l|--list|-v|--version|-t", "none"],
        ["-U=*:r:*", "none"],
      ],
      otherwise: ["high", "writes over the firmware of a device"],
    },
  "espefuse.py espefuse": {
    rows: [["summary|dump|get_custom_mac|check_error", "none"]],
    otherwise: ["high", "changes a device for good"],
  },
  "nandwrite flashcp flash_eraseall mtd_write ubiformat": {
    otherwise: ["high", "writes over the firmware of a device"],
  },
  nrfutil: {
    rows: [
      ["device recover|erase|program|reset|fw-*|protection-set", "high", "writes over the firmware of a device"],
      ["device list|info|read|core-info", "none"],
    ],
    otherwise: ["medium", "reaches into a device"],
  },
  "JLinkExe JLink JFlashExe nrfjprog": {
    values: "-device -if -speed -CommanderScript -CommandFile -SelectEmuBySN -s --snr",
    wordOptions: true,
    rows: [
      ["--eraseall|--recover|--erasepage|--program|--rbp|--eraseuicr", "high", "writes over the firmware of a device"],
      [
        "-CommanderScript=*erase*|-CommandFile=*erase*|-CommanderScript=*flash*",
        "high",
        "writes over the firmware of a device",
      ],
      ["-i|--ids|--version|-v", "none"],
    ],
    otherwise: ["medium", "reaches into a device"],
  },
  ipmitool: {
    values: "-I -H -U -P -f -L -p -C -E -b -t",
    rows: [
      ["chassis|power off|cycle|reset|soft|diag", "high", "switches a machine off"],
      ["chassis power off|cycle|reset|soft|diag", "high", "switches a machine off"],
      ["sel clear", "high", "deletes the log of a machine"],
      ["user disable|set|priv", "high", "changes who gets into a machine"],
      ["lan set", "high", "changes how a machine is reached"],
      ["mc reset", "high", "starts the controller of a machine anew"],
      ["raw|bmc|hpm|fwum|ekanalyzer", "medium", "changes the controller of a machine"],
      ["sdr|sensor|fru|sel|mc|lan|user|chassis|power|session", "none"],
    ],
    otherwise: ["medium", "changes the controller of a machine"],
  },
  scontrol: {
    rows: [
      ["update @*=down*|*=drain*|*=DOWN*|*=DRAIN*|*=fail*", "high", "takes machines out of a cluster"],
      ["delete|reboot|shutdown|takeover|reconfigure|requeue|suspend|cancel_reboot", "high", "ends jobs of a cluster"],
      ["show|ping|version|listpids|completing", "none"],
    ],
    otherwise: ["medium", "changes a cluster"],
  },
  racadm: {
    rows: [
      ["serveraction powerdown|hardreset|powercycle|graceshutdown", "high", "switches a machine off"],
      [
        "racresetcfg|systemerase|storage|clrsel|lclog|jobqueue|raid|vflashpartition",
        "high",
        "deletes settings or data of a machine",
      ],
      ["getsysinfo|get*|getsel|help", "none"],
    ],
    otherwise: ["medium", "changes a machine"],
  },
  "nwipe dban": { otherwise: ["critical", "erases disks"] },
  restic: {
    rows: [
      ["forget|prune|rewrite", "critical", "deletes backups"],
      ["snapshots|ls|stats|check|find|diff|cat|list|dump|version", "none"],
      ["restore", "medium", "brings files of a backup back"],
    ],
    otherwise: ["medium", "makes a backup"],
  },
  tarsnap: {
    values: "-f --cachedir --keyfile",
    rows: [
      ["-d|--nuke", "high", "deletes backups"],
      ["-t|--list-archives|--print-stats", "none"],
    ],
    otherwise: ["medium", "works on backups"],
  },
  "borg borgmatic": {
    rows: [
      ["delete|prune|compact|recreate -n", "none"],
      ["delete|prune|compact|recreate", "critical", "deletes backups"],
      ["list|info|check|diff|mount", "none"],
    ],
    otherwise: ["medium", "makes a backup"],
  },
  "duplicity duplicacy": {
    rows: [["remove-*|cleanup|prune|purge", "critical", "deletes backups"]],
    otherwise: ["medium", "makes a backup"],
  },
  "timeshift snapper": {
    rows: [
      ["--delete|--delete-all|--restore", "critical", "deletes backups, or takes the machine back to one"],
      ["delete|rollback|undochange|cleanup|rm", "critical", "deletes backups, or takes the machine back to one"],
      ["list|status|diff", "none"],
      ["--list", "none"],
    ],
    otherwise: ["medium", "makes a backup"],
  },
  kopia: {
    rows: [
      ["snapshot|snap delete|expire", "critical", "deletes backups"],
      ["repository|repo disconnect|delete", "high", "leaves a place for backups"],
      ["snapshot list|estimate", "none"],
    ],
    otherwise: ["medium", "makes a backup"],
  },
  rsnapshot: { otherwise: ["medium", "makes a backup and throws the oldest away"] },
};
