import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../admin-ui/src/api/answer.ts';
import { apiError } from '../../../admin-ui/src/api/errors.ts';
import { createQuery, type Query } from '../../../admin-ui/src/api/query.ts';
import { createTime, settle } from '../helpers/later.ts';

interface Sent {
	readonly input: string;
	readonly signal: AbortSignal;
	readonly answer: ( answer: Answer< string > ) => Promise< void >;
}

let sent: Sent[];
let time: ReturnType< typeof createTime >;
let query: Query< string, string >;
beforeEach( () => {
	sent = [];
	time = createTime();
	query = createQuery< string, string >( {
		send: ( input, signal ) =>
			new Promise( ( resolve ) =>
				sent.push( {
					input,
					signal,
					async answer( answer ) {
						resolve( answer );
						await settle();
					},
				} )
			),
		later: time.later,
		now: time.now,
	} );
} );

const good = ( value: string ): Answer< string > => ( {
	ok: true,
	value,
	exit: 0,
} );
const bad: Answer< string > = { ok: false, error: apiError( 'x', 'No.' ) };
const last = (): Sent => {
	const one = sent.at( -1 );
	if ( one === undefined ) {
		throw new Error( 'Nothing was asked.' );
	}
	return one;
};

describe( 'a question', () => {
	test( 'is loading, then answered', async () => {
		query.ask( 'a', true );
		expect( query.get() ).toEqual( {
			data: null,
			error: null,
			loading: true,
			stale: false,
		} );
		await last().answer( good( 'A' ) );
		expect( query.get() ).toEqual( {
			data: 'A',
			error: null,
			loading: false,
			stale: false,
		} );
	} );

	test( 'keeps what it knew while it asks again, and when that fails', async () => {
		query.ask( 'a', true );
		await last().answer( good( 'A' ) );
		query.reload();
		expect( query.get() ).toMatchObject( { data: 'A', loading: true } );
		await last().answer( bad );
		expect( query.get() ).toMatchObject( {
			data: 'A',
			error: { code: 'x' },
			loading: false,
		} );
		query.reload();
		await last().answer( good( 'A2' ) );
		expect( query.get() ).toMatchObject( { data: 'A2', error: null } );
	} );

	test( 'with another input shows the old answer as such, or not at all', async () => {
		query.ask( 'a', true );
		await last().answer( good( 'A' ) );
		query.ask( 'b', true );
		expect( query.get() ).toMatchObject( { data: 'A', stale: true } );
		await last().answer( good( 'B' ) );
		expect( query.get() ).toMatchObject( { data: 'B', stale: false } );
		query.ask( 'c', false );
		expect( query.get() ).toMatchObject( { data: null, stale: false } );
	} );

	test( 'that was overtaken is dropped, however late its answer comes', async () => {
		query.ask( 'a', true );
		const first = last();
		query.ask( 'b', true );
		expect( first.signal.aborted ).toBe( true );
		await last().answer( good( 'B' ) );
		await first.answer( good( 'A' ) );
		expect( query.get().data ).toBe( 'B' );
	} );

	test( 'is asked once for a burst of reasons', async () => {
		query.ask( 'a', true );
		await last().answer( good( 'A' ) );
		await time.pass( 10_000 );
		for ( let event = 0; event < 50; event++ ) {
			query.refresh();
		}
		expect( sent ).toHaveLength( 1 );
		await time.pass( 150 );
		expect( sent ).toHaveLength( 2 );
	} );

	test( 'is asked again after the answer when something happened meanwhile', async () => {
		query.ask( 'a', true );
		query.refresh();
		query.refresh();
		await time.pass( 5000 );
		expect( sent ).toHaveLength( 1 );
		await last().answer( good( 'old' ) );
		await time.pass( 500 );
		expect( sent ).toHaveLength( 2 );
		await last().answer( good( 'new' ) );
		await time.pass( 5000 );
		expect( [ sent.length, query.get().data ] ).toEqual( [ 2, 'new' ] );
	} );

	test( 'is not asked more than twice a second, however much happens', async () => {
		query.ask( 'a', true );
		await last().answer( good( 'A' ) );
		for ( let tick = 0; tick < 100; tick++ ) {
			query.refresh();
			await time.pass( 100 );
			await last().answer( good( 'A' ) );
		}
		expect( sent.length ).toBeGreaterThan( 15 );
		expect( sent.length ).toBeLessThanOrEqual( 21 );
	} );

	test( 'that nobody has is not asked', async () => {
		query.ask( null, true );
		query.refresh();
		query.reload();
		await time.pass( 1000 );
		expect( sent ).toEqual( [] );
	} );

	test( 'is not asked after its end', async () => {
		query.ask( 'a', true );
		query.refresh();
		query.stop();
		expect( last().signal.aborted ).toBe( true );
		await last().answer( good( 'A' ) );
		await time.pass( 1000 );
		expect( [ sent.length, query.get().data ] ).toEqual( [ 1, null ] );
	} );
} );
