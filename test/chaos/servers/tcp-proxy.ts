import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Ends the text of the statement in both of the protocol's forms (Query and Parse). */
const COMMIT = Buffer.from('COMMIT\0');

/** The Parse of the one statement that places orders and commits, with its name. */
const PLACES_AND_COMMITS = /(statement_\d+)\0with new_orders as \([^\0]*stock_wanted/;

/** What becomes of the next COMMIT that passes, or of the next statement that places orders and commits. */
export type CommitCut = 'afterForwarding' | 'beforeForwarding';

interface Pair {
  client: Socket;
  server: Socket;
}

/**
 * A line between processes and a server that can be cut, frozen and slowed, and that can lose a connection at the one moment that
 * no client can judge: when COMMIT is on its way. The port stays the same when the server comes back on another one.
 */
export class TcpProxy {
  /** Connections cut at a COMMIT so far, or at a statement that commits. */
  commitsCut = 0;
  /** Those of them that were cut at such a statement. */
  statementsCut = 0;
  private readonly pairs = new Set<Pair>();
  private readonly cuts: CommitCut[] = [];
  private frozen = false;
  private refusing = false;
  private delayMs = 0;

  private constructor(
    private readonly server: Server,
    public targetPort: number,
  ) {
    server.on('connection', (client) => this.open(client));
  }

  static async listen(targetPort: number): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new TcpProxy(server, targetPort);
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  get connections(): number {
    return this.pairs.size;
  }

  /** Cuts every connection; with `refuse`, new ones too until `heal`. */
  cut({ refuse = false } = {}): void {
    this.refusing = refuse;
    for (const { client, server } of this.pairs) {
      client.destroy();
      server.destroy();
    }
  }

  /** Nothing passes in either direction, and nobody is told: what a machine that hangs looks like. */
  freeze(): void {
    this.frozen = true;
    for (const { client, server } of this.pairs) {
      client.pause();
      server.pause();
    }
  }

  /** Each piece waits this long on its way to the server. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** Cuts the next connections that send COMMIT, each in its way. */
  cutAtCommit(...cuts: CommitCut[]): void {
    this.cuts.push(...cuts);
  }

  /** Everything passes again. */
  heal(): void {
    this.frozen = false;
    this.refusing = false;
    this.delayMs = 0;
    this.cuts.length = 0;
    for (const { client, server } of this.pairs) {
      client.resume();
      server.resume();
    }
  }

  async close(): Promise<void> {
    this.cut({ refuse: true });
    await new Promise((resolve) => this.server.close(resolve));
  }

  private open(client: Socket): void {
    if (this.refusing) {
      client.destroy();
      return;
    }
    const server = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const pair = { client, server };
    this.pairs.add(pair);
    client.setNoDelay(true);
    server.setNoDelay(true);
    let tail = Buffer.alloc(0);
    let statement: string | undefined;
    client.on('data', (piece) => {
      statement ??= PLACES_AND_COMMITS.exec(piece.toString('latin1'))?.[1];
      const isStatement = statement !== undefined && piece.includes(`\0${statement}\0`);
      if (this.cuts.length > 0 && (isStatement || Buffer.concat([tail, piece]).includes(COMMIT))) {
        if (isStatement) this.statementsCut++;
        this.loseAtCommit(pair, piece);
        return;
      }
      tail = piece.subarray(-COMMIT.length + 1);
      this.forward(pair, piece);
    });
    server.on('data', (piece) => client.writable && client.write(piece));
    client.on('end', () => server.end());
    server.on('end', () => client.end());
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        this.pairs.delete(pair);
      });
    }
    if (this.frozen) {
      client.pause();
      server.pause();
    }
  }

  private forward({ server }: Pair, piece: Buffer): void {
    if (this.delayMs === 0) server.write(piece);
    else setTimeout(() => server.writable && server.write(piece), this.delayMs);
  }

  private loseAtCommit({ client, server }: Pair, piece: Buffer): void {
    this.commitsCut++;
    const cut = this.cuts.shift();
    client.removeAllListeners('close');
    client.on('close', () => undefined);
    if (cut === 'afterForwarding') server.end(piece);
    else server.destroy();
    client.destroy();
  }
}
