import type { Invariant } from '@app/platform';
import { type TrackedTable, versionsOf } from './versions.repository';

/**
 * The promises of a tracked table: every version is kept, and each says who made it. A row that was deleted has all of its
 * versions among the superseded ones.
 */
export function versionInvariants(tracked: TrackedTable): Invariant[] {
  const { name, live: table } = tracked;
  const versions = versionsOf(tracked);
  return [
    {
      id: 'I4',
      name: `${name} versions are 1 to n without a gap`,
      // (id, version) is the primary key, so n different versions from 1 to n leave no room for a gap.
      breaches: `
        select format('${name} %s: %s kept, up to %s, current %s', coalesce(current.id, kept.id), coalesce(kept.count, 0),
                      kept.max, coalesce(current.version::text, 'deleted')) as example
          from ${table} current
          full join (select id, count(*), min(version), max(version) from ${versions} group by id) kept on kept.id = current.id
         where coalesce(kept.count, 0) <> coalesce(kept.max, 0)
            or coalesce(kept.min, 1) <> 1
            or coalesce(kept.max, 0) <> coalesce(current.version - 1, kept.max)`,
      figures: `
        select (select count(*) from ${table}) as current, (select count(*) from ${versions}) as superseded`,
    },
    {
      id: 'I4',
      name: `every ${name} version says who made it`,
      breaches: `
        select format('${name} %s version %s', id, version) as example
          from (select id, version, changed_by from ${table}
                union all
                select id, version, row ->> 'changed_by' from ${versions}) every
         where coalesce(changed_by, '') = ''`,
      figures: `
        select count(*) as versions, count(*) filter (where request_id is null) as without_request_id
          from (select request_id from ${table}
                union all
                select row ->> 'request_id' from ${versions}) every`,
    },
  ];
}
