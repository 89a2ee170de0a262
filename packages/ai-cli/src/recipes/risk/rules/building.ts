import type { Program, RuleTable } from "../table/program.ts";

/** Programs that run tasks of a project by their names. */
const TASKS: Program = {
  values: "-C -f -j -o -I --directory --file -S -B -G -D",
  rows: [
    ["-n|--just-print|--dry-run|--recon|-q|-p", "none"],
    [
      "@db:drop*|db:reset|db:purge|db:setup|*:db:drop|db:migrate:reset|db:schema:load|db:drop",
      "critical",
      "deletes a whole database",
    ],
    [
      "@destroy|nuke|wipe|purge|teardown|drop|uninstall|*-destroy|destroy-*|*-nuke|nuke-*|drop-*|*-drop|reset-db|db-reset|dropdb|wipe-*|purge-*|undeploy|tf-destroy",
      "high",
      "runs a task whose name speaks of destruction",
    ],
    ["clean --expunge", "low", "deletes files that can be made again"],
    ["@install|deploy|publish|release|*deploy*|upload", "medium", "installs or publishes what the project makes"],
  ],
  otherwise: ["low", "runs a task of the project"],
};

/** Programs that build, test and check projects. */
export const BUILDING: RuleTable = {
  "make gmake": {
    carries: [{ language: "makefile", options: "--eval -E" }],
    input: "makefile",
    ...TASKS,
  },
  "ctest ninja just task rake cmake meson bazel bazelisk buck2 ant waf scons nox tox": TASKS,
  "gcc g++ cc c++ clang clang++ rustc ghc": {
    values: "-o -I -L -l -D -U -x -std -isystem -include -MF -MT -MQ --out-dir --crate-type --crate-name --edition",
    rows: [["-o=*.c|-o=*.cpp|-o=*.rs", "high", "writes a program over its source"]],
    otherwise: ["low", "builds the project"],
  },
  "javac tsc ld as ar ranlib nasm yasm swiftc kotlinc scalac ocamlc esbuild webpack vite rollup parcel babel swc sass postcss tailwindcss next nuxt astro hugo jekyll eleventy mkdocs sphinx-build turbo nx tsup tsdown autoconf automake configure libtool autoreconf pkg-config flex bison protoc xcodebuild valgrind ltrace javadoc jar jarsigner":
    { otherwise: ["low", "builds the project"] },
  "gdb lldb": {
    values: "-ex -iex -x -ix -p -c -cd -d -s -e -o -O -S -n --eval-command --command --pid --core --one-line",
    carries: [{ language: "editor", options: "-ex -iex -o -O --eval-command --one-line" }],
    wordOptions: true,
    otherwise: ["low", "builds the project"],
  },
  "prettier eslint tslint biome oxlint oxfmt black ruff isort flake8 pylint mypy pyright pytest jest vitest mocha ava playwright cypress karma jasmine phpunit rspec rubocop standardrb gofmt goimports golangci-lint staticcheck clang-format clang-tidy cppcheck rustfmt stylelint markdownlint knip depcheck tap nyc c8 coverage unittest nose2 hypothesis tflint checkov trivy semgrep bandit snyk gitleaks trufflehog commitlint htmlhint xcpretty swiftlint ktlint detekt checkstyle pmd spotbugs sqlfluff codespell vale yamlfmt shfmt taplo djlint autopep8 yapf autoflake":
    { otherwise: ["low", "checks, tests or formats the project"] },
};
