import { CleanUpSecurityEvents } from '@app/identity';
import type { EventConsumer } from '@app/messaging';
import { Injectable } from '@nestjs/common';

/** Removes security events that are older than their retention. */
@Injectable()
export class CleanUpSecurityEventsConsumer implements EventConsumer {
  constructor(private readonly work: CleanUpSecurityEvents) {}

  async handle(): Promise<void> {
    await this.work.execute();
  }
}
