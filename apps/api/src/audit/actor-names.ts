import { ApiKeysRepository, UsersRepository } from '@app/identity';
import { isUuid, Principal } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** What people call those who did something. */
@Injectable()
export class ActorNames {
  constructor(
    private readonly users: UsersRepository,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** Names of users and API keys, by the texts of their principals. Nobody who is not known has one. */
  async find(texts: readonly (string | null)[]): Promise<Map<string, string>> {
    const actors = [...new Set(texts)].flatMap((text) => (text === null ? [] : [Principal.parse(text)]));
    const known = actors.filter(({ id }) => isUuid(id));
    const idsOf = (wanted: string) => known.filter(({ kind }) => kind === wanted).map(({ id }) => id);
    const [userIds, keyIds] = [idsOf('user'), idsOf('api_key')];
    const users = userIds.length > 0 ? await this.users.namesOf(userIds) : undefined;
    const keys = keyIds.length > 0 ? await this.keys.namesOf(keyIds) : undefined;
    return new Map(
      known.flatMap(({ kind, id, text }): [string, string][] => {
        const name = (kind === 'user' ? users : keys)?.get(id);
        return name === undefined ? [] : [[text, name]];
      }),
    );
  }
}
