/**
 * Goes on until the signal is aborted, then resolves with how many answers it got, 0 where that is not counted; rejects when it was
 * answered otherwise than it has to be.
 */
export type Attack = (url: string, signal: AbortSignal) => Promise<number>;

/** Somebody who tries to keep everybody else waiting. */
export interface HostileClient {
  does: string;
  prepare: () => Attack;
}
