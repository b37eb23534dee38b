/** Places in the shared memory. */
const IN_FLIGHT = 0;
const IN_FLIGHT_MAX = 1;
const ARRIVED = 2;
const GATE_SIZE = 3;
const GATE_IS_OPEN = 4;
const THREADS = 5;
const VALIDATED = 6;
const PLACES = 8;
const GATE_PATIENCE_MS = 60_000;

export interface SharedBuffers {
  counters: SharedArrayBuffer;
  /** Of every row, the thread that has it; negative when the thread is through with it. */
  rows: SharedArrayBuffer;
  gateOpenedAt: SharedArrayBuffer;
}

/**
 * What all threads of a run know together, in memory that they share: how many attempts are in flight, counted by those who make
 * them, and the gate at which the first of them start together.
 */
export class SharedRunState {
  private readonly counters: Int32Array;
  private readonly rows: Int32Array;
  private readonly gateOpenedAt: BigInt64Array;

  constructor(readonly buffers: SharedBuffers) {
    this.counters = new Int32Array(buffers.counters);
    this.rows = new Int32Array(buffers.rows);
    this.gateOpenedAt = new BigInt64Array(buffers.gateOpenedAt);
  }

  /** Nobody passes the gate before `gateSize` attempts are there. */
  static of(rows: number, gateSize: number): SharedRunState {
    const state = new SharedRunState({
      counters: new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT),
      rows: new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT),
      gateOpenedAt: new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT),
    });
    Atomics.store(state.counters, GATE_SIZE, gateSize);
    return state;
  }

  /** The number of a thread that has just started, from 1. */
  nextThread(): number {
    return Atomics.add(this.counters, THREADS, 1) + 1;
  }

  enter(row: number, thread: number): void {
    const inFlight = Atomics.add(this.counters, IN_FLIGHT, 1) + 1;
    Atomics.store(this.rows, row, thread);
    for (let most = this.inFlightMax; inFlight > most; most = this.inFlightMax)
      Atomics.compareExchange(this.counters, IN_FLIGHT_MAX, most, inFlight);
  }

  /** Also called for a thread that died, which cannot do it itself; the second call changes nothing. */
  leave(row: number): void {
    const thread = Atomics.load(this.rows, row);
    if (thread <= 0 || Atomics.compareExchange(this.rows, row, thread, -thread) !== thread) return;
    Atomics.sub(this.counters, IN_FLIGHT, 1);
  }

  /** The thread that had a row, undefined when none took it up. */
  threadOf(row: number): number | undefined {
    return Math.abs(Atomics.load(this.rows, row)) || undefined;
  }

  /** Waits until all are there. Gives the time at which the gate opened to those who waited, by the clock of `process.hrtime`. */
  passGate(): bigint | undefined {
    if (this.isGateOpen) return undefined;
    if (Atomics.add(this.counters, ARRIVED, 1) + 1 >= Atomics.load(this.counters, GATE_SIZE)) this.openGate();
    else Atomics.wait(this.counters, GATE_IS_OPEN, 0, GATE_PATIENCE_MS);
    return this.isGateOpen ? this.startedAt : undefined;
  }

  /** For when not all will come: somebody died, or the run ends. */
  openGate(): void {
    if (this.isGateOpen) return;
    Atomics.compareExchange(this.gateOpenedAt, 0, 0n, process.hrtime.bigint());
    Atomics.store(this.counters, GATE_IS_OPEN, 1);
    Atomics.notify(this.counters, GATE_IS_OPEN);
  }

  countValidation(): void {
    Atomics.add(this.counters, VALIDATED, 1);
  }

  /** When the gate opened: the start of the run. */
  get startedAt(): bigint {
    return Atomics.load(this.gateOpenedAt, 0);
  }

  get inFlight(): number {
    return Atomics.load(this.counters, IN_FLIGHT);
  }

  get inFlightMax(): number {
    return Atomics.load(this.counters, IN_FLIGHT_MAX);
  }

  get validated(): number {
    return Atomics.load(this.counters, VALIDATED);
  }

  private get isGateOpen(): boolean {
    return Atomics.load(this.counters, GATE_IS_OPEN) === 1;
  }
}
