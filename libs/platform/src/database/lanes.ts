import { Gauge } from 'prom-client';
import { UnavailableError } from '../errors/domain-error';
import { registry } from '../metrics/registry';
import { type Answer, answer, outcomesOf, type Waiting } from './group-commit';

const waitingItems = new Gauge({
  name: 'lanes_waiting_items',
  help: 'Items that wait apart from others, because somebody has locked what they need',
  labelNames: ['group'],
  registers: [registry],
});

export interface LanesOptions {
  /** Label of the metric. */
  group: string;
  /** Items in one flush at most. */
  batchSizeMax: number;
  /** Lanes that are tried at once at most: each keeps a connection for as long as it waits. */
  inFlightMax: number;
  /** Items waiting at most, in all lanes. One lane takes no more than what it leaves to the others. */
  waitingMax: number;
}

/**
 * Items that would keep others waiting: each waits in the lane of what it waits for, and the lanes take turns, few at a time. A flush has
 * to give up soon; what it did not get done is added again by the caller.
 */
export class Lanes<Item, Result> {
  private readonly lanes = new Map<string, Waiting<Item, Result>[]>();
  private readonly running = new Set<string>();
  private waiting = 0;

  constructor(
    private readonly flush: (items: Item[]) => Promise<Result[]>,
    private readonly options: LanesOptions,
  ) {}

  /** Resolves with this item's result when its lane had its turn. */
  add(lane: string, item: Item): Promise<Result> {
    const queue = this.lanes.get(lane) ?? [];
    if (queue.length >= this.options.waitingMax - this.waiting)
      return Promise.reject(new UnavailableError('Too many requests wait for the same stock. Try again in a moment.'));
    return new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      this.lanes.set(lane, queue);
      this.count(1);
      setImmediate(() => this.pump());
    });
  }

  private pump(): void {
    for (const lane of this.lanes.keys()) {
      if (this.running.size >= this.options.inFlightMax) return;
      if (!this.running.has(lane)) this.start(lane);
    }
  }

  private start(lane: string): void {
    const queue = this.lanes.get(lane)!;
    const batch = queue.splice(0, this.options.batchSizeMax);
    this.count(-batch.length);
    // What is left goes behind the other lanes.
    this.lanes.delete(lane);
    if (queue.length > 0) this.lanes.set(lane, queue);
    this.running.add(lane);
    void outcomesOf(batch, this.flush).then((outcomes: Answer[]) => {
      this.running.delete(lane);
      answer(outcomes);
      // Those that have to come again have done so by then.
      setImmediate(() => this.pump());
    });
  }

  private count(more: number): void {
    this.waiting += more;
    waitingItems.inc({ group: this.options.group }, more);
  }
}
