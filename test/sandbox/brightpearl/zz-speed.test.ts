import { expect, test } from '@jest/globals';
import { orderBody, startHarness } from './harness.ts';
test( 'speed', async () => {
	const bp = await startHarness( { stateFile: '/tmp/speed-state.json', switches: { requestsPerMinute: 10_000_000 } } );
	const customer = await bp.contact();
	const t0 = performance.now();
	for ( let n = 0; n < 50_000; n++ ) {
		if ( n % 500 === 0 ) { await Promise.all( Array.from( { length: 500 }, ( _, i ) => bp.control( 'POST', '/products', { account: 'sandbox-gb', sku: `X${ n + i }`, quantity: 3 } ) ) ); }
	}
	console.log( 'products', performance.now() - t0 );
	const t1 = performance.now();
	for ( let n = 0; n < 10_000; n += 20 ) {
		await Promise.all( Array.from( { length: 20 }, ( _, i ) => bp.call( 'POST', '/order-service/sales-order', orderBody( customer, { ref: `#${ n + i }`, externalRef: `e-${ n + i }` } ) ) ) );
	}
	console.log( 'orders', performance.now() - t1 );
	const time = async ( path: string ) => { const times = []; for ( let i = 0; i < 5; i++ ) { const t = performance.now(); const a = await bp.call( 'GET', path ); expect( a.status ).toBe( 200 ); times.push( performance.now() - t ); } console.log( path.slice( 0, 90 ), times.map( ( x ) => x.toFixed( 1 ) ).join( ' ' ) ); };
	await time( '/order-service/sales-order/20500' );
	await time( '/order-service/sales-order-search?externalRef=e-500' );
	await time( '/order-service/order-search?pageSize=500&firstResult=9001' );
	await time( '/order-service/order-search?orderStatusId=2&columns=orderId&sort=createdOn.DESC' );
	await time( '/product-service/product-search?SKU=X400' );
	await time( '/product-service/product-search?columns=productId,SKU,stockTracked,productStatus&firstResult=40001' );
	await time( '/contact-service/contact-search?primaryEmail=ines' );
	await time( '/warehouse-service/product-availability/20000-20199' );
	await time( '/accounting-service/customer-payment-search?orderId=20001-20200' );
	const t = performance.now(); await bp.raw( 'GET', '/' ); console.log( 'page', performance.now() - t );
	const t2 = performance.now(); await bp.close(); console.log( 'close', performance.now() - t2 );
	const t3 = performance.now(); const again = await startHarness( { stateFile: '/tmp/speed-state.json' } ); console.log( 'restart', performance.now() - t3 ); await again.close();
}, 300_000 );
