import { describe, expect, test } from '@jest/globals';
import {
	durationParts,
	durationText,
	durationWords,
} from '../../../../admin-ui/src/screens/settings/duration.ts';
import {
	fromLocal,
	liveChange,
	reachesBack,
	toLocal,
} from '../../../../admin-ui/src/screens/settings/go-live.ts';
import {
	inherited,
	paymentRows,
	shippingGroups,
	statusRows,
} from '../../../../admin-ui/src/screens/settings/map-rows.ts';
import {
	optionsOf,
	withCurrent,
} from '../../../../admin-ui/src/screens/settings/options.ts';

describe( 'durations', () => {
	test( 'come apart and together again, also while they are typed', () => {
		for ( const text of [ '0s', '500ms', '10m', '24h', 'xm', 'm' ] ) {
			expect( durationText( durationParts( text ) ) ).toBe( text );
		}
		expect( durationParts( '500ms' ) ).toEqual( {
			amount: '500',
			unit: 'ms',
		} );
	} );
} );

test( 'a duration is said in words', () => {
	expect( durationWords( '0s' ) ).toBe( '0 seconds' );
	expect( durationWords( '1h' ) ).toBe( '1 hour' );
	expect( durationWords( '5m' ) ).toBe( '5 minutes' );
	expect( durationWords( 'soon' ) ).toBe( 'soon' );
} );

describe( 'the moment of going live', () => {
	test( 'is asked about when it reaches back, not when it is now or later', () => {
		const now = Date.parse( '2026-11-21T12:00:00Z' );
		const at = ( minutes: number ): string =>
			new Date( now + minutes * 60_000 ).toISOString();
		expect( reachesBack( null, at( -60 ), now ) ).toBe( true );
		expect( reachesBack( null, at( -1 ), now ) ).toBe( false );
		expect( reachesBack( null, at( 60 ), now ) ).toBe( false );
		expect( reachesBack( at( -60 ), at( -120 ), now ) ).toBe( true );
		expect( reachesBack( at( -120 ), at( -60 ), now ) ).toBe( false );
		expect( reachesBack( at( -60 ), null, now ) ).toBe( false );
	} );

	test( 'is shown in the zone of the browser and kept in UTC', () => {
		const at = '2026-11-21T09:30:15.000Z';
		expect( fromLocal( toLocal( at ) ) ).toBe( at );
		expect( fromLocal( '' ) ).toBe( '' );
		expect( toLocal( null ) ).toBe( '' );
	} );

	test( 'a change of it says what it does', () => {
		const early = '2026-11-01T00:00:00.000Z';
		const late = '2026-11-02T00:00:00.000Z';
		expect( liveChange( early, null ) ).toBe( 'stops' );
		expect( liveChange( null, early ) ).toBe( 'starts' );
		expect( liveChange( late, early ) ).toBe( 'earlier' );
		expect( liveChange( early, late ) ).toBe( 'later' );
		expect( liveChange( early, early ) ).toBeNull();
		expect( liveChange( early, '' ) ).toBeNull();
	} );
} );

describe( 'the rows of a mapping', () => {
	test( 'are what the shop has, and what is set although it has it no more', () => {
		expect(
			statusRows( { processing: null, 'wc-old': 3 }, [
				{ slug: 'processing', name: 'Processing' },
				{ slug: 'failed', name: 'Failed' },
			] )
		).toEqual( [
			{ key: 'processing', name: 'Processing', unknown: false },
			{ key: 'failed', name: 'Failed', unknown: false },
			{ key: 'wc-old', name: '', unknown: true },
		] );
	} );

	test( 'call nothing unknown while the shop was not asked', () => {
		expect(
			paymentRows( { stripe: 'CARD', '*': 'X', '': 'Y' }, null )
		).toEqual( [ { key: 'stripe', name: '', unknown: false } ] );
	} );

	test( 'shipping stands by zone, then by kind, then what is left', () => {
		const groups = shippingGroups( { 'old:9': 2, '*': 0, flat_rate: 1 }, [
			{ id: 'flat_rate:2', title: 'Tracked', zone: 'UK' },
			{ id: 'flat_rate:7', title: 'Economy', zone: 'World' },
		] );
		expect(
			groups.map( ( { zone, rows } ) => [
				zone,
				rows.map( ( { key, unknown } ) => [ key, unknown ] ),
			] )
		).toEqual( [
			[ 'UK', [ [ 'flat_rate:2', false ] ] ],
			[ 'World', [ [ 'flat_rate:7', false ] ] ],
			[
				null,
				[
					[ 'flat_rate', false ],
					[ 'old:9', true ],
				],
			],
		] );
	} );

	test( 'a shipping row that is not set says what it gets instead', () => {
		const map = { flat_rate: 2, '*': 0 };
		expect( inherited( map, 'flat_rate:3' ) ).toEqual( {
			from: 'flat_rate',
			value: 2,
		} );
		expect( inherited( map, 'flat_rate' ) ).toEqual( {
			from: '*',
			value: 0,
		} );
		expect( inherited( {}, 'flat_rate:3' ) ).toBeNull();
	} );
} );

describe( 'what a drop-down offers', () => {
	test( 'a chosen value that is not offered any more stays in sight', () => {
		const options = [ { value: '7', label: 'Web store (7)' } ];
		expect( withCurrent( options, '12' )[ 0 ] ).toEqual( {
			value: '12',
			label: 'unknown: 12',
		} );
		expect( withCurrent( options, '7' ) ).toBe( options );
		expect( withCurrent( options, '' ) ).toBe( options );
	} );

	test( 'a list that could not be read, or that this app may not read, is none', () => {
		const lists = {
			channels: [ { id: 7, name: 'Web store' } ],
			warehouses: [],
			priceLists: [],
			leadSources: [],
			orderStatuses: [],
			shippingMethods: [],
			taxCodes: [ { code: 'T20', rate: '20' } ],
			nominalCodes: [],
			paymentMethods: [],
		};
		const choices = {
			readAt: '2026-11-21T09:00:00Z',
			brightpearl: lists,
			store: null,
			trouble: [],
		};
		expect( optionsOf( choices, 'channels' ) ).toEqual( [
			{ value: '7', label: 'Web store (7)' },
		] );
		expect( optionsOf( choices, 'taxCodes' )?.[ 0 ]?.label ).toBe(
			'T20 (20 %)'
		);
		expect( optionsOf( choices, 'warehouses' ) ).toBeNull();
		expect(
			optionsOf( { ...choices, brightpearl: null }, 'channels' )
		).toBeNull();
		expect( optionsOf( null, 'channels' ) ).toBeNull();
	} );
} );
