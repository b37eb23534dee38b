import { CleanUpMessages, type EventConsumer } from '@app/messaging';
import { Injectable } from '@nestjs/common';

/** Removes old messages. */
@Injectable()
export class CleanUpMessagesConsumer implements EventConsumer {
  constructor(private readonly work: CleanUpMessages) {}

  async handle(): Promise<void> {
    await this.work.execute();
  }
}
