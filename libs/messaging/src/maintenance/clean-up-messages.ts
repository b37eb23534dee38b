import { CONFIG, type Config, deleteInBatches, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DeadLettersRepository } from '../dead-letters/dead-letters.repository';
import { HeartbeatsRepository } from '../liveness/heartbeats.repository';
import { OutboxRepository } from '../outbox/outbox.repository';
import { TicksRepository } from '../schedule/ticks.repository';

/**
 * Removes what nobody will ask for again: published outbox rows, resolved dead letters, old ticks, heartbeats of processes that are
 * gone.
 */
@Injectable()
export class CleanUpMessages {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly deadLetters: DeadLettersRepository,
    private readonly ticks: TicksRepository,
    private readonly heartbeats: HeartbeatsRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(): Promise<void> {
    const outboxRows = await deleteInBatches((limit) =>
      this.outbox.deletePublished(this.config.OUTBOX_RETENTION_HOURS, limit),
    );
    const deadLetters = await deleteInBatches((limit) =>
      this.deadLetters.deleteResolved(this.config.DEAD_LETTER_RETENTION_DAYS, limit),
    );
    const ticks = await this.ticks.deleteOlderThan(this.config.OUTBOX_RETENTION_HOURS);
    await this.heartbeats.deleteOlderThanADay();
    this.logger.info({ outbox_rows: outboxRows, dead_letters: deadLetters, ticks }, 'messaging.cleaned_up');
  }
}
