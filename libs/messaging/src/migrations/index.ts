import type { ContextMigrations } from '@app/platform';
import { Messaging1763600000000 } from './1763600000000-messaging';
import { EventFeed1763600100000 } from './1763600100000-event-feed';
import { QueueSentinels1763600200000 } from './1763600200000-queue-sentinels';
import { FeedOrder1763600300000 } from './1763600300000-feed-order';
import { RoomForClaims1763700000000 } from './1763700000000-room-for-claims';
import { Replays1763700100000 } from './1763700100000-replays';
import { Line1764100000000 } from './1764100000000-line';
import { QueuedFromLine1764260000000 } from './1764260000000-queued-from-line';
import { Subscriptions1764270000000 } from './1764270000000-subscriptions';
import { ResolvedBy1764280000000 } from './1764280000000-resolved-by';

export const MESSAGING_MIGRATIONS: ContextMigrations = {
  context: 'messaging',
  migrations: [
    Messaging1763600000000,
    EventFeed1763600100000,
    QueueSentinels1763600200000,
    FeedOrder1763600300000,
    RoomForClaims1763700000000,
    Replays1763700100000,
    Line1764100000000,
    QueuedFromLine1764260000000,
    Subscriptions1764270000000,
    ResolvedBy1764280000000,
  ],
};
