import type { RuleTable } from "../table/program.ts";

/** Programs that run code. */
export const INTERPRETERS: RuleTable = {
  "sh bash zsh dash ksh mksh ash fish rbash csh tcsh": {
    values: "-c -O -o --rcfile --init-file",
    optionsFirst: true,
    carries: [{ language: "shell", options: "-c" }],
    input: "shell",
    rows: [
      ["-n", "none"],
      ["-c|-s", "low", "runs a shell"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
  },
  "pwsh powershell": {
    values: "-c -command -Command -file -File -ExecutionPolicy -executionpolicy -EncodedCommand -e -enc -ec",
    wordOptions: true,
    carries: [{ language: "powershell", options: "-c -command -Command" }],
    input: "powershell",
    rows: [
      ["-EncodedCommand|-e|-enc|-ec|-encodedcommand|-Enc", "high", "runs code that nobody can read before"],
      ["-c|-command|-Command", "low", "runs PowerShell"],
    ],
    otherwise: ["medium", "runs a script that was not read"],
  },
  "python pypy ipython jython": {
    values: "-c -m -W -X",
    wraps: [{ path: "manage.py", self: true, values: "-W -X" }],
    carries: [{ language: "script", options: "-c" }],
    input: "script",
    rows: [
      ["-c", "low", "runs a line of code"],
      ["-m=twine upload", "high", "publishes what cannot be taken back"],
      ["-m=pip|-m=pipx uninstall", "high", "removes software from the machine"],
      ["-m=pip|-m=ensurepip|-m=pipx list|show|freeze|check", "none"],
      ["-m=json.tool|-m=this|-m=site|-m=calendar|-m=timeit|-m=ast|-m=dis|-m=platform|-m=sysconfig", "none"],
      [
        "-m=venv|-m=virtualenv|-m=pytest|-m=unittest|-m=compileall|-m=build|-m=black|-m=ruff|-m=mypy|-m=flake8|-m=isort|-m=coverage|-m=cProfile|-m=doctest|-m=tox",
        "low",
        "works on the project",
      ],
      ["-m=http.server <settings,home,root,system,system-folder>", "high", "shows files to everybody who asks"],
      ["-m", "medium", "runs a module"],
      ["-V|--version", "none"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
  },
  "node nodejs tsx ts-node": {
    values: "-e --eval -p --print -r --require --import --loader --env-file",
    carries: [{ language: "script", options: "-e --eval -p --print" }],
    input: "script",
    rows: [
      ["-v|--version", "none"],
      ["-c|--check", "none"],
      ["-e|--eval|-p|--print", "low", "runs a line of code"],
      ["--test", "low", "tests the project"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
  },
  perl: {
    values: "-e -E -M -I",
    carries: [{ language: "script", options: "-e -E" }],
    input: "script",
    rows: [
      ["-v|-c", "none"],
      ["-i <vital,device>", "high", "changes a file that the machine needs"],
      ["-i -. <configuration>", "medium", "changes a file of the system, and keeps the old one"],
      ["-i <configuration,software>", "high", "changes a file of the system"],
      ["-i <system,settings>", "medium", "changes a file of the system or the home"],
      ["-i -n -e|-E !-p !-e=*print*|-E=*print*|-E=*say*", "high", "empties files"],
      ["-e|-E", "low", "runs a line of code"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
  },
  "ruby irb jruby": {
    values: "-e -r -I",
    wraps: [{ path: "rails", self: true }],
    carries: [{ language: "script", options: "-e" }],
    input: "script",
    rows: [
      ["-v|-c", "none"],
      ["-i <vital,configuration,software>", "high", "changes a file of the system"],
      ["-i -n -e !-p !-e=*print*|-e=*puts*|-e=*write*|-e=p*", "high", "empties files"],
      ["-e", "low", "runs a line of code"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
  },
  php: {
    values: "-r -d -c -t -S",
    wraps: [{ values: "-r -d -c -t -S -f" }],
    carries: [{ language: "script", options: "-r" }],
    input: "script",
    rows: [
      ["-v|-m|-i|-l", "none"],
      ["-S", "low", "serves a folder"],
      ["-r", "low", "runs a line of code"],
      ["<some>", "low", "runs a script"],
    ],
  },
  "lua luajit Rscript R julia groovy scala octave guile racket clojure sbcl elixir erl swipl gjs gnuplot": {
    values: "-e -c --eval -E --expr --eval-file -l",
    carries: [{ language: "script", options: "-e -c --eval -E --expr" }],
    input: "script",
    rows: [
      ["-v|-V|--version", "none"],
      ["-e|-c|--eval|-E|--expr", "low", "runs a line of code"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
  },
  "tclsh expect wish": {
    values: "-c",
    carries: [{ language: "tcl", options: "-c" }],
    input: "tcl",
    rows: [
      ["-v|--version", "none"],
      ["-c", "low", "runs a line of code"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
    otherwise: ["low", "runs code"],
  },
  osascript: {
    values: "-e -l",
    carries: [{ language: "script", options: "-e" }],
    input: "script",
    rows: [
      [
        "-e=*empty*trash*|-e=*delete*every*|-e=*delete*file*|-e=*delete*folder*|-e=*delete*item*|-e=*erase*|-e=*shut*down*|-e=*quit*every*",
        "high",
        "tells a program to delete or end something",
      ],
      ["-e", "low", "runs a line of code"],
      ["<some>", "medium", "runs a script that was not read"],
    ],
  },
  "cmd command.com": {
    wraps: [
      { path: "/c|/C|/k|/K|/r|/R", text: true },
      { path: "/s|/S|/q|/Q|/d|/D /c|/C|/k|/K", text: true },
      { path: "//c|//C|//k|//K", text: true },
    ],
    otherwise: ["medium", "runs a shell of Windows"],
  },
  java: {
    wraps: [{ after: "-jar" }],
    rows: [["-version|--version", "none"]],
    wordOptions: true,
    otherwise: ["medium", "runs a program that was not read"],
  },
  "wine mono dosbox qemu-system-x86_64 docker-entrypoint.sh": {
    otherwise: ["medium", "runs a program that was not read"],
  },
};
