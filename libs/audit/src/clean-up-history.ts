import { CONFIG, type Config, deleteInBatches, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type TrackedTable, VersionsRepository } from './versions.repository';

/** A hundred million versions: what one run a week may have to remove. */
const BATCHES_MAX = 20_000;

/**
 * Removes the versions of each table that were superseded longer ago than their retention, oldest first, in batches that are each
 * committed. What remains of a row is always its newest versions; a row that is not settled keeps all of them. How far it went
 * is recorded before anything is removed: an interruption leaves versions that may go, never a gap without reason.
 */
@Injectable()
export class CleanUpHistory {
  constructor(
    private readonly versions: VersionsRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(tables: readonly TrackedTable[]): Promise<void> {
    for (const table of tables) {
      const cutOff = await this.versions.recordCleanUp(table, this.config.HISTORY_RETENTION_DAYS);
      const removed = await deleteInBatches(
        (limit) => this.versions.deleteSuperseded(table, cutOff, limit),
        BATCHES_MAX,
      );
      this.logger.info({ table: table.name, cut_off: cutOff, removed }, 'history.cleaned_up');
    }
  }
}
