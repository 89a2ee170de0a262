import type { Row, RuleTable } from "../table/program.ts";

/** A file by its name that may be there already, and that is not what was just made to take its place. */
const REPLACED =
  "<last file> !<first unknown> !<last temporary,regenerable,unknown> !@*.tmp|*.tmp.*|*.temp|*.new|*.bak|*.orig|*.backup|*.part|tmp.*|*/tmp.*|/tmp/*|*.example|*.sample|*.template|*.dist";

const ALL_OF_IT = "<root,home,system-folder>";

const DELETING: readonly Row[] = [
  [ALL_OF_IT, "critical", "deletes all of the machine, a home or a folder of the system"],
  ["<device,vital>", "critical", "deletes what the machine needs"],
  ["<unset>", "high", "deletes everything from the root if a variable is empty"],
  ["<system,kernel>", "high", "deletes files of the system"],
  ["<parent>", "high", "deletes the folder above"],
  ["<repository>", "high", "deletes the repository's own data"],
  ["<only regenerable,temporary>", "low", "deletes files that can be made again"],
  ["!-r|-R|--recursive <only regenerable,temporary,dump>", "low", "deletes files that can be made again"],
  ["<settings>", "high", "deletes settings, keys or documents of the home"],
  ["<here>", "high", "deletes everything in the folder"],
  ["-i|--interactive", "medium", "deletes files, and asks before"],
  ["<glob>", "high", "deletes all files of a kind"],
  ["-r|-R|--recursive", "high", "deletes folders with all that is in them"],
  ["<unknown>", "high", "deletes files that are only known when it runs"],
  ["<some>", "high", "deletes files for good"],
];

const PERMISSIONS = (what: string): readonly Row[] => [
  ["-R|--recursive <root,system-folder,home>", "critical", `changes ${what} of all of the machine or a home`],
  ["-R|--recursive <unset>", "high", `changes ${what} of everything from the root if a variable is empty`],
  ["<root,vital,device>", "high", `changes ${what} of what the machine needs`],
  ["-R|--recursive <drop-in> !<system-folder>", "medium", `changes ${what} of whole folders`],
  ["-R|--recursive <system,settings,parent>", "high", `changes ${what} of whole folders of the system`],
];

