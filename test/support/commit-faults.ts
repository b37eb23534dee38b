import type { DataSource } from 'typeorm';

/** What goes wrong with a transaction that has done its work. */
export const COMMIT_FAULTS = [
  /** The connection is ended before COMMIT is sent: nothing happened, and that is known. */
  'lost_before_commit',
  /** The process is gone before COMMIT: nothing happened, and nobody tries again. */
  'process_died',
  /** COMMIT took effect, its answer did not arrive. */
  'committed_unanswered',
  /** COMMIT did not arrive, and the client cannot tell. */
  'rolled_back_unanswered',
] as const;
export type CommitFault = (typeof COMMIT_FAULTS)[number];

/** Thrown in the place of everything that a dead process would still have done. */
export class ProcessDied extends Error {}

/** Lets one commit of a data source go wrong, the next one after it was asked for. */
export class CommitFaults {
  private pending: CommitFault | undefined;

  constructor(
    source: DataSource,
    private readonly endSession: (pid: number) => Promise<unknown>,
  ) {
    const create = source.createQueryRunner.bind(source);
    source.createQueryRunner = (mode) => {
      const runner = create(mode);
      const commit = runner.commitTransaction.bind(runner);
      runner.commitTransaction = async () => {
        const fault = this.pending;
        this.pending = undefined;
        if (fault === 'lost_before_commit') {
          const [{ pid }] = (await runner.query('select pg_backend_pid() as pid')) as [{ pid: number }];
          await this.endSession(pid);
          while (!runner.isReleased) await new Promise((resolve) => setImmediate(resolve));
        }
        if (fault === 'process_died') throw new ProcessDied();
        if (fault === 'rolled_back_unanswered') await runner.query('rollback');
        else await commit();
        if (fault?.endsWith('_unanswered')) throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      };
      return runner;
    };
  }

  /** Runs the work with the fault on its first commit; tells whether there was one. */
  async during<T>(fault: CommitFault, work: () => Promise<T>): Promise<{ result: T; happened: boolean }> {
    this.pending = fault;
    const result = await work();
    const happened = this.pending === undefined;
    this.pending = undefined;
    return { result, happened };
  }
}
