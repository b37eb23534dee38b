import { OrderPlaced, OrderPutBack, OrderRequeued } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { FulfillmentStageProcessor } from './fulfillment-stage.processor';

/** Pending → processing. */
@Injectable()
export class ProcessOrderProcessor extends FulfillmentStageProcessor {
  override readonly events = [OrderPlaced, OrderRequeued, OrderPutBack];
  protected override readonly stage = 'processing';
}
