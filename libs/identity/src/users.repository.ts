import { errorCode, SqlState, type Tx, violatedConstraint } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountTakenError, UserNotFoundError } from './errors';
import type { Role } from './permissions';

/** An account, as others may see it. */
export interface User {
  id: string;
  username: string;
  email: string | null;
  role: Role;
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export type NewUser = Pick<User, 'id' | 'username' | 'email' | 'role'> & { passwordHash: string };
export type UserChanges = Partial<Pick<User, 'email' | 'role' | 'isActive'> & { passwordHash: string }>;

export interface UserQuery {
  descending: boolean;
  /** Read on after this user. */
  after?: { createdAt: Date; id: string };
  limit: number;
  offset?: number;
}

const COLUMNS = `id, username, email, role, is_active as "isActive", created_at as "createdAt", updated_at as "updatedAt"`;
const NAMES = { email: 'email', role: 'role', isActive: 'is_active', passwordHash: 'password_hash' } as const;

@Injectable()
export class UsersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Throws UserNotFoundError. */
  async get(id: string, tx?: Tx<'identity'>): Promise<User> {
    const [user] = await (tx ?? this.dataSource).query<User[]>(`select ${COLUMNS} from identity.users where id = $1`, [
      id,
    ]);
    if (!user) throw new UserNotFoundError(id);
    return user;
  }

  /** Locks an account for the rest of the transaction. Throws UserNotFoundError. */
  async lock(tx: Tx<'identity'>, id: string): Promise<User> {
    const [user] = await tx.query<User[]>(`select ${COLUMNS} from identity.users where id = $1 for update`, [id]);
    if (!user) throw new UserNotFoundError(id);
    return user;
  }

  /** What people type for these accounts, by id. */
  async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    const users = await this.dataSource.query<{ id: string; username: string }[]>(
      'select id, username from identity.users where id = any($1::uuid[])',
      [ids],
    );
    return new Map(users.map(({ id, username }) => [id, username]));
  }

  async find({ descending, after, limit, offset = 0 }: UserQuery): Promise<User[]> {
    const order = descending ? 'desc' : 'asc';
    return this.dataSource.query<User[]>(
      `select ${COLUMNS} from identity.users
        where $1::timestamptz is null or (created_at, id) ${descending ? '<' : '>'} ($1, $2::uuid)
        order by created_at ${order}, id ${order} limit $3 offset $4`,
      [after?.createdAt ?? null, after?.id ?? null, limit, offset],
    );
  }

  /** Counts the users, at most `max`. */
  async count(max: number): Promise<number> {
    const [{ count }] = await this.dataSource.query<[{ count: number }]>(
      'select count(*) from (select from identity.users limit $1) capped',
      [max],
    );
    return count;
  }

  /** The account of a username, with what its password is checked against. */
  async findForLogin(username: string, tx?: Tx<'identity'>): Promise<(User & { passwordHash: string }) | undefined> {
    const [user] = await (tx ?? this.dataSource).query<(User & { passwordHash: string })[]>(
      `select ${COLUMNS}, password_hash as "passwordHash" from identity.users where lower(username) = lower($1)`,
      [username],
    );
    return user;
  }

  /** Locks an account that can log in and still has this password; undefined for another. */
  async lockUnchanged(tx: Tx<'identity'>, id: string, passwordHash: string): Promise<User | undefined> {
    const [user] = await tx.query<User[]>(
      `select ${COLUMNS} from identity.users where id = $1 and password_hash = $2 and is_active for update`,
      [id, passwordHash],
    );
    return user;
  }

  /** Throws AccountTakenError. */
  async insert(tx: Tx<'identity'>, { id, username, email, role, passwordHash }: NewUser): Promise<User> {
    const [user] = await takenAsError(() =>
      tx.query<[User]>(
        `insert into identity.users (id, username, email, role, password_hash) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
        [id, username, email, role, passwordHash],
      ),
    );
    return user;
  }

  /** Changes what is given. Throws UserNotFoundError, AccountTakenError. */
  async update(tx: Tx<'identity'>, id: string, changes: UserChanges): Promise<User> {
    const given = Object.entries(NAMES).flatMap(([name, column]) => {
      const value = Object.entries(changes).find(([key]) => key === name)?.[1];
      return value === undefined ? [] : [{ column, value }];
    });
    const sets = given.map(({ column }, index) => `${column} = $${index + 2}, `).join('');
    const [[user]] = await takenAsError(() =>
      tx.query<[User[], number]>(
        `update identity.users set ${sets} updated_at = now() where id = $1 returning ${COLUMNS}`,
        [id, ...given.map(({ value }) => value)],
      ),
    );
    if (!user) throw new UserNotFoundError(id);
    return user;
  }

  /**
   * Locks all administrators that can log in, by id, and returns their ids: two who take each other's rights away take turns, and
   * the second one sees what the first one did.
   */
  async lockActiveAdmins(tx: Tx<'identity'>): Promise<string[]> {
    const admins = await tx.query<{ id: string }[]>(
      `select id from identity.users where role = 'admin' and is_active order by id for update`,
    );
    return admins.map(({ id }) => id);
  }

  /** Whether there is any administrator, able to log in or not. */
  async hasAdmin(tx: Tx<'identity'>): Promise<boolean> {
    const [{ found }] = await tx.query<[{ found: boolean }]>(
      `select exists (select from identity.users where role = 'admin') as found`,
    );
    return found;
  }
}

async function takenAsError<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (errorCode(error) !== SqlState.UNIQUE_VIOLATION) throw error;
    throw new AccountTakenError(violatedConstraint(error) === 'users_email_key' ? 'email' : 'username');
  }
}
