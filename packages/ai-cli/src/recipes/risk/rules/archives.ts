import type { RuleTable } from "../table/program.ts";

/** Programs that pack and unpack files. */
export const ARCHIVES: RuleTable = {
  "tar gtar bsdtar": {
    values:
      "-f --file -C --directory --exclude -T --files-from -X -I --use-compress-program --transform --strip-components --to-command --checkpoint-action",
    carries: [{ language: "shell", options: "-I --use-compress-program --to-command" }],
    rows: [
      ["-c|--create|-r|-u -f=<device,vital>", "critical", "writes over a disk or a file that the machine needs"],
      ["c* <device>", "critical", "writes over a disk"],
      [
        "-c|--create -f=*.c|--file=*.c|--file=*.py|--file=*.js|--file=*.ts|-f=*.h|-f=*.cpp|-f=*.py|-f=*.js|-f=*.ts|-f=*.go|-f=*.rs|-f=*.java|-f=*.rb|-f=*.md|-f=*.txt|-f=*.csv|-f=*.json|-f=*.yml|-f=*.yaml",
        "high",
        "writes an archive over a file that is to go into one",
      ],
      [
        "c|cf|cvf|czf|czvf|cvzf|cjf|cJf *.c|*.h|*.cpp|*.py|*.js|*.ts|*.go|*.rs|*.java|*.rb|*.md|*.txt|*.csv|*.json|*.yml|*.yaml",
        "high",
        "writes an archive over a file that is to go into one",
      ],
      ["--checkpoint-action=exec*|--to-command", "high", "runs a command for what it unpacks"],
      ["--remove-files", "high", "deletes what it has packed"],
      ["--delete", "high", "deletes from an archive"],
      ["-t|--list", "none"],
      ["t*", "none"],
      ["-c|--create -C=/|--directory=/", "low", "packs files"],
      ["c|cf|cvf|czf|czvf|cvzf|cjf|cjvf|cJf|cJvf|cpf|czpf|cpzf -C=/|--directory=/", "low", "packs files"],
      ["-C=/|--directory=/", "high", "unpacks over the whole machine"],
      [
        "-x|--extract|--get -C=/etc*|-C=/usr|-C=/usr/|-C=/lib*|-C=/bin*|-C=/boot*|--directory=/etc*",
        "high",
        "replaces files of the system",
      ],
      ["x* -C=/etc*|-C=/usr|-C=/usr/|-C=/lib*|-C=/bin*|-C=/boot*", "high", "replaces files of the system"],
      [
        "-x|--extract|--overwrite --overwrite|--unlink-first|--recursive-unlink|-U",
        "high",
        "replaces files by those of an archive",
      ],
      ["-P|--absolute-names -x", "high", "unpacks to wherever the archive says"],
      ["-C=/*|--directory=/*|-C=~*|-C=$HOME*", "medium", "unpacks or packs outside the folder it runs in"],
    ],
    otherwise: ["low", "packs or unpacks files"],
  },
  unzip: {
    values: "-d -P -x",
    rows: [
      ["-l|-t|-v|-Z|-p", "none"],
      ["-o -d=/|-d=/etc*|-d=/usr*", "high", "replaces files of the system"],
      ["-o", "medium", "replaces files by those of an archive"],
    ],
    otherwise: ["low", "unpacks files"],
  },
  zip: {
    values: "-P -b -x -i -n -t -tt",
    rows: [
      ["-m|--move", "high", "deletes what it has packed"],
      ["-d|--delete", "high", "deletes from an archive"],
    ],
    otherwise: ["low", "packs files"],
  },
  "7z 7za 7zr 7zz": {
    wordOptions: true,
    rows: [
      ["d <some>", "high", "deletes from an archive"],
      ["l|t|i|h", "none"],
      ["* -sdel", "high", "deletes what it has packed"],
      ["x|e -aoa|-y", "medium", "replaces files by those of an archive"],
    ],
    otherwise: ["low", "packs or unpacks files"],
  },
  "rar unrar": {
    rows: [
      ["d", "high", "deletes from an archive"],
      ["m|mf", "high", "deletes what it has packed"],
      ["l|lb|lt|v|t", "none"],
    ],
    otherwise: ["low", "packs or unpacks files"],
  },
  "gzip bzip2 xz zstd lz4 pigz gunzip bunzip2 unxz unzstd uncompress compress lzma": {
    rows: [
      ["-c|--stdout|-t|--test|-l|--list|-k|--keep", "none"],
      ["-r|--recursive <root,home,system-folder>", "high", "replaces all files of the machine or a home"],
      ["--rm", "medium", "replaces files by packed ones"],
      ["<system>", "medium", "replaces files of the system by packed ones"],
      ["<some>", "low", "replaces files by packed ones, or the reverse"],
    ],
  },
  cpio: {
    rows: [
      ["<device>", "critical", "writes over a disk, or reads it"],
      ["-t|--list", "none"],
      ["-p|--pass-through", "medium", "copies files"],
      ["-u|--unconditional", "high", "replaces files by those of an archive"],
    ],
    otherwise: ["low", "packs or unpacks files"],
  },
  "pax ar": {
    rows: [
      ["<device>", "critical", "writes over a disk, or reads it"],
      ["-t|--list", "none"],
      ["d*", "medium", "deletes from an archive"],
      ["-d", "medium", "deletes from an archive"],
    ],
    otherwise: ["low", "packs or unpacks files"],
  },
};
