/** Long work lets others run after so long. Whoever waits for the event loop waits for one such slice. */
const SLICE_MS = 3;
/**
 * While short work is asked for, long work rests after each slice so many times as long as the slice took: all of it together has
 * then a quarter of the time, however much there is of it.
 */
const REST_PER_WORK = 3;
const REST_MS_MAX = 100;
/** Short work that was asked for so recently is going on, or the next comes soon. */
const SHORT_WORK_MS = 100;

let shortWorkAt = Number.NEGATIVE_INFINITY;

/** Somebody asks for something that takes little time: long work makes room for it, from now on and for a while. */
export function noteShortWork(): void {
  shortWorkAt = performance.now();
}

/** Whether somebody asked for something short a moment ago. */
export function isShortWorkAskedFor(): boolean {
  return performance.now() - shortWorkAt < SHORT_WORK_MS;
}

/** Those who wait for the event loop. One goes on per turn: a hundred at once hold the others up for one slice at a time. */
class Turns {
  private readonly waiting: (() => void)[] = [];
  private notBefore = 0;

  /** Nobody goes on for so long, beside the rests that there are already. */
  rest(ms: number): void {
    this.notBefore = Math.max(this.notBefore, performance.now()) + ms;
  }

  /** Resolves when it is the caller's turn. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.waiting.length === 1) setImmediate(this.letOneGoOn);
    });
  }

  private readonly letOneGoOn = (): void => {
    const restMs = this.notBefore - performance.now();
    if (restMs > 0) {
      setTimeout(this.letOneGoOn, Math.ceil(restMs));
      return;
    }
    this.waiting.shift()!();
    if (this.waiting.length > 0) setImmediate(this.letOneGoOn);
  };
}

/** Of those who may hold locks: they do not rest. */
const turns = new Turns();
const turnsOfLongWork = new Turns();

/** Resolves once the event loop has turned. */
export function nextTurn(): Promise<void> {
  return turns.take();
}

/**
 * Long work whose pieces take very different times: after each, `if (work.isDue) await work.turn()`. Not while something is locked in
 * the database: while others ask for short work it rests longer than it works.
 */
export class SlicedWork {
  private begunAt = performance.now();

  /** Begins when it is its turn among all long work. */
  static async begin(): Promise<SlicedWork> {
    await turnsOfLongWork.take();
    return new SlicedWork();
  }

  /** The slice has lasted long enough. */
  get isDue(): boolean {
    return performance.now() - this.begunAt >= SLICE_MS;
  }

  /** Lets others run, and begins the next slice. */
  async turn(): Promise<void> {
    this.end();
    await turnsOfLongWork.take();
    this.begunAt = performance.now();
  }

  /** Nothing is left to do: the next long work rests for this one as well. */
  end(): void {
    if (!isShortWorkAskedFor()) return;
    turnsOfLongWork.rest(Math.min(REST_MS_MAX, (performance.now() - this.begunAt) * REST_PER_WORK));
  }
}

/**
 * Cuts a long list into slices of `size`, each with the index of its first item, and lets the event loop turn between them: who
 * works through 50,000 items must not keep everybody else waiting meanwhile.
 */
export async function* slices<Item>(
  items: readonly Item[],
  size: number,
): AsyncGenerator<[slice: Item[], first: number]> {
  for (let first = 0; first < items.length; first += size) {
    if (first > 0) await nextTurn();
    yield [items.slice(first, first + size), first];
  }
}
