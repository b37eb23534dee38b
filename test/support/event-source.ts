import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** One event of a stream as it was received. */
export interface ReceivedEvent {
  id: string;
  event: string;
  data: {
    order_id: string;
    from_status: string | null;
    to_status: string;
    version: number;
    occurred_at: string;
    request_id: string;
    /** Of the event `reset`, which has nothing else. */
    reason?: string;
  };
}

/** A reader of Server-Sent Events over real HTTP, which remembers the last id as a browser does. */
export interface TestEventSource {
  headers: IncomingHttpHeaders;
  events: ReceivedEvent[];
  /** Every line that was received. */
  lines: string[];
  lastEventId: () => string;
  /** Resolves when the stream ends, whoever ended it. */
  ended: Promise<void>;
  /** Leaves. */
  close: () => Promise<void>;
}

/** Connects; resolves with the first bytes of the stream, rejects when the answer is another one. */
export async function listen(url: string, headers: Record<string, string> = {}): Promise<TestEventSource> {
  // A connection of its own: fetch opens another one when an answer is abandoned, and keeps the server from closing.
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${await text(response)}`);
  const events: ReceivedEvent[] = [];
  const lines: string[] = [];
  let lastEventId = '';
  let block: Record<string, string> = {};
  const take = (line: string) => {
    lines.push(line);
    const colon = line.indexOf(': ');
    if (line !== '') {
      if (colon > 0) block[line.slice(0, colon)] = line.slice(colon + 2);
      return;
    }
    lastEventId = block.id ?? lastEventId;
    if (block.data !== undefined)
      events.push({ id: lastEventId, event: block.event!, data: JSON.parse(block.data) as ReceivedEvent['data'] });
    block = {};
  };
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    parts.forEach(take);
  });
  // Cut off by either side: `events` tells what came before.
  response.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => response.once('close', resolve));
  await Promise.race([once(response, 'data'), ended]);
  return {
    headers: response.headers,
    events,
    lines,
    lastEventId: () => lastEventId,
    ended,
    close: () => {
      response.destroy();
      return ended;
    },
  };
}

/** A client that asks for the stream and never reads it. */
export function connectWithoutReading(url: string): Promise<Socket> {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.pause();
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`, () => resolve(socket));
    });
    socket.on('error', reject);
  });
}
