/** Whether WooCommerce would deliver to an address. */
import { expect, test } from '@jest/globals';
import { canReach } from '../../../src/flows/watch/reach.ts';

const PATH = '/webhooks/woocommerce/main';
const SHOP = 'https://shop.example.test';

test.each( [
	[ SHOP, 'https://bridge.example.test', true ],
	[ SHOP, 'http://bridge.example.test:8080', true ],
	[ SHOP, 'https://bridge.example.test/below', true ],
	[ SHOP, 'https://bridge.example.test:8787', false ],
	[ SHOP, 'http://8.8.8.8', true ],
	[ SHOP, 'http://127.0.0.1', false ],
	[ SHOP, 'http://localhost', false ],
	[ SHOP, 'http://10.1.2.3', false ],
	[ SHOP, 'http://172.15.0.1', true ],
	[ SHOP, 'http://172.16.0.1', false ],
	[ SHOP, 'http://172.31.255.1', false ],
	[ SHOP, 'http://172.32.0.1', true ],
	[ SHOP, 'http://192.168.1.5', false ],
	[ SHOP, 'http://192.169.1.5', true ],
	[ SHOP, 'http://169.254.1.1', false ],
	[ SHOP, 'http://100.63.0.1', true ],
	[ SHOP, 'http://100.64.0.1', false ],
	[ SHOP, 'http://100.127.0.1', false ],
	[ SHOP, 'http://100.128.0.1', true ],
	[ SHOP, 'http://[::1]', false ],
	[ SHOP, 'http://[2001:db8::1]', false ],
	[ SHOP, 'http://bridge', false ],
	[ SHOP, 'http://bridge.local', false ],
	// The site's own host is no stranger, but its port may be.
	[ 'http://127.0.0.1', 'http://127.0.0.1:8080', true ],
	[ 'http://127.0.0.1:9000', 'http://127.0.0.1:9000', true ],
	[ 'http://127.0.0.1:9000', 'http://127.0.0.1:8787', false ],
	[ 'http://localhost:9000', 'http://127.0.0.1:8080', false ],
	[ 'http://10.0.0.5/shop', 'http://10.0.0.5/bridge', true ],
	[ SHOP, 'nowhere', false ],
] )( '%s delivers to %s: %s', ( shop, base, reachable ) => {
	const reach = canReach( shop, `${ base }${ PATH }` );
	expect( reach.ok ).toBe( reachable );
	expect( reach.ok || reach.why.length > 10 ).toBe( true );
} );

test( 'what is refused is named', () => {
	expect( canReach( SHOP, 'https://bridge.example.test:8787/x' ) ).toEqual( {
		ok: false,
		why: 'WooCommerce delivers to the ports 80, 443 and 8080 only, and the address has 8787.',
	} );
	expect( canReach( SHOP, 'http://10.1.2.3/x' ) ).toEqual( {
		ok: false,
		why: 'WooCommerce does not deliver to private addresses such as 10.1.2.3.',
	} );
} );
