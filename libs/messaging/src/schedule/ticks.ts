import { defineTick } from './record-tick';

/** Time to remove old messages. */
export const CleanUpMessagesDue = defineTick('clean_up_messages');
