import type { RuleTable } from "../table/program.ts";

const REMOVES = "removes software from the machine";
const PUBLISHES = "publishes what cannot be taken back";
const INSTALLS = "installs or changes software";

/** Managers of packages. */
export const PACKAGES: RuleTable = {
  "apt apt-get aptitude": {
    values: "-o -t -c --option --target-release",
    rows: [
      ["-s|--simulate|--just-print|--no-act|--recon", "none"],
      ["purge", "high", "removes software with its settings"],
      [
        "remove|autoremove|autopurge|full-upgrade|dist-upgrade --purge|--auto-remove",
        "high",
        "removes software with its settings",
      ],
      ["remove|autoremove|autopurge", "high", REMOVES],
      [
        "install|upgrade|dist-upgrade|full-upgrade --allow-remove-essential|--force-yes|--allow-downgrades|--allow-unauthenticated",
        "high",
        "installs software against the system's checks",
      ],
      ["list|search|show|policy|depends|rdepends|changelog|why|showpkg|help|moo", "none"],
      ["clean|autoclean|update", "low", "refreshes what is known of packages"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "apt-cache apt-file dpkg-query rpm-query apt-show-versions apt-rdepends": {},
  "apt-mark apt-key add-apt-repository apt-add-repository dpkg-reconfigure dpkg-divert update-alternatives debconf-set-selections":
    { otherwise: ["medium", INSTALLS] },
  dpkg: {
    rows: [
      ["-P|--purge|-r|--remove|--force-*|--force-all", "high", REMOVES],
      [
        "-l|--list|-L|--listfiles|-s|--status|-S|--search|-p|--print-avail|-c|-I|--get-selections|--audit|-C|--verify|-V",
        "none",
      ],
    ],
    otherwise: ["medium", INSTALLS],
  },
  rpm: {
    rows: [
      ["--test", "none"],
      ["-e|--erase|--nodeps|--justdb", "high", REMOVES],
      ["-q|--query|-V|--verify|-K", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "dnf yum microdnf zypper tdnf": {
    rows: [
      ["remove|rm|erase|autoremove|swap|purge-kernels", "high", REMOVES],
      ["history undo|rollback", "high", "takes changes of software back"],
      [
        "list|search|info|provides|whatprovides|repolist|repoquery|check-update|history|se|if|lu|lr|help|deplist|updateinfo",
        "none",
      ],
      ["clean|makecache|refresh", "low", "refreshes what is known of packages"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "pacman yay paru": {
    rows: [
      ["-p|--print", "none"],
      ["-R|--remove", "high", REMOVES],
      ["-S -c", "high", "deletes packages that were kept"],
      ["-Q|--query|-F|--files|-T", "none"],
      ["-S -s|-i|-l|-g", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "apk xbps-install xbps-remove eopkg": {
    rows: [
      ["del", "high", REMOVES],
      ["-R|-r|-o", "high", REMOVES],
      ["info|search|list|stats|policy|version", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "xbps-remove pkg_delete pkgrm removepkg slackpkg": { otherwise: ["high", REMOVES] },
  emerge: {
    rows: [
      ["-C|--unmerge|-c|--depclean|-P|--prune", "high", REMOVES],
      ["-p|--pretend|-s|--search", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "pkg opkg swupd": {
    rows: [
      ["delete|remove|autoremove|purge", "high", REMOVES],
      ["info|search|query|list|list-installed|audit", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  snap: {
    rows: [
      ["remove --purge", "high", "removes software with its data"],
      ["remove", "high", REMOVES],
      ["forget", "high", "deletes saved data of software"],
      ["revert|disable", "medium", INSTALLS],
      ["list|find|info|version|changes|connections|services|logs", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  flatpak: {
    rows: [
      ["uninstall|remove --delete-data|--all|--unused", "high", "removes software with its data"],
      ["uninstall|remove", "high", REMOVES],
      ["list|search|info|remotes|remote-ls|history|ps", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  brew: {
    rows: [
      ["uninstall|remove|rm --zap|--force|--ignore-dependencies", "high", REMOVES],
      ["uninstall|remove|rm <unknown>", "high", REMOVES],
      ["uninstall|remove|rm|autoremove", "high", REMOVES],
      ["untap", "medium", "forgets a source of packages"],
      ["services stop|kill", "high", "stops a service"],
      ["cleanup -n", "none"],
      ["cleanup", "low", "deletes old versions of software"],
      ["list|ls|info|search|outdated|deps|uses|doctor|config|home|leaves|desc|cat|log|help|shellenv", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "port fink mas": {
    rows: [
      ["uninstall|remove|purge", "high", REMOVES],
      ["list|search|info|installed|outdated", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "nix-env nix-collect-garbage nix-store nix nixos-rebuild": {
    rows: [
      ["--print-dead|--print-live|--print-roots", "none"],
      [
        "-d|--delete-old|--delete-older-than|--delete|--delete-generations|--gc",
        "high",
        "deletes software that it could go back to",
      ],
      ["profile remove|wipe-history", "medium", "removes packages"],
      ["store gc|delete", "high", "deletes software that it could go back to"],
      ["-q|--query|-qa", "none"],
      ["search|eval|show-config|why-depends|log", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  guix: {
    rows: [["gc|package --delete-generations|-r", "high", "deletes software that it could go back to"]],
    otherwise: ["medium", INSTALLS],
  },
  "choco scoop winget": {
    rows: [
      ["--noop|--what-if|--whatif", "none"],
      ["uninstall|remove|rm", "high", REMOVES],
      ["list|search|info|show|outdated", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "npm pnpm cnpm": {
    values: "-c --call",
    carries: [{ language: "shell", options: "-c --call" }],
    wraps: [{ path: "exec|x|dlx", values: "-p --package -c --call" }],
    rows: [
      ["unpublish", "critical", "takes a package away from everybody who uses it"],
      ["access|token|org|team|owner|hook|dist-tag list|ls", "none"],
      ["access public|set|grant", "high", "changes who can use a package"],
      ["deprecate", "high", "changes a package for everybody who uses it"],
      [
        "owner|access|dist-tag|team|hook|token|org rm|remove|revoke|add",
        "high",
        "changes a package for everybody who uses it",
      ],
      ["publish", "high", PUBLISHES],
      ["cache|store clean|rm|verify|prune", "low", "deletes what is kept of packages"],
      ["uninstall|remove|rm|un|r|unlink -g|--global", "high", "removes packages from the machine"],
      ["uninstall|remove|rm|un|r|unlink|prune|dedupe", "low", "removes packages of the project"],
      ["exec|x|dlx|create|init", "medium", "runs code of packages, which may have to be fetched"],
      ["install|i|add|update|upgrade -g|--global", "medium", "installs packages for the machine"],
      [
        "ls|list|ll|view|info|show|search|outdated|audit|docs|home|repo|bugs|whoami|ping|help|root|prefix|bin|fund|explain|why|query|doctor|diff|pack|version",
        "none",
      ],
      ["audit --fix", "medium", INSTALLS],
      [
        "run|run-script @nuke|wipe|destroy|teardown|*:nuke|*:wipe|*:destroy|*:drop|*:purge|db:reset|reset-db|db-reset|drop-db|reset:db|*:teardown|*:uninstall",
        "high",
        "runs a script whose name speaks of destruction",
      ],
      ["run|run-script|test|t|start|stop|restart|tst", "medium", "runs a script of the project"],
      ["config|set|get", "medium", "changes the settings of npm"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  yarn: {
    wraps: [{ path: "dlx|exec" }],
    rows: [
      ["dlx|exec|create", "medium", "runs code of packages, which may have to be fetched"],
      ["npm unpublish", "critical", "takes a package away from everybody who uses it"],
      ["npm publish", "high", PUBLISHES],
      ["remove|unlink|dedupe|autoclean", "low", "removes packages of the project"],
      ["cache clean", "low", "deletes what is kept of packages"],
      ["list|info|why|outdated|audit|licenses|versions|config|help", "none"],
      ["publish", "high", PUBLISHES],
    ],
    otherwise: ["medium", "installs packages or runs a script of the project"],
  },
  bun: {
    values: "-e --eval",
    wraps: [{ path: "x" }],
    rows: [
      ["publish --dry-run", "none"],
      ["publish", "high", PUBLISHES],
      ["x|create", "medium", "runs code of packages, which may have to be fetched"],
      ["remove|rm|unlink", "low", "removes packages of the project"],
      ["pm ls|bin|hash", "none"],
    ],
    carries: [{ language: "script", options: "-e --eval" }],
    input: "script",
    otherwise: ["medium", "installs packages or runs a script"],
  },
  deno: {
    carries: [{ language: "script", operand: 1 }],
    rows: [
      ["publish --dry-run", "none"],
      ["publish", "high", PUBLISHES],
      ["eval", "low", "runs a line of code"],
      ["run http://*|https://* -A|--allow-all|--allow-run", "high", "runs code straight from a network"],
      ["lint|check|info|doc|types|help|fmt --check", "none"],
      ["fmt", "low", "changes files of the project"],
    ],
    otherwise: ["medium", "runs a script"],
  },
  "npx bunx pnpx": {
    values: "-p --package -c --call",
    wraps: [{ values: "-p --package" }],
    carries: [{ language: "shell", options: "-c --call" }],
    rows: [["@github:*|gitlab:*|git+*|gist:*|http://*|https://*", "high", "runs code that nobody has read"]],
    otherwise: ["medium", "runs code of packages, which may have to be fetched"],
  },
  "uvx pipx": {
    rows: [
      ["uninstall-all", "high", "removes all packages"],
      ["uninstall", "high", REMOVES],
      ["list|environment", "none"],
    ],
    wraps: [{ path: "run" }],
    otherwise: ["medium", "runs or installs code of packages"],
  },
  uv: {
    wraps: [
      { path: "run", values: "-p --python --with --project --directory --env-file --extra --group -m --module" },
      { path: "tool run" },
    ],
    rows: [
      ["publish --dry-run", "none"],
      ["publish", "high", PUBLISHES],
      ["run|tool run", "medium", "runs code of the project"],
      ["pip uninstall <unknown>", "high", "removes packages that are only known when it runs"],
      ["cache clean|prune", "low", "deletes what is kept of packages"],
      ["pip|tool uninstall", "high", REMOVES],
      ["remove", "low", "removes packages of the project"],
      ["pip list|show|freeze|check|tree", "none"],
      ["version|help", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "pip pip3 pipenv": {
    values: "-r -c -i --index-url --extra-index-url -t --target -e",
    wraps: [{ path: "run" }],
    rows: [
      [
        "-i=http://*|--index-url=http://*|--extra-index-url=http://* !@download",
        "high",
        "installs over a connection that anybody can change",
      ],
      ["uninstall -r|--requirement", "high", "removes many packages"],
      ["uninstall --all|--all-dev", "high", "removes all packages"],
      ["uninstall <unknown>", "high", "removes packages that are only known when it runs"],
      ["--rm", "low", "deletes the project's environment"],
      ["uninstall|clean", "high", REMOVES],
      ["cache purge|remove", "low", "deletes what is kept of packages"],
      ["list|show|freeze|check|search|help|debug|config|inspect|index|graph|verify|hash|cache", "none"],
      ["--where|--venv|--py", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  poetry: {
    wraps: [{ path: "run" }],
    rows: [
      ["run", "low", "runs code of the project"],
      ["env remove", "low", "deletes the project's environment"],
      ["cache clear", "low", "deletes what is kept of packages"],
      ["remove", "low", "removes packages of the project"],
      ["publish", "high", PUBLISHES],
      ["show|check|version|list|search|about", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "conda mamba micromamba": {
    values: "-n --name -p --prefix -c --channel -f --file",
    wraps: [{ path: "run", values: "-n --name -p --prefix" }],
    rows: [
      ["env|remove|uninstall --all", "high", "deletes a whole environment"],
      ["env remove", "high", "deletes a whole environment"],
      ["remove|uninstall", "high", REMOVES],
      ["clean", "low", "deletes what is kept of packages"],
      ["list|info|search", "none"],
      ["env list|export", "none"],
      ["activate|deactivate", "low", "changes the environment"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "pyenv rbenv nvm nodenv asdf mise sdk rustup volta fnm goenv tfenv": {
    rows: [
      ["uninstall|remove|implode", "high", REMOVES],
      ["self uninstall", "high", REMOVES],
      [
        "list|ls|ls-remote|versions|version|current|which|show|global|local|shell|use|default|where|latest|help",
        "none",
      ],
    ],
    otherwise: ["medium", INSTALLS],
  },
  pod: {
    rows: [
      ["trunk push|deprecate|delete", "high", PUBLISHES],
      ["deintegrate", "medium", "takes packages out of the project"],
      ["list|search|outdated|env|spec|lib", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  gem: {
    rows: [
      ["push", "high", PUBLISHES],
      ["uninstall -a|--all|-aIx", "high", "removes all versions of packages"],
      ["yank", "critical", "takes a package away from everybody who uses it"],
      ["uninstall", "high", REMOVES],
      ["cleanup", "medium", "deletes old versions of software"],
      ["list|search|info|env|environment|contents|dependency|outdated|help|which|specification", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "bundle bundler": {
    wraps: [{ path: "exec" }],
    rows: [
      ["exec", "low", "runs code of the project"],
      ["clean --force", "medium", "removes packages"],
      ["list|show|info|outdated|check|doctor|env|help", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  cargo: {
    rows: [
      ["yank", "high", "takes a package away from everybody who uses it"],
      ["publish --dry-run|-n", "none"],
      ["publish", "high", PUBLISHES],
      ["owner -a|--add|-r|--remove", "high", "changes who publishes a package"],
      ["owner|login", "medium", "changes who publishes a package"],
      ["uninstall", "high", REMOVES],
      ["clean", "low", "deletes files that can be made again"],
      ["install", "medium", INSTALLS],
      ["remove|rm", "low", "removes packages of the project"],
      ["check|tree|metadata|search|version|locate-project|pkgid|help|doc|audit|outdated|deny", "none"],
      [
        "build|b|test|t|run|r|bench|fmt|clippy|fix|new|init|add|update|fetch|generate-lockfile|vendor|package|nextest|expand|watch",
        "low",
        "builds or runs the project",
      ],
    ],
    otherwise: ["medium", "runs a tool of the project"],
  },
  go: {
    rows: [
      ["clean", "low", "deletes files that can be made again"],
      ["version|env|list|doc|vet|help|tool", "none"],
      ["get|install", "medium", INSTALLS],
      ["run @*@*|http*", "medium", "runs code that has to be fetched"],
      ["build|test|run|fmt|mod|generate|work|fix", "low", "builds or runs the project"],
    ],
    otherwise: ["low", "works on the project"],
  },
  composer: {
    rows: [
      ["remove", "low", "removes packages of the project"],
      ["show|info|outdated|validate|why|depends|diagnose|licenses|search", "none"],
      ["clear-cache|clearcache|cc|dump-autoload", "low", "deletes what is kept of packages"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "mvn mvnw": {
    values: "-f -pl -P -s",
    wordOptions: true,
    rows: [
      ["@flyway:clean|liquibase:dropAll", "critical", "deletes a whole database"],
      ["@deploy|release:perform", "high", PUBLISHES],
      ["<some>", "low", "builds the project"],
    ],
  },
  "gradle gradlew": {
    wordOptions: true,
    rows: [
      ["@flywayClean|*:flywayClean|dropAll", "critical", "deletes a whole database"],
      ["@publishToMavenLocal|*:publishToMavenLocal", "low", "builds the project"],
      ["@publish*|upload*", "high", PUBLISHES],
      ["<some>", "low", "builds the project"],
    ],
  },
  dotnet: {
    rows: [
      ["ef database drop", "critical", "deletes a whole database"],
      ["ef migrations remove", "medium", "removes a migration"],
      ["ef database update", "medium", "changes a database"],
      ["nuget delete", "high", "takes a package away from everybody who uses it"],
      ["nuget push", "high", PUBLISHES],
      ["tool install|update|uninstall", "medium", INSTALLS],
      ["list|help", "none"],
      ["--info|--list-sdks", "none"],
    ],
    otherwise: ["low", "builds or runs the project"],
  },
  "nuget twine": {
    rows: [
      ["delete", "high", "takes a package away from everybody who uses it"],
      ["push|upload", "high", PUBLISHES],
      ["check|list|search|sources", "none"],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "mix rebar3 stack cabal sbt lein elm dart pub flutter swift zig nimble opam luarocks cpan cpanm": {
    rows: [
      ["ecto.drop|ecto.reset", "critical", "deletes a whole database"],
      ["ecto.rollback", "high", "takes back changes of a database"],
      ["pub publish -n|--dry-run", "none"],
      ["pub publish", "high", PUBLISHES],
      ["hex.publish|publish|upload", "high", PUBLISHES],
      ["clean|deps.clean", "low", "deletes files that can be made again"],
      ["install|local.*|upgrade|update|get|deps.get|add", "medium", INSTALLS],
      ["uninstall|remove|unpin|hex.retire", "medium", "removes packages"],
    ],
    otherwise: ["low", "builds or runs the project"],
  },
  "vsce ovsx hatch pdm flit jsr goreleaser": {
    rows: [
      ["publish|release --dry-run|--snapshot|--skip=publish", "low", "builds the project"],
      ["publish|release|upload", "high", PUBLISHES],
    ],
    otherwise: ["medium", INSTALLS],
  },
  "lerna changeset": {
    rows: [["publish", "high", PUBLISHES]],
    otherwise: ["low", "builds the project"],
  },
};
