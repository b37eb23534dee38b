import { OrderProcessingStarted } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { FulfillmentStageProcessor } from './fulfillment-stage.processor';

/** Processing → shipped; the units leave the stock. */
@Injectable()
export class ShipOrderProcessor extends FulfillmentStageProcessor {
  override readonly events = [OrderProcessingStarted];
  protected override readonly stage = 'shipping';
}
