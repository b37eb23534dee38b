export { type ApiKey, ApiKeysRepository } from './api-keys.repository';
export { ChangePassword } from './change-password';
export { CleanUpSecurityEvents } from './clean-up-security-events';
export { CleanUpSecurityEventsDue } from './contracts/identity-ticks';
export { API_KEYS_PER_USER_MAX, CreateApiKey, type CreatedApiKey } from './create-api-key';
export { type CreatedUser, CreateUser } from './create-user';
export { Credentials, type VerifiedCredential } from './credentials';
export {
  AccountTakenError,
  ApiKeyNotFoundError,
  CredentialRefusedError,
  CredentialRequiredError,
  LastAdminError,
  LoginFailedError,
  LoginPausedError,
  LoginRequiredError,
  PermissionMissingError,
  PermissionNotHeldError,
  RefreshRefusedError,
  TooManyApiKeysError,
  UserNotFoundError,
} from './errors';
export { ForeignSessions } from './foreign-sessions';
export { IdentityModule } from './identity.module';
export { LogIn } from './log-in';
export { LogOut } from './log-out';
export { IDENTITY_MIGRATIONS } from './migrations';
export { OPEN_PERMISSIONS, type Permission, PERMISSIONS, permissionsOf, type Role, ROLES } from './permissions';
export { RefreshSession } from './refresh-session';
export { RevokeApiKey } from './revoke-api-key';
export { RotateSigningKeys } from './rotate-signing-keys';
export { SecurityActions } from './security-actions';
export { SECURITY_EVENT_TYPES, SecurityEvents } from './security-events';
export type { Session } from './sessions';
export { ResetPassword } from './reset-password';
export { SigningKeys } from './signing-keys';
export { UpdateUser } from './update-user';
export { type User, UsersRepository } from './users.repository';
