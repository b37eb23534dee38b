import { ReconcileStock } from '@app/inventory';
import type { EventConsumer } from '@app/messaging';
import { Injectable } from '@nestjs/common';

/** Compares the levels of all products with their ledger, and repairs nothing: a person looks first. */
@Injectable()
export class CompareStockConsumer implements EventConsumer {
  constructor(private readonly work: ReconcileStock) {}

  async handle(): Promise<void> {
    await this.work.execute({});
  }
}
