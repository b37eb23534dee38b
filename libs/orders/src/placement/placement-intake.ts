import { CONFIG, type Config, GroupCommit, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { PlaceOrders } from './place-orders';
import type { PlacementOutcome, PlacementRequest } from './placement';

/**
 * Batches in flight at once. The others fill the time in which the first holds the stock. With two of them 256 clients placed 8 % less
 * (medians of 12 interleaved runs, when each was a transaction); a fourth changed nothing.
 */
const IN_FLIGHT_MAX = 3;

/** Takes single orders and places those that arrive together in one transaction. Full, it answers 503 at once. */
@Injectable()
export class PlacementIntake {
  private readonly group: GroupCommit<PlacementRequest, PlacementOutcome>;

  constructor(
    placeOrders: PlaceOrders,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.group = new GroupCommit((batch) => placeOrders.execute(batch), {
      group: 'placement',
      batchSizeMax: config.PLACEMENT_BATCH_SIZE_MAX,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: config.PLACEMENT_WAITING_MAX,
    });
  }

  async place(request: PlacementRequest): Promise<PlacementOutcome> {
    const outcome = await this.group.add(request);
    if (outcome.result === 'placed')
      this.logger.info({ orderId: request.orderId, request_id: request.requestId }, 'order.placed');
    return outcome;
  }
}
