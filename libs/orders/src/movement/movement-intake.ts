import { BlockedStock } from '@app/inventory';
import { GroupCommit, Lanes, type Once } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { MoveOrders } from './move-orders';
import type { MoveOutcome, OrderMove, UnblockedOutcome } from './order-move';

const BATCH_SIZE_MAX = 300;
const IN_FLIGHT_MAX = 2;
const WAITING_MAX = 10_000;
/** How long a move waits for a lock that comes again by itself: a job, which keeps a place of its worker meanwhile. */
const COMES_AGAIN_WAIT_MS = 2000;

/** A move in a lane, for what is locked of what it needs. */
interface BlockedMove {
  move: OrderMove;
  products: readonly number[];
  once?: Once<MoveOutcome[]>;
}

/**
 * Takes single moves (a stage that is done, a cancel) and commits those that arrive together in one transaction. Moves of one order
 * take their turns, each in a transaction of its own: none is answered with what became of another. A move that meets a lock for long
 * waits apart from the others.
 */
@Injectable()
export class MovementIntake {
  private readonly group: GroupCommit<OrderMove, MoveOutcome>;
  private readonly lanes: Lanes<BlockedMove, MoveOutcome>;

  constructor(
    private readonly moveOrders: MoveOrders,
    private readonly blockedStock: BlockedStock,
  ) {
    this.group = new GroupCommit((batch) => moveOrders.execute(batch, { briefly: true }), {
      group: 'movement',
      batchSizeMax: BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
      keyOf: ({ orderId }) => orderId,
    });
    this.lanes = new Lanes((batch) => this.moveApart(batch), {
      group: 'movement',
      batchSizeMax: BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
    });
  }

  /** Throws UnavailableError when the move waited for a lock as long as one may; what comes again by itself may not for long. */
  async move(move: OrderMove, { comesAgain = false } = {}): Promise<UnblockedOutcome> {
    return this.unblocked({ move, products: [] }, await this.group.add(move), comesAgain);
  }

  /** A move that is made once, however often it is asked for, in a transaction of its own. */
  async moveOnce(move: OrderMove, once: Once<MoveOutcome[]>): Promise<UnblockedOutcome> {
    const [outcome] = await this.moveOrders.execute([move], { once, briefly: true });
    return this.unblocked({ move, products: [], once }, outcome!);
  }

  private async unblocked(blocked: BlockedMove, first: MoveOutcome, comesAgain = false): Promise<UnblockedOutcome> {
    const start = performance.now();
    let outcome = first;
    while (outcome.result === 'blocked') {
      const { products } = outcome;
      const waitedMs = performance.now() - start;
      const hasWaited = comesAgain
        ? Math.max(waitedMs, this.blockedStock.ageMs(products)) > COMES_AGAIN_WAIT_MS
        : waitedMs > this.blockedStock.waitMsMax;
      if (hasWaited) throw this.blockedStock.unavailable(products);
      const { move, once } = blocked;
      const alone = `${once ? 'once ' : ''}${move.orderId}`;
      const lane = once || products.length === 0 ? alone : products.join();
      outcome = await this.lanes.add(lane, { ...blocked, products });
    }
    return outcome;
  }

  /** A turn of a lane, for moves of which all wait for the same. One of each order: the others come again. */
  private async moveApart(batch: BlockedMove[]): Promise<MoveOutcome[]> {
    const { products, once } = batch[0]!;
    const isFree = await this.blockedStock.wait(products);
    const oneOfEach = once ? [batch[0]!] : [...new Map(batch.map((each) => [each.move.orderId, each])).values()];
    const open = isFree ? oneOfEach : [];
    const outcomes = await this.moveOrders.execute(
      open.map(({ move }) => move),
      { once, briefly: true },
    );
    return batch.map((each) => outcomes[open.indexOf(each)] ?? { result: 'blocked', products });
  }
}
