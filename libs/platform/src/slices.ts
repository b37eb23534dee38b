/** Long work lets others run after so long. Whoever waits for the event loop waits for one such slice. */
const SLICE_MS = 5;

const waiting: (() => void)[] = [];

/**
 * Resolves once the event loop has turned. Of all that wait here one goes on per turn: a hundred long requests at once hold the
 * others up for one slice at a time, not for a hundred.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(letOneGoOn);
  });
}

function letOneGoOn(): void {
  waiting.shift()!();
  if (waiting.length > 0) setImmediate(letOneGoOn);
}

/** Long work whose pieces take very different times: after each, `if (work.isDue) await work.turn()`. */
export class SlicedWork {
  private begun = performance.now();

  /** The slice has lasted long enough. */
  get isDue(): boolean {
    return performance.now() - this.begun >= SLICE_MS;
  }

  /** Lets others run, and begins the next slice. */
  async turn(): Promise<void> {
    await nextTurn();
    this.begun = performance.now();
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
