/** Whether a shop is still the one that is known. */
import { expect, test } from '@jest/globals';
import {
	judgeSite,
	movedTo,
	type Site,
} from '../../../src/flows/watch/site.ts';

const URL = 'https://shop.example.test';
const STAGING = 'https://staging.example.test';
const KNOWN: Site = {
	home: URL,
	storeId: 'A',
	url: URL,
	other: null,
	copy: false,
};
const PAUSED: Site = { ...KNOWN, other: { home: STAGING, storeId: 'A' } };
const COPY: Site = { ...PAUSED, copy: true };

const seen = ( home: string, storeId: string | null = 'A' ) => ( {
	home,
	storeId,
} );

test.each< [ string, Site | null, ReturnType< typeof seen >, string, Site ] >( [
	[ 'the first word is believed', null, seen( URL ), URL, KNOWN ],
	[
		'even where it is another than our address for it (a proxy)',
		null,
		seen( URL ),
		'http://10.0.0.5',
		{ ...KNOWN, url: 'http://10.0.0.5' },
	],
	[ 'the same', KNOWN, seen( URL ), URL, KNOWN ],
	[
		'a certificate and www come and go',
		KNOWN,
		seen( 'http://www.shop.example.test' ),
		URL,
		{ ...KNOWN, home: 'http://www.shop.example.test' },
	],
	[ 'another home', KNOWN, seen( STAGING ), URL, PAUSED ],
	[
		'another folder',
		KNOWN,
		seen( `${ URL }/new` ),
		URL,
		{ ...KNOWN, other: { home: `${ URL }/new`, storeId: 'A' } },
	],
	[
		'another shop in its place',
		KNOWN,
		seen( URL, 'B' ),
		URL,
		{ ...KNOWN, other: { home: URL, storeId: 'B' } },
	],
	[
		'an id that is not told is no other',
		KNOWN,
		seen( URL, null ),
		URL,
		KNOWN,
	],
	[
		'an id that was not told is learnt',
		{ ...KNOWN, storeId: null },
		seen( URL ),
		URL,
		KNOWN,
	],
	[ 'it is itself again', PAUSED, seen( URL ), URL, KNOWN ],
	[ 'also after it was called a copy', COPY, seen( URL ), URL, KNOWN ],
	[
		'a second look makes no copy of it',
		PAUSED,
		seen( STAGING ),
		URL,
		PAUSED,
	],
	[ 'a copy stays one', COPY, seen( STAGING ), URL, COPY ],
	[
		'another copy is asked about anew',
		COPY,
		seen( 'https://third.example.test' ),
		URL,
		{ ...KNOWN, other: seen( 'https://third.example.test' ) },
	],
	[
		'a person has given the connection the new address',
		PAUSED,
		seen( STAGING ),
		STAGING,
		{ ...KNOWN, home: STAGING, url: STAGING },
	],
	[
		'and there is another shop',
		KNOWN,
		seen( STAGING, 'B' ),
		STAGING,
		{ ...KNOWN, other: { home: STAGING, storeId: 'B' } },
	],
] )( '%s', ( _, known, said, storeUrl, wanted ) => {
	expect( judgeSite( known, said, storeUrl ) ).toEqual( wanted );
} );

test( 'moved: the other one is the shop, and stays it', () => {
	const after = movedTo( COPY, URL );
	expect( after ).toEqual( { ...KNOWN, home: STAGING } );
	expect( judgeSite( after, seen( STAGING ), URL ) ).toEqual( after );
	expect( judgeSite( after, seen( URL ), URL ).other ).toEqual( seen( URL ) );
} );
