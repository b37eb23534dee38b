import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Role } from './permissions';

@Injectable()
export class SessionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The user of a session that is not over, if the account is active. */
  async findOpen(familyId: string, userId: string): Promise<{ username: string; role: Role } | undefined> {
    const [user] = await this.dataSource.query<{ username: string; role: Role }[]>(
      `select owner.username, owner.role
         from identity.refresh_families family join identity.users owner on owner.id = family.user_id
        where family.id = $1 and family.user_id = $2 and family.ended_at is null and owner.is_active`,
      [familyId, userId],
    );
    return user;
  }
}
