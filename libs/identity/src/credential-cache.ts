/** Of a credential: what it stands for, when the database was asked about it, and until when it can be used at all. */
interface Entry<Value> {
  value: Value;
  checkedAt: number;
  expiresAt: number;
}

/** A credential that was checked is taken as it is for so long: one that is revoked is refused by every process within 5 s. */
export const CHECKED_FOR_MS = 3000;
/** Credentials that a process remembers; the one that was added first goes when there is no room. */
export const CREDENTIALS_MAX = 10_000;

/**
 * Remembers what credentials stand for, so that the path of an order neither verifies a signature nor asks the database. By the
 * text of the header: a hash of it would cost ten times the look-up.
 */
export class CredentialCache<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  get size(): number {
    return this.entries.size;
  }

  /** What a credential stands for, if it was checked a moment ago. */
  get(text: string, now = performance.now()): Value | undefined {
    const entry = this.entries.get(text);
    if (!entry || now - entry.checkedAt >= CHECKED_FOR_MS || Date.now() >= entry.expiresAt) return undefined;
    return entry.value;
  }

  /** `checkedAt` is from before the database was asked. */
  set(text: string, value: Value, checkedAt: number, expiresAt: number): void {
    if (!this.entries.has(text) && this.entries.size >= CREDENTIALS_MAX) {
      const [oldest] = this.entries.keys();
      if (oldest !== undefined) this.entries.delete(oldest);
    }
    this.entries.set(text, { value, checkedAt, expiresAt });
  }

  delete(text: string): void {
    this.entries.delete(text);
  }
}
