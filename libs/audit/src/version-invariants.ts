import type { Invariant } from '@app/platform';
import { settledOf, type TrackedTable, versionsOf } from './versions.repository';

/**
 * The promises of a tracked table: every version is kept until it is cleaned up, and each says who made it. A row that was
 * deleted has all of its versions among the superseded ones.
 */
export function versionInvariants(tracked: TrackedTable): Invariant[] {
  const { name, live: table } = tracked;
  const versions = versionsOf(tracked);
  return [
    {
      id: 'I4',
      name: `${name} versions are 1 to n without a gap, but for old ones that were cleaned up`,
      // (id, version) is the primary key, so as many versions as lie between the first and the last leave no room for a gap.
      // A first version that is not 1 began when the one before it was superseded: that must have been before the cut-off. The
      // two times are taken one after the other in one statement; the minute is for a clock that was set in between.
      breaches: `
        select format('${name} %s: %s kept, %s to %s, current %s', id, coalesce(count, 0), min, max, coalesce(current::text, 'deleted'))
                 as example
          from (select coalesce(current.id, kept.id) as id, kept.count, kept.min, kept.max, current.version as current,
                       coalesce(kept.min, current.version) as first, current.updated_at as began,
                       current.id is null or (${settledOf(tracked)}) as settled
                  from ${table} current
                  full join (select id, count(*), min(version), max(version) from ${versions} group by id) kept
                    on kept.id = current.id) every
         where count <> max - min + 1
            or max <> current - 1
            or first > 1 and not coalesce(settled and
                 case when min is null then began
                      else (select (row ->> 'updated_at')::timestamptz from ${versions} version
                             where version.id = every.id and version.version = every.min) end
                 < (select cut_off + interval '1 minute' from audit.clean_ups done where done.name = '${name}'), false)`,
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
