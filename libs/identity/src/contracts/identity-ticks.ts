import { defineTick } from '@app/messaging';

/** Time to remove security events that are older than their retention. */
export const CleanUpSecurityEventsDue = defineTick('clean_up_security_events');
