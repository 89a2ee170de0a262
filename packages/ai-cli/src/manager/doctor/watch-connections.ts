import dgram from "node:dgram";
import net from "node:net";

/** What something wants to connect to. */
interface Target {
  /** A name or an address; that of this machine for a path. */
  readonly host: string;
  /** As `host:port`, or a path. */
  readonly shown: string;
}

/**
 * Tells of every connection that code of this process makes: `fetch`, `node:http` and the clients of all protocols end in
 * one of these two calls.
 * @param judge gets what is to be connected to; when it gives false, that fails as if nobody listened there
 */
export function watchConnections(judge: (target: Target) => boolean): void {
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function watched(this: net.Socket, ...values: unknown[]): net.Socket {
    const target = targetOf(values);
    if (judge(target)) return Reflect.apply(connect, this, values) as net.Socket;
    const error = new Error(`connect ECONNREFUSED ${target.shown}: nothing may leave this machine`);
    return this.destroy(Object.assign(error, { code: "ECONNREFUSED" }));
  };
  const { send } = dgram.Socket.prototype;
  dgram.Socket.prototype.send = function watched(this: dgram.Socket, ...values: unknown[]): void {
    if (judge({ host: "", shown: "somewhere by UDP" })) Reflect.apply(send, this, values);
  } as typeof send;
}

/** What `connect` was called with: options, a port and a host, or a path; Node itself passes a list with options in it. */
function targetOf([first, second]: readonly unknown[]): Target {
  const value: unknown = Array.isArray(first) ? first[0] : first;
  const options =
    typeof value === "object" && value !== null
      ? (value as { readonly host?: unknown; readonly port?: unknown; readonly path?: unknown })
      : Number.isNaN(Number(value))
        ? { path: value }
        : { port: value, host: second };
  if (typeof options.path === "string") return { host: "localhost", shown: options.path };
  const host = typeof options.host === "string" ? options.host : "localhost";
  return { host, shown: `${host}:${String(options.port)}` };
}
