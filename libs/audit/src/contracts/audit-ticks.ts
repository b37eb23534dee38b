import { defineTick } from '@app/messaging';

/** Time to remove versions that are older than their retention. */
export const CleanUpHistoryDue = defineTick('clean_up_history');
