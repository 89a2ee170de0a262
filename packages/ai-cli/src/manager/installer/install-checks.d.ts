/** npm's checks of a package against this machine; they come without types. */
declare module "npm-install-checks" {
  interface Requirements {
    readonly engines?: Readonly<Record<string, string | undefined>> | undefined;
    readonly os?: string | readonly string[] | undefined;
    readonly cpu?: string | readonly string[] | undefined;
    readonly libc?: string | readonly string[] | undefined;
  }
  export function checkEngine(target: Requirements, npmVersion: string | undefined, nodeVersion: string): void;
  export function checkPlatform(target: Requirements): void;
}
