// The SDK as the host gives it to plug-ins; an entry of the bundle of its own.
export * from "@d0ttino/plugin-sdk";
