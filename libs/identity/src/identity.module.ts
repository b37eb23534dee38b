import { CONFIG, type Config, requireContext, requireMigrated } from '@app/platform';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccessTokens } from './access-tokens';
import { ApiKeysRepository } from './api-keys.repository';
import { ChangePassword } from './change-password';
import { CheckPassword } from './check-password';
import { CleanUpSecurityEvents } from './clean-up-security-events';
import { CreateApiKey } from './create-api-key';
import { CreateUser } from './create-user';
import { Credentials } from './credentials';
import { DerivedKeys } from './derived-keys';
import { ForeignSessions } from './foreign-sessions';
import { ForeignTokens } from './foreign-tokens';
import { LogIn } from './log-in';
import { LogOut } from './log-out';
import { LoginAttemptsRepository } from './login-attempts.repository';
import { IDENTITY_MIGRATIONS } from './migrations';
import { OpenSession } from './open-session';
import { PasswordHasher } from './password-hasher';
import { RefreshFamiliesRepository } from './refresh-families.repository';
import { RefreshSession } from './refresh-session';
import { RefreshTokens } from './refresh-tokens';
import { RevokeApiKey } from './revoke-api-key';
import { RotateSigningKeys } from './rotate-signing-keys';
import { SecurityActions } from './security-actions';
import { SecurityEvents } from './security-events';
import { ReplacePassword } from './replace-password';
import { ResetPassword } from './reset-password';
import { Sessions } from './sessions';
import { SessionsRepository } from './sessions.repository';
import { SigningKeys } from './signing-keys';
import { SigningKeysRepository } from './signing-keys.repository';
import { UpdateUser } from './update-user';
import { UsersRepository } from './users.repository';

const OFFERED = [
  ApiKeysRepository,
  ChangePassword,
  CleanUpSecurityEvents,
  CreateApiKey,
  CreateUser,
  Credentials,
  ForeignSessions,
  LogIn,
  LogOut,
  RefreshSession,
  RevokeApiKey,
  RotateSigningKeys,
  SecurityActions,
  SecurityEvents,
  ReplacePassword,
  ResetPassword,
  SigningKeys,
  UpdateUser,
  UsersRepository,
];

@Module({
  providers: [
    ...OFFERED,
    AccessTokens,
    CheckPassword,
    DerivedKeys,
    ForeignTokens,
    LoginAttemptsRepository,
    OpenSession,
    PasswordHasher,
    RefreshFamiliesRepository,
    RefreshTokens,
    Sessions,
    SessionsRepository,
    SigningKeysRepository,
  ],
  exports: OFFERED,
})
export class IdentityModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): Promise<void> {
    requireContext(this.config, 'identity');
    return requireMigrated(this.dataSource, IDENTITY_MIGRATIONS);
  }
}
