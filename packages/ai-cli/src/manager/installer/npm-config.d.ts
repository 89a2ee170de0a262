/** What `@types/npmcli__config` leaves out. */
declare module "@npmcli/config/lib/definitions/index.js" {
  import type Config from "@npmcli/config";
  const npm: Pick<ConstructorParameters<typeof Config>[0], "definitions" | "shorthands" | "flatten">;
  export default npm;
}
