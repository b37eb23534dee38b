import { OrderShipped } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { FulfillmentStageProcessor } from './fulfillment-stage.processor';

/** Shipped → delivered. */
@Injectable()
export class DeliverOrderProcessor extends FulfillmentStageProcessor {
  override readonly events = [OrderShipped];
  protected override readonly stage = 'delivery';
}
