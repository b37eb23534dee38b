const TERMINAL_EVERY_MS = 100;
const LINES_EVERY_MS = 5000;
const CLEAR_LINE = '\r\u001B[2K';

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/**
 * Says how far long work is: one line that changes on a terminal, a line every five seconds elsewhere. On standard error, so
 * that results can be piped.
 */
export class Progress {
  private shownAt: number;
  private isShown = false;

  constructor(
    private readonly output: Output = process.stderr,
    private readonly now: () => number = Date.now,
  ) {
    // Work that ends within five seconds leaves no lines in a log.
    this.shownAt = output.isTTY ? -Infinity : now();
  }

  show(text: string): void {
    if (this.now() - this.shownAt < (this.output.isTTY ? TERMINAL_EVERY_MS : LINES_EVERY_MS)) return;
    this.shownAt = this.now();
    this.isShown = true;
    this.output.write(this.output.isTTY ? `${CLEAR_LINE}${text}` : `${text}\n`);
  }

  /** Takes the line away: results follow. */
  clear(): void {
    if (this.isShown && this.output.isTTY) this.output.write(CLEAR_LINE);
    this.isShown = false;
  }
}
