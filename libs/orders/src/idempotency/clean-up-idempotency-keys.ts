import { CONFIG, type Config, deleteInBatches, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyKeysRepository } from './idempotency-keys.repository';

/** Removes idempotency keys that are older than their retention, in batches that are each committed. */
@Injectable()
export class CleanUpIdempotencyKeys {
  constructor(
    private readonly keys: IdempotencyKeysRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(): Promise<void> {
    const removed = await deleteInBatches((limit) =>
      this.keys.deleteExpired(this.config.IDEMPOTENCY_KEY_RETENTION_HOURS, limit),
    );
    this.logger.info({ removed }, 'idempotency_keys.cleaned_up');
  }
}
