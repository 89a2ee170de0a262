// The SDK's contract tests as the host gives them to plug-ins; an entry of the bundle of its own.
export * from "@d0ttino/plugin-sdk/testing";
