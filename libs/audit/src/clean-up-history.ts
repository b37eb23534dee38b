import { CONFIG, type Config, LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type TrackedTable, VersionsRepository } from './versions.repository';

const PAGE_SIZE = 5000;
/** A hundred million versions: what one run a week may have to remove. */
const PAGES_MAX = 20_000;

/**
 * Removes the versions of each table that were superseded longer ago than their retention, oldest first, in pages that are each
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
      const removed = await this.removeUpTo(cutOff, table);
      this.logger.info({ table: table.name, cut_off: cutOff, removed }, 'history.cleaned_up');
    }
  }

  /** Goes on behind versions that stay, however many there are. */
  private async removeUpTo(cutOff: Date, table: TrackedTable): Promise<number> {
    let [seen, removed] = [0, 0];
    for (let page = 0; page < PAGES_MAX; page++) {
      const lookedAt = await this.versions.deleteSuperseded(table, cutOff, PAGE_SIZE, seen - removed);
      seen += lookedAt.seen;
      removed += lookedAt.removed;
      if (lookedAt.seen < PAGE_SIZE) break;
    }
    return removed;
  }
}
