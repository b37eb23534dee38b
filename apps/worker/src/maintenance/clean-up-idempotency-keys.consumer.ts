import type { EventConsumer } from '@app/messaging';
import { CleanUpIdempotencyKeys } from '@app/orders';
import { Injectable } from '@nestjs/common';

/** Removes idempotency keys that have served. */
@Injectable()
export class CleanUpIdempotencyKeysConsumer implements EventConsumer {
  constructor(private readonly work: CleanUpIdempotencyKeys) {}

  async handle(): Promise<void> {
    await this.work.execute();
  }
}
