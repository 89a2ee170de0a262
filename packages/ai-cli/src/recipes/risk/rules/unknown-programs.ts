import type { Row } from "../table/program.ts";

const VERBS =
  "delete|destroy|purge|wipe|drop|erase|nuke|terminate|obliterate|shred|delete-*|destroy-*|purge-*|drop-*|wipe-*|erase-*|terminate-*|delete_*|destroy_*|drop_*|purge_*|*:delete|*:destroy|*:drop|*:purge|*:wipe|*:reset|*:rm|*:remove|*:unset|*:disable|*:kill|*-delete|*-destroy|*-purge|*-wipe|*-drop|rdelete|deleteall|delete-all|remove-all|rm|remove|remove-*|rmdir|flush|flush-*|flushall|prune|factory-reset|reset|reset-*|uninstall|deprovision|unregister|deregister|decommission|teardown|tear-down|evict|expunge|truncate|undeploy|revoke|rollback|del|unpublish|yank|disable|kill|unset|clear-*|destroy!|zap|decommission|abandon|clear|break-lock|forget|clean-all|cleanup-all|empty|empty-*|reimage|deactivate|detach|trash|unbind|shutdown|poweroff|power-off|halt|*:destroy_all|remove_*|clear_*|reset_*|discard|obliterate-*|rmall|force-delete|hard-delete|wipe-all|factory_reset";

/** What is told to begin with one of these deletes nothing, whatever stands behind it. */
const HARMLESS =
  "install|add|get|pull|push|create|new|build|search|list|ls|show|help|init|info|view|describe|start|up|status|download|fetch|open|edit|explain|docs|i|log|logs|test|check|lint|which|version|print|cat|read|find|inspect|diff|plan|validate|completion|run|echo|safe-to-destroy|ok-to-stop";

/** The same as single words. */
export const HARMLESS_COMMANDS: ReadonlySet<string> = new Set(HARMLESS.split("|"));

/** What a program that no table knows, or no row of its table, is told to do. */
export const UNKNOWN_PROGRAMS: readonly Row[] = [
  ["--dry-run|--dryrun|--noop|--no-act|--simulate|--what-if", "none"],
  ["-X|--method|--request @DELETE", "high", "tells a server to delete something"],
  ["-X=DELETE|--method=DELETE|--request=DELETE", "high", "tells a server to delete something"],
  [
    "--delete|--delete-*|--purge|--purge-*|--wipe|--destroy|--erase|--drop|--remove-all|--nuke|--reset|--factory-reset|--force-delete|--clean-all|--drop-*|--wipe-*|-delete|--truncate|--uninstall|--remove|--remove-*|--flush|--flush-*|--zap|--unregister|--revoke|--del|--obliterate|--expunge|--kill-all|--erase-*|--destroy-*|--reset-*|--empty|--empty-* !--delete-retention*|--delete-protection*|--reset-cache|--clear-cache|--clear-screen",
    "high",
    "is told to delete or reset something",
  ],
  [
    "run|log|logs|plan|view|build|test|docs|list|check|info|print|find|read|status|open delete|destroy|purge|wipe|drop|erase|remove|rm|del|prune|clear",
    "high",
    "is told to delete or reset something",
  ],
  [HARMLESS, "none"],
  [
    "* test|list|ls|show|get|describe|info|status|print|search|find|read|view|help|explain|inspect|diff|validate|lint|check|safe-to-destroy|ok-to-stop",
    "none",
  ],
  [
    "stop|force-stop|force-shutdown|stop-all|stopall|dismiss|factorydefaults|rmr|blank|unload|overwrite|leave|force-leave",
    "high",
    "stops or deletes something",
  ],
  [VERBS, "high", "is told to delete or reset something"],
  [`* ${VERBS}`, "high", "is told to delete or reset something"],
  [`* * ${VERBS}`, "high", "is told to delete or reset something"],
  ["* leave|force-leave|kick", "high", "takes a machine out of a cluster"],
  ["gc -f|--force|--yes|-y|--all", "high", "deletes what nothing refers to"],
  ["@power @off|down|cycle|soft", "high", "switches a machine off"],
  [
    "resource|resources|service|services|instance|instances|vm|vms|server|servers|cluster|volume|node|pool|array|machine|db|database stop|off|suspend|offline",
    "high",
    "stops a service",
  ],
];

/** Rows for programs that no table knows at all. */
export const ONLY_UNKNOWN: readonly Row[] = [
  ["info|show|list|status|read|print|check|get", "none"],
  ["<device>", "high", "works on a disk itself"],
  [
    "init|create|new|add|install|build|generate|format|fmt|lint|sync|pull|push|update|upgrade|setup|deploy|compile",
    "none",
  ],
  [
    "--force|--force-new-cluster|--accept-data-loss|--no-safety-check|--yes-i-really*|--i-really*",
    "high",
    "is forced to what it would not do by itself",
  ],
  [
    "--overwrite|--overwrite-*|--clear|--clear-*|--clobber|--replace-input|-overwrite_original*",
    "high",
    "writes over what is there",
  ],
];
