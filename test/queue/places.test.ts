import { expect, test } from '@jest/globals';
import { createPlaces } from '../../src/queue/places.ts';
import { calm, manualClock } from '../battery/bench.ts';

test( 'few places, many while there is a backlog, few again after it; a database that refuses changes nothing', async () => {
	const clock = manualClock();
	let ready: number | null = 10;
	const placesOf = createPlaces( {
		clock,
		few: 16,
		many: 60,
		backlog: 150,
		queue: {
			async counts() {
				if ( ready === null ) {
					throw new Error( 'busy' );
				}
				return { ready, running: 0, retrying: 0, parked: 0 };
			},
		},
	} );
	const later = async () => {
		await clock.advance( 1000 );
		placesOf( 'main' );
		await calm();
		return placesOf( 'main' );
	};
	expect( await later() ).toBe( 16 );
	ready = 1000;
	expect( await later() ).toBe( 60 );
	ready = null;
	expect( await later() ).toBe( 60 );
	ready = 149;
	expect( await later() ).toBe( 16 );
} );
