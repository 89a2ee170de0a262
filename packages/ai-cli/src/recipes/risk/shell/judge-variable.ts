import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";

/** Variables that decide which code programs run. */
const CODE =
  /^(?:PATH|LD_PRELOAD|LD_LIBRARY_PATH|LD_AUDIT|DYLD_\w+|BASH_ENV|ENV|SHELLOPTS|BASHOPTS|IFS|NODE_OPTIONS|NODE_PATH|PYTHONPATH|PYTHONSTARTUP|PYTHONHOME|PERL5OPT|PERL5LIB|RUBYOPT|RUBYLIB|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|CLASSPATH|GIT_DIR|GIT_WORK_TREE|GIT_EXEC_PATH|GIT_TEMPLATE_DIR|GIT_CONFIG\w*|GIT_CONFIG_\w+|HOME|XDG_CONFIG_HOME|npm_config_\w+|NPM_CONFIG_\w+|PIP_INDEX_URL|PIP_EXTRA_INDEX_URL|http_proxy|https_proxy|HTTP_PROXY|HTTPS_PROXY|ALL_PROXY|NODE_TLS_REJECT_UNAUTHORIZED|GIT_SSL_NO_VERIFY|PYTHONHTTPSVERIFY|SSL_CERT_FILE|KUBECONFIG|DOCKER_HOST)$/;

/** Variables whose value is a command. */
const COMMAND =
  /^(?:EDITOR|VISUAL|PAGER|MANPAGER|GIT_PAGER|GIT_EDITOR|GIT_SEQUENCE_EDITOR|GIT_SSH_COMMAND|GIT_SSH|GIT_ASKPASS|SSH_ASKPASS|SUDO_ASKPASS|GIT_EXTERNAL_DIFF|GIT_PROXY_COMMAND|PROMPT_COMMAND|BROWSER|LESSOPEN|LESSCLOSE|RSYNC_RSH|CVS_RSH|SVN_SSH|FCEDIT|SYSTEMD_EDITOR|SUDO_EDITOR|KUBE_EDITOR|MAKE|CC|CXX)$/;

/** Judges a variable that a command or a whole step is given. */
export function judgeVariable(name: string, value: string, scope: Scope, reading: Reading): void {
  if (CODE.test(name)) reading.find("medium", `sets ${name}, which changes what programs do`);
  else if (COMMAND.test(name)) {
    reading.find("low", `sets ${name}, which programs run`);
    reading.readShell(value, scope);
  }
}
