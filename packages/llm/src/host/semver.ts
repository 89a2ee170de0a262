// The questions the host asks of version ranges, in a module of their own so that they are loaded only when asked.
export { default as satisfies } from "semver/functions/satisfies.js";
export { default as gtr } from "semver/ranges/gtr.js";
export { default as validRange } from "semver/ranges/valid.js";
