/** How soon the demo's first order is in the Brightpearl sandbox. */
import { dataDir, ms, sleep, start } from './kit.mjs';

export async function demo() {
	const dir = dataDir();
	const running = await start( dir.path, [ 'demo', '--port', '0' ] );
	let first;
	for ( let waited = 0; waited < 60000 && ! first; waited += 50 ) {
		await sleep( 50 );
		first = running.events.find(
			( event ) => event.event === 'order' && event.state === 'synced'
		);
	}
	await running.stop();
	dir.remove();
	return [
		[ 'demo ready', ms( running.readyAfter ), '' ],
		[
			'demo: first order in Brightpearl',
			first ? ms( first.seenAt ) : 'never',
			'< 15 s',
		],
	];
}
