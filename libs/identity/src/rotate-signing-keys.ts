import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { type Cause, SecurityEvents } from './security-events';
import { SigningKeys } from './signing-keys';

/** Signs access tokens with a new key from now on. Those of the key before are accepted until they expire: nobody is logged out. */
@Injectable()
export class RotateSigningKeys {
  constructor(
    private readonly keys: SigningKeys,
    private readonly events: SecurityEvents,
    private readonly transactions: Transactions<'identity'>,
  ) {}

  async execute(cause: Cause): Promise<string> {
    return this.transactions.run(async (tx) => {
      const kid = await this.keys.rotate(tx);
      await this.events.record({ type: 'signing_key.rotated', details: { kid } }, cause, tx);
      return kid;
    });
  }
}
