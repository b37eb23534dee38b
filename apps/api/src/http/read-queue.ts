import { type Config, registry } from '@app/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { clientOf } from '../access/client-address';
import { buildProblem, sendProblem } from './problem';
import { ReadDurations } from './read-durations';

/** Of the connections to the database: whoever reads leaves the other half to those who write. */
const SHARE_OF_CONNECTIONS = 0.5;
/** Of the connections, for long reads while somebody writes: they take processor time from a write as well, here and in Postgres. */
const SHARE_OF_LONG_READS = 0.1;
/** A write that began so recently is going on, or the next comes soon. */
const WRITES_MS = 100;
/** While somebody writes, long reads rest after each so many times as long as it took: they have a quarter of the time. */
const REST_PER_LONG_READ = 3;
const REST_MS_MAX = 1000;
/** Of the places to wait, for all reads of one client together. */
const SHARE_OF_CLIENT = 0.5;
const RETRY_AFTER_SECONDS = 1;
const READS = /^\/(api|metrics|users)(\/|$)/;
/** Lasts as long as its reader likes, and has bounds of its own. */
const STREAM = /\/stream\/?$/;

const readsWaiting = new Gauge({
  name: 'http_reads_waiting',
  help: 'Requests that read and wait until others have been answered',
  registers: [registry],
});

interface WaitingRead {
  client: string;
  begin: () => void;
}

interface RunningRead {
  client: string;
  share: ReadShare;
  begunAt: number;
}

/**
 * Bounds how many requests read at once, so that any number of them never takes the connections and the time that orders need. While
 * somebody writes, those among them that take long ({@link ReadDurations}) have a tenth of the connections and a quarter of the time;
 * short ones do not wait for them. The others wait, as long as for a connection (`DB_CONNECT_TIMEOUT_MS`), and each client in turn has
 * the next that is answered; beyond that, and beyond `READS_WAITING_MAX`, they get 503. Who left is not answered: the work for a client
 * that asks and leaves, again and again, is never begun.
 */
export function addReadQueue(fastify: FastifyInstance, config: Config): void {
  const durations = new ReadDurations();
  const running = new WeakMap<FastifyRequest, RunningRead>();
  const short = new ReadShare(shareOf(config.DB_POOL_SIZE, SHARE_OF_CONNECTIONS));
  const long = new ReadShare(shareOf(config.DB_POOL_SIZE, SHARE_OF_LONG_READS));
  let writeAt = Number.NEGATIVE_INFINITY;

  const isBesideWrites = () => performance.now() - writeAt < WRITES_MS;
  const isFree = (share: ReadShare) =>
    short.running + long.running < short.runningMax &&
    (share === short || !isBesideWrites() || (long.running < long.runningMax && long.rests === 0));
  /** The share whose read has just ended comes last, so that neither waits for the other. */
  const beginNextAfter = (last: ReadShare) => {
    for (const share of last === short ? [long, short] : [short, long])
      while (share.waiting.size > 0 && isFree(share)) share.waiting.next()?.begin();
  };
  const begin = (request: FastifyRequest, client: string, share: ReadShare, done: () => void) => {
    share.running++;
    running.set(request, { client, share, begunAt: performance.now() });
    done();
  };
  const isFull = (client: string) =>
    short.waiting.size + long.waiting.size >= config.READS_WAITING_MAX ||
    short.waiting.ofClient(client) + long.waiting.ofClient(client) >=
      Math.ceil(config.READS_WAITING_MAX * SHARE_OF_CLIENT);

  fastify.addHook('preHandler', (request, reply, done) => {
    if (!isRead(request)) {
      if (isWrite(request)) writeAt = performance.now();
      done();
      return;
    }
    const client = clientOf(request.ip);
    const share = durations.isLong(client, request.routeOptions.url) ? long : short;
    // Who came before goes first.
    beginNextAfter(share);
    if (isFree(share)) {
      begin(request, client, share, done);
      return;
    }
    if (isFull(client)) {
      refuse(request, reply);
      return;
    }
    const stopWaiting = () => {
      clearTimeout(timer);
      reply.raw.off('close', leave);
      share.waiting.remove(read);
    };
    const read: WaitingRead = {
      client,
      begin: () => {
        stopWaiting();
        begin(request, client, share, done);
      },
    };
    const leave = () => {
      stopWaiting();
      reply.hijack();
    };
    const timer = setTimeout(() => {
      stopWaiting();
      refuse(request, reply);
    }, config.DB_CONNECT_TIMEOUT_MS);
    reply.raw.once('close', leave);
    share.waiting.add(read);
  });

  // The answer is made: what it took of the database is free, whether or not somebody is still there to read it.
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    const read = running.get(request);
    if (read) {
      running.delete(request);
      read.share.running--;
      const tookMs = performance.now() - read.begunAt;
      durations.add(read.client, request.routeOptions.url, tookMs);
      if (read.share === long && isBesideWrites()) {
        long.rests++;
        const over = () => {
          long.rests--;
          beginNextAfter(short);
        };
        setTimeout(over, Math.min(REST_MS_MAX, tookMs * REST_PER_LONG_READ)).unref();
      }
      beginNextAfter(read.share);
    }
    done(null, payload);
  });
}

/** Reads that have a share of the connections together. */
class ReadShare {
  readonly waiting = new ReadsByClient();
  running = 0;
  /** While there is one, nothing of it begins beside somebody who writes. */
  rests = 0;

  constructor(readonly runningMax: number) {}
}

/** First come, first served of a client; the clients take turns. */
class ReadsByClient {
  /** In the order of their turns. */
  private readonly byClient = new Map<string, Set<WaitingRead>>();
  size = 0;

  ofClient(client: string): number {
    return this.byClient.get(client)?.size ?? 0;
  }

  add(read: WaitingRead): void {
    const reads = this.byClient.get(read.client);
    if (reads) reads.add(read);
    else this.byClient.set(read.client, new Set([read]));
    this.size++;
    readsWaiting.inc();
  }

  remove(read: WaitingRead): void {
    const reads = this.byClient.get(read.client);
    if (!reads?.delete(read)) return;
    if (reads.size === 0) this.byClient.delete(read.client);
    this.size--;
    readsWaiting.dec();
  }

  /** The one whose turn it is; the next turn is that of another address. */
  next(): WaitingRead | undefined {
    const [first] = this.byClient;
    if (!first) return undefined;
    const [client, reads] = first;
    this.byClient.delete(client);
    this.byClient.set(client, reads);
    const [read] = reads;
    return read;
  }
}

function isRead({ method, routeOptions: { url = '' } }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && READS.test(url) && !STREAM.test(url);
}

function isWrite({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

function shareOf(connections: number, share: number): number {
  return Math.max(1, Math.floor(connections * share));
}

function refuse(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('retry-after', RETRY_AFTER_SECONDS);
  sendProblem(
    reply,
    buildProblem(503, 'SERVICE_UNAVAILABLE', 'Too many requests that read at once. Try again in a moment.', request),
  );
}
