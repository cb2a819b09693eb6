/** Repeating work: one row per name, moved on in the transaction that hands it out. */
import { z } from 'zod';
import type { Schedules } from '../../contracts/queue.ts';
import type { Clock } from '../../contracts/world.ts';
import type { Engine } from './engine.ts';

const rowSchema = z.object( {
	name: z.string(),
	every: z.number(),
	last_at: z.number().nullable(),
	next_at: z.number(),
} );

export function createSqliteSchedules( deps: {
	readonly engine: Engine;
	readonly clock: Clock;
} ): Schedules {
	const { engine, clock } = deps;
	return {
		async ensure( name, every ) {
			await engine.write( ( sqlite ) => {
				if ( every === null ) {
					sqlite.query( 'delete from schedules where name = ?', [
						name,
					] );
					return;
				}
				// A name that never ran is due at once; a changed interval counts from the last run.
				sqlite.query(
					`insert into schedules (name, every, last_at, next_at) values (?, ?, null, ?)
					on conflict (name) do update set
						every = excluded.every,
						next_at = case when last_at is null then next_at else last_at + excluded.every end
					where schedules.every <> excluded.every`,
					[ name, every, clock.now() ]
				);
			} );
		},
		async due( now ) {
			// Further away than its interval: the clock was set back since.
			const isDue = 'next_at <= ?1 or next_at > ?1 + every';
			const someDue = await engine.read(
				( sqlite ) =>
					sqlite.query(
						`select 1 from schedules where ${ isDue } limit 1`,
						[ now ]
					).rows.length > 0
			);
			if ( ! someDue ) {
				return [];
			}
			return engine.write( ( sqlite ) => {
				const due = z
					.array( rowSchema )
					.parse(
						sqlite.query(
							`select * from schedules where ${ isDue } order by next_at, name`,
							[ now ]
						).rows
					);
				for ( const { name, every, next_at } of due ) {
					// Runs that were missed are not made up for.
					const onTime = next_at + every;
					const isOnTime = onTime > now && onTime <= now + every;
					sqlite.query(
						'update schedules set last_at = ?, next_at = ? where name = ?',
						[ now, isOnTime ? onTime : now + every, name ]
					);
				}
				return due.map( ( row ) => row.name );
			} );
		},
		nextAt: () =>
			engine.read( ( sqlite ) =>
				z
					.number()
					.nullable()
					.parse(
						sqlite.query(
							'select min(next_at) as next from schedules'
						).rows[ 0 ]?.next
					)
			),
	};
}
