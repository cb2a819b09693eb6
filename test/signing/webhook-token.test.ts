import { expect, test } from '@jest/globals';
import {
	isWebhookToken,
	webhookToken,
} from '../../src/signing/webhook-token.ts';

const KEY = new Uint8Array( 32 ).fill( 7 );
const OTHER_KEY = new Uint8Array( 32 ).fill( 8 );

test( 'a token is the same every time, and fits a path', () => {
	const token = webhookToken( KEY, 'main' );
	expect( token ).toBe( webhookToken( KEY, 'main' ) );
	expect( token ).toMatch( /^[\w-]{43}$/ );
} );

test( 'it opens its own connection of its own service and nothing else', () => {
	const token = webhookToken( KEY, 'main' );
	expect( isWebhookToken( KEY, 'main', token ) ).toBe( true );
	expect( isWebhookToken( KEY, 'other', token ) ).toBe( false );
	expect( isWebhookToken( OTHER_KEY, 'main', token ) ).toBe( false );
} );

test.each( [
	[ 'nothing', '' ],
	[ 'the connection', 'main' ],
	[ 'half of it', webhookToken( KEY, 'main' ).slice( 0, 20 ) ],
	[ 'more than it', `${ webhookToken( KEY, 'main' ) }A` ],
	[ 'the key', Buffer.from( KEY ).toString( 'base64url' ) ],
	[ 'letters of two bytes', 'é'.repeat( 43 ) ],
] )( '%s is none', ( _, given ) => {
	expect( isWebhookToken( KEY, 'main', given ) ).toBe( false );
} );
