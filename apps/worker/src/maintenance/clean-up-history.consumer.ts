import { CleanUpHistory, type TrackedTable } from '@app/audit';
import type { EventConsumer } from '@app/messaging';
import { TRACKED_ORDERS } from '@app/orders';
import { TRACKED_PRODUCTS } from '@app/products';
import { Injectable } from '@nestjs/common';

/** Every table that remembers; a spec compares them with the database. */
export const HISTORIES: readonly TrackedTable[] = [TRACKED_ORDERS, TRACKED_PRODUCTS];

/** Removes versions that are older than their retention. */
@Injectable()
export class CleanUpHistoryConsumer implements EventConsumer {
  constructor(private readonly work: CleanUpHistory) {}

  async handle(): Promise<void> {
    await this.work.execute(HISTORIES);
  }
}
