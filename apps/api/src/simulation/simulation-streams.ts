import { setTimeout as sleep } from 'node:timers/promises';
import { CONFIG, type Config, isDatabaseUnavailable, LOGGER, type Logger, UnavailableError } from '@app/platform';
import { RUN_STATES, RunNotFoundError, RunsRepository, type StoredRun } from '@app/simulation';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { eventFrame, type EventStream } from '../http/event-stream';
import { TooManyStreamReadersError } from '../orders/order-streams';
import { toSimulation } from './simulation.response';

/** The worker says as often how far it is. */
const LOOK_EVERY_MS = 500;
/** Each looks at one row of a table of a hundred twice a second. */
const STREAMS_MAX = 50;

/** The streams of simulations of this process. Each event is all that there is to know, so none has to be replayed. */
@Injectable()
export class SimulationStreams implements OnModuleDestroy {
  private readonly closing = new AbortController();
  private open = 0;

  constructor(
    private readonly runs: RunsRepository,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Begins the stream of a simulation; false when it has ended, and who asks has its last event. `answer` is called when nothing can be
   * refused any more; it gets what to do when the client leaves. Throws RunNotFoundError, TooManyStreamReadersError, UnavailableError.
   */
  async start(
    id: string,
    lastEventId: string | undefined,
    answer: (onClose: () => void) => EventStream,
  ): Promise<boolean> {
    if (this.closing.signal.aborted) throw new UnavailableError('This process is closing. Try again in a moment.');
    if (this.open >= STREAMS_MAX)
      throw new TooManyStreamReadersError('As many event streams are open as this process serves. Try again later.');
    this.open++;
    try {
      const run = await this.runs.get(id);
      if (RUN_STATES.isFinal(run.status) && lastEventId === eventId(run)) {
        this.open--;
        return false;
      }
      const left = new AbortController();
      const stream = answer(() => left.abort());
      void this.serve(run, stream, AbortSignal.any([left.signal, this.closing.signal]));
      return true;
    } catch (error) {
      this.open--;
      throw error;
    }
  }

  /** Ends all streams before the server closes: it would wait for them. */
  onModuleDestroy(): void {
    this.closing.abort();
  }

  private async serve(run: StoredRun, stream: EventStream, ended: AbortSignal): Promise<void> {
    // A reader that takes nothing is not waited for any more.
    ended.addEventListener('abort', () => stream.end(), { once: true });
    try {
      stream.begin(eventId(run));
      let sent = '';
      let heardAt = performance.now();
      for (let next: StoredRun | undefined = run; next; next = await this.next(run.id, next, ended)) {
        if (eventId(next) !== sent) {
          const isFinal = RUN_STATES.isFinal(next.status);
          await stream.send(eventFrame(eventId(next), isFinal ? 'end' : 'progress', toSimulation(next)));
          sent = eventId(next);
          heardAt = performance.now();
          if (isFinal) return stream.finish();
        } else if (performance.now() - heardAt >= this.config.STREAM_HEARTBEAT_MS) {
          if (stream.isStalled()) return;
          stream.heartbeat(sent);
          heardAt = performance.now();
        }
      }
    } catch (error) {
      if (!(error instanceof RunNotFoundError)) this.logger.error({ err: error }, 'stream.failed');
    } finally {
      this.open--;
      stream.end();
    }
  }

  /** The simulation a little later; as it was while the database is away, undefined when the stream is to end. */
  private async next(id: string, before: StoredRun, ended: AbortSignal): Promise<StoredRun | undefined> {
    await sleep(LOOK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined);
    if (ended.aborted) return undefined;
    try {
      return await this.runs.get(id);
    } catch (error) {
      if (isDatabaseUnavailable(error)) return before;
      throw error;
    }
  }
}

/** Another one for everything that can be seen. */
function eventId({ status, starts, insertedRows, failedRows }: StoredRun): string {
  return `${starts}-${insertedRows + failedRows}-${status}`;
}
