import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server and can swallow what passes, as a network does that lost its other end without a word. */
export interface SilentProxy {
  port: number;
  /** From now on nothing passes in this direction, on connections that are open and on new ones. */
  swallow: (what: 'requests' | 'answers') => void;
  /** As swallow, but only from the first request on that has these bytes; that one is swallowed, or passes unanswered. */
  swallowFrom: (text: string, what: 'requests' | 'answers') => void;
  /** Lets bytes pass again. What was swallowed stays lost. */
  heal: () => void;
  close: () => Promise<void>;
}

export async function silentProxy(target: { host: string; port: number }): Promise<SilentProxy> {
  const swallowed = { requests: false, answers: false };
  const sockets = new Set<Socket>();
  let trigger: { text: string; what: 'requests' | 'answers' } | undefined;
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (bytes: Buffer) => {
      if (trigger && bytes.includes(trigger.text)) {
        swallowed[trigger.what] = true;
        trigger = undefined;
      }
      if (!swallowed.requests) upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (!swallowed.answers) client.write(bytes);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as { port: number }).port,
    swallow: (what) => (swallowed[what] = true),
    swallowFrom: (text, what) => (trigger = { text, what }),
    heal: () => Object.assign(swallowed, { requests: false, answers: false }),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
