import { CredentialRefusedError, Credentials, type VerifiedCredential } from '@app/identity';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** With the time that a credential is remembered for, within 5 s: many streams of one credential ask the database once. */
const LOOK_AGAIN_MS = 2000;

/** Watches the credentials of answers that last: a stream must not outlive the right to read it. */
@Injectable()
export class OpenCredentials {
  constructor(private readonly credentials: Credentials) {}

  /** Calls `end` once the credential of a request is refused, or stands for other rights than it did; returns how to stop watching. */
  watch({ credential, headers }: FastifyRequest, end: () => void): () => void {
    if (!credential) return () => undefined;
    const timer = setInterval(() => {
      this.isAsBefore(credential, headers).then(
        (isAsBefore) => isAsBefore || end(),
        // A database that is away says nothing about the credential; the stream ends with it.
        () => undefined,
      );
    }, LOOK_AGAIN_MS).unref();
    return () => clearInterval(timer);
  }

  private async isAsBefore(before: VerifiedCredential, headers: FastifyRequest['headers']): Promise<boolean> {
    try {
      const { authorization, 'x-api-key': key } = headers;
      const now =
        authorization === undefined
          ? (this.credentials.rememberedApiKey(String(key)) ?? (await this.credentials.verifyApiKey(String(key))))
          : (this.credentials.rememberedAuthorization(authorization) ??
            (await this.credentials.verifyAuthorization(authorization)));
      return [...before.permissions].every((permission) => now.permissions.has(permission));
    } catch (error) {
      // A token that has expired meanwhile is refused as well: browsers come back with a new one.
      if (error instanceof CredentialRefusedError) return false;
      throw error;
    }
  }
}
