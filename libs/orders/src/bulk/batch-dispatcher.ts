import { GroupCommit } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { BatchReply } from './order-batch';
import { PlaceAcceptedBatch } from './place-accepted-batch';
import { type BatchPlacement, PlaceBatch, type PlacedBatch } from './place-batch';

/** Each holds a connection and its locks for long; the other connections are for everybody else. */
const IN_FLIGHT_MAX = 2;
/** At 1,000 orders in a tenth of a second each, the last of them waits for two seconds. */
const WAITING_MAX = 40;
const ACCEPTED_WAITING_MAX = 10_000;

/** Takes bulk requests and works on few at a time, so that single orders stay quick beside them. Full, it answers 503 at once. */
@Injectable()
export class BatchDispatcher {
  private readonly requests: GroupCommit<BatchPlacement, BatchReply<PlacedBatch>>;
  private readonly accepted: GroupCommit<string, void>;

  constructor(placeBatch: PlaceBatch, placeAcceptedBatch: PlaceAcceptedBatch) {
    this.requests = new GroupCommit(async ([batch]) => [await placeBatch.execute(batch!)], {
      group: 'order_batch',
      batchSizeMax: 1,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: WAITING_MAX,
    });
    this.accepted = new GroupCommit(async ([batchId]) => [await placeAcceptedBatch.execute(batchId!)], {
      group: 'accepted_order_batch',
      batchSizeMax: 1,
      inFlightMax: IN_FLIGHT_MAX,
      waitingMax: ACCEPTED_WAITING_MAX,
    });
  }

  /** Places a bulk request that is to be answered at once. */
  place(batch: BatchPlacement): Promise<BatchReply<PlacedBatch>> {
    return this.requests.add(batch);
  }

  /** Works on a stored batch. */
  placeAccepted(batchId: string): Promise<void> {
    return this.accepted.add(batchId);
  }
}
