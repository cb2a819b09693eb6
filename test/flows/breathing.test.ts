/** Long work in slices lets other things have their turn. */
import { expect, test } from '@jest/globals';
import { readingAliases } from '../../src/domain/mapping/aliases.ts';
import { breathing } from '../../src/flows/breathing.ts';

test( 'between two slices of a long table whatever waits has its turn', async () => {
	const table = Array.from( { length: 30_000 }, ( _, n ) => `S${ n },A` );
	let turns = 0;
	let isOver = false;
	const turn = () => {
		turns += 1;
		if ( ! isOver ) {
			setImmediate( turn );
		}
	};
	setImmediate( turn );
	const read = await breathing(
		readingAliases( `sku,alias\n${ table.join( '\n' ) }` )
	);
	isOver = true;
	expect( read ).toMatchObject( { ok: true } );
	expect( turns ).toBeGreaterThan( 20 );
} );
