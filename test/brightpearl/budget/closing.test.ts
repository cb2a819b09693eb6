/** A budget that is shared with others is closed, or its reserve changes while somebody waits. */
import { expect, test } from '@jest/globals';
import type {
	Admission,
	Budget,
} from '../../../src/brightpearl/budget/budget.ts';
import { createBudgetRegistry } from '../../../src/brightpearl/budget/pools.ts';
import { allSettled, createMemoryLedger, createProcess, runTo } from './kit.ts';
import { createVirtualClock, createWorld, unreachable } from '../world.ts';

const START = Date.UTC( 2026, 3, 17, 10 );

function ask( budget: Budget, reserve = () => 0 ) {
	const asked: { admission: Admission | null } = { admission: null };
	void budget.admit( 'order', reserve ).then( ( admission ) => {
		asked.admission = admission;
	} );
	return asked;
}

async function take( budget: Budget ) {
	const asked = ask( budget );
	await allSettled();
	if ( ! asked.admission?.ok ) {
		throw new Error( 'no room' );
	}
	return asked.admission.permit;
}

test( 'closing waits until the last answer is counted, and writes nothing afterwards', async () => {
	const clock = createVirtualClock( START );
	const ledger = createMemoryLedger();
	const one = createProcess( clock, ledger, 'one' );
	const two = createProcess( clock, ledger, 'two' );
	const permit = await take( one );
	const late = await take( one );
	one.dismiss();
	permit.ended( { remaining: 120, period: 30_000 } );
	await one.close();
	const written = ledger.changes;

	late.ended( { remaining: 119, period: 30_000 } );
	const refused = ask( one );
	await one.refresh();
	await runTo( clock, START + 200 );
	expect( ledger.changes ).toBe( written );
	expect( refused.admission ).toMatchObject( { ok: false } );
	expect( clock.sleepers() ).toBe( 0 );
	// What did not come back in time stays booked.
	await two.refresh();
	expect( two.view().remaining ).toBe( 119 );
} );

test( 'one that nobody waits for is closed without a word to the database', async () => {
	const ledger = createMemoryLedger();
	const one = createProcess( createVirtualClock( START ), ledger, 'one' );
	await one.close();
	expect( ledger.changes ).toBe( 0 );
} );

test.each( [ 'shared', 'alone' ] )(
	'a reserve that is lowered frees those who wait already (%s)',
	async ( kind ) => {
		const clock = createVirtualClock( START );
		const registry = createBudgetRegistry( {
			...createWorld( { clock, fetch: async () => unreachable } ),
			...( kind === 'shared' ? { ledger: createMemoryLedger() } : {} ),
		} );
		const { budget } = registry.pool( 'acmeshop|private' );
		( await take( budget ) ).ended( { remaining: 199, period: 60_000 } );
		let reserve = 200;
		const all = Array.from( { length: 5 }, () =>
			ask( budget, () => reserve )
		);
		const through = () =>
			all.filter( ( { admission } ) => admission?.ok === true ).length;
		await runTo( clock, START + 1_000 );
		expect( through() ).toBe( 0 );
		reserve = 0;
		registry.refresh();
		await runTo( clock, START + 1_010 );
		expect( through() ).toBe( 5 );
		await registry.close();
	}
);
