/**
 * All that needs npm's libraries. They are far more code than the rest of the program, so this is a bundle of its own,
 * which is imported when it is needed.
 */
export { installPlugin, linkPlugin, removePlugin } from "./change-plugins.ts";
export { repairPlugins } from "./doctor/repair-plugins.ts";
export { describePackage } from "./installer/describe-package.ts";
export { npmSettings } from "./installer/npm-settings.ts";
export { previewInstall } from "./preview-install.ts";
export { askNpm } from "./registry-check/ask-npm.ts";
export { packFolder } from "./registry-check/pack-folder.ts";
