import { CONFIG, type Config, DerivedKey } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';

/** The keys of this context that come from `SECRET_KEY`. */
@Injectable()
export class DerivedKeys {
  /** Encrypts the private keys of access tokens. */
  readonly signingKeys: DerivedKey;
  /** Signs refresh tokens. */
  readonly refreshTokens: DerivedKey;

  constructor(@Inject(CONFIG) { secretKey }: Pick<Config, 'secretKey'>) {
    this.signingKeys = new DerivedKey(secretKey, 'identity signing keys');
    this.refreshTokens = new DerivedKey(secretKey, 'identity refresh tokens');
  }
}
