import { CONFIG, type Config, DerivedKey, type Principal } from '@app/platform';
import type { WholeReply } from '@app/orders';
import { Inject, Injectable } from '@nestjs/common';

/** To whom a stored reply belongs. */
interface Owner {
  principal: Principal;
  key: string;
}

/**
 * Keeps secrets out of what is stored for an Idempotency-Key. A reply that holds one, such as a new API key, is encrypted; the
 * fingerprint of a body that holds one, such as a password, is made with a key: a plain hash would let whoever has a copy of the
 * database try passwords at a million times the speed that their own hashes allow. Both keys come from `SECRET_KEY`, which is in no
 * database; with another `SECRET_KEY` the fingerprints of before fit nothing, so that no reply of before is ever decrypted.
 */
@Injectable()
export class SealedReplies {
  private readonly replies: DerivedKey;
  private readonly fingerprints: DerivedKey;

  constructor(@Inject(CONFIG) { secretKey }: Pick<Config, 'secretKey'>) {
    this.replies = new DerivedKey(secretKey, 'idempotency replies');
    this.fingerprints = new DerivedKey(secretKey, 'idempotency fingerprints');
  }

  /** In place of the fingerprint that shows what was hashed to whoever guesses it. */
  fingerprintOf(fingerprint: string): string {
    return this.fingerprints.mac(fingerprint).toString('hex');
  }

  seal(reply: WholeReply, owner: Owner): WholeReply {
    return { ...reply, body: this.replies.encrypt(reply.body, contextOf(owner)).toString('base64url') };
  }

  open(reply: WholeReply, owner: Owner): WholeReply {
    return { ...reply, body: this.replies.decrypt(Buffer.from(reply.body, 'base64url'), contextOf(owner)) };
  }
}

/** A reply that is moved to the key of somebody else cannot be read. */
function contextOf({ principal, key }: Owner): string {
  return `${principal.text}\n${key}`;
}
