export { powershell } from "./powershell.ts";
export { sh } from "./sh.ts";
