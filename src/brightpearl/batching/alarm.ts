/** Wakes somebody at the earliest of the times last asked for. */
import type { Clock } from '../../contracts/world.ts';

export interface Alarm {
	/** Replaces what was set before; null = none. */
	set( at: number | null ): void;
}

export function createAlarm( clock: Clock, wake: () => void ): Alarm {
	let alarm: { readonly at: number; readonly off: AbortController } | null =
		null;
	return {
		set( at ) {
			if ( alarm?.at === at ) {
				return;
			}
			alarm?.off.abort();
			alarm = null;
			if ( at === null || at === Infinity ) {
				return;
			}
			const set = { at, off: new AbortController() };
			alarm = set;
			void clock
				.sleep( Math.max( 1, at - clock.now() ), set.off.signal )
				.then( () => {
					if ( alarm === set ) {
						alarm = null;
						wake();
					}
				} );
		},
	};
}
