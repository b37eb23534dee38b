/** What the schedule makes of an actor's next step: it happens, or it fails. */
export type Verdict = 'go' | 'fail';

/**
 * Code that runs on, but only from gate to gate: it waits at each until the schedule lets it go. As one actor moves at a time, the
 * schedule alone decides what happens between any two of its steps. An actor that is never let go again has crashed.
 */
export class Actor {
  /** The gate at which it waits. */
  at = '';
  private release: (verdict: Verdict) => void = () => undefined;
  private arrive: () => void = () => undefined;
  private breakDown: (error: unknown) => void = () => undefined;

  constructor(readonly name: string) {}

  /** Runs the body for ever; resolves when it waits at its first gate. */
  start(body: () => Promise<void>): Promise<void> {
    return this.untilNextGate(() => {
      void (async () => {
        for (;;) await body();
      })().catch((error: unknown) => this.breakDown(error));
    });
  }

  /** Called by the actor's code before a step. */
  gate(at: string): Promise<Verdict> {
    this.at = at;
    this.arrive();
    return new Promise((resolve) => (this.release = resolve));
  }

  /** Lets it take its step; resolves when it waits at the next gate, and rejects when its code ended with an error. */
  advance(verdict: Verdict): Promise<void> {
    return this.untilNextGate(() => this.release(verdict));
  }

  private untilNextGate(begin: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.arrive = resolve;
      this.breakDown = reject;
      begin();
    });
  }
}
