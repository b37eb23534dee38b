import type { EventConsumer, EventEnvelope, Subscription } from '@app/messaging';
import { type OrderEventPayload, OrderPlaced } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Writes down every order that was placed, in a table that the test makes. */
@Injectable()
export class NotePlacedOrdersConsumer implements EventConsumer<OrderEventPayload> {
  constructor(private readonly dataSource: DataSource) {}

  async handle({ payload }: EventEnvelope<OrderEventPayload>): Promise<void> {
    await this.dataSource.query('insert into notes (order_id) values ($1)', [payload.order_id]);
  }
}

/** A second subscription to the event of a placed order. This file and the list that it is put into are all that it takes. */
export const NOTE_PLACED_ORDERS: Subscription<OrderEventPayload> = {
  name: 'note-placed-orders',
  events: [OrderPlaced],
  consumer: NotePlacedOrdersConsumer,
  queue: 'maintenance',
};
