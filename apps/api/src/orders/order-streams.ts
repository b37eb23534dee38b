import { type FeedBatch, type FeedCursor, type FeedReader, FellBehindError, formatFeedCursor } from '@app/messaging';
import { type OrderStatusChange, OrderStatusFeed } from '@app/orders';
import { CONFIG, type Config, LOGGER, type Logger, registry, UnavailableError } from '@app/platform';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import type { EventStream } from '../http/event-stream';
import { resetFrame, statusFrame } from './order-stream.response';

/** Events that are written to a socket at once: about 35 KB. */
const PIECE_MAX = 100;

const readers = new Gauge({ name: 'stream_readers', help: 'Open event streams', registers: [registry] });
const dropped = new Counter({
  name: 'stream_readers_dropped_total',
  help: 'Event streams that this side ended: reader slower than the events (behind), socket that took nothing (stalled), shutdown, failed',
  labelNames: ['cause'],
  registers: [registry],
});

/** This process has as many event streams open as it may (`STREAM_READERS_MAX`). */
export class TooManyStreamReadersError extends UnavailableError {
  override readonly code = 'TOO_MANY_STREAM_READERS';
}

interface OpenStream {
  stream: EventStream;
  reader: FeedReader<OrderStatusChange>;
  /** Set when this side ends it; a reader that leaves needs no reason. */
  cause?: 'behind' | 'stalled' | 'shutdown' | 'failed';
}

/** All event streams of this process: how many there may be, their heartbeats, and their end. */
@Injectable()
export class OrderStreams implements OnModuleDestroy {
  private readonly open = new Set<OpenStream>();
  /** Open ones, and those that are about to be. */
  private taken = 0;
  private isClosing = false;
  private readonly heart: NodeJS.Timeout;

  constructor(
    private readonly feed: OrderStatusFeed,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.heart = setInterval(() => this.beat(), config.STREAM_HEARTBEAT_MS).unref();
  }

  /**
   * Begins a stream after a cursor, or now. `answer` is called when nothing can be refused any more; it gets what to do when the
   * client leaves. Throws TooManyStreamReadersError, UnavailableError.
   */
  async start(
    after: FeedCursor | undefined,
    isWanted: (change: OrderStatusChange) => boolean,
    answer: (onClose: () => void) => EventStream,
  ): Promise<void> {
    if (this.isClosing) throw new UnavailableError('This process is closing. Try again in a moment.');
    if (this.taken >= this.config.STREAM_READERS_MAX)
      throw new TooManyStreamReadersError('As many event streams are open as this process serves. Try again later.');
    this.taken++;
    try {
      const reader = await this.feed.open(after);
      const stream = answer(() => reader.close());
      void this.serve({ stream, reader }, isWanted);
    } catch (error) {
      this.taken--;
      throw error;
    }
  }

  /** Ends all streams before the server closes: it would wait for them. */
  onModuleDestroy(): void {
    this.isClosing = true;
    clearInterval(this.heart);
    for (const each of this.open) this.drop(each, 'shutdown');
  }

  private async serve(each: OpenStream, isWanted: (change: OrderStatusChange) => boolean): Promise<void> {
    const { stream, reader } = each;
    const begun = performance.now();
    this.open.add(each);
    readers.inc();
    try {
      stream.begin(formatFeedCursor(reader.position));
      if (this.isClosing) this.drop(each, 'shutdown');
      for (let batch = await reader.next(); batch; batch = await reader.next())
        for (const piece of pieces(batch, isWanted)) await stream.send(piece);
    } catch (error) {
      each.cause ??= error instanceof FellBehindError ? 'behind' : 'failed';
      if (each.cause === 'failed') this.logger.error({ err: error }, 'stream.failed');
    } finally {
      reader.close();
      stream.end();
      this.open.delete(each);
      this.taken--;
      readers.dec();
      if (each.cause) dropped.inc({ cause: each.cause });
      const seconds = Math.round((performance.now() - begun) / 1000);
      this.logger.info({ cause: each.cause ?? 'client left', seconds }, 'stream.closed');
    }
  }

  private beat(): void {
    for (const each of this.open) {
      // Asked each time: it compares with the time before.
      const isStalled = each.stream.isStalled();
      if (isStalled) this.drop(each, each.reader.isBehind ? 'behind' : 'stalled');
      else each.stream.heartbeat(formatFeedCursor(each.reader.position));
    }
  }

  private drop(each: OpenStream, cause: OpenStream['cause']): void {
    each.cause ??= cause;
    each.reader.close();
    each.stream.end();
  }
}

function* pieces(
  { items, gap, position }: FeedBatch<OrderStatusChange>,
  isWanted: (change: OrderStatusChange) => boolean,
): Generator<Buffer> {
  if (gap) yield resetFrame(position, gap);
  const wanted = items.filter(({ item }) => isWanted(item));
  for (let index = 0; index < wanted.length; index += PIECE_MAX)
    yield Buffer.concat(wanted.slice(index, index + PIECE_MAX).map(statusFrame));
}
