import { Agent, request as send } from 'node:http';

/** No answer for so long is an answer that never comes. A machine that is busy with other things is given longer. */
const TIMEOUT_MS = 12_000;
const BUSY_TIMEOUT_MS = 30_000;

export interface Answer {
  status: number;
  contentType: string;
  retryAfter: string | undefined;
  /** As it came, to be compared byte by byte. */
  body: string;
}

/** The request was sent and no answer came, or (`refused`) it was never sent. */
export class NoAnswerError extends Error {
  constructor(
    readonly refused: boolean,
    cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

/** HTTP as a shop's server speaks it: connections are kept and used again, and nothing is repeated behind anybody's back. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly timeoutMs: number;

  /** @param timed Whether the machine is quiet, so that times say something. */
  constructor(timed: boolean) {
    this.timeoutMs = timed ? TIMEOUT_MS : BUSY_TIMEOUT_MS;
  }

  /** Throws NoAnswerError. */
  exchange(method: string, url: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => reject(new NoAnswerError(error.code === 'ECONNREFUSED', error));
      const outgoing = send(
        url,
        {
          method,
          agent: this.agent,
          timeout: this.timeoutMs,
          headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
        },
        (incoming) => {
          const pieces: Buffer[] = [];
          incoming.on('data', (piece: Buffer) => pieces.push(piece));
          incoming.on('error', fail);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode!,
              contentType: incoming.headers['content-type'] ?? '',
              retryAfter: incoming.headers['retry-after'],
              body: Buffer.concat(pieces).toString(),
            }),
          );
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${this.timeoutMs} ms`)));
      outgoing.on('error', fail);
      outgoing.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
