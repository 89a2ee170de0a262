/** Folders whose content a tool makes again, and files of that kind. */
export const REGENERABLE_FOLDERS: ReadonlySet<string> = new Set(
  (
    "node_modules dist build out output target coverage __pycache__ .pytest_cache .mypy_cache .ruff_cache .next .nuxt " +
    ".turbo .parcel-cache .cache .tox .nox .venv venv .gradle obj tmp temp .tmp .temp htmlcov DerivedData Pods .eggs " +
    ".svelte-kit .angular .vite .output .nyc_output .terraform _build deps .dart_tool .serverless .sass-cache .bundle " +
    "site-packages storybook-static cmake-build-debug cmake-build-release .docusaurus _site .hypothesis .ipynb_checkpoints " +
    "test-results TestResults testresults playwright-report artifacts lib-cov .scannerwork .webpack .rollup.cache .eslintcache generated " +
    "__generated__ .nx .yarn-cache .expo zig-out zig-cache elm-stuff bower_components jspm_packages build-output"
  ).split(" "),
);

/** Names of files that a tool makes again. */
export const REGENERABLE_FILES: ReadonlySet<string> = new Set(
  (
    ".DS_Store Thumbs.db a.out package-lock.json yarn.lock pnpm-lock.yaml bun.lockb poetry.lock Pipfile.lock uv.lock " +
    "Gemfile.lock Cargo.lock composer.lock nohup.out .coverage core.dump npm-debug.log yarn-error.log .eslintcache"
  ).split(" "),
);

/** Endings of files that a tool makes again. */
export const REGENERABLE_ENDINGS: ReadonlySet<string> = new Set(
  (
    ".o .a .lo .gch .obj .pyc .pyo .class .tmp .temp .swp .swo .pid .lock .sock .log .tsbuildinfo .egg-info .gcda .gcno .d .aux .toc " +
    ".cache .map .elc .beam .hi .out"
  ).split(" "),
);

/** Folders at the top of a file system that belong to the machine. */
export const SYSTEM_FOLDERS: ReadonlySet<string> = new Set(
  (
    "bin boot dev etc lib lib32 lib64 libx32 opt proc root run sbin srv sys usr var nix snap " +
    "System Library Applications Volumes private cores Users home media mnt Windows"
  ).split(" "),
);

/** Folders below those of which one holds much of a machine or of a service. */
export const SYSTEM_SUBFOLDERS: ReadonlySet<string> = new Set(
  (
    "/usr/bin /usr/sbin /usr/lib /usr/lib64 /usr/libexec /usr/share /usr/local /usr/local/bin /usr/local/lib /usr/include /usr/src " +
    "/var/lib /var/log /var/www /var/spool /var/mail /var/db /var/backups /var/run /var/opt /var/lib/docker /var/lib/mysql " +
    "/var/lib/postgresql /var/lib/mongodb /var/lib/dpkg /var/lib/rpm /var/lib/kubelet /var/lib/etcd /var/lib/libvirt " +
    "/etc/ssh /etc/ssl /etc/systemd /etc/pam.d /etc/kubernetes /etc/sudoers.d /etc/init.d /etc/network " +
    "/lib/modules /boot/efi /boot/grub /System/Library /Library/LaunchDaemons"
  ).split(" "),
);

/** Files without which a machine does not start or nobody gets in. */
export const VITAL_FILES: ReadonlySet<string> = new Set(
  (
    "/etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers /etc/fstab /etc/crypttab /etc/hosts /etc/resolv.conf " +
    "/etc/ld.so.preload /etc/ld.so.conf /etc/nsswitch.conf /etc/inittab /etc/mdadm.conf /etc/default/grub /etc/profile " +
    "/etc/environment /etc/crontab /etc/exports /etc/ssh/sshd_config /etc/machine-id /etc/hostname /etc/apt/sources.list " +
    "/bin/sh /bin/bash /sbin/init /usr/sbin/init /usr/bin/sudo /usr/bin/env /etc/shells /etc/login.defs /etc/securetty /etc/sysctl.conf"
  ).split(" "),
);

/** Files and folders of a home that hold keys, settings and history, below `~/`. */
export const SETTINGS: readonly string[] = (
  ".bashrc .bash_profile .bash_login .profile .zshrc .zprofile .zshenv .zlogin .ssh .gnupg .aws .kube .docker .netrc .npmrc .pypirc " +
  ".gitconfig .config .local .vimrc .git-credentials .pgpass .my.cnf .azure .password-store .mozilla .thunderbird .bash_history " +
  ".zsh_history .inputrc .tmux.conf .xinitrc Documents Desktop Pictures Downloads Music Videos Library Dropbox"
).split(" ");
