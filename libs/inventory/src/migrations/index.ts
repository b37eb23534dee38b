import type { ContextMigrations } from '@app/platform';
import { Inventory1763600000000 } from './1763600000000-inventory';
import { StockDrift1763600100000 } from './1763600100000-stock-drift';
import { LedgerByProduct1763700000000 } from './1763700000000-ledger-by-product';
import { KeyedMovements1764170000000 } from './1764170000000-keyed-movements';
import { StockInAnyLetters1764220200000 } from './1764220200000-stock-in-any-letters';
import { LevelsByName1764240100000 } from './1764240100000-levels-by-name';
import { Turnover1764250000000 } from './1764250000000-turnover';
import { LimitChanges1764250100000 } from './1764250100000-limit-changes';
import { ChangesByHand1764440200000 } from './1764440200000-changes-by-hand';

export const INVENTORY_MIGRATIONS: ContextMigrations = {
  context: 'inventory',
  migrations: [
    Inventory1763600000000,
    StockDrift1763600100000,
    LedgerByProduct1763700000000,
    KeyedMovements1764170000000,
    StockInAnyLetters1764220200000,
    LevelsByName1764240100000,
    Turnover1764250000000,
    LimitChanges1764250100000,
    ChangesByHand1764440200000,
  ],
};
