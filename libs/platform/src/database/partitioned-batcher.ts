import { Gauge } from 'prom-client';
import { UnavailableError } from '../errors/domain-error';
import { registry } from '../metrics/registry';
import { type Answer, answer, outcomesOf, type Waiting } from './group-commit';

const waitingItems = new Gauge({
  // Named before its word was replaced: dashboards know it.
  name: 'lanes_waiting_items',
  help: 'Items that wait apart from others, because somebody has locked what they need',
  labelNames: ['group'],
  registers: [registry],
});

export interface PartitionedBatcherOptions {
  /** Label of the metric. */
  group: string;
  /** Items in one flush at most. */
  batchSizeMax: number;
  /** Partitions that are tried at once at most: each keeps a connection for as long as it waits. */
  inFlightMax: number;
  /** Items waiting at most, in all partitions. One partition takes no more than what it leaves to the others. */
  waitingMax: number;
}

/**
 * Items that would keep others waiting: each is put into a partition by what it waits for, and the partitions take turns, few
 * at a time. A flush has to give up soon; what it did not get done is added again by the caller.
 */
export class PartitionedBatcher<Item, Result> {
  private readonly partitions = new Map<string, Waiting<Item, Result>[]>();
  private readonly running = new Set<string>();
  private waiting = 0;

  constructor(
    private readonly flush: (items: Item[]) => Promise<Result[]>,
    private readonly options: PartitionedBatcherOptions,
  ) {}

  /** Resolves with this item's result when its partition had its turn. */
  add(partition: string, item: Item): Promise<Result> {
    const queue = this.partitions.get(partition) ?? [];
    if (queue.length >= this.options.waitingMax - this.waiting)
      return Promise.reject(new UnavailableError('Too many requests wait for the same stock. Try again in a moment.'));
    return new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      this.partitions.set(partition, queue);
      this.count(1);
      setImmediate(() => this.pump());
    });
  }

  private pump(): void {
    for (const partition of this.partitions.keys()) {
      if (this.running.size >= this.options.inFlightMax) return;
      if (!this.running.has(partition)) this.start(partition);
    }
  }

  private start(partition: string): void {
    const queue = this.partitions.get(partition)!;
    const batch = queue.splice(0, this.options.batchSizeMax);
    this.count(-batch.length);
    // What is left goes behind the other partitions.
    this.partitions.delete(partition);
    if (queue.length > 0) this.partitions.set(partition, queue);
    this.running.add(partition);
    void outcomesOf(batch, this.flush).then((outcomes: Answer[]) => {
      this.running.delete(partition);
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
