import { GroupCommit } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { MoveOrders } from './move-orders';
import type { MoveOutcome, OrderMove } from './order-move';

const BATCH_SIZE_MAX = 300;
const IN_FLIGHT_MAX = 2;
const WAITING_MAX = 10_000;

/**
 * Takes single moves (a stage that is done, a cancel) and commits those that arrive together in one transaction. Moves of one order
 * take their turns, each in a transaction of its own: none is answered with what became of another.
 */
@Injectable()
export class MovementIntake {
  private readonly group: GroupCommit<OrderMove, MoveOutcome>;

  constructor(moveOrders: MoveOrders) {
    this.group = new GroupCommit((batch) => moveOrders.execute(batch), {
      group: 'movement',
      batchSizeMax: BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
      keyOf: ({ orderId }) => orderId,
    });
  }

  move(move: OrderMove): Promise<MoveOutcome> {
    return this.group.add(move);
  }
}
