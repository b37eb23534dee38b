import { StockGate } from '@app/inventory';
import { GroupCommit, type Once, PartitionedBatcher } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { TransitionContexts } from '../order-transactions';
import { ApplyTransitions } from './apply-transitions';
import type { TransitionOutcome, OrderTransition, UnblockedOutcome } from './order-transition';

const BATCH_SIZE_MAX = 300;
const IN_FLIGHT_MAX = 2;
const WAITING_MAX = 10_000;
/** How long a transition waits for a lock that comes again by itself: a job, which keeps a place of its worker meanwhile. */
const COMES_AGAIN_WAIT_MS = 2000;

/** A transition in a partition, for what is locked of what it needs. */
interface BlockedTransition {
  transition: OrderTransition;
  products: readonly number[];
  once?: Once<TransitionOutcome[], TransitionContexts>;
}

/**
 * Takes single transitions (a stage that is done, a cancel) and commits those that arrive together in one transaction. Transitions of one order
 * take their turns, each in a transaction of its own: none is answered with what became of another. A transition that meets a lock for long
 * waits apart from the others.
 */
@Injectable()
export class TransitionBatcher {
  private readonly group: GroupCommit<OrderTransition, TransitionOutcome>;
  private readonly partitions: PartitionedBatcher<BlockedTransition, TransitionOutcome>;

  constructor(
    private readonly applyTransitions: ApplyTransitions,
    private readonly stockGate: StockGate,
  ) {
    this.group = new GroupCommit((batch) => applyTransitions.execute(batch, { briefly: true }), {
      group: 'transition',
      batchSizeMax: BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
      keyOf: ({ orderId }) => orderId,
    });
    this.partitions = new PartitionedBatcher((batch) => this.applyApart(batch), {
      group: 'transition',
      batchSizeMax: BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
    });
  }

  /** Throws UnavailableError when the transition waited for a lock as long as one may; what comes again by itself may not for long. */
  async apply(transition: OrderTransition, { comesAgain = false } = {}): Promise<UnblockedOutcome> {
    return this.unblocked({ transition, products: [] }, await this.group.add(transition), comesAgain);
  }

  /** A transition that is made once, however often it is asked for, in a transaction of its own. */
  async applyOnce(
    transition: OrderTransition,
    once: Once<TransitionOutcome[], TransitionContexts>,
  ): Promise<UnblockedOutcome> {
    const [outcome] = await this.applyTransitions.execute([transition], { once, briefly: true });
    return this.unblocked({ transition, products: [], once }, outcome!);
  }

  private async unblocked(
    blocked: BlockedTransition,
    first: TransitionOutcome,
    comesAgain = false,
  ): Promise<UnblockedOutcome> {
    const start = performance.now();
    let outcome = first;
    while (outcome.result === 'blocked') {
      const { products } = outcome;
      const waitedMs = performance.now() - start;
      const hasWaited = comesAgain
        ? Math.max(waitedMs, this.stockGate.blocked.ageMs(products)) > COMES_AGAIN_WAIT_MS
        : waitedMs > this.stockGate.blocked.waitMsMax;
      if (hasWaited) throw this.stockGate.blocked.unavailable(products);
      const { transition, once } = blocked;
      const alone = `${once ? 'once ' : ''}${transition.orderId}`;
      const partition = once || products.length === 0 ? alone : products.join();
      outcome = await this.partitions.add(partition, { ...blocked, products });
    }
    return outcome;
  }

  /** A turn of a partition, for transitions of which all wait for the same. One of each order: the others come again. */
  private async applyApart(batch: BlockedTransition[]): Promise<TransitionOutcome[]> {
    const { products, once } = batch[0]!;
    const isFree = await this.stockGate.blocked.wait(products);
    const oneOfEach = once ? [batch[0]!] : [...new Map(batch.map((each) => [each.transition.orderId, each])).values()];
    const open = isFree ? oneOfEach : [];
    const outcomes = await this.applyTransitions.execute(
      open.map(({ transition }) => transition),
      { once, briefly: true },
    );
    return batch.map((each) => outcomes[open.indexOf(each)] ?? { result: 'blocked', products });
  }
}
