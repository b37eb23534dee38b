/** Goes on until the signal is aborted, then resolves; rejects when it was answered otherwise than it has to be. */
export type Attack = (url: string, signal: AbortSignal) => Promise<void>;

/** Somebody who tries to keep everybody else waiting. */
export interface HostileClient {
  does: string;
  prepare: () => Attack;
}