/** Programs for files and folders. */
export const FILES: RuleTable = {
  "rm grm srm": { rows: DELETING },
  unlink: { rows: DELETING },
  "trash trash-put": {
    rows: [
      [ALL_OF_IT, "high", "moves all of the machine or a home to the bin"],
      ["<some>", "medium", "moves files to the bin"],
    ],
  },
  gio: {
    rows: [
      ["trash --empty", "high", "empties the bin"],
      ["trash", "medium", "moves files to the bin"],
      ["remove", "high", "deletes files for good"],
    ],
  },
  "trash-empty": { otherwise: ["high", "empties the bin"] },
  "rimraf del-cli rm-cli": { rows: DELETING },
  rmdir: {
    rows: [
      ["@/s|/S <last regenerable,temporary> !<repository,home>", "low", "deletes what can be made again"],
      ["@/s|/S <first regenerable,temporary> !<repository,home>", "low", "deletes what can be made again"],
      ["@/s|/S", "high", "deletes a folder with all that is in it"],
      [ALL_OF_IT, "high", "deletes a folder of the system"],
      ["<some>", "low", "deletes empty folders"],
    ],
  },
  shred: {
    values: "-n -s --iterations --size --random-source",
    rows: [
      ["<device,root,home,vital>", "critical", "wipes a disk or what the machine needs"],
      ["<some>", "high", "wipes files so that nothing can bring them back"],
    ],
  },
  "wipe scrub sfill sswap": { otherwise: ["high", "wipes data so that nothing can bring it back"] },
  truncate: {
    values: "-s --size -r --reference",
    rows: [
      ["<device,vital>", "critical", "cuts off what the machine needs"],
      ["-s=+*|--size=+*", "low", "makes files longer"],
      ["<only temporary>", "low", "cuts off temporary files"],
      ["-s=0|--size=0|-s=-*|--size=-*|-r|--reference", "high", "cuts off files"],
      ["<some>", "medium", "makes files longer or shorter"],
    ],
  },
  fallocate: {
    values: "-l --length -o --offset",
    rows: [
      ["-p|--punch-hole|-z|--zero-range|-c|--collapse-range", "high", "cuts data out of a file"],
      ["<some>", "low", "makes a file of a size"],
    ],
  },
  mv: {
    values: "-t --target-directory -S --suffix",
    rows: [
      ["<last discard>", "critical", "throws files away by moving them to /dev/null"],
      ["<device>", "critical", "writes over a disk"],
      [
        ALL_OF_IT + " !<last home,system-folder>",
        "critical",
        "moves all of the machine, a home or a folder of the system away",
      ],
      ["<root>", "critical", "moves all of the machine away"],
      ["<vital>", "high", "moves or replaces a file that the machine needs"],
      [".git|.git/|*/.git|*/.git/", "high", "moves the history of a repository away"],
      ["<first software>", "high", "moves away what the machine's programs need"],
      ["-n|--no-clobber|--backup|-b", "low", "moves files and replaces none"],
      [`-f|--force ${REPLACED}`, "high", "replaces a file without asking"],
      ["<last glob> !<first glob>", "high", "replaces files by another"],
      ["<first glob> <last file> !<last glob>", "high", "moves several files into one"],
      ["<last configuration> !<first configuration>", "high", "replaces a settings file of the system"],
      ["<system>", "medium", "moves files of the system"],
      ["<repository,settings,outside,stream,parent>", "medium", "moves files into or out of the folder it runs in"],
      ["<some>", "low", "moves files"],
    ],
  },
  "cp gcp": {
    values: "-t --target-directory -S --suffix",
    rows: [
      ["<last device>", "critical", "writes over a disk"],
      ["<first discard>", "high", "empties a file"],
      ["<last vital>", "high", "replaces a file that the machine needs"],
      ["<last root>", "high", "copies over the whole machine"],
      ["-n|--no-clobber|--update=none|--backup|-b", "low", "copies files and replaces none"],
      [`-f|--force ${REPLACED}`, "high", "replaces a file without asking"],
      ["-f|--force|--remove-destination <last configuration,system-folder>", "high", "replaces files of the system"],
      ["-f|--force|--remove-destination <last settings>", "high", "replaces settings or documents of the home"],
      ["--remove-destination <last here,parent>", "high", "replaces files without asking"],
      ["<last glob> !<first glob>", "high", "replaces files by another"],
      ["-f|--force|--remove-destination <first glob> <last system>", "high", "replaces files of the system"],
      ["<last stream>", "none"],
      ["<last system,system-folder,kernel>", "medium", "changes files of the system"],
      ["<last settings,outside,parent,repository>", "medium", "writes files outside the folder it runs in"],
      ["<some>", "low", "copies files"],
    ],
  },
  install: {
    values: "-m --mode -o --owner -g --group -t --target-directory -S --suffix",
    rows: [
      ["<last vital>", "high", "replaces a file that the machine needs"],
      ["-d|--directory", "low", "makes folders"],
      [
        "-m=47*|-m=45*|-m=67*|-m=*+s*|--mode=47*|--mode=45*|--mode=67*|--mode=*+s*",
        "high",
        "gives whoever runs it the rights of its owner",
      ],
      ["<first discard>", "high", "empties a file"],
      ["<last configuration>", "high", "replaces a settings file of the system"],
      ["<last outside>", "medium", "installs files outside the folder it runs in"],
      ["<some>", "low", "copies files"],
    ],
  },
  ln: {
    values: "-t --target-directory -S --suffix",
    rows: [
      ["-f|--force <first discard>", "high", "throws a file away and links its name to /dev/null"],
      ["-f|--force <last vital>", "high", "replaces a file that the machine needs by a link"],
      ["-f|--force <last system,system-folder>", "medium", "replaces files of the system by links"],
      ["<last outside>", "medium", "makes links outside the folder it runs in"],
      ["<some>", "low", "makes links"],
    ],
  },
  "mkdir touch mkfifo mknod": {
    values: "-m --mode -t -d --date -r --reference",
    rows: [
      ["<outside> !<temporary>", "medium", "makes files or folders outside the folder it runs in"],
      ["<some>", "low", "makes files or folders"],
    ],
  },
  dd: {
    rows: [
      ["of=<device>", "critical", "writes over a disk"],
      ["@of=$(findmnt*|of=$(lsblk*|of=$(blkid*|of=$(df*|of=$(mount*", "critical", "writes over a disk"],
      ["if=<discard>", "high", "empties a file"],
      ["of=<vital>", "critical", "writes over a file that the machine needs"],
      ["of=<discard,temporary,regenerable>", "low", "writes to a file"],
      ["of=<system,settings,kernel>", "high", "writes over a file of the system or the home"],
      ["@conv=*notrunc* @of=*", "high", "writes over parts of a file that is there"],
      ["of=<outside>", "medium", "writes to a file outside the folder it runs in"],
      ["@of=*", "low", "writes to a file"],
    ],
  },
  "chmod gchmod": {
    rows: [
      [
        "@644|0644|664|666|755|0755|744|a+r|o+r|go+r|+r @*/private/*|*.key|*id_rsa|*id_ed25519|*/shadow|*privkey*|*/.pgpass|*/.netrc",
        "high",
        "lets everybody read secrets",
      ],
      ...PERMISSIONS("permissions"),
      [
        "-R|--recursive @777|0777|a+rwx|ugo+rwx|a=rwx|666|0666|o+w|a+w|000|0000|go+w|+w",
        "high",
        "opens or closes whole folders to everybody",
      ],
      ["0|000|0000|a-rwx|ugo-rwx|a= <system-folder,vital,home>", "critical", "shuts everybody out of the system"],
      ["000|0000|a-rwx|ugo-rwx|a=|u=,g=,o= <here,glob>", "high", "takes everybody's access to all files away"],
      ["-x <software>", "high", "takes a program of the system away from everybody"],
      ["a-x|ugo-x|000|0000|a-rwx <software>", "high", "takes a program of the system away from everybody"],
      [
        "@u+s|+s|ug+s|u+xs|u+sx|4755|04755|4711|04711|4777|4750|4555|6755|06755|6777",
        "high",
        "gives whoever runs it the rights of its owner",
      ],
      ["000|0000 <some>", "medium", "takes everybody's access to files away"],
      ["-R|--recursive", "medium", "changes permissions of whole folders"],
      [
        "@777|0777|a+rwx|ugo+rwx|a=rwx|666|o+w|a+w|g+s|2775|02775",
        "medium",
        "opens files to everybody, or lets them run as somebody else",
      ],
      ["<outside>", "medium", "changes permissions outside the folder it runs in"],
      ["<some>", "low", "changes permissions"],
    ],
  },
  "chown chgrp": {
    rows: [
      ...PERMISSIONS("the owner"),
      ["-R|--recursive <here,settings>", "medium", "changes the owner of whole folders"],
      ["<some>", "medium", "changes the owner of files"],
    ],
  },
  setfacl: {
    values: "-m -x -M -X --modify --remove",
    rows: [
      ...PERMISSIONS("permissions"),
      ["-b|-k|--remove-all|--remove-default|-R|--recursive", "high", "changes permissions of whole folders"],
      ["<some>", "medium", "changes permissions"],
    ],
  },
  chattr: {
    rows: [
      ["-R <root,system-folder,home>", "critical", "changes attributes of all of the machine or a home"],
      ["-R", "high", "locks or unlocks whole folders"],
      ["<vital,system>", "high", "locks or unlocks files of the system"],
      ["<some>", "medium", "changes attributes of files"],
    ],
  },
  "chcon restorecon setfattr": {
    rows: [
      ["-n", "none"],
      ["-R|-r|--recursive <root,system-folder>", "high", "changes attributes of the whole machine"],
      ["<some>", "medium", "changes attributes of files"],
    ],
  },
  rsync: {
    values:
      "-e --rsh -f --filter --exclude --include --exclude-from --include-from --files-from -T --temp-dir --log-file --password-file --port --bwlimit --timeout --chmod --chown --max-size --min-size --backup-dir --link-dest --partial-dir",
    carries: [{ language: "shell", options: "-e --rsh" }],
    rows: [
      ["-n|--dry-run|--list-only", "none"],
      [
        "--delete|--del|--delete-before|--delete-during|--delete-after|--delete-delay|--delete-excluded|--delete-missing-args <last root,home,system-folder>",
        "critical",
        "deletes all at the destination that is not at the source",
      ],
      [
        "--delete|--del|--delete-before|--delete-during|--delete-after|--delete-delay|--delete-excluded|--delete-missing-args",
        "high",
        "deletes at the destination what is not at the source",
      ],
      ["--remove-source-files", "high", "deletes what it has copied"],
      ["<last root,device,vital>", "critical", "writes over all of the machine"],
      ["<last remote-system>", "high", "changes files of the system on another machine"],
      ["<remote>", "medium", "sends files to another machine, or fetches them"],
      ["<last system,system-folder,settings>", "medium", "changes files of the system or the home"],
      ["<last outside>", "medium", "writes files outside the folder it runs in"],
      ["<some>", "low", "copies files"],
    ],
  },
  "scp sftp": {
    values: "-i -P -o -F -c -J -l -S",
    carries: [
      { language: "setting", options: "-o" },
      { language: "shell", options: "-S" },
    ],
    rows: [["<last remote-system>", "high", "changes files of the system on another machine"]],
    otherwise: ["medium", "sends files to another machine, or fetches them"],
  },
  rclone: {
    rows: [
      ["delete|purge|rmdirs|cleanup|deletefile|dedupe", "high", "deletes files of a remote storage"],
      ["sync|bisync", "high", "deletes at the destination what is not at the source"],
      ["move|moveto", "high", "deletes what it has copied"],
      ["ls|lsd|lsl|lsf|lsjson|size|check|cat|tree|about|version|listremotes|md5sum|sha1sum|ncdu", "none"],
    ],
    otherwise: ["medium", "sends files to another machine, or fetches them"],
  },
  split: { otherwise: ["low", "makes files"] },
  "rename prename mmv": {
    rows: [
      ["-n|--nono|--no-act", "none"],
      ["-f|--force", "high", "renames many files and replaces others"],
      ["<outside>", "medium", "renames files outside the folder it runs in"],
    ],
    otherwise: ["low", "renames files"],
  },
  "sed gsed": {
    values: "-e --expression -f --file -l",
    rows: [
      ["-i|--in-place <vital,device>", "high", "changes a file that the machine needs"],
      ["-i|--in-place @d|1,$d|/./d|/.*/d|/^/d|2,$d|Q|q|s/.*//", "high", "deletes all lines of a file"],
      [
        "-i|--in-place -e=d|--expression=d|-e=1,$d|--expression=1,$d|-e=/./d|-e=s/.*//",
        "high",
        "deletes all lines of a file",
      ],
      [
        "-i|--in-place -.|--in-place=* <configuration>",
        "medium",
        "changes a file of the system, and keeps the old one",
      ],
      ["-i|--in-place <configuration,software>", "high", "changes a file of the system"],
      ["-i|--in-place <settings,system,kernel>", "medium", "changes a file of the system or the home"],
      ["-i|--in-place <repository>", "medium", "changes the repository's own data"],
      ["-i|--in-place <outside>", "medium", "changes files outside the folder it runs in"],
      ["-i|--in-place", "low", "changes files in place"],
    ],
  },
  "ed ex": {
    values: "-c -sc",
    carries: [{ language: "editor", options: "-c" }],
    input: "editor",
    rows: [["<vital,configuration,software>", "high", "changes a file of the system"]],
    otherwise: ["low", "changes a file"],
  },
  "emacs emacsclient": {
    values: "--eval -eval --execute -execute -l --load --script -f --funcall",
    wordOptions: true,
    carries: [{ language: "lisp", options: "--eval -eval --execute -execute" }],
    rows: [
      ["-l=*(downloaded*|--load=*(downloaded*", "high", "runs code straight from a network"],
      ["--script|-l|--load", "medium", "runs a script that was not read"],
      ["<vital>", "medium", "lets a person change a file that the machine needs"],
    ],
    otherwise: ["low", "lets a person change a file"],
  },
  "vim vi nvim nano code subl gedit kate micro helix hx open xdg-open pico mcedit gvim": {
    values: "-c --cmd -S -s -u",
    carries: [{ language: "editor", options: "-c --cmd" }],
    input: "editor",
    inputAlways: true,
    rows: [
      ["@+*!*", "high", "runs a command"],
      ["-S=*(downloaded*|-u=*(downloaded*|-s=*(downloaded*", "high", "runs code straight from a network"],
      ["-e|-s|-E|-c <vital,configuration,software>", "high", "changes a file of the system"],
      ["<vital>", "medium", "lets a person change a file that the machine needs"],
      ["-c=*!*|-c=*system*|--cmd=*!*", "medium", "runs a command"],
    ],
    otherwise: ["low", "lets a person change a file"],
  },
  patch: {
    values: "-p -i --input -d --directory -o --output",
    rows: [
      ["--dry-run", "none"],
      ["-d=/", "high", "changes files of the whole machine"],
    ],
    otherwise: ["low", "changes files by a patch"],
  },
  logrotate: {
    rows: [
      ["-d|--debug", "none"],
      ["-f|--force", "high", "throws old logs away"],
    ],
    otherwise: ["medium", "turns logs over"],
  },
  "tmpwatch tmpreaper": {
    rows: [
      ["-t|--test", "none"],
      ["<only temporary>", "medium", "deletes temporary files"],
    ],
    otherwise: ["high", "deletes old files"],
  },
  "systemd-tmpfiles": {
    rows: [["--clean|--remove|--purge", "high", "deletes files of the system"]],
    otherwise: ["medium", "makes files of the system"],
  },
  fdupes: { rows: [["-d|--delete", "high", "deletes files that look alike"]] },
  czkawka_cli: {
    rows: [["-D|--delete-method|--delete-files|--delete-folders", "high", "deletes files that look alike"]],
    otherwise: ["low", "looks for files that look alike"],
  },
  "jdupes rdfind": {
    rows: [
      ["-d|--delete", "high", "deletes files that look alike"],
      ["-deleteduplicates", "high", "deletes files that look alike"],
    ],
    otherwise: ["low", "looks for files that are alike"],
  },
  rmlint: { otherwise: ["medium", "makes a script that deletes files"] },
  bleachbit: {
    rows: [
      ["-c|--clean|-s|--shred|-w|--wipe-free-space", "high", "deletes files of programs"],
      ["-p|--preview|-l|--list", "none"],
    ],
    otherwise: ["medium", "can delete files of programs"],
  },
  detox: { rows: [["-n|--dry-run", "none"]], otherwise: ["low", "renames files"] },
  mogrify: {
    wordOptions: true,
    values: "-resize -quality -path -format -crop -rotate -geometry -density -fill -background -gravity -colorspace",
    rows: [
      ["-path|-format", "low", "makes pictures of pictures"],
      ["<glob,settings,unknown,here>", "high", "writes over pictures"],
      ["<some>", "medium", "writes over a picture"],
    ],
  },
  exiftool: {
    wordOptions: true,
    rows: [
      [
        "-overwrite_original|-overwrite_original_in_place|-delete_original|-delete_original!",
        "high",
        "writes over files and keeps no copies",
      ],
      ["-*=*", "low", "changes files and keeps copies"],
    ],
  },
  "jpegoptim pngquant optipng": {
    rows: [
      ["-d|--dest|-o|--stdout|--noaction|-n|--simulate", "low", "makes pictures of pictures"],
      ["-m|--max|-S|--size|--ext=.png <glob,settings,unknown>", "high", "writes over pictures"],
      ["<glob>", "medium", "changes files in place"],
    ],
    values: "-m --max -S --size --ext -d --dest -o",
    otherwise: ["low", "changes files in place"],
  },
  "ffmpeg convert magick pandoc gs": {
    rows: [
      ["-y <last file> !<last temporary,regenerable>", "high", "replaces a file without asking"],
      ["-y", "low", "makes or replaces files"],
    ],
    otherwise: ["low", "makes files"],
  },
  "fd fdfind": {
    values: "-e -t -d -E --extension --type --exclude --max-depth -S --size --changed-within --changed-before",
    wraps: [
      { after: "-x", names: true },
      { after: "--exec", names: true },
      { after: "-X", names: true },
      { after: "--exec-batch", names: true },
    ],
  },
};
