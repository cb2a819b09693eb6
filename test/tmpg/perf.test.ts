import { test } from '@jest/globals';
import { openSqliteBench } from '../battery/sqlite-bench.ts';
// @ts-ignore
import { createLedger } from '../bench/ledger.mjs';
import { openSqlite } from '../../src/database/sqlite/driver.ts';
test( 'x', async () => {
	const bench = await openSqliteBench();
	const db = await bench.open();
	const ledger = createLedger( { orders: 100_000, problems: 500, runs: 1 } );
	ledger.seed( bench.path );
	const s = openSqlite( bench.path );
	s.exec( "update order_links set customer_key = 'c' || (order_id % 3000)" );
	s.exec( "insert into problems (connection, subject, code, message, since, retryable) select connection, 'order:' || order_id, 'api-drift', '', '', 1 from order_links" );
	s.close();
	const out: string[] = [];
	for ( const f of [ {}, { state: 'synced' }, { customerKey: 'c7' }, { customerKey: 'c7', state: 'synced' }, { customerKey: 'c7', problem: 'api-drift' }, { problem: 'sku-unknown' }, { problem: 'sku-unknown', state: 'problem' }, { problem: 'api-drift' }, { problem: 'api-drift', state: 'synced' }, { problem: 'api-drift', search: '1' }, { problem: 'sku-unknown', search: '1' }, { customerKey: 'c7', search: '1' }, { problem:'defect' } ] ) {
		const times = [];
		let total = 0;
		for ( let n = 0; n < 10; n++ ) {
			const t = performance.now();
			const p = await db.orderLinks.list( { connection: 'main', limit: 50, ...f } as never );
			times.push( performance.now() - t ); total = p?.total ?? -1;
		}
		times.sort( ( a, b ) => a - b );
		out.push( `${ JSON.stringify( f ) } ${ total } p50 ${ times[ 5 ]?.toFixed( 1 ) } max ${ times[ 9 ]?.toFixed( 1 ) }` );
	}
	console.log( out.join( '\n' ) );
	await bench.destroy();
}, 120000 );
