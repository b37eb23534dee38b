import type { DestinationStream } from 'pino';
import pino from 'pino';

/** Lines wait this long at most before they are written together. */
const FLUSH_MS = 100;
const FLUSH_LENGTH = 8 * 1024;
/** One write is under way at a time. What comes meanwhile goes into the next: with less than this, lines came faster than they went. */
const WRITE_BYTES_MAX = 1024 * 1024;

type Destination = ReturnType<typeof pino.destination>;

const unwritten = new Set<GatheredLines>();
process.on('exit', () => {
  for (const lines of unwritten) lines.flushSync();
});

/**
 * Writes lines to stdout together, many at a time; what waits is written when the process exits. pino's destination gathers too,
 * but measures the whole of what waits with each line: that was an eighth of what a request allocated.
 */
export class GatheredLines implements DestinationStream {
  private readonly destination: Destination = pino.destination({
    sync: false,
    maxWrite: WRITE_BYTES_MAX,
  });
  private lines: string[] = [];
  private length = 0;
  private timer: NodeJS.Timeout | undefined;

  write(line: string): void {
    if (this.lines.push(line) === 1) {
      unwritten.add(this);
      // It keeps the process until then: a destination that is about to end takes no more lines.
      this.timer = setTimeout(() => this.flush(), FLUSH_MS);
    }
    this.length += line.length;
    if (this.length >= FLUSH_LENGTH) this.flush();
  }

  flushSync(): void {
    this.flush();
    this.destination.flushSync();
  }

  private flush(): void {
    clearTimeout(this.timer);
    unwritten.delete(this);
    const text = this.lines.join('');
    this.lines = [];
    this.length = 0;
    this.destination.write(text);
  }
}
