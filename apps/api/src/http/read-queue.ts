import { type Config, registry } from '@app/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { buildProblem, sendProblem } from './problem';

/** Of the connections to the database: whoever reads leaves the other half to those who write. */
const SHARE_OF_CONNECTIONS = 0.5;
/** Of the places to wait, for all reads of one address together. */
const SHARE_OF_ADDRESS = 0.5;
const RETRY_AFTER_SECONDS = 1;
const READS = /^\/(api|metrics)(\/|$)/;
/** Lasts as long as its reader likes, and has bounds of its own. */
const STREAM = /\/stream\/?$/;

const readsWaiting = new Gauge({
  name: 'http_reads_waiting',
  help: 'Requests that read and wait until others have been answered',
  registers: [registry],
});

interface WaitingRead {
  address: string;
  begin: () => void;
}

/**
 * Bounds how many requests read at once, so that any number of them never takes the connections and the time that orders need. The
 * others wait, as long as for a connection (`DB_CONNECT_TIMEOUT_MS`), and each address in turn has the next that is answered; beyond
 * that, and beyond `READS_WAITING_MAX`, they get 503. Who left is not answered: the work for a client that asks and leaves, again and
 * again, is never begun.
 */
export function addReadQueue(fastify: FastifyInstance, config: Config): void {
  const runningMax = Math.max(1, Math.floor(config.DB_POOL_SIZE * SHARE_OF_CONNECTIONS));
  const waiting = new ReadsByAddress();
  const running = new WeakSet<FastifyRequest>();
  let free = runningMax;

  const begin = (request: FastifyRequest, done: () => void) => {
    free--;
    running.add(request);
    done();
  };
  const isFull = (address: string) =>
    waiting.size >= config.READS_WAITING_MAX ||
    waiting.ofAddress(address) >= Math.ceil(config.READS_WAITING_MAX * SHARE_OF_ADDRESS);

  fastify.addHook('preHandler', (request, reply, done) => {
    if (!isRead(request)) {
      done();
      return;
    }
    if (free > 0) {
      begin(request, done);
      return;
    }
    if (isFull(request.ip)) {
      refuse(request, reply);
      return;
    }
    const stopWaiting = () => {
      clearTimeout(timer);
      reply.raw.off('close', leave);
      waiting.remove(read);
    };
    const read: WaitingRead = {
      address: request.ip,
      begin: () => {
        stopWaiting();
        begin(request, done);
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
    waiting.add(read);
  });

  // The answer is made: what it took of the database is free, whether or not somebody is still there to read it.
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    if (running.delete(request)) {
      free++;
      waiting.next()?.begin();
    }
    done(null, payload);
  });
}

/** First come, first served within an address; the addresses take turns. */
class ReadsByAddress {
  /** In the order of their turns. */
  private readonly byAddress = new Map<string, Set<WaitingRead>>();
  size = 0;

  ofAddress(address: string): number {
    return this.byAddress.get(address)?.size ?? 0;
  }

  add(read: WaitingRead): void {
    const reads = this.byAddress.get(read.address);
    if (reads) reads.add(read);
    else this.byAddress.set(read.address, new Set([read]));
    readsWaiting.set(++this.size);
  }

  remove(read: WaitingRead): void {
    const reads = this.byAddress.get(read.address);
    if (!reads?.delete(read)) return;
    if (reads.size === 0) this.byAddress.delete(read.address);
    readsWaiting.set(--this.size);
  }

  /** The one whose turn it is; the next turn is that of another address. */
  next(): WaitingRead | undefined {
    const [first] = this.byAddress;
    if (!first) return undefined;
    const [address, reads] = first;
    this.byAddress.delete(address);
    this.byAddress.set(address, reads);
    const [read] = reads;
    return read;
  }
}

function isRead({ method, routeOptions: { url = '' } }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && READS.test(url) && !STREAM.test(url);
}

function refuse(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('retry-after', RETRY_AFTER_SECONDS);
  sendProblem(
    reply,
    buildProblem(503, 'SERVICE_UNAVAILABLE', 'Too many requests that read at once. Try again in a moment.', request),
  );
}
