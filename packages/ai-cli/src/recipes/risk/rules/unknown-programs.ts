import type { Row } from "../table/program.ts";

const VERBS =
  "delete|destroy|purge|wipe|drop|erase|nuke|terminate|obliterate|shred|delete-*|destroy-*|purge-*|drop-*|wipe-*|erase-*|terminate-*|delete_*|destroy_*|drop_*|purge_*|*:delete|*:destroy|*:drop|*:purge|*:wipe|*:reset|*:rm|*:remove|*:unset|*:disable|*:kill|*-delete|*-destroy|*-purge|*-wipe|*-drop|rdelete|deleteall|delete-all|remove-all|rm|remove|remove-*|rmdir|flush|flush-*|flushall|prune|factory-reset|reset|reset-*|uninstall|deprovision|unregister|deregister|decommission|teardown|tear-down|evict|expunge|truncate|format|undeploy|revoke|rollback|del|unpublish|yank|disable|kill|unset|clear-*|destroy!|zap|decommission|abandon|clear|break-lock|forget|clean-all|cleanup-all";

/** What is told to begin with one of these deletes nothing, whatever stands behind it. */
const HARMLESS =
  "install|add|get|pull|push|create|new|build|search|list|ls|show|help|init|info|view|describe|start|up|status|download|fetch|open|edit|explain|docs|i|log|logs|test|check|lint|which|version|print|cat|read|find|inspect|diff|plan|validate|completion";

/** What a program that no table knows, or no row of its table, is told to do. */
export const UNKNOWN_PROGRAMS: readonly Row[] = [
  ["--dry-run|--dryrun|--noop|--no-act|--simulate|--what-if", "none"],
  ["-X|--method|--request @DELETE", "high", "tells a server to delete something"],
  ["-X=DELETE|--method=DELETE|--request=DELETE", "high", "tells a server to delete something"],
  [
    "--delete|--delete-*|--purge|--purge-*|--wipe|--destroy|--erase|--drop|--remove-all|--nuke|--reset|--factory-reset|--force-delete|--clean-all|--drop-*|--wipe-*|-delete|--truncate|--uninstall",
    "high",
    "is told to delete or reset something",
  ],
  [HARMLESS, "none"],
  [VERBS, "high", "is told to delete or reset something"],
  [`* ${VERBS}`, "high", "is told to delete or reset something"],
  [`* * ${VERBS}`, "high", "is told to delete or reset something"],
];
