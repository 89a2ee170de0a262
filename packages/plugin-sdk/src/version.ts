/** The version of this SDK; plug-ins name a range of it as an optional peer dependency. */
export const SDK_VERSION = "0.1.0";
