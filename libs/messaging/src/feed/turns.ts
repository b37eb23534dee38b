/** Lets at most `max` pieces of work run at once; the others wait for their turn, first come, first served. */
export class Turns {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly max: number) {}

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.max) await new Promise<void>((resolve) => this.queue.push(resolve));
    else this.running++;
    try {
      return await work();
    } finally {
      // The turn goes to the next one directly: nobody who comes meanwhile can get in between.
      const next = this.queue.shift();
      if (next) next();
      else this.running--;
    }
  }
}
